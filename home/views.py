"""Typed views of the home page and of plain pages, as the API gives them."""

from typing import Literal

from pydantic import Field

from cms.found.structured_data import Article, PageAddress, article
from cms.rendering.values import Link
from cms.rendering.view import PageView


class HomeView(PageView, title="Homepagina"):
    """`title` is the slogan, the page's large heading."""

    kind: Literal["home"] = Field(default="home", alias="soort")
    ways_in: list[Link] = Field(alias="ingangen", description="De knoppen onder de slogan")


class ContentView(PageView, title="Inhoudspagina"):
    kind: Literal["inhoudspagina"] = Field(default="inhoudspagina", alias="soort")

    def thing(self, address: PageAddress) -> Article:
        return article(self, address)


class SearchView(PageView, title="Zoekpagina"):
    kind: Literal["zoeken"] = Field(default="zoeken", alias="soort")
    words: str = Field(alias="zoek", description="Waarnaar gezocht is; leeg: nog naar niets")

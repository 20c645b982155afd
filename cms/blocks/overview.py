"""The overview block: pieces of a domain (themes, districts, bodies) that each app registers, as cards or as a list."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from cms.blocks.base import ContentStructBlock
from cms.blocks.choices import StoredChoiceBlock
from cms.blocks.groups import REFERENCES
from cms.rendering.context import RenderContext, page_cards
from cms.rendering.links import page_link, worded_link
from cms.rendering.values import Card, Link
from cms.schema import Schema

Pages = Mapping[int, Page]
MOST_CARDS = 24


def plain_cards(pages: Pages, context: RenderContext) -> list[Card]:
    """Give the cards of pages that need no more than title, introduction and picture."""
    return page_cards(pages.values(), context)


@dataclass(frozen=True)
class Overview:
    """What a provider found: pages the public may see, as {source id: page in the reader's language}, in order.

    `cards` is asked for no more pages than are shown. `empty` is the text where there is nothing.
    """

    pages: Pages
    empty: str
    more: Link | None = None
    cards: Callable[[Pages, RenderContext], list[Card]] = field(default=plain_cards)


Choices = Callable[[], list[tuple[str, str]]]
Provider = Callable[[str, RenderContext], Overview]


@dataclass(frozen=True)
class _Source:
    label: str | Promise
    choices: Choices
    provider: Provider


_sources: dict[str, _Source] = {}


def register_overview(key: str, label: str | Promise, choices: Choices, provider: Provider) -> None:
    """Let editors choose pieces of a domain. Call it from an AppConfig's `ready()`.

    `choices` gives (value, label) pairs and is asked in the editor only; "" stands for all. `provider(value, context)`
    gives what a reader sees, also for a value that stands for nothing any more. Raises ValueError on a second `key`.
    """
    source = _Source(label, choices, provider)
    if _sources.setdefault(key, source) != source:
        raise ValueError(f"There is an overview named {key!r} already.")


def overview_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Give all choices, grouped by domain; a value is "key" or "key:value"."""
    return [
        (str(source.label), [(f"{key}:{value}".rstrip(":"), label) for value, label in source.choices()])
        for key, source in _sources.items()
    ]


def more_link(model: type[Page], words: str, context: RenderContext) -> Link | None:
    """Give the link to the overview page of this type, with `words`; none on that page itself."""
    front = context.front_page(model)
    return (
        worded_link(front, words, context.locale) if front and str(front.translation_key) != context.page_key else None
    )


class OverviewValue(Schema, title="Overzichtswaarde"):
    """Either cards or links, never both."""

    title: str = Field(alias="titel")
    display: Literal["kaarten", "lijst"] = Field(alias="weergave")
    cards: list[Card] = Field(default_factory=list, alias="kaarten")
    links: list[Link] = Field(default_factory=list, alias="koppelingen")
    more: Link | None = Field(default=None, alias="meer")
    empty: str = Field(default="", alias="leegTekst", description="Wat er staat als er niets is")


class OverviewBlock(ContentStructBlock):
    """Pieces of a domain that keep themselves up to date."""

    api_type = "overzicht"
    value_type = OverviewValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    piece = StoredChoiceBlock(
        overview_choices, label=_("Wat laat u zien?"), help_text=_("De lijst houdt zichzelf bij.")
    )
    display = blocks.ChoiceBlock(
        search_index=False,
        label=_("Weergave"),
        choices=[("cards", _("Kaarten")), ("list", _("Lijst met koppelingen"))],
        default="cards",
    )
    number = blocks.IntegerBlock(
        label=_("Hoogstens"), required=False, min_value=1, max_value=50,
        help_text=_("Leeg: allemaal. Minder laten zien? Er komt een koppeling naar het hele overzicht onder."),
    )  # fmt: skip

    def check_complete(self, value: Any) -> None:
        if value["display"] == "cards" and (value["number"] or 0) > MOST_CARDS:
            message = _("Laat hoogstens %(number)d kaarten zien. Kies een lijst voor meer.")
            error = ValidationError(message, params={"number": MOST_CARDS})
            raise StructBlockValidationError(block_errors={"number": error})

    def typed(self, value: Any, context: RenderContext) -> OverviewValue | None:
        key, _colon, choice = (value["piece"] or "").partition(":")
        source = _sources.get(key)
        if source is None:
            return None
        found = context.once(("overview", key, choice), lambda: source.provider(choice, context))
        shown = dict(list(found.pages.items())[: value["number"] or None])
        as_cards = value["display"] == "cards"
        return OverviewValue(
            title=value["title"] or "",
            display="kaarten" if as_cards else "lijst",
            cards=found.cards(shown, context) if as_cards and shown else [],
            links=[] if as_cards else [page_link(page, context.locale) for page in shown.values()],
            more=found.more,
            empty="" if shown else found.empty,
        )

    def get_preview_value(self) -> Any:
        """Show the first domain of the site."""
        return self.to_python({"title": "Hier werken we aan", "piece": next(iter(_sources), ""), "display": "cards"})

    class Meta:
        label = _("Overzicht")
        description = _("Thema's, districten of organen van het netwerk, die zichzelf bijhouden.")
        icon = "grip"
        group = REFERENCES
        template = "cms/blocks/overview.html"

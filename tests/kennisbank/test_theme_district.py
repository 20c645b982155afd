"""A theme in one district: a page where there is something of both, and nothing where there is not."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from django.test import Client

from cms.search.engine import find
from cms.search.indexing import index_pending
from cms.search.values import Question
from districts.models import DistrictPage
from home.models import HomePage
from tests.cms.factories import make_private, make_site
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_municipality_index,
    make_plan,
    make_theme,
    make_theme_index,
)
from tests.home.factories import make_search_page
from tests.kennisbank.factories import make_kennisbank, make_publication, make_type
from tests.network.factories import make_body, make_network, relate, translate_page
from tests.search import reindex
from themes.models import ThemePage

pytestmark = pytest.mark.django_db
ADDRESS = "/themas/ondermijning/twente/"


@dataclass
class Pair:
    home: HomePage
    theme: ThemePage
    district: DistrictPage


@pytest.fixture
def pair() -> Pair:
    _site, home = make_site()
    make_municipality_index(home)
    theme = make_theme(make_theme_index(home), contact_role="Themacoördinator")
    return Pair(home, theme, make_district(make_district_index(home)))


def read(client: Client, path: str = ADDRESS) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def section(page: str, key: str) -> str:
    return page[page.index(f'id="{key}"') :].split("</section>")[0] if f'id="{key}"' in page else ""


def links(html: str) -> list[tuple[str, str]]:
    return re.findall(r'<a [^>]*href="([^"]+)"[^>]*>([^<]+)</a>', html)


def test_without_anything_about_both_there_is_no_page(pair: Pair, client: Client) -> None:
    make_plan(make_municipality(pair.district, "Almelo"))
    assert client.get(ADDRESS).status_code == 404
    assert section(read(client, pair.theme.url), "in-districten") == ""
    assert section(read(client, pair.district.url), "themas") == ""
    assert client.get("/api/v1/paginas/op-pad", {"pad": ADDRESS}).status_code == 404
    assert ADDRESS not in client.get("/sitemap.xml").content.decode()


def test_a_plan_makes_the_page(pair: Pair, client: Client) -> None:
    make_plan(make_municipality(pair.district, "Losser"), pair.theme)
    make_plan(make_municipality(pair.district, "Borne"), pair.theme)
    elsewhere = make_district(pair.district.get_parent().specific, "IJsselland")
    make_plan(make_municipality(elsewhere, "Zwolle"), pair.theme)
    page = read(client)
    assert re.search(r"<h1[^>]*>Ondermijning in Twente</h1>", page)
    assert [title for _url, title in links(section(page, "voorrang"))] == ["Borne", "Losser"]
    assert "2 gemeenten in Twente geven dit thema voorrang in hun veiligheidsplan." in page
    crumbs = links(page[page.index('aria-label="Kruimelpad"') :].split("</nav>")[0])
    assert [title for _url, title in crumbs] == ["Veiligheidsnetwerk", "Thema's", "Ondermijning"]
    assert f'<link rel="canonical" href="http://localhost{ADDRESS}">' in page or f'{ADDRESS}">' in page
    assert "Themacoördinator" in section(page, "contact")
    assert (ADDRESS, "Ondermijning in Twente") in links(section(read(client, pair.theme.url), "in-districten"))
    assert (ADDRESS, "Ondermijning in Twente") in links(section(read(client, pair.district.url), "themas"))
    assert ADDRESS in client.get("/sitemap.xml").content.decode()


def test_a_publication_about_both_makes_the_page(pair: Pair, client: Client) -> None:
    kennisbank = make_kennisbank(pair.home)
    both = make_publication(kennisbank, "Beide", slug="beide", themes=[pair.theme], districts=[pair.district])
    make_publication(kennisbank, "Alleen het thema", slug="thema", themes=[pair.theme])
    make_publication(kennisbank, "Alleen het district", slug="district", districts=[pair.district])
    page = read(client)
    assert links(section(page, "publicaties")) == [(both.url, "Beide")]
    assert "In de Kennisbank staat 1 publicatie over dit thema in Twente." in page
    make_private(both)
    assert client.get(ADDRESS).status_code == 404
    assert section(read(client, pair.theme.url), "in-districten") == ""


def test_it_leaves_the_search_with_the_last_that_was_about_both(pair: Pair) -> None:
    def found() -> set[str]:
        return {hit.kind for hit in find(Question(pair.home.get_site().pk, "nl", "Ondermijning Twente")).hits}

    publication = make_publication(make_kennisbank(pair.home), themes=[pair.theme], districts=[pair.district])
    reindex()
    index_pending()
    assert "themadistrict" in found()
    publication.themes.clear()
    publication.save_revision().publish()
    index_pending()
    assert "themadistrict" not in found()


def test_it_names_who_work_on_it(pair: Pair, client: Client) -> None:
    network = make_network(pair.home)
    group, dvo = make_body(network, "de groep", title="Groep"), make_body(network, "het DVO", title="DVO")
    pair.theme.expert_group, pair.district.network_body = group, dvo
    for page in (pair.theme, pair.district):
        page.save_revision().publish()
    make_plan(make_municipality(pair.district), pair.theme)
    assert links(section(read(client), "overleggen")) == [(group.url, "Groep"), (dvo.url, "DVO")]
    make_private(dvo)
    assert links(section(read(client), "overleggen")) == [(group.url, "Groep")]


@pytest.mark.parametrize("hidden", ["theme", "district"])
def test_what_is_hidden_has_no_page(hidden: str, pair: Pair, client: Client) -> None:
    make_plan(make_municipality(pair.district), pair.theme)
    make_search_page(pair.home)
    reindex()
    assert f'href="{ADDRESS}"' in read(client, "/zoeken/?zoek=ondermijning+twente")
    make_private(getattr(pair, hidden))
    answer = client.get(ADDRESS)
    assert answer.status_code == (404 if hidden == "district" else 302) or b"Ondermijning in" not in answer.content
    # A page below a private one needs the same login; with a district that is hidden there is nothing.
    told = client.get("/api/v1/paginas/op-pad", {"pad": ADDRESS})
    assert told.status_code == (404 if hidden == "district" else 401)
    assert "Ondermijning in" not in told.content.decode()
    assert ADDRESS not in client.get("/sitemap.xml").content.decode()
    assert f'href="{ADDRESS}"' not in read(client, "/zoeken/?zoek=ondermijning+twente")
    other = pair.district if hidden == "theme" else pair.theme
    assert f'href="{ADDRESS}"' not in read(client, other.url)


def test_it_stands_in_other_languages_under_their_names(pair: Pair, client: Client) -> None:
    make_plan(make_municipality(pair.district), pair.theme)
    theme = translate_page(pair.theme, "en", title="Organised crime", slug="organised-crime")
    page = read(client, f"{theme.url}twente/")
    assert "Organised crime in Twente" in page
    assert "1 municipality in Twente gives priority to this theme in its safety plan." in page
    assert f'hreflang="nl" href="http://localhost{ADDRESS}"' in page or ADDRESS in page
    district = translate_page(pair.district, "en", slug="twente-region")
    assert client.get(f"{theme.url}twente/").status_code == 404
    assert "Organised crime in Twente" in read(client, f"{theme.url}twente-region/")
    assert (f"{theme.url}twente-region/", "Organised crime in Twente") in links(
        section(read(client, district.url), "themas")
    )
    sitemap = client.get("/sitemap.xml").content.decode()
    assert f"{theme.url}twente-region/" in sitemap


@pytest.mark.parametrize("path", ["nergens/", "twente/meer/"])
def test_another_address_below_a_theme_is_not_found(path: str, pair: Pair, client: Client) -> None:
    make_plan(make_municipality(pair.district), pair.theme)
    assert client.get(f"/themas/ondermijning/{path}").status_code == 404


def test_a_theme_counts_its_documents_by_type(pair: Pair, client: Client) -> None:
    kennisbank = make_kennisbank(pair.home)
    for number, name in enumerate(("Factsheet", "Factsheet", "Convenant")):
        make_publication(
            kennisbank, f"Stuk {number}", slug=f"stuk-{number}", publication_type=make_type(name), themes=[pair.theme]
        )
    part = section(read(client, pair.theme.url), "documentsoorten")
    found = re.findall(r'href="[^"]*thema=ondermijning&type=([^"]+)"', part)
    assert found == ["factsheet", "convenant"]


def test_related_themes_share_publications_and_plans(pair: Pair, client: Client) -> None:
    themes = pair.theme.get_parent().specific
    near, far, hidden = (make_theme(themes, name) for name in ("Jeugd", "Zorg", "Geheim"))
    make_theme(themes, "Los")
    make_plan(make_municipality(pair.district, "Borne"), pair.theme, near, far, hidden)
    make_publication(make_kennisbank(pair.home), "Beide", slug="beide", themes=[pair.theme, near])
    make_private(hidden)
    part = section(read(client, pair.theme.url), "verwante-themas")
    assert [title for _url, title in links(part)] == ["Jeugd", "Zorg"]


def test_the_expert_group_leads_to_its_place_in_the_network(pair: Pair, client: Client) -> None:
    network = make_network(pair.home)
    group = pair.theme.expert_group = make_body(network, "de groep", title="Groep")
    relate(make_body(network, "de BBG", title="BBG"), group)
    pair.theme.save_revision().publish()
    part = section(read(client, pair.theme.url), "expertgroep")
    assert (f"{group.url}#netwerkbeeld", "Haar plaats in het netwerk") in links(part)
    assert 'id="netwerkbeeld"' in read(client, group.url)


@pytest.mark.parametrize("number", [2, 9])
def test_pages_cost_the_same_queries_whatever_they_show(
    number: int, pair: Pair, client: Client, django_assert_max_num_queries: Callable
) -> None:
    kennisbank = make_kennisbank(pair.home)
    for count in range(number):
        theme = make_theme(pair.theme.get_parent().specific, f"Thema {count}")
        make_plan(make_municipality(pair.district, f"Plaats {count}"), pair.theme, theme)
        make_publication(
            kennisbank, f"Stuk {count}", slug=f"stuk-{count}", themes=[pair.theme, theme], districts=[pair.district]
        )
    for path, most in ((ADDRESS, 26), (pair.theme.url, 36), (pair.district.url, 32)):
        client.get(path)
        with django_assert_max_num_queries(most, info=path):
            client.get(path)

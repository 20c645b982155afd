"""The Kennisbank's own page: ways in, and what the search finds with words, filters and pages."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.test import Client
from django.utils.timezone import now
from lxml import html as lxml_html

from cms.models import BestBet, MissedSearch, User
from cms.search import showing
from cms.search.engine import SearchTooSlowError
from home.models import HomePage
from kennisbank.models import KennisbankPage, PublicationPage
from tests.cms.factories import make_document, make_private, make_site
from tests.districts.factories import make_district, make_district_index, make_theme, make_theme_index
from tests.home.factories import make_search_page
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication, make_type
from tests.network.factories import make_organisation
from tests.search import reindex
from themes.models import ThemePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


@pytest.fixture
def theme(home: HomePage) -> ThemePage:
    return make_theme(make_theme_index(home), "Ondermijning")


@pytest.fixture
def read(client: Client, kennisbank: KennisbankPage) -> Iterator[Callable[..., str]]:
    """Give the HTML of the page with this query; everything is in the index."""

    def read(**query: str | list[str]) -> str:
        reindex()
        answer = client.get("/kennisbank/", query)
        assert answer.status_code == 200
        return answer.content.decode()

    return read


def titles(page: str) -> list[str]:
    return [html.unescape(title) for title in re.findall(r'class="result__link[^>]*>([^<]+)</a>', page)]


def cards(page: str) -> list[str]:
    return [html.unescape(title) for title in re.findall(r'class="card__link"[^>]*>([^<]+)</a>', page)]


def summary(page: str) -> str:
    return re.search(r'class="search__summary[^>]*>([^<]*)<', page)[1].strip()


def values(page: str, name: str) -> list[tuple[str, str, bool]]:
    """The values of a facet as (label, number, ticked)."""
    document = lxml_html.fromstring(page)
    boxes = document.xpath(f"//details[@class='facet'][.//input[@name='{name}']]//label[@class='facet__value']")
    return [
        (
            box.xpath("string(*[contains(@class, 'facet__label')])"),
            box.xpath("string(*[@class='count'])"),
            bool(box.xpath("input[@checked]")),
        )
        for box in boxes
    ]


def chips(page: str) -> list[tuple[str, str]]:
    document = lxml_html.fromstring(page)
    return [(" ".join(chip.text_content().split()), chip.get("href")) for chip in document.xpath("//a[@class='chip']")]


def links(page: str, part: str) -> dict[str, str]:
    document = lxml_html.fromstring(page)
    found = document.xpath(f"//*[contains(concat(' ', @class, ' '), ' {part} ')]//a")
    return {" ".join(link.text_content().split()): link.get("href") for link in found}


def test_without_a_question_it_shows_the_ways_in(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    district = make_district(make_district_index(home))
    make_publication(kennisbank, "Oud", publication_date=date(2024, 1, 5), themes=[theme])
    make_publication(kennisbank, "Nieuw", publication_date=date(2026, 1, 5), themes=[theme], districts=[district])
    page = read()
    assert cards(page) == ["Nieuw", "Oud"]
    counted = re.findall(r'counts__link[^>]*href="([^"]*)">([^<]*)</a> <span class="count">(\d+)<', page)
    assert counted == [
        ("/kennisbank/?thema=ondermijning", "Ondermijning", "2"),
        ("/kennisbank/?type=factsheet", "Factsheet", "2"),
        ("/kennisbank/?district=twente", "Twente", "1"),
    ]
    assert 'href="/kennisbank/?overzicht=alles">Bekijk alle 2 publicaties</a>' in page
    assert "search__summary" not in page


def test_an_empty_kennisbank_says_so(read: Callable[..., str]) -> None:
    assert "Er staan nog geen publicaties in de Kennisbank." in read()


def test_the_whole_list_is_the_newest_first_with_type_date_and_makers(
    kennisbank: KennisbankPage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, "Oud", publication_date=date(2024, 1, 5))
    police = make_organisation("Politie")
    make_publication(kennisbank, "Nieuw", publication_date=date(2026, 1, 5), organisations=[police])
    page = read(overzicht="alles")
    assert titles(page) == ["Nieuw", "Oud"]
    assert summary(page) == "2 publicaties"
    for text in ("5 januari 2026", "Factsheet", "Politie"):
        assert text in page


def test_finds_all_words_in_title_or_summary_and_marks_them(
    kennisbank: KennisbankPage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, "Leegstand in het buitengebied", introduction="Voor eigenaren van schuren.")
    make_publication(kennisbank, "Leegstand in de stad")
    page = read(zoek="  LEEGSTAND   schuren ")
    assert titles(page) == ["Leegstand in het buitengebied"]
    assert summary(page) == "1 publicatie gevonden"
    assert 'value="LEEGSTAND schuren"' in page
    assert "<mark>schuren</mark>" in page


def test_words_in_a_file_open_the_file_at_their_page(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    page = make_publication(kennisbank, "Jaarverslag")
    document = make_document("Jaarverslag", name="jaarverslag.pdf")
    # As the worker leaves it behind.
    type(document).objects.filter(pk=document.pk).update(part_kind="page", content_hash="x", extracted_hash="x")
    document.texts.create(number=12, text="Over de aanpak van vliegende varkens in het dorp.")
    add_file(page, document)
    answer = read(zoek="varkens")
    assert titles(answer) == ["Jaarverslag"]
    document.refresh_from_db()
    assert re.search(rf'href="/documenten/{document.pk}/[^"]+\.pdf#page=12">pagina 12<', answer)
    assert "<mark>varkens</mark>" in answer


def test_several_values_of_a_facet_widen_and_several_facets_narrow(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    other = make_theme(theme.get_parent(), "Zorg")
    make_publication(kennisbank, "Een", themes=[theme], publication_date=date(2024, 1, 1))
    make_publication(kennisbank, "Twee", themes=[other], publication_date=date(2025, 1, 1))
    make_publication(kennisbank, "Drie", publication_date=date(2026, 1, 1))
    assert titles(read(thema="ondermijning")) == ["Een"]
    page = read(thema=["ondermijning", "zorg"])
    assert titles(page) == ["Twee", "Een"]
    assert values(page, "thema") == [("Ondermijning", "1", True), ("Zorg", "1", True)]
    assert values(page, "jaar") == [("2025", "1", False), ("2024", "1", False)]
    page = read(thema=["ondermijning", "zorg"], jaar="2024")
    assert titles(page) == ["Een"]
    # The other values count as if their own filter were not there, and one that is chosen stays at nothing.
    assert values(page, "jaar") == [("2025", "1", False), ("2024", "1", True)]
    assert values(page, "thema") == [("Ondermijning", "1", True), ("Zorg", "0", True)]


def test_filters_by_every_facet_and_by_their_old_name(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    district = make_district(make_district_index(home))
    make_publication(kennisbank, "Gewoon", publication_date=date(2025, 1, 1))
    make_publication(
        kennisbank, "Gezocht", themes=[theme], districts=[district], publication_type=make_type("Handreiking"),
        publication_date=date(2024, 1, 1),
    )  # fmt: skip
    for query in (
        {"thema": "ondermijning"},
        {"soort": "handreiking"},
        {"type": "handreiking"},
        {"district": "twente"},
        {"jaar": "2024"},
        {"zoek": "thema:ondermijning"},
        {"zoek": "jaar:2024 gezocht"},
        {"thema": "ondermijning", "type": "handreiking", "district": "twente", "jaar": "2024", "zoek": "gezocht"},
    ):
        page = read(**query)
        assert titles(page) == ["Gezocht"], query
        assert chips(page), query


def test_offers_only_values_that_lead_to_something_public(
    kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    make_theme(theme.get_parent(), "Zonder publicaties")
    hidden = make_theme(theme.get_parent(), "Besloten thema")
    make_private(hidden)
    make_type("Ongebruikt")
    make_publication(kennisbank, themes=[theme, hidden])
    make_publication(kennisbank, "Concept", publication_date=date(2001, 1, 1)).unpublish()
    page = read(overzicht="alles")
    assert values(page, "thema") == [("Ondermijning", "1", False)]
    assert values(page, "type") == [("Factsheet", "1", False)]
    assert values(page, "jaar") == [("2026", "1", False)]
    assert values(page, "district") == []


def test_a_chosen_filter_can_be_taken_away(
    kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, themes=[theme])
    page = read(zoek="leegstand", thema="ondermijning", jaar="2026", sorteer="titel")
    assert chips(page) == [
        ("Verwijder filter Thema: Ondermijning", "/kennisbank/?zoek=leegstand&jaar=2026&sorteer=titel"),
        ("Verwijder filter Jaar: 2026", "/kennisbank/?zoek=leegstand&thema=ondermijning&sorteer=titel"),
    ]
    assert links(page, "chips")["Wis alles"] == "/kennisbank/"
    assert ">Filters (2)</summary>" in page


def test_a_long_facet_begins_with_its_largest_values(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    for number in range(12):
        make_publication(kennisbank, f"Stuk {number}", publication_type=make_type(f"Soort {number:02}"))
    make_publication(kennisbank, "Nog een", publication_type=make_type("Soort 11"))
    page = read(overzicht="alles")
    document = lxml_html.fromstring(page)
    further = document.xpath("//details[@class='facet__further']//span[contains(@class, 'facet__label')]/text()")
    assert len(values(page, "type")) == 12
    assert len(further) == 2
    assert "Soort 11" not in further
    assert ">Toon alle 12</summary>" in page
    assert 'placeholder="Zoek een keuze: soort document" data-one="1 keuze" data-many="# keuzes"' in page


@pytest.mark.parametrize("name", ["soort", "type"])
def test_the_kind_of_document_may_be_typed_by_the_name_of_its_facet(
    kennisbank: KennisbankPage, read: Callable[..., str], name: str
) -> None:
    make_publication(kennisbank, "Ander", publication_type=make_type("Advies"))
    page = read(zoek=f"{name}:advies")
    assert (titles(page), summary(page)) == (["Ander"], "1 publicatie gevonden")
    assert 'href="/kennisbank/"' in page


def test_sorts_as_asked(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    make_publication(kennisbank, "Bever", publication_date=date(2025, 1, 1))
    make_publication(kennisbank, "Aap", publication_date=date(2024, 1, 1))
    make_publication(kennisbank, "Civetkat", publication_date=date(2026, 1, 1))
    assert titles(read(overzicht="alles")) == ["Civetkat", "Bever", "Aap"]
    assert titles(read(sorteer="oudste")) == ["Aap", "Bever", "Civetkat"]
    assert titles(read(sorteer="titel")) == ["Aap", "Bever", "Civetkat"]
    page = read(sorteer="titel")
    assert '<option value="titel" selected>' in page


@pytest.mark.parametrize(
    "query",
    [
        {"thema": "bestaat-niet"},
        {"type": "' OR 1=1 --"},
        {"jaar": "twintig"},
        {"pagina": "x"},
        {"pagina": "-3"},
        {"pagina": "²"},
        {"sorteer": "kleur"},
        {"zoek": "\x00"},
        {"zoek": " "},
        {"onbekend": "1"},
    ],
)
def test_ignores_what_stands_for_nothing(
    query: dict[str, str], kennisbank: KennisbankPage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank)
    page = read(**query)
    assert cards(page) == ["Factsheet leegstand"]
    assert "Wis alles" not in page


def test_a_part_past_the_end_is_the_last_part(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    make_publication(kennisbank)
    for part in ("2", "999", "99999999999999999999"):
        assert cards(read(pagina=part)) + titles(read(pagina=part)) == ["Factsheet leegstand"], part


def test_pages_through_a_long_list_and_keeps_the_question(
    kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    for number in range(21):
        make_publication(kennisbank, f"Stuk {number}", themes=[theme])
    first = read(zoek="stuk", thema="ondermijning")
    assert len(titles(first)) == 10
    assert summary(first) == "21 publicaties gevonden"
    assert "Pagina 1 van 3" in first
    assert 'href="/kennisbank/?zoek=stuk&amp;thema=ondermijning&amp;pagina=2"' in first
    assert "– pagina" not in re.search("<title>(.*)</title>", first)[1]
    assert "– pagina 2 –" in re.search("<title>(.*)</title>", read(zoek="stuk", thema="ondermijning", pagina="2"))[1]
    assert "Vorige pagina" not in first
    last = read(zoek="stuk", pagina="3")
    assert len(titles(last)) == 1
    assert "Volgende pagina" not in last
    second = read(zoek="stuk", thema="ondermijning", pagina="2")
    assert 'href="/kennisbank/?zoek=stuk&amp;thema=ondermijning"' in second
    assert set(titles(first)).isdisjoint(titles(second))


def test_never_shows_what_the_public_may_not_see(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    make_publication(kennisbank, "Openbaar")
    make_publication(kennisbank, "Concept").unpublish()
    expired = make_publication(kennisbank, "Verlopen")
    type(expired).objects.filter(pk=expired.pk).update(expire_at=now())
    make_private(make_publication(kennisbank, "Besloten stuk"))
    page = read(overzicht="alles")
    assert titles(page) == ["Openbaar"]
    assert summary(page) == "1 publicatie"
    for words in ("concept", "verlopen", "besloten"):
        assert titles(read(zoek=words)) == [], words


def test_a_reader_who_may_see_it_finds_what_is_private_and_is_told(
    kennisbank: KennisbankPage, read: Callable[..., str], client: Client
) -> None:
    make_publication(kennisbank, "Openbaar stuk")
    make_private(make_publication(kennisbank, "Geheim stuk"))
    assert titles(read(zoek="stuk")) == ["Openbaar stuk"]
    client.force_login(User.objects.create_user("lezer"))
    page = read(zoek="stuk")
    assert sorted(titles(page)) == ["Geheim stuk", "Openbaar stuk"]
    assert page.count(">Besloten</li>") == 1
    client.logout()
    assert titles(read(zoek="stuk")) == ["Openbaar stuk"]


def test_what_editors_put_on_top_stands_on_top_once(
    home: HomePage, kennisbank: KennisbankPage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, "Leegstand leegstand leegstand")
    best = make_publication(kennisbank, "Eerst dit over leegstand")
    BestBet.objects.create(language="nl", words="leegstand, lege panden", page=best)
    page = read(zoek="leegstand")
    assert titles(page) == ["Eerst dit over leegstand", "Leegstand leegstand leegstand"]
    assert page.count(">Uitgelicht</li>") == 1
    make_private(best)
    assert titles(read(zoek="lege panden")) == []


def test_marks_what_a_newer_one_replaces_and_a_foreign_language(
    kennisbank: KennisbankPage, read: Callable[..., str]
) -> None:
    newer = make_publication(kennisbank, "Jaarplan 2026")
    make_publication(kennisbank, "Jaarplan 2025", replaced_by=newer)
    make_publication(kennisbank, "Cybercrime: what to do", document_language="en")
    page = read(overzicht="alles")
    assert page.count(">Vervangen</li>") == 1
    assert 'lang="en" hreflang="en">Cybercrime: what to do</a>' in page
    assert "Engels" in page


def test_finding_nothing_says_how_to_go_on(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    contact = make_publication(kennisbank, "Vraagbaak")
    make_search_page(home, contact_page=contact)
    make_publication(kennisbank, "Leegstand", themes=[theme], publication_date=date(2024, 1, 1))
    make_publication(kennisbank, "Bewoning", publication_date=date(2025, 1, 1))
    page = read(zoek="leegstand", thema="ondermijning", jaar="2025")
    assert summary(page) == "Geen publicaties gevonden"
    assert links(page, "search__ways") == {
        "Zonder het filter jaar": "/kennisbank/?zoek=leegstand&thema=ondermijning",
        "Zonder filters": "/kennisbank/?zoek=leegstand",
    }
    page = read(zoek="leegstand bewoning")
    assert links(page, "search__ways") == {
        "Zoek op één van de woorden": "/kennisbank/?zoek=leegstand+bewoning&woorden=een"
    }
    assert titles(read(zoek="leegstand bewoning", woorden="een"))
    # A compound that no text holds, in its parts.
    make_publication(kennisbank, "Jeugd en criminaliteit")
    assert links(read(zoek="jeugdcriminaliteit"), "search__ways") == {
        "Zoek op “jeugd criminaliteit”": "/kennisbank/?zoek=jeugd+criminaliteit"
    }
    page = read(zoek="xyzzy")
    assert "Controleer de spelling" in page
    assert 'href="/zoeken/?zoek=xyzzy">Zoek in de hele site</a>' in page
    assert f'href="{contact.url}">Vraagbaak</a>' in page


def test_a_search_in_vain_is_counted_unless_filters_may_be_the_cause(
    kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, themes=[theme])
    read(zoek="bestaatniet", thema="ondermijning")
    read(zoek="leegstand")
    assert not MissedSearch.objects.exists()
    read(zoek="bestaatniet")
    read(zoek="bestaatniet")
    assert list(MissedSearch.objects.values_list("words", "number")) == [("bestaatniet", 2)]


def test_a_typing_error_is_offered_mended(kennisbank: KennisbankPage, read: Callable[..., str]) -> None:
    make_publication(kennisbank, "Leegstand in het buitengebied")
    page = read(zoek="legstand")
    assert links(page, "search__correction") == {"leegstand": "/kennisbank/?zoek=leegstand"}


def test_results_can_be_followed_and_taken_along(
    kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    make_publication(kennisbank, themes=[theme])
    page = read(zoek="leegstand", thema="ondermijning")
    assert links(page, "search__exports") == {
        "Volg deze zoekvraag (Atom)": "/kennisbank/nieuw.atom?zoek=leegstand&thema=ondermijning",
        "Download als CSV (eerste 1.000)": "/kennisbank/publicaties.csv?zoek=leegstand&thema=ondermijning",
    }


def test_a_theme_and_a_district_are_pages_of_their_own(
    home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, read: Callable[..., str]
) -> None:
    district = make_district(make_district_index(home))
    make_publication(kennisbank, themes=[theme], districts=[district])
    origin = "http://localhost/kennisbank/"

    def head(**query: str | list[str]) -> tuple[str, str, bool]:
        document = lxml_html.fromstring(read(**query))
        canonical = document.xpath("string(//link[@rel='canonical']/@href)").removeprefix(origin)
        return document.xpath("string(//h1)"), canonical, bool(document.xpath("//meta[@name='robots']"))

    assert head() == ("Kennisbank", "", False)
    assert head(overzicht="alles") == ("Kennisbank", "?overzicht=alles", False)
    assert head(thema="ondermijning") == ("Publicaties over Ondermijning", "?thema=ondermijning", False)
    assert head(district="twente") == ("Publicaties over Twente", "?district=twente", False)
    both = ("Publicaties over Ondermijning in Twente", "?thema=ondermijning&district=twente", False)
    assert head(district="twente", thema="ondermijning", zoek="", sorteer="") == both
    assert head(thema="ondermijning", jaar="2026") == ("Publicaties over Ondermijning", "?thema=ondermijning", True)
    assert head(thema="ondermijning", sorteer="titel")[1:] == ("?thema=ondermijning", True)
    assert head(zoek="leegstand") == ("Kennisbank", "", True)
    page = read(thema="ondermijning")
    assert "De Kennisbank heeft 1 publicatie over het thema Ondermijning." in page
    assert "<title>Publicaties over Ondermijning – Kennisbank – Netwerk</title>" in page
    assert "<title>leegstand – Kennisbank – Netwerk</title>" in read(zoek="leegstand")


def test_a_search_that_takes_too_long_says_so(
    kennisbank: KennisbankPage, read: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_up(_question: object) -> None:
        raise SearchTooSlowError

    monkeypatch.setattr(showing, "find", give_up)
    page = read(zoek="de")
    assert "Het zoeken duurde te lang." in page
    assert "Geen publicaties gevonden" not in page
    assert read()


@pytest.mark.parametrize("number", [3, 12])
@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 25),
        ("?overzicht=alles", 28),
        ("?zoek=stuk", 28),
        ("?zoek=stuk&thema=thema-1&jaar=2026", 28),
        # In vain: because of the words, because of the filters, and both of two words are too much.
        ("?zoek=bestaatniet&thema=thema-1&jaar=2026", 25),
        ("?zoek=stuk&thema=thema-1&jaar=1999", 26),
        ("?zoek=stuk+bestaatniet&thema=thema-1&jaar=2026", 31),
    ],
)
def test_costs_the_same_queries_whatever_it_shows(
    number: int, query: str, most: int, home: HomePage, kennisbank: KennisbankPage, theme: ThemePage, client: Client,
    django_assert_max_num_queries: Callable,
) -> None:  # fmt: skip
    districts = make_district_index(home)
    for count in range(number):
        make_publication(
            kennisbank, f"Stuk {count}", themes=[make_theme(theme.get_parent(), f"Thema {count}")],
            districts=[make_district(districts, f"District {count}")], publication_type=make_type(f"Soort {count}"),
        )  # fmt: skip
    reindex()
    address = f"/kennisbank/{query}"
    client.get(address)
    with django_assert_max_num_queries(most):
        assert client.get(address).status_code == 200


def test_a_publication_that_is_gone_leaves_no_hole(kennisbank: KennisbankPage, client: Client) -> None:
    make_publication(kennisbank, "Blijft")
    gone = make_publication(kennisbank, "Weg")
    reindex()
    PublicationPage.objects.filter(pk=gone.pk).delete()
    page = client.get("/kennisbank/", {"overzicht": "alles"}).content.decode()
    assert titles(page) == ["Blijft"]

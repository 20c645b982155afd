"""The search page: what is found of the whole site, in which order, and what a reader is told."""

import html
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from lxml import html as lxml_html
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.search.titles import MAX_LENGTH, clean_words
from home.models import SearchPage
from tests.api.factories import Example, make_example
from tests.cms.factories import make_content_page, make_private
from tests.districts.factories import make_municipality
from tests.home.factories import make_search_page
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page
from tests.search import reindex
from tests.themes.factories import make_theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def example() -> Example:
    return make_example()


@pytest.fixture
def search_page(example: Example) -> SearchPage:
    return make_search_page(example.home, contact_page=example.about)


@pytest.fixture
def read(client, search_page):
    """Give the HTML of a search; everything is in the index."""

    def read(words: str = "", **query: str) -> str:
        reindex()
        response = client.get(search_page.url, {"zoek": words, **query} if words or query else {})
        assert response.status_code == 200
        return response.content.decode()

    return read


def titles(page: str) -> list[str]:
    """Give the titles of the results, or of the cards where nothing was searched for."""
    found = re.findall(r'class="(?:result__link nl-link|card__link)"[^>]*>([^<]+)</a>', page)
    return [html.unescape(title) for title in found]


def summary(page: str) -> str:
    return re.search(r'class="search__summary[^>]*>([^<]*)<', page)[1].strip()


def tabs(page: str) -> list[tuple[str, str, str]]:
    """Give the tabs as (words, address, aria-current)."""
    found = lxml_html.fromstring(page).xpath("//nav[@class='tabs']//a")
    return [(" ".join(tab.text_content().split()), tab.get("href"), tab.get("aria-current", "")) for tab in found]


def test_a_text_is_found_in_other_forms_of_the_word(example, read):
    text = [("paragraph", RichText("<p>Boswachters letten op gedumpte vaten.</p>"))]
    make_content_page(example.home, "Buitengebied", body=text)
    assert titles(read("vat")) == ["Buitengebied"]
    assert titles(read("boswachter gedumpt")) == ["Buitengebied"]
    assert titles(read("boswachter kade")) == []


def test_titles_come_before_texts_and_the_title_itself_comes_first(example, read):
    text = [("paragraph", RichText("<p>Polarisatie polarisatie polarisatie.</p>"))]
    make_content_page(example.home, "Alleen in de tekst", body=text)
    make_content_page(example.home, "Wat is polarisatie?")
    make_content_page(example.home, "Polarisatie in de klas")
    make_content_page(example.home, "Polarisatie")
    found = titles(read("POLARISATIE"))
    assert (found[0], found[-1]) == ("Polarisatie", "Alleen in de tekst")
    assert set(found[1:-1]) == {"Wat is polarisatie?", "Polarisatie in de klas"}


def test_a_municipality_is_found_also_half_typed(read):
    for words in ("almelo", "Alm", "ÁLMELO", "almelo "):
        page = read(words)
        assert titles(page)[0] == "Almelo", words
        assert "/gemeenten/almelo/" in page
        assert "De gemeente Almelo hoort bij het district Twente." in page


def test_accents_do_not_matter_in_a_title(example, read):
    make_municipality(example.district, "Súdwest")
    make_content_page(example.home, "Privacy in cafés")
    assert titles(read("sudwest")) == ["Súdwest"]
    assert titles(read("cafe")) == ["Privacy in cafés"]


def test_a_short_word_counts_only_where_a_word_begins(example, read):
    make_municipality(example.district, "Enschede")
    make_municipality(example.district, "Ede")
    assert titles(read("ede")) == ["Ede"]


def test_marks_between_words_do_not_matter(example, read):
    make_content_page(example.home, "Thema's: wat is er?")
    make_municipality(example.district, "Neder-Betuwe")
    assert titles(read("thema's")) == ["Thema's", "Thema's: wat is er?"]
    assert titles(read("neder betuwe")) == titles(read("neder-betuwe")) == ["Neder-Betuwe"]


def test_a_result_says_what_kind_of_page_it_is_and_what_it_is_about(example, read):
    page = read("leegstand")
    assert titles(page) == ["Factsheet leegstand"]
    assert ">Factsheet</li>" in page
    assert "Wat te doen bij <mark>leegstand</mark>." in page


def test_the_tabs_are_the_kinds_that_were_found_with_their_numbers(example, read):
    make_publication(example.kennisbank, "Factsheet ondermijning", slug="factsheet-ondermijning")
    everything = [
        ("Alles 5", "/zoeken/?zoek=ondermijning", "page"),
        ("Publicaties 2", "/zoeken/?zoek=ondermijning&soort=publicaties", ""),
        ("Thema's 2", "/zoeken/?zoek=ondermijning&soort=themas", ""),
        ("Netwerk 1", "/zoeken/?zoek=ondermijning&soort=netwerk", ""),
    ]
    assert tabs(read("ondermijning")) == everything
    only = read("ondermijning", soort="publicaties")
    # Also the one that is about the theme.
    assert titles(only) == ["Factsheet ondermijning", "Factsheet leegstand"]
    assert summary(only) == "2 resultaten voor “ondermijning”"
    assert [(words, current) for words, _address, current in tabs(only)] == [
        ("Alles 5", ""), ("Publicaties 2", "page"), ("Thema's 2", ""), ("Netwerk 1", ""),
    ]  # fmt: skip
    # Another question stays in the tab.
    assert '<input type="hidden" name="soort" value="publicaties">' in only


def test_a_tab_without_a_result_leads_to_all_of_them(example, read):
    page = read("leegstand", soort="themas")
    assert titles(page) == []
    assert 'href="/zoeken/?zoek=leegstand">Zoek in alle soorten</a> <span class="count">1</span>' in page


def test_a_kind_that_stands_for_nothing_is_ignored(example, read):
    for kind in ("bestaat-niet", "' OR 1=1 --"):
        assert titles(read("ondermijning", soort=kind)) == titles(read("ondermijning"))


def test_before_the_first_search_the_page_says_what_there_is_to_find(example, read):
    page = read()
    assert "Zoek in alle pagina&#x27;s van deze site." in page
    assert titles(page) == ["Thema's", "Kennisbank", "Netwerk", "Districten", "Gemeenten"]


def test_finding_nothing_says_how_to_go_on(example, read):
    page = read("xyzzy")
    assert summary(page) == "Niets gevonden voor “xyzzy”"
    assert "Controleer de spelling" in page
    assert 'href="/over-deze-site/">Over deze site</a>' in page


def test_a_hidden_contact_page_is_not_told(example, search_page, read):
    make_private(example.about)
    assert 'href="/over-deze-site/"' not in read("xyzzy")


def test_strange_words_find_nothing_and_break_nothing(read):
    marks = ["''", "\"'\\", "...", "!!!", "&|!()<->:*", "%_", "²", "🙂", "<q>", "a\x00q"]
    for words in (*marks, "x" * 10_000, "woord " * 2_000, "é" * 500):
        page = read(words)
        assert titles(page) == [], words
        assert "<q>" not in page


def test_words_of_nothing_but_white_space_are_none(read):
    for words in (" ", "\x00", "\t\n"):
        page = read(words)
        assert "search__summary" not in page, words
        assert titles(page)[0] == "Thema's"


def test_words_are_cut_to_a_sensible_length():
    assert len(clean_words("abc " * 1_000)) <= MAX_LENGTH


def test_words_are_cut_between_words_at_what_the_field_takes(read):
    words = "veiligheid " * 9 + "x"
    assert clean_words(words) == words
    assert clean_words(words + " wijkagent") == words
    assert clean_words("veiligheid " * 9 + "wijkagent") == ("veiligheid " * 9).strip()
    assert clean_words("a" * 120) == "a" * MAX_LENGTH
    assert read("wijk").count(f'maxlength="{MAX_LENGTH}"') == 2


def test_a_search_is_in_one_language(example, search_page, client):
    english = translate_page(search_page, "en", title="Search", slug="search")
    reindex()

    def found(page: Page, words: str) -> list[str]:
        return titles(client.get(page.url, {"zoek": words}).content.decode())

    assert found(english, "organised crime") == ["Organised crime"]
    assert found(search_page, "organised crime") == []
    assert found(english, "almelo")[0] == "Almelo"
    page = client.get(english.url, {"zoek": "toegankelijkheid"}).content.decode()
    assert summary(page) == "Nothing found for “toegankelijkheid”"
    assert 'href="/zoeken/?zoek=toegankelijkheid" lang="nl"' in page


def test_never_shows_what_the_public_may_not_see(example, read):
    themes = example.theme.get_parent()
    secret = {name: make_theme(themes, f"Verstopt {name}", slug=name) for name in ("concept", "verlopen", "besloten")}
    make_theme(themes, "Verstopt niet")
    secret["concept"].unpublish()
    Page.objects.filter(pk=secret["verlopen"].pk).update(expire_at=timezone.now() - timedelta(hours=1))
    make_private(secret["besloten"])
    page = read("verstopt")
    assert titles(page) == ["Verstopt niet"]
    assert summary(page) == "1 resultaat voor “verstopt”"


def test_municipalities_without_a_public_overview_are_not_found(example, read):
    Page.objects.get(slug="gemeenten").specific.unpublish()
    assert "Almelo" not in titles(read("almelo"))


def test_pages_through_a_long_list_and_keeps_the_words(example, read):
    for number in range(21):
        make_content_page(example.home, f"Stuk {number}", slug=f"stuk-{number}")
    first, last = read("stuk"), read("stuk", pagina="3")
    assert (len(titles(first)), len(titles(last))) == (10, 1)
    assert "Pagina 1 van 3" in first
    assert 'href="/zoeken/?zoek=stuk&amp;pagina=2"' in first
    assert set(titles(first)).isdisjoint(titles(last))
    assert len(titles(read("stuk", pagina="99"))) == 1


def test_search_engines_skip_it_and_every_page_leads_to_it(example, read, client):
    page = read("ondermijning")
    assert re.search(r'<meta name="robots" content="noindex', page)
    assert "<title>ondermijning – Zoeken – Netwerk</title>" in page
    assert 'action="/zoeken/"' in client.get("/").content.decode()


def test_the_search_page_does_not_find_itself(example, read):
    assert titles(read("zoeken")) == []


@pytest.mark.parametrize("number", [2, 9])
def test_costs_the_same_queries_whatever_it_finds(number, example, search_page, client, django_assert_max_num_queries):
    themes = example.theme.get_parent()
    for count in range(number):
        make_theme(themes, f"Stuk thema {count}")
        make_content_page(example.home, f"Stuk pagina {count}", slug=f"stuk-{count}")
        make_municipality(example.district, f"Stuk {count}")
        make_publication(example.kennisbank, f"Stuk {count}", slug=f"publicatie-{count}")
    address = f"{search_page.url}?{urlencode({'zoek': 'stuk'})}"
    client.get(address)
    with django_assert_max_num_queries(32):
        client.get(address)


def test_the_api_searches_pages_best_first(example, client):
    make_content_page(example.home, "Alles over ondermijning", introduction="Ondermijning.")
    reindex()

    def found(query: str) -> list[str]:
        return [row["titel"] for row in client.get(f"/api/v1/paginas?{query}").json()["resultaten"]]

    assert found("zoek=ondermijning&taal=nl")[0] == "Ondermijning"
    assert found("zoek=ondermijning&taal=nl") == found("zoek=ondermijning&taal=nl&sorteer=relevantie")
    by_title = found("zoek=ondermijning&taal=nl&sorteer=titel")
    assert by_title == sorted(by_title, key=str.lower)
    assert set(by_title) == set(found("zoek=ondermijning&taal=nl"))
    assert found("zoek=ondermijning&soort=thema") == ["Ondermijning"]
    assert found("zoek=xyzzy") == found("zoek=...") == found("zoek=") == []
    assert found("sorteer=relevantie") == found("sorteer=pad")


def test_the_api_refuses_words_without_end(example, client):
    response = client.get(f"/api/v1/paginas?zoek={'x' * 101}")
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "zoek"

"""The search page and the engine behind it: what is found, in which order, and what a reader is told."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.search.titles import MAX_LENGTH, clean_words, matching_pages, terms_of
from home.models import SearchPage
from home.search import OTHER
from tests.api.factories import Example, make_example
from tests.cms.factories import fill_search_index, make_content_page, make_private
from tests.districts.factories import make_municipality
from tests.home.factories import make_search_page
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page
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
    """Give the HTML of a search. The words stand in the index as soon as the worker has run: here at once."""

    def read(words: str = "", **query: str) -> str:
        fill_search_index()
        response = client.get(search_page.url, {"zoek": words, **query} if words or query else {})
        assert response.status_code == 200
        return response.content.decode()

    return read


def titles(html: str) -> list[str]:
    return re.findall(r'class="card__link"[^>]*>([^<]+)</a>', html)


def summary(html: str) -> str:
    return re.search(r'class="listing__summary[^>]*>([^<]*)<', html)[1].strip()


def kinds(html: str) -> list[str]:
    select = re.search(r'<select[^>]*name="soort".*?</select>', html, re.DOTALL)
    return re.findall(r"<option[^>]*>([^<]*)</option>", select[0]) if select else []


def test_a_page_is_found_by_its_title_before_the_worker_has_run(example, search_page, client):
    html = client.get(search_page.url, {"zoek": "ondermijning"}).content.decode()
    assert titles(html)[0] == "Ondermijning"
    assert summary(html) == "2 resultaten voor “ondermijning”"


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
    make_content_page(example.home, "Depolarisatie")
    expected = [
        "Polarisatie", "Polarisatie in de klas", "Wat is polarisatie?", "Depolarisatie", "Alleen in de tekst",
    ]  # fmt: skip
    assert titles(read("POLARISATIE")) == expected


def test_a_municipality_is_found_also_half_typed(read):
    for words in ("almelo", "Alm", "ÁLMELO", "almelo "):
        html = read(words)
        assert titles(html) == ["Almelo"], words
        assert "/gemeenten/almelo/" in html
        assert "De gemeente Almelo hoort bij het district Twente." in html


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
    assert titles(read("thema's")) == ["Thema&#x27;s", "Thema&#x27;s: wat is er?"]
    assert titles(read("neder betuwe")) == titles(read("neder-betuwe")) == ["Neder-Betuwe"]


def test_a_card_says_what_kind_of_page_it_is_and_what_it_is_about(example, read):
    html = read("leegstand")
    assert titles(html) == ["Factsheet leegstand"]
    assert ">Factsheet</p>" in html
    assert "Wat te doen bij leegstand." in html


def test_the_filter_offers_the_kinds_that_were_found_with_their_numbers(example, read):
    make_publication(example.kennisbank, "Factsheet ondermijning", slug="factsheet-ondermijning")
    html = read("ondermijning")
    assert kinds(html) == ["Alle soorten (3)", "Thema&#x27;s (1)", "Netwerk (1)", "Publicaties (1)"]
    only = read("ondermijning", soort="publicaties")
    assert titles(only) == ["Factsheet ondermijning"]
    assert summary(only) == "1 resultaat voor “ondermijning”"
    assert kinds(only) == kinds(html)
    assert "Alle keuzes wissen" in only


def test_a_kind_that_stands_for_nothing_is_ignored(example, read):
    for kind in ("bestaat-niet", OTHER.key, "' OR 1=1 --"):
        assert len(titles(read("ondermijning", soort=kind))) == 2


def test_before_the_first_search_the_page_says_what_there_is_to_find(example, read):
    html = read()
    assert "Zoek in alle pagina&#x27;s van deze site." in html
    assert titles(html) == ["Thema&#x27;s", "Kennisbank", "Netwerk", "Districten", "Gemeenten"]


def test_finding_nothing_says_how_to_go_on(example, read):
    html = read("xyzzy")
    assert summary(html) == "Niets gevonden voor “xyzzy”"
    assert "Controleer de spelling" in html
    assert 'href="/kennisbank/?zoek=xyzzy"' in html
    assert 'href="/over-deze-site/">Over deze site</a>' in html


def test_a_hidden_contact_page_is_not_told(example, search_page, read):
    make_private(example.about)
    assert 'href="/over-deze-site/"' not in read("xyzzy")


def test_strange_words_find_nothing_and_break_nothing(read):
    marks = ["''", "\"'\\", "...", "!!!", "&|!()<->:*", "%_", "²", "🙂", "<q>", "a\x00q"]
    for words in (*marks, "x" * 10_000, "woord " * 2_000, "é" * 500):
        html = read(words)
        assert titles(html) == [], words
        assert "<q>" not in html


def test_words_of_nothing_but_white_space_are_none(read):
    for words in (" ", "\x00", "\t\n"):
        assert summary(read(words)).startswith("Typ een woord"), words


def test_words_are_cut_to_a_sensible_length():
    assert len(clean_words("abc " * 1_000)) <= MAX_LENGTH
    assert len(terms_of("a b c d e f g h i j k")) == 8


def test_a_search_is_in_one_language(example, search_page, client):
    english = translate_page(search_page, "en", title="Search", slug="search")
    fill_search_index()

    def found(page: Page, words: str) -> list[str]:
        return titles(client.get(page.url, {"zoek": words}).content.decode())

    assert found(english, "organised crime") == ["Organised crime"]
    assert found(search_page, "organised crime") == []
    assert found(english, "almelo") == ["Almelo"]
    html = client.get(english.url, {"zoek": "leegstand"}).content.decode()
    assert summary(html) == "Nothing found for “leegstand”"
    assert 'href="/zoeken/?zoek=leegstand" lang="nl"' in html


def test_never_shows_what_the_public_may_not_see(example, read):
    themes = example.theme.get_parent()
    secret = {name: make_theme(themes, f"Verstopt {name}", slug=name) for name in ("concept", "verlopen", "besloten")}
    make_theme(themes, "Verstopt niet")
    secret["concept"].unpublish()
    Page.objects.filter(pk=secret["verlopen"].pk).update(expire_at=timezone.now() - timedelta(hours=1))
    make_private(secret["besloten"])
    html = read("verstopt")
    assert titles(html) == ["Verstopt niet"]
    assert summary(html) == "1 resultaat voor “verstopt”"


def test_municipalities_without_a_public_overview_are_not_found(example, read):
    Page.objects.get(slug="gemeenten").specific.unpublish()
    assert titles(read("almelo")) == []


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
    html = read("ondermijning")
    assert re.search(r'<meta name="robots" content="noindex', html)
    assert "<title>ondermijning – Zoeken – Netwerk</title>" in html
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


def test_the_engine_keeps_to_the_pages_that_it_gets(example):
    fill_search_index()
    assert list(matching_pages(Page.objects.filter(pk=example.about.pk), "ondermijning")) == []


def test_the_api_searches_pages_best_first(example, client):
    make_content_page(example.home, "Alles over ondermijning", introduction="Ondermijning.")
    fill_search_index()

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

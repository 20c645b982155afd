"""Pages by the API: at an address, by id, in a list; and what stands around them."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from tests.api.factories import Example
from tests.cms.factories import make_content_page
from tests.search import reindex

pytestmark = pytest.mark.django_db


def test_what_stands_at_an_address(example: Example, ask):
    cases = {
        "/": ("home", example.home.pk),
        "/themas/ondermijning/": ("thema", example.theme.pk),
        "/themas/ondermijning": ("thema", example.theme.pk),
        "/themas/ondermijning?bron=mail#wie": ("thema", example.theme.pk),
        example.english_theme.url: ("thema", example.english_theme.pk),
        example.english_theme.url.rstrip("/"): ("thema", example.english_theme.pk),
        "/en/": ("home", example.home.get_translation(example.english_theme.locale).pk),
        "/en": ("home", example.home.get_translation(example.english_theme.locale).pk),
        "/gemeenten/almelo/": ("gemeente", None),
        "/gemeenten/ambt-delden": ("gemeente", None),
        "/over-deze-site": ("inhoudspagina", example.about.pk),
    }
    for path, expected in cases.items():
        page = ask("/paginas/op-pad", pad=path)
        assert (page["soort"], page["id"]) == expected, path


def test_a_typed_page_has_all_that_stands_on_it(example: Example, ask):
    page = ask("/paginas/op-pad", pad="/themas/ondermijning/")
    assert page["taal"] == "nl"
    assert page["url"] == "/themas/ondermijning/"
    assert page["contactrol"] == "themacoördinator"
    assert [crumb["url"] for crumb in page["kruimelpad"]] == ["/", "/themas/"]
    assert {(each["taal"], each["huidig"]) for each in page["vertalingen"]} == {("nl", True), ("en", False)}
    assert page["bijgewerktOp"].endswith("Z")
    assert [section["soort"] for section in page["secties"]]


def test_the_answer_tells_its_language(example: Example, client):
    response = client.get("/api/v1/paginas/op-pad", {"pad": example.english_theme.url})
    assert response.headers["Content-Language"] == "en"
    assert client.get("/api/v1/themas?taal=en").headers["Content-Language"] == "en"
    assert client.get("/api/v1/themas").headers["Content-Language"] == "nl"


def test_the_query_of_the_address_counts(example: Example, ask):
    reindex()

    def listed(path: str) -> list[str]:
        page = ask("/paginas/op-pad", pad=path)
        search = next(section for section in page["secties"] if section["soort"] == "zoeken")
        return [result["titel"] for result in search["resultaten"]]

    assert listed("/kennisbank/?thema=ondermijning") == ["Factsheet leegstand"]
    assert listed("/kennisbank/?jaar=1999&zoek=kelder") == []
    assert listed(f"/kennisbank/?zoek={quote('leegstand')}") == ["Factsheet leegstand"]


def test_an_address_may_be_percent_encoded(example: Example, ask):
    page = make_content_page(example.home, "Privacy", slug="privacy-verklaring-café")
    assert ask("/paginas/op-pad", pad="/privacy-verklaring-caf%C3%A9/")["id"] == page.pk


def test_nothing_at_an_address_is_404(example: Example, ask):
    for path in ("/bestaat-niet", "/gemeenten/atlantis/", "/de/", "/nl/themas/", "/themas/ondermijning/x"):
        ask("/paginas/op-pad", status=404, pad=path)


def test_what_is_not_published_is_404_always_the_same(example: Example, client):
    draft = make_content_page(example.home, "Concept")
    below_draft = make_content_page(draft, "Onder een concept")
    # Read again: saved as it was, the page would forget that it has a child, and not take it along when deleted.
    Page.objects.get(pk=draft.pk).specific.unpublish()
    expired = make_content_page(example.home, "Verlopen")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(hours=1))
    hidden = (draft, below_draft, expired)
    addresses = [f"/api/v1/paginas/op-pad?pad={page.url}" for page in hidden]
    addresses += [f"/api/v1/paginas/{page.pk}" for page in hidden]

    def told() -> list[bytes]:
        responses = [client.get(address) for address in addresses]
        assert {response.status_code for response in responses} == {404}
        return [response.content for response in responses]

    while_there = told()
    for page in (draft, expired):
        Page.objects.get(pk=page.pk).delete()
    assert told() == while_there


def redirect_at(ask, path: str) -> dict:
    answer = ask("/paginas/op-pad", pad=path)
    assert answer["soort"] == "doorverwijzing"
    return {name: answer[name] for name in ("naar", "permanent")}


def test_redirects_are_found_as_the_site_finds_them(example: Example, ask, client):
    site = Site.objects.get()
    Redirect.add_redirect("/Oud/Thema/?b=2&a=1", example.theme)
    Redirect.add_redirect("/oud/thema", "https://elders.example/thema", is_permanent=False)
    Redirect.add_redirect("/oud/één", example.about, site=site)
    Redirect.add_redirect("/oud/gemeente", example.home, page_route_path="/gemeenten/almelo/")
    assert redirect_at(ask, "/Oud/Thema?a=1&b=2") == {"naar": "/themas/ondermijning/", "permanent": True}
    for path in ("/oud/thema/", "/oud/thema?a=1"):
        assert redirect_at(ask, path) == {"naar": "https://elders.example/thema", "permanent": False}
        assert client.get(path).headers["Location"] == "https://elders.example/thema"
    assert (
        redirect_at(ask, "/oud/één/")
        == redirect_at(ask, "/oud/%C3%A9%C3%A9n")
        == {
            "naar": "/over-deze-site/",
            "permanent": True,
        }
    )
    assert redirect_at(ask, "/oud/gemeente")["naar"] == "/gemeenten/almelo/"


def test_a_page_goes_before_a_redirect_and_a_hidden_target_is_not_told(example: Example, ask):
    Redirect.add_redirect("/themas/ondermijning", "https://elders.example/")
    assert ask("/paginas/op-pad", pad="/themas/ondermijning/")["soort"] == "thema"
    draft = make_content_page(example.home, "Concept")
    draft.unpublish()
    Redirect.add_redirect("/oud", draft)
    ask("/paginas/op-pad", status=404, pad="/oud")


def test_a_redirect_of_the_site_goes_before_one_of_all_sites(example: Example, ask):
    Redirect.add_redirect("/oud", "https://alle.example/")
    Redirect.add_redirect("/oud", "https://deze.example/", site=Site.objects.get())
    assert redirect_at(ask, "/oud")["naar"] == "https://deze.example/"


def test_a_page_by_id_is_the_page_at_its_address(example: Example, ask):
    for page in (example.home, example.theme, example.english_theme, example.kennisbank):
        assert ask(f"/paginas/{page.pk}") == ask("/paginas/op-pad", pad=page.url)


def test_the_list_holds_all_real_pages(example: Example, ask):
    everything = ask("/paginas?paginaGrootte=100")
    assert everything["aantal"] == len(everything["resultaten"])
    by_id = {page["id"]: page for page in everything["resultaten"]}
    row = by_id[example.theme.pk]
    assert {name: row[name] for name in ("soort", "titel", "inleiding", "taal", "url")} == {
        "soort": "thema",
        "titel": "Ondermijning",
        "inleiding": "Wat er speelt.",
        "taal": "nl",
        "url": "/themas/ondermijning/",
    }
    assert set(row) == {"id", "soort", "titel", "inleiding", "taal", "url", "bijgewerktOp"}
    english = ask("/paginas?taal=en&soort=thema&soort=themaoverzicht")
    assert [page["soort"] for page in english["resultaten"]] == ["themaoverzicht", "thema"]


def test_the_list_can_be_ordered(example: Example, ask):
    rows = ask("/paginas?paginaGrootte=100&sorteer=-bijgewerktOp")["resultaten"]
    moments = [row["bijgewerktOp"] for row in rows]
    assert moments == sorted(moments, reverse=True)
    titles = [row["titel"].lower() for row in ask("/paginas?paginaGrootte=100&sorteer=titel")["resultaten"]]
    assert titles == sorted(titles)


def test_navigation_is_in_the_language_asked_for(example: Example, ask):
    Page.objects.filter(slug="themas").update(show_in_menus=True)
    dutch = ask("/navigatie")
    assert (dutch["taal"], dutch["home"]["url"]) == ("nl", "/")
    assert [entry["url"] for entry in dutch["menu"]] == ["/themas/"]
    (column,) = dutch["voet"]
    assert "/over-deze-site/" in [entry["url"] for entry in column["koppelingen"]]
    english = ask("/navigatie?taal=en")
    assert (english["taal"], english["home"]["url"]) == ("en", "/en/")
    assert {entry["taal"] for column in english["voet"] for entry in column["koppelingen"]} == {"nl"}


def test_chosen_fields_only(example: Example, ask):
    assert ask("/paginas/op-pad", pad="/", velden="titel,soort") == {"soort": "home", "titel": "Samen veilig"}
    assert set(ask(f"/paginas/{example.theme.pk}?velden=id,contactrol")) == {"id", "contactrol"}
    rows = ask("/paginas?velden=id,titel&paginaGrootte=2")
    assert set(rows) == {"aantal", "resultaten", "links"}
    assert [set(row) for row in rows["resultaten"]] == [{"id", "titel"}, {"id", "titel"}]

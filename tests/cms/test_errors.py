"""Pages for what goes wrong: in the site's frame and language, helpful, and never telling what is hidden."""

import logging
import re
from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.template import engines
from django.test import Client, RequestFactory
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from cms.errors import server_error
from cms.models import User
from tests.api.factories import Example, make_example
from tests.cms.factories import make_content_page, make_document, make_private, make_site, refer_to
from tests.home.factories import make_search_page
from tests.network.factories import translate_page


@pytest.fixture
def example(db) -> Example:
    return make_example()


def read(client: Client, address: str, status: int = 404) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def near(html: str) -> list[str]:
    nav = re.search(r'<nav class="nearest".*?</nav>', html, re.DOTALL)
    return re.findall(r'href="([^"]*)"', nav[0]) if nav else []


def heading(html: str) -> str:
    return re.search(r"<h1[^>]*>([^<]*)</h1>", html)[1]


# --- 404


def test_a_missing_page_stands_in_the_frame_and_the_language_of_its_address(example, client):
    html = read(client, "/bestaat-niet/")
    assert heading(html) == "Deze pagina bestaat niet"
    assert 'class="site-header' in html
    assert 'class="site-footer' in html
    assert 'content="noindex"' in html
    english = read(client, "/en/nothing-here/")
    assert '<html lang="en">' in english
    assert heading(english) == "This page does not exist"


def test_names_the_pages_with_an_address_like_it(example, client):
    for address, first in (
        ("/themas/ondermijnin/", "/themas/ondermijning/"),
        ("/ondermijning/", "/themas/ondermijning/"),
        ("/gemeenten/almeloo/", "/gemeenten/almelo/"),
        ("/over-de-site/", "/over-deze-site/"),
        ("/kennisbank/leegstand/", "/kennisbank/factsheet-leegstand/"),
        ("/OVER-DEZE-SITE/", "/over-deze-site/"),
    ):
        assert near(read(client, address))[0] == first, address


def test_names_the_nearest_page_on_the_way_and_not_the_home_page(example, client):
    assert near(read(client, "/themas/zzzzzz/")) == ["/themas/"]
    assert near(read(client, "/themas/ondermijning/zzzzzz/")) == ["/themas/ondermijning/"]
    assert near(read(client, "/zzzzzz/qqqqqq/")) == []


def test_names_pages_in_the_language_of_the_address_only(example, client):
    home = Page.objects.get(pk=example.english_theme.get_parent().get_parent().pk)
    assert near(read(client, "/en/organised-crim/"))[0] == example.english_theme.url
    assert near(read(client, "/organised-crime/")) == []
    assert home.url == "/en/"


def test_names_the_page_at_the_same_path_in_the_language_of_the_site(example, client):
    html = read(client, "/en/kennisbank/")
    assert near(html)[0] == "/kennisbank/"
    assert '<a class="nl-link" href="/kennisbank/" lang="nl" hreflang="nl">' in html
    make_private(example.kennisbank)
    assert near(read(client, "/en/kennisbank/")) == []


def test_offers_a_search_with_the_words_of_the_address(example, client):
    assert 'class="error-search"' not in read(client, "/jeugd-en-geweld/")
    make_search_page(example.home)
    html = read(client, "/oud/jeugd-en_geweld.html")
    form = re.search(r'<form class="error-search".*?</form>', html, re.DOTALL)[0]
    assert 'action="/zoeken/"' in form
    assert 'value="jeugd en geweld"' in form


def test_a_hidden_page_is_never_near(example, client):
    parent = make_content_page(example.home, "Dossier", slug="dossier")
    make_content_page(parent, "Geheim plan", slug="geheim-plan")
    assert near(read(client, "/dossier/geheim-plann/")) == ["/dossier/geheim-plan/", "/dossier/"]
    page = Page.objects.get(pk=parent.pk)
    make_private(page)
    told = [read(client, "/dossier/geheim-plann/"), read(client, "/geheim-plan/")]
    page.view_restrictions.all().delete()
    page.specific.unpublish()
    told += [read(client, path) for path in ("/dossier/geheim-plann/", "/dossier/geheim-plan/", "/dossier/")]
    for html in told:
        assert near(html) == []
        assert "Geheim" not in html
        assert "Dossier" not in html


def test_a_strange_address_is_missing_and_breaks_nothing(db, client):
    make_site()
    long = "/" + "x" * 3000 + "/"
    for address in ("/a%00b/", long, "/%F0%9F%99%82/", "/'\"%3Cq%3E/", "/../etc/passwd", "/wp-login.php", "/.env"):
        html = read(client, address)
        assert heading(html) == "Deze pagina bestaat niet", address
        assert "<q>" not in html


def test_a_robot_that_asks_for_files_costs_few_queries(example, client, django_assert_max_num_queries):
    client.get("/wp-login.php")
    with django_assert_max_num_queries(16):
        client.get("/wp-login.php")


def test_a_missing_page_costs_few_queries(example, client, django_assert_max_num_queries):
    client.get("/bestaat-niet/")
    with django_assert_max_num_queries(24):
        client.get("/bestaat-niet/")


def test_the_api_names_the_same_pages(example, client):
    make_search_page(example.home)
    response = client.get("/api/v1/paginas/op-pad", {"pad": "/themas/ondermijnin/?x=1"})
    problem = response.json()
    assert (response.status_code, response.headers["Content-Type"]) == (404, "application/problem+json")
    assert [link["url"] for link in problem["nabij"]] == near(read(client, "/themas/ondermijnin/"))
    assert problem["nabij"][0] == {"titel": "Ondermijning", "url": "/themas/ondermijning/", "taal": None}
    assert (problem["zoekadres"], problem["zoekwoorden"]) == ("/zoeken/", "ondermijnin")


def test_the_api_describes_what_helps_on(client):
    description = client.get("/api/v1/openapi.json").json()
    reference = description["paths"]["/api/v1/paginas/op-pad"]["get"]["responses"]["404"]["$ref"]
    response = description["components"]["responses"][reference.rsplit("/", 1)[-1]]
    schema = response["content"]["application/problem+json"]["schema"]["$ref"].rsplit("/", 1)[-1]
    assert {"nabij", "zoekadres", "zoekwoorden"} <= set(description["components"]["schemas"][schema]["properties"])


# --- redirects


def test_a_redirect_to_a_hidden_page_does_not_tell_its_address(example, client):
    page = make_content_page(example.home, "Geheim", slug="geheim-adres")
    Redirect.add_redirect("/oud", page)
    assert client.get("/oud/").headers["Location"] == "/geheim-adres/"
    make_private(page)
    response = client.get("/oud/")
    assert response.status_code == 404
    assert "geheim-adres" not in str(response.headers) + response.content.decode()


def test_a_redirect_may_have_a_query_of_its_own(example, client):
    Redirect.add_redirect("/oud/?id=7", example.theme)
    Redirect.add_redirect("/oud", "https://elders.example/", is_permanent=False)
    assert client.get("/oud/?id=7").headers["Location"] == "/themas/ondermijning/"
    assert client.get("/oud/?id=7").status_code == 301
    for address in ("/oud/", "/oud/?id=8", "/oud/?utm_source=mail"):
        response = client.get(address)
        assert (response.status_code, response.headers["Location"]) == (302, "https://elders.example/")


# --- 403, passwords, logging in


def test_a_form_without_its_token_is_refused_in_our_words(example):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/en/_util/login/", {"username": "x", "password": "y"})
    html = response.content.decode()
    assert response.status_code == 403
    assert heading(html) == "This form was not sent"
    assert 'class="site-header' in html


def test_what_a_reader_may_not_do_is_refused_in_the_frame(example, client):
    user = User.objects.create_user("lezer", password="lezer")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    page = make_content_page(example.home, "Voor een groep", slug="voor-een-groep")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(page.url, follow=True)
    html = response.content.decode()
    assert response.redirect_chain == [("/_util/login/?next=/voor-een-groep/", 302)]
    assert heading(html) == "Log in om verder te gaan"
    assert 'class="site-header' in html
    assert "Voor een groep" not in html
    answer = client.post("/_util/login/", {"username": "lezer", "password": "lezer", "next": page.url})
    assert answer.headers["Location"] == page.url


def test_a_wrong_login_says_so_to_everybody(example, client):
    response = client.post("/_util/login/", {"username": "x", "password": "y", "next": "/"})
    assert re.search(r'role="alert"><p[^>]*>[^<]+<', response.content.decode())


def test_a_page_with_a_password_asks_for_it_in_the_frame_without_a_word_about_itself(example, client):
    page = make_content_page(example.home, "Agenda van de driehoek", slug="agenda")
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="sesam"
    )
    response = client.get(page.url)
    html = response.content.decode()
    assert heading(html) == "Deze pagina heeft een wachtwoord"
    assert 'class="site-header' in html
    assert "Agenda" not in html
    assert "no-store" in response.headers["Cache-Control"]
    label, name = re.search(r'<label[^>]*for="([^"]*)"', html)[1], "id_password"
    assert label == name
    assert f'id="{name}"' in html
    address = f"/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    wrong = client.post(address, {"password": "x", "return_url": page.url}).content.decode()
    assert 'class="errorlist"' in wrong
    client.post(address, {"password": "sesam", "return_url": page.url})
    assert heading(client.get(page.url).content.decode()) == "Agenda van de driehoek"


def test_a_file_with_a_password_asks_for_it_too(example, client):
    from wagtail.models import Collection, CollectionViewRestriction

    collection = Collection.get_first_root_node().add_child(name="Met wachtwoord")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="password", password="sesam")
    document = make_document("Notulen", collection=collection)
    refer_to(document, parent=example.home)
    html = client.get(document.url).content.decode()
    assert heading(html) == "Dit bestand heeft een wachtwoord"
    assert "Notulen" not in html


# --- 500 and 400: no database here on purpose; the tests below have no mark for it


@pytest.fixture
def broken() -> Client:
    return Client(raise_request_exception=False)


def test_without_a_database_a_page_says_so_in_the_language_of_the_address(broken, caplog):
    with caplog.at_level(logging.ERROR):
        response = broken.get("/en/themes/")
    html = response.content.decode()
    assert response.status_code == 500
    assert '<html lang="en">' in html
    assert heading(html) == "Something went wrong"
    assert 'content="noindex"' in html
    assert "Traceback" not in html
    assert "Database" not in html
    assert response.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    code = re.search(r"report this code: (\w{8})", html)[1]
    assert code in caplog.text


def test_a_broken_template_gives_that_page_too(db, broken, monkeypatch):
    make_site()

    def fail(*args: Any, **values: Any) -> None:
        raise RuntimeError("geheim")

    monkeypatch.setattr("django.template.base.Template.render", fail)
    for engine in engines.all():
        monkeypatch.setattr(engine, "get_template", fail)
    html = read(broken, "/", 500)
    assert heading(html) == "Er ging iets mis"
    assert "geheim" not in html


def test_the_api_fails_as_a_problem_even_before_it_is_reached(broken):
    request = RequestFactory().get("/api/v1/paginas")
    response = server_error(request)
    assert response.headers["Content-Type"] == "application/problem+json"


def test_an_unknown_host_gets_an_answer_in_our_words(broken):
    response = broken.get("/", headers={"host": "iemand-anders.example"})
    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert heading(response.content.decode()) == "Deze vraag klopt niet"


def test_without_collected_files_the_page_still_stands(broken, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
    }
    assert heading(read(broken, "/", 500)) == "Er ging iets mis"


def test_translated_pages_of_the_search_are_near_in_their_language(example, client):
    english = translate_page(make_search_page(example.home), "en", title="Search", slug="search")
    html = read(client, "/en/crime/")
    assert f'action="{english.url}"' in html

"""What readers get: answers that are made once, 304 without rendering, and a word on who may keep them."""

import re
import threading

import pytest
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from cms.caching import answers
from cms.caching.headers import mark_public
from cms.caching.middleware import AnswersMiddleware
from cms.caching.store import JsonAndBytes, Kept, Store
from cms.models import User
from tests.api.factories import Example
from tests.cms.factories import make_private
from tests.home.factories import make_search_page
from tests.search import reindex

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/", "/themas/ondermijning/", "/api/v1/themas", "/api/v1/navigatie?taal=nl",
    "/api/v1/paginas/op-pad?pad=/themas/ondermijning/", "/api/v1/openapi.json",
]  # fmt: skip


def addresses(example: Example) -> list[str]:
    return [*ADDRESSES, example.english_theme.url]


def test_a_public_answer_says_that_caches_may_keep_it_what_it_is_and_what_it_is_made_of(example: Example, reader):
    for address in addresses(example):
        headers = reader.get(address).headers
        assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
        assert re.fullmatch(r'W/"[0-9a-f]{32}"', headers["ETag"])
        assert {"Authorization", "Cookie"} <= {name.strip() for name in headers["Vary"].split(",")}
        if "openapi" not in address:
            assert headers["Cache-Tag"].startswith("site-")


def test_a_reader_who_has_it_already_gets_304_without_rendering(
    example: Example, reader, django_assert_max_num_queries
):
    for address in addresses(example):
        first = reader.get(address)
        etag = first.headers["ETag"]
        made = len(reader.made)
        with django_assert_max_num_queries(1):
            second = reader.get(address, 304, **{"if-none-match": f'"anders", {etag}'})
        assert len(reader.made) == made
        assert second.content == b""
        for name in ("ETag", "Cache-Control"):
            assert second.headers[name] == first.headers[name]
        assert {"Authorization", "Cookie"} <= {name.strip() for name in second.headers["Vary"].split(",")}
        assert second.headers.get("API-Version") == first.headers.get("API-Version")


def test_an_answer_is_made_once_and_is_the_same_from_the_store(example: Example, reader, django_assert_max_num_queries):
    for address in addresses(example):
        first = reader.get(address)
        reader.get(address)
        made = len(reader.made)
        with django_assert_max_num_queries(1):
            kept = reader.get(address)
        assert len(reader.made) == made, address
        assert kept.content == first.content
        assert dict(kept.headers) == dict(first.headers)


def test_head_is_answered_from_what_get_made_and_makes_nothing_that_is_kept(example: Example, reader):
    first = Client().head("/themas/")
    assert first.status_code == 200
    assert reader.costs_rendering(lambda: reader.get("/themas/"))
    made = len(reader.made)
    head = Client().head("/themas/")
    assert len(reader.made) == made
    assert head.content == b""
    assert head.headers["ETag"] == reader.get("/themas/").headers["ETag"]


def test_an_etag_that_we_did_not_give_is_no_etag(example: Example, reader):
    for value in ("*", '"x"', "W/", "onzin", 'W/""', ""):
        assert reader.get("/themas/", **{"if-none-match": value}).content


def test_an_etag_of_one_address_is_not_that_of_another(example: Example, reader):
    etags = {reader.get(address).headers["ETag"] for address in addresses(example)}
    assert len(etags) == len(addresses(example))


def test_the_order_of_a_query_does_not_matter(example: Example, reader):
    one, other = "/api/v1/themas?taal=nl&paginaGrootte=5", "/api/v1/themas?paginaGrootte=5&taal=nl"
    assert reader.get(one).headers["ETag"] == reader.get(other).headers["ETag"]
    assert not reader.costs_rendering(lambda: reader.get(one))
    assert not reader.costs_rendering(lambda: reader.get(other))
    assert reader.get("/api/v1/themas?paginaGrootte=6&taal=nl").headers["ETag"] != reader.get(one).headers["ETag"]


def test_an_address_with_a_query_is_kept_from_the_second_time_on(example: Example, reader):
    """Robots ask for thousands of them once each."""
    for number in range(3):
        reader.get(f"/kennisbank/?jaar={number}")
    assert reader.costs_rendering(lambda: reader.get("/kennisbank/?jaar=1"))
    assert not reader.costs_rendering(lambda: reader.get("/kennisbank/?jaar=1"))


def test_an_address_that_the_site_gives_is_kept_from_the_first_time_on(example: Example, reader):
    """So is one of the API's: it refuses what it does not know, and there are as many as pages and languages."""
    for address in addresses(example):
        assert reader.costs_rendering(lambda address=address: reader.get(address))
        assert not reader.costs_rendering(lambda address=address: reader.get(address)), address


def test_an_address_that_has_no_end_of_ways_to_be_written_is_kept_from_the_second_time_on(example: Example, reader):
    for address in (
        "/themas/?taal=nl",
        "/themas/?pad=/themas/",
        "/api/v1/paginas/op-pad?pad=/themas/%23a",
        "/api/v1/paginas/op-pad?pad=/th%2565mas/",
        "/api/v1/paginas/op-pad?pad=/themas//",
        "/api/v1/paginas/op-pad?pad=/kennisbank/%3Fjaar%3D2020",
        "/api/v1/paginas/op-pad?pad=/themas/&velden=titel",
    ):
        reader.get(address)
        assert reader.costs_rendering(lambda address=address: reader.get(address)), address
        assert not reader.costs_rendering(lambda address=address: reader.get(address)), address


def test_what_was_asked_for_before_a_change_is_made_once_after_it(example: Example, reader):
    address = "/kennisbank/?thema=ondermijning"
    reader.get(address)
    reader.get(address)
    type(example.theme).objects.filter(pk=example.theme.pk).update(title="Anders")
    assert reader.costs_rendering(lambda: reader.get(address))
    assert not reader.costs_rendering(lambda: reader.get(address))


def test_what_another_process_kept_is_not_made_again(example: Example, reader, monkeypatch):
    """Also where this one was never asked for it."""
    address = "/kennisbank/?jaar=2020"
    reader.get(address)
    reader.get(address)
    monkeypatch.setattr(answers, "asked_before", type(answers.asked_before)())
    assert not reader.costs_rendering(lambda: reader.get(address))


def test_free_text_is_never_kept_but_can_be_revalidated(example: Example, reader):
    make_search_page(example.home)
    reindex()
    for address in (
        "/kennisbank/?zoek=leegstand",
        "/api/v1/publicaties?zoek=leegstand",
        "/api/v1/paginas/op-pad?pad=/kennisbank/%3Fzoek%3Dleegstand",
    ):
        etag = reader.get(address).headers["ETag"]
        for _time in range(3):
            assert reader.costs_rendering(lambda address=address: reader.get(address))
        reader.get(address, 304, **{"if-none-match": etag})


FOUND = ["/nieuw.atom", "/themas/ondermijning/nieuw.atom", "/sitemap.xml", "/robots.txt", "/manifest.webmanifest"]


@pytest.mark.parametrize("address", [*FOUND, "/kennisbank/publicaties.csv"])
def test_feeds_tables_and_what_robots_read_are_public_answers_like_any_other(
    example: Example, reader, settings, address
):
    settings.CDN_STALE_SECONDS = 60
    first = reader.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=0, stale-while-revalidate=60"
    assert first.headers["Cache-Tag"].startswith("site-")
    made = len(reader.made)
    kept = reader.get(address)
    assert (kept.content, dict(kept.headers)) == (first.content, dict(first.headers))
    assert len(reader.made) == made
    with_cookie = Client().get(address, headers={"cookie": "x=1"})
    assert with_cookie.headers["Cache-Control"] == "private, no-store"


def test_a_feed_names_its_pages_for_caches(example: Example, reader):
    tags = set(reader.get(f"{example.theme.url}nieuw.atom").headers["Cache-Tag"].split(","))
    assert {f"page-{example.theme.pk}", f"page-{example.publication.pk}", "language-nl"} <= tags


@pytest.mark.parametrize("address", FOUND)
def test_who_has_a_feed_gets_it_again_only_when_it_changed_itself(example: Example, reader, address):
    """From the store and made anew; not with every change of the site, as a page."""
    first = reader.get(address)
    etag = first.headers["ETag"]
    for number in range(2):
        again = reader.get(address, 304, **{"if-none-match": etag})
        assert again.content == b""
        assert again.headers["ETag"] == etag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
        type(example.about).objects.filter(pk=example.about.pk).update(seo_title=f"Anders {number}")


def test_of_a_search_with_words_only_who_asked_may_keep_feed_and_table(example: Example, reader):
    reindex()
    for address in ("/kennisbank/nieuw.atom?zoek=leegstand", "/kennisbank/publicaties.csv?zoek=leegstand"):
        for _time in range(3):
            headers = reader.get(address).headers
            assert headers["Cache-Control"] == "private, no-cache"
            assert "Cache-Tag" not in headers


def test_errors_and_redirects_are_never_kept(example: Example, reader):
    for address, status in (
        ("/bestaat-niet/", 404),
        ("/api/v1/paginas/999999", 404),
        ("/api/v1/themas?onbekend=1", 400),
        ("/themas", 301),
        ("/api/v1/themas/", 404),
    ):
        for _time in range(2):
            headers = reader.get(address, status).headers
            assert headers["Cache-Control"] == "private, no-store", address
            assert "ETag" not in headers
            assert "Cache-Tag" not in headers


def test_a_cdn_may_keep_answers_for_as_long_as_the_operator_says(example: Example, reader, settings):
    settings.CDN_SECONDS, settings.CDN_STALE_SECONDS = 30, 60
    value = reader.get("/themas/").headers["Cache-Control"]
    assert value == "public, max-age=0, s-maxage=30, stale-while-revalidate=60"


def test_without_keeping_there_is_no_etag_and_every_answer_is_made(example: Example, reader, settings):
    settings.ANSWERS_KEPT = False
    headers = reader.get("/themas/").headers
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert headers["Cache-Tag"]
    assert "ETag" not in headers
    assert reader.costs_rendering(lambda: reader.get("/themas/"))


def test_tags_name_the_page_its_kind_and_what_it_shows(example: Example, reader):
    tags = set(reader.get("/themas/ondermijning/").headers["Cache-Tag"].split(","))
    assert {f"page-{example.theme.pk}", f"page-{example.publication.pk}", "type-thema", "language-nl"} <= tags
    assert {"part-navigation", "part-footer", "part-banner", "part-sitetexts"} <= tags
    tags = set(reader.get("/api/v1/themas").headers["Cache-Tag"].split(","))
    assert {"list-themas", f"page-{example.theme.pk}", "language-nl"} <= tags


class TestNobodysBusiness:
    """Who may see more than others, or something else, neither fills the store nor reads from it."""

    def test_a_reader_who_was_let_in_gets_an_answer_of_his_own(self, example: Example, reader):
        make_private(example.about)
        address = example.about.url
        client = Client()
        client.force_login(User.objects.create_user("lezer"))
        for _time in range(2):
            answer = client.get(address)
            assert answer.status_code == 200
            assert answer.headers["Cache-Control"].startswith("private, no-store")
            assert "ETag" not in answer.headers
        assert Client().get(address).status_code == 302

    def test_an_editor_with_the_user_bar_neither_gets_nor_leaves_anything(self, example: Example, reader):
        editor = Client()
        editor.force_login(User.objects.create_superuser("redacteur"))
        reader.get("/themas/")
        theirs = editor.get("/themas/")
        assert theirs.headers["Cache-Control"] == "private, no-store"
        assert "wagtail-userbar" in theirs.content.decode()
        assert "wagtail-userbar" not in reader.get("/themas/").content.decode()

    def test_an_etag_of_before_somebody_logged_in_gives_no_304(self, example: Example, reader):
        etag = reader.get("/themas/").headers["ETag"]
        editor = Client()
        editor.force_login(User.objects.create_superuser("redacteur"))
        assert editor.get("/themas/", headers={"if-none-match": etag}).status_code == 200

    def test_any_cookie_or_token_passes_the_store_by(self, example: Example, reader):
        reader.get("/themas/")
        for header in ({"cookie": "x=1"}, {"authorization": "Bearer onzin"}, {"authorization": "Basic YTpi"}):
            answer = Client().get("/themas/", headers=header)
            assert answer.headers["Cache-Control"] == "private, no-store"
            assert "ETag" not in answer.headers

    def test_no_header_changes_what_is_kept_for_others(self, example: Example, reader):
        for headers in (
            {"x-forwarded-host": "kwaad.example"},
            {"x-host": "kwaad.example"},
            {"x-original-url": "/admin/"},
            {"x-rewrite-url": "/admin/"},
            {"forwarded": "host=kwaad.example"},
            {"x-forwarded-scheme": "http"},
            {"x-http-method-override": "POST"},
            {"accept-language": "de"},
            {"range": "bytes=0-10"},
            {"accept-encoding": "br"},
            {"origin": "https://kwaad.example"},
            {"user-agent": "<script>"},
        ):
            for address in ("/themas/", "/api/v1/themas"):
                caches["answers"].clear()
                poisoned = reader.get(address, **headers)
                following = reader.get(address)
                caches["answers"].clear()
                clean = reader.get(address)
                assert poisoned.content == following.content == clean.content
                assert dict(following.headers) == dict(clean.headers)
                assert "kwaad" not in str(following.headers)

    def test_one_host_never_gets_what_was_kept_for_another(self, example: Example, reader, settings):
        settings.ALLOWED_HOSTS = ["een.example", "twee.example"]
        etags = set()
        for host in ("een.example", "twee.example", "EEN.example", "een.example:8000"):
            answer = reader.get("/themas/", host=host)
            etags.add(answer.headers["ETag"])
        assert len(etags) == 3
        reader.get("/themas/", 400, host="kwaad.example")

    def test_who_asks_the_api_for_something_else_than_json_gets_no_kept_json(self, example: Example, reader):
        reader.get("/api/v1/themas")
        reader.get("/api/v1/themas", 406, accept="text/html")

    def test_other_methods_pass_the_store_by(self, example: Example, reader):
        etag = reader.get("/api/v1/themas").headers["ETag"]
        for method in ("post", "put", "delete", "patch"):
            answer = getattr(Client(), method)("/api/v1/themas", headers={"if-none-match": etag})
            assert answer.status_code == 405
            assert answer.headers["Cache-Control"] == "private, no-store"


class TestOnlyWhatIsMarked:
    """The middleware keeps nothing by mistake."""

    @staticmethod
    def asked(change) -> tuple[HttpResponse, int]:
        calls = []

        def view(request: HttpRequest) -> HttpResponse:
            calls.append(1)
            response = HttpResponse("tekst")
            change(response)
            return response

        middleware = AnswersMiddleware(view)
        for _time in range(2):
            response = middleware(RequestFactory().get("/iets/"))
        return response, len(calls)

    def test_a_marked_answer_is_kept(self):
        response, calls = self.asked(mark_public)
        assert calls == 1
        assert response.content == b"tekst"

    @pytest.mark.parametrize("name", ["without a mark", "cookie", "own words", "unknown header", "status", "large"])
    def test_another_one_is_not(self, name):
        def change(response: HttpResponse) -> None:
            if name != "without a mark":
                mark_public(response)
            if name == "cookie":
                response.set_cookie("een", "twee")
            if name == "own words":
                response.headers["Cache-Control"] = "private"
            if name == "unknown header":
                response.headers["RateLimit"] = "10"
            if name == "status":
                response.status_code = 203
            if name == "large":
                response.content = b"x" * (600 * 1024)

        response, calls = self.asked(change)
        assert calls == 2
        if name in ("without a mark", "cookie", "status"):
            assert response.headers["Cache-Control"] == "private, no-store"


class TestStampede:
    def test_one_makes_an_answer_while_the_others_wait_and_get_it(self):
        store, begun, go_on = Store(), threading.Event(), threading.Event()
        got: list[Kept | None] = []

        def first() -> None:
            with store.making("vraag") as ours:
                assert ours
                begun.set()
                assert go_on.wait(10)
                store.put("vraag", Kept([], b"antwoord"), 60)

        def later() -> None:
            with store.making("vraag") as ours:
                got.append(None if ours else store.wait("vraag"))

        maker = threading.Thread(target=first)
        maker.start()
        assert begun.wait(10)
        others = [threading.Thread(target=later) for _number in range(5)]
        for one in others:
            one.start()
        go_on.set()
        for one in [maker, *others]:
            one.join()
        assert got == [Kept([], b"antwoord")] * 5

    def test_nobody_waits_for_who_gave_up(self):
        store = Store()
        with store.making("vraag"):
            pass
        assert store.wait("vraag") is None
        with store.making("vraag") as ours:
            assert ours

    def test_a_cache_that_is_out_of_order_stops_nobody(self, example: Example, reader, settings, monkeypatch):
        class Broken:
            def __getattr__(self, name):
                raise ConnectionError("weg")

        monkeypatch.setattr("cms.caching.store.caches", {"answers": Broken()})
        monkeypatch.setattr("cms.caching.answers.store", Store())
        for _time in range(3):
            assert reader.get("/themas/").content


def test_what_stands_in_redis_is_text_and_bytes():
    serializer = JsonAndBytes()
    kept = Kept([("Content-Type", "text/html"), ("ETag", 'W/"één"')], b"\n<html>\n")
    assert serializer.loads(serializer.dumps(kept)) == kept
    assert serializer.loads(str(serializer.dumps(1)).encode()) == 1

"""Previews: what editors see before others do, in both renderings, and that nobody else sees it."""

import json
import logging
import re
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as configured
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale

from cms.models import Banner, FrontendPreview, Navigation, ReviewLink, User
from cms.preview import review
from cms.preview.marks import marked
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_form, make_private, make_site
from tests.cms.test_form import posted

pytestmark = pytest.mark.django_db

FRONTEND = "https://site.example"
API = "/api/v1/voorbeeld"


@pytest.fixture(autouse=True)
def frontend(settings) -> None:
    settings.FRONTEND_URL = FRONTEND


@pytest.fixture
def home():
    _site, home = make_site()
    return home


@pytest.fixture
def editor(home) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("beheer", password="x"))
    return client


def page_form(page: ContentPage | None = None, **values: str) -> dict[str, str]:
    form = {
        "title": page.title if page else "Nieuw",
        "slug": page.slug if page else "nieuw",
        "introduction": "",
        "body-count": "0",
        "social_image": "",
    }
    numbers = {f"comments-{name}": "0" for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return {**form, **numbers, "comments-MAX_NUM_FORMS": "", **values}


def paragraph(text: str, block_id: str) -> dict[str, str]:
    value = {
        "blocks": [
            {"key": "a", "text": text, "type": "unstyled", "depth": 0, "inlineStyleRanges": [], "entityRanges": []}
        ]
    }
    return {
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "paragraph",
        "body-0-id": block_id,
        "body-0-value": json.dumps({**value, "entityMap": {}}),
    }


def previewed(editor: Client, address: str, form: dict[str, Any]) -> str:
    """Send the form as Wagtail's panel does, and give the code in the address that the frontend is asked for."""
    assert editor.post(address, form).json() == {"is_valid": True, "is_available": True}
    answer = editor.get(address, {"mode": "frontend", "in_preview_panel": "true"})
    assert answer.status_code == 302
    found = re.fullmatch(rf"{FRONTEND}/voorbeeld/openen/([\w-]{{43}})", answer["Location"])
    assert found
    assert is_kept_by_nobody(answer)
    assert answer["Referrer-Policy"] == "no-referrer"
    return found[1]


def in_django(editor: Client, page: ContentPage, **values: str):
    """Give what the panel shows in the other mode."""
    assert editor.post(on_edit(page), page_form(page, **values)).json()["is_valid"]
    return editor.get(on_edit(page), {"in_preview_panel": "true"})


def ask(**question: Any):
    """Ask as the frontend does: from another machine, with nothing of the editor's."""
    return Client().post(API, json.dumps(question), content_type="application/json")


def is_kept_by_nobody(answer) -> bool:
    return {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def opened(code: str) -> dict[str, Any]:
    session = ask(code=code).json()["sessie"]
    return ask(sessie=session).json()


def on_edit(page: ContentPage) -> str:
    return reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])


class TestInBothRenderings:
    def test_a_page_has_two_modes_and_one_where_there_is_no_frontend(self, home, settings):
        page = make_content_page(home)
        assert [str(label) for _name, label in page.preview_modes] == ["Website", "Frontend"]
        settings.FRONTEND_URL = ""
        assert [str(label) for _name, label in page.preview_modes] == ["Website"]

    def test_the_panel_offers_both_and_three_widths(self, editor, home):
        page = make_content_page(home)
        html = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert re.findall(r'<option value="([^"]*)"[^>]*>(Website|Frontend)</option>', html) == [
            ("", "Website"), ("frontend", "Frontend"),
        ]  # fmt: skip
        assert re.findall(r'name="preview-size"\s+value="(\w+)"', html) == ["mobile", "tablet", "desktop"]

    def test_the_frontend_gets_what_the_form_says_now_and_the_public_nothing(self, editor, home, client):
        page = make_content_page(home, "Oud")
        draft = opened(previewed(editor, on_edit(page), page_form(page, title="Nieuwe kop", introduction="Nog geheim")))
        assert (draft["weergave"]["titel"], draft["weergave"]["inleiding"]) == ("Nieuwe kop", "Nog geheim")
        assert draft["weergave"]["soort"] == "inhoudspagina"
        assert draft["navigatie"]["taal"] == "nl"
        told = client.get("/api/v1/paginas/op-pad", {"pad": f"/{page.slug}/"}).json()
        assert told["titel"] == "Oud"

    def test_both_show_the_same_view(self, editor, home):
        page = make_content_page(home, "Een")
        form = page_form(page, title="Twee", **paragraph("Eerste alinea.", str(uuid4())))
        draft = opened(previewed(editor, on_edit(page), form))
        shown = editor.get(on_edit(page)).content.decode()
        (block,) = draft["weergave"]["secties"][0]["blokken"]
        assert block["html"] in shown

    def test_a_new_page_that_was_never_saved(self, editor, home):
        address = reverse("wagtailadmin_pages:preview_on_add", args=["home", "contentpage", home.pk])
        draft = opened(previewed(editor, address, page_form(title="Nooit bewaard")))
        assert draft["weergave"]["titel"] == "Nooit bewaard"
        assert [crumb["titel"] for crumb in draft["weergave"]["kruimelpad"]] == [home.title]
        assert not ContentPage.objects.filter(title="Nooit bewaard").exists()

    def test_a_translation_is_shown_in_its_own_language(self, editor, home):
        english = home.copy_for_translation(Locale.objects.get(language_code="en"))
        english.title = "The network"
        english.save_revision().publish()
        page = make_content_page(english, "About", slug="about")
        draft = opened(previewed(editor, on_edit(page), page_form(page, title="About us")))
        assert (draft["weergave"]["taal"], draft["navigatie"]["taal"]) == ("en", "en")
        assert FrontendPreview.objects.get().language == "en"

    def test_a_banner_and_a_menu_around_the_home_page(self, editor, home):
        site, _home = make_site()
        dutch = Locale.objects.get(language_code="nl")
        banner = Banner.objects.create(site=site, locale=dutch, title="Oud", severity="waarschuwing")
        address = reverse(Banner.snippet_viewset.get_url_name("preview_on_edit"), args=[banner.pk])
        form = {"site": site.pk, "severity": "waarschuwing", "title": "Nieuwe kop", "text": "null"}
        draft = opened(previewed(editor, address, form))
        assert [each["titel"] for each in draft["navigatie"]["mededelingen"]] == ["Nieuwe kop"]
        assert draft["weergave"]["soort"] == "home"

        address = reverse(Navigation.snippet_viewset.get_url_name("preview_on_add"))
        link = {"items-0-type": "link", "items-0-order": "0", "items-0-deleted": "", "items-0-id": str(uuid4())}
        target = {
            "items-0-value-title": "Elders",
            "items-0-value-page": "",
            "items-0-value-url": "https://elders.example/",
        }
        draft = opened(previewed(editor, address, {"site": site.pk, "items-count": "1", **link, **target}))
        assert [each["titel"] for each in draft["navigatie"]["menu"]] == ["Elders"]
        assert not Navigation.objects.exists()

    def test_a_form(self, editor, home):
        form = make_form()
        address = reverse(type(form).snippet_viewset.get_url_name("preview_on_edit"), args=[form.pk])
        (section,) = opened(previewed(editor, address, posted(title="Nog niet bewaard")))["weergave"]["secties"]
        assert section["blokken"][0]["type"] == "formulier"
        assert "Nog niet bewaard" in section["blokken"][0]["html"]

    def test_a_revision_and_the_newest_draft_go_to_the_frontend_too(self, editor, home):
        page = make_content_page(home, "Een")
        page.title = "Twee"
        revision = page.save_revision()
        for address in (
            reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk]),
            reverse("wagtailadmin_pages:view_draft", args=[page.pk]),
        ):
            code = editor.get(address, {"mode": "frontend"})["Location"].rsplit("/", 1)[1]
            assert opened(code)["weergave"]["titel"] == "Twee"

    def test_django_keeps_its_previews_from_caches_and_search_engines(self, editor, home):
        shown = in_django(editor, make_content_page(home))
        assert is_kept_by_nobody(shown)
        assert shown["X-Robots-Tag"] == "noindex, nofollow"
        assert shown["Referrer-Policy"] == "no-referrer"


class TestTheEditorsTools:
    def test_the_frontend_gets_the_user_bar_with_addresses_of_the_editors_host(self, editor, home):
        page = make_content_page(home)
        draft = opened(previewed(editor, on_edit(page), page_form(page)))
        assert draft["redactie"] == "http://testserver"
        assert 'data-wagtail-userbar-origin="http://testserver"' in draft["balk"]
        assert re.search(r'<script src="//testserver/static/wagtailadmin/js/userbar[^"]*\.js', draft["balk"])
        assert '="/static/' not in draft["balk"]
        assert '<link rel="stylesheet" href="http://testserver/static/kennisbank/admin.css">' in draft["balk"]

    def test_the_bar_in_djangos_preview_speaks_to_the_editors_host_whatever_the_site_is_called(self, home):
        client = Client(HTTP_HOST="127.0.0.1:8123")
        client.force_login(User.objects.create_superuser("beheer", password="x"))
        page = make_content_page(home)
        shown = in_django(client, page).content.decode()
        assert 'data-wagtail-userbar-origin="//127.0.0.1:8123"' in shown

    def test_a_part_of_the_site_has_the_bar_too(self, editor, home):
        site, _home = make_site()
        banner = Banner.objects.create(site=site, locale=home.locale, title="Kop", severity="waarschuwing")
        address = reverse(Banner.snippet_viewset.get_url_name("preview_on_edit"), args=[banner.pk])
        form = {"site": site.pk, "severity": "waarschuwing", "title": "Kop", "text": "null"}
        assert editor.post(address, form).json()["is_valid"]
        assert "wagtail-userbar" in editor.get(address).content.decode()

    def test_the_checker_listens_to_both_hosts_and_no_other(self, editor, home):
        page = make_content_page(home)
        origins = ["<same_origin>", FRONTEND, "http://testserver"]
        draft = opened(previewed(editor, on_edit(page), page_form(page)))
        panel = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        for html in (draft["balk"], panel):
            found = re.search(
                r'<script id="checker-axe-configuration" type="application/json">(.*?)</script>', html, re.S
            )
            assert found
            assert json.loads(found[1])["spec"]["allowedOrigins"] == origins

    def test_blocks_say_which_they_are_in_previews_only(self, editor, home, client):
        page = make_content_page(home)
        block = str(uuid4())
        draft = opened(previewed(editor, on_edit(page), page_form(page, **paragraph("Tekst.", block))))
        assert f'data-blok="{block}"' in json.dumps(draft).replace('\\"', '"')
        assert f'data-blok="{block}"' in in_django(editor, page, **paragraph("Tekst.", block)).content.decode()
        published = make_content_page(home, "Open", body=[("heading", {"text": "Kop", "level": "2"})])
        assert "data-blok" not in client.get(f"/{published.slug}/").content.decode()

    def test_the_outermost_elements_of_a_block_are_marked(self):
        html = '<h2>Kop</h2>\n<p class="a">Tekst<br><img src="x" alt=""></p><img src="y" alt=""/>'
        assert marked(html, "a-1") == (
            '<h2 data-blok="a-1">Kop</h2>\n<p data-blok="a-1" class="a">Tekst<br><img src="x" alt=""></p>'
            '<img data-blok="a-1" src="y" alt=""/>'
        )
        assert marked(html, "") == html
        assert marked(html, '"><script>') == html

    def test_the_frontend_may_stand_in_a_frame_of_the_admin(self):
        # Read at start; the browser tests run with a frontend.
        assert "frame-src" in configured.ADMIN_CONTENT_SECURITY_POLICY


class TestCodes:
    @pytest.fixture
    def code(self, editor, home) -> str:
        page = make_content_page(home)
        return previewed(editor, on_edit(page), page_form(page))

    def refused(self, caplog, reason: str, **question: str) -> None:
        caplog.clear()
        with caplog.at_level(logging.WARNING, "cms.preview"):
            answer = ask(**question)
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"
        assert is_kept_by_nobody(answer)
        assert "weergave" not in answer.content.decode()
        assert reason in caplog.text
        for key in question.values():
            assert key not in caplog.text

    def test_open_once(self, code, caplog):
        assert ask(code=code).status_code == 200
        self.refused(caplog, "used before", code=code)

    def test_open_for_a_minute(self, code, caplog):
        FrontendPreview.objects.update(code_expires_at=timezone.now())
        self.refused(caplog, "an expired code", code=code)

    def test_of_nobody_open_nothing(self, code, caplog):
        self.refused(caplog, "an unknown code", code="x" * 43)
        # A code is no session, nor the other way round.
        self.refused(caplog, "an unknown session", sessie=code)
        self.refused(caplog, "an unknown code", code=ask(code=code).json()["sessie"])

    def test_give_sessions_that_end_after_a_quarter(self, code, caplog):
        session = ask(code=code).json()
        until = FrontendPreview.objects.get().expires_at
        assert session["verlooptOp"] == until.isoformat()
        assert timedelta(minutes=14) < until - timezone.now() <= timedelta(minutes=15)
        assert ask(sessie=session["sessie"]).status_code == 200
        FrontendPreview.objects.update(expires_at=timezone.now())
        self.refused(caplog, "an expired session", sessie=session["sessie"])

    def test_show_what_they_were_made_for_only(self, editor, home, code):
        other = make_content_page(home, "Ander", slug="ander")
        second = previewed(editor, on_edit(other), page_form(other))
        assert opened(code)["weergave"]["titel"] == "Over deze site"
        assert opened(second)["weergave"]["titel"] == "Ander"

    def test_end_when_their_user_logs_out(self, editor, code, caplog):
        session = ask(code=code).json()["sessie"]
        editor.post(reverse("wagtailadmin_logout"))
        self.refused(caplog, "an unknown session", sessie=session)

    @pytest.mark.parametrize("change", [{"is_active": False}, {"is_superuser": False}])
    def test_end_when_their_user_loses_the_right(self, code, caplog, change):
        session = ask(code=code).json()["sessie"]
        User.objects.filter(username="beheer").update(**change)
        self.refused(caplog, "a user without access", sessie=session)

    def test_are_not_kept_themselves_and_disappear_after_use(self, editor, home, code):
        row = FrontendPreview.objects.get()
        assert code not in str(row.__dict__)
        FrontendPreview.objects.update(expires_at=timezone.now())
        page = make_content_page(home, "Later", slug="later")
        previewed(editor, on_edit(page), page_form(page))
        assert not FrontendPreview.objects.filter(pk=row.pk).exists()

    def test_disappear_each_night_with_links_of_long_ago(self, editor, home, code):
        page = make_content_page(home, "Ander", slug="ander")
        long_ago = timezone.now() - timedelta(days=100)
        link, _key = review.make(page, "Jurist", 7, None)
        ReviewLink.objects.filter(pk=link.pk).update(made_at=long_ago, expires_at=long_ago)
        ended, _key = review.make(page, "Jurist", 7, None)
        ReviewLink.objects.filter(pk=ended.pk).update(
            made_at=timezone.now() - timedelta(days=1), expires_at=timezone.now()
        )
        call_command("ruim_voorbeelden_op", stdout=StringIO())
        assert FrontendPreview.objects.count() == 1
        assert list(ReviewLink.objects.all()) == [ended]
        FrontendPreview.objects.update(expires_at=timezone.now())
        call_command("ruim_voorbeelden_op", stdout=StringIO())
        assert not FrontendPreview.objects.exists()

    @pytest.mark.parametrize("body", ["", "[]", "{}", '{"code": 1}', '{"anders": "x"}', '{"code": "x", "sessie": "y"}'])
    def test_are_asked_for_in_one_way(self, body):
        answer = Client().post(API, body, content_type="application/json")
        assert answer.status_code == 400
        assert Client().get(API).status_code == 405

    def test_come_for_who_may_edit_only(self, home):
        client = Client()
        client.force_login(User.objects.create_user("lezer", password="x"))
        page = make_content_page(home)
        client.post(on_edit(page), page_form(page))
        answer = client.get(on_edit(page), {"mode": "frontend"})
        assert "voorbeeld" not in answer.headers.get("Location", "")
        assert not FrontendPreview.objects.exists()


class TestReadingAlong:
    @pytest.fixture
    def page(self, home) -> ContentPage:
        page = make_content_page(home, "Openbaar")
        page.title = "Concept van nu"
        page.save_revision()
        return page

    def made(self, editor: Client, page: ContentPage, days: int = 7) -> str:
        address = reverse("meeleeslink_maken", args=[page.pk])
        answer = editor.post(address, {"reader": "Jurist van de gemeente", "days": days})
        assert is_kept_by_nobody(answer)
        found = re.search(rf'href="{FRONTEND}/meelezen/([\w-]{{43}})/"', answer.content.decode())
        assert found
        return found[1]

    def test_a_link_shows_the_draft_of_then_in_both_renderings(self, editor, page, client):
        key = self.made(editor, page)
        page.title = "Van later"
        page.save_revision()
        shown = client.get(f"/meelezen/{key}/")
        html = shown.content.decode()
        assert shown.status_code == 200
        assert "Concept van nu" in html
        assert "U leest mee" in html
        assert "Van later" not in html
        assert "wagtail-userbar" not in html
        assert "data-blok" not in html
        assert 'name="robots" content="noindex' in html
        assert is_kept_by_nobody(shown)
        assert shown["X-Robots-Tag"] == "noindex, nofollow"
        assert shown["Referrer-Policy"] == "no-referrer"
        assert not shown.cookies
        told = ask(meeleeslink=key).json()
        assert told["weergave"]["titel"] == "Concept van nu"
        assert "U leest mee" in told["weergave"]["melding"]
        assert (told["balk"], told["redactie"]) == ("", "")
        assert ReviewLink.objects.get().opened_at

    def test_it_opens_a_private_page_and_one_that_was_never_published(self, editor, home, client):
        hidden = make_content_page(home, "Besloten", slug="besloten")
        make_private(hidden)
        draft = ContentPage(title="Nog nooit", slug="nog-nooit", live=False)
        home.add_child(instance=draft)
        draft.save_revision()
        for page in (hidden, draft):
            assert page.title in client.get(f"/meelezen/{self.made(editor, page)}/").content.decode()

    @pytest.mark.parametrize(
        ("change", "reason"),
        [
            ({"revoked_at": timezone.now()}, "revoked link"),
            ({"made_at": timezone.now() - timedelta(days=9), "expires_at": timezone.now()}, "expired link"),
        ],
    )
    def test_it_ends(self, editor, page, client, caplog, change, reason):
        key = self.made(editor, page)
        ReviewLink.objects.update(**change)
        for answer in (client.get(f"/meelezen/{key}/"), ask(meeleeslink=key)):
            assert answer.status_code == 403
            assert "Concept van nu" not in answer.content.decode()
            assert is_kept_by_nobody(answer)
        assert caplog.text.count(reason) == 2
        assert key not in caplog.text

    def test_a_key_of_nobody_opens_nothing_and_says_so(self, home, client):
        shown = client.get(f"/meelezen/{'x' * 43}/")
        assert shown.status_code == 403
        assert "Dit voorbeeld is niet meer te zien" in shown.content.decode()

    def test_two_weeks_are_the_longest(self, editor, page):
        self.made(editor, page, days=14)
        link = ReviewLink.objects.get()
        assert link.expires_at - link.made_at == timedelta(days=14)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReviewLink.objects.update(expires_at=link.made_at + timedelta(days=15))
        refused = editor.post(reverse("meeleeslink_maken", args=[page.pk]), {"reader": "Jurist", "days": 30})
        assert ReviewLink.objects.count() == 1
        assert "/meelezen/" not in refused.content.decode()
        link, _key = review.make(page, "Jurist", 99, None)
        assert link.expires_at - link.made_at == timedelta(days=14)

    def test_links_are_listed_and_revoked_in_the_admin(self, editor, page, client):
        key = self.made(editor, page)
        listed = editor.get(reverse("meeleeslinks")).content.decode()
        assert "Jurist van de gemeente" in listed
        assert key not in listed
        answer = editor.post(reverse("meeleeslinks"), {"link": ReviewLink.objects.get().pk}, follow=True)
        assert "is ingetrokken" in answer.content.decode()
        assert "Ingetrokken" in answer.content.decode()
        assert client.get(f"/meelezen/{key}/").status_code == 403

    def test_the_page_and_the_reports_lead_to_them(self, editor, page):
        assert reverse("meeleeslink_maken", args=[page.pk]) in editor.get(
            reverse("wagtailadmin_pages:edit", args=[page.pk])
        ).content.decode()  # fmt: skip
        assert reverse("meeleeslinks") in editor.get(reverse("wagtailadmin_home")).content.decode()

    def test_who_may_not_edit_a_page_makes_and_sees_no_links_to_it(self, editor, page):
        self.made(editor, page)
        stranger = Client()
        user = User.objects.create_user("vreemde", password="x")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        stranger.force_login(user)
        assert (
            stranger.post(reverse("meeleeslink_maken", args=[page.pk]), {"reader": "x", "days": 1}).status_code == 302
        )
        assert ReviewLink.objects.count() == 1
        assert "Jurist" not in stranger.get(reverse("meeleeslinks")).content.decode()
        stranger.post(reverse("meeleeslinks"), {"link": ReviewLink.objects.get().pk})
        assert ReviewLink.objects.valid().count() == 1

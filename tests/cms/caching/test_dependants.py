"""Whatever changes shows at once, in both renderings, also in what was kept of other pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction, Site

from cms.caching import generation
from cms.models import Banner, CMSDocument, CMSImage, Footer, Navigation, SiteTexts
from cms.scheduling import publish_due
from kennisbank.models import PublicationType
from network.models import RelationVerb
from tests.api.factories import Example
from tests.cms.factories import make_content_page, make_document, make_image, make_private, private_collection, refer_to
from tests.cms.test_site_parts import link, make
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db

THEME = "/themas/ondermijning/"


def publish_with(page: Page, **values: Any) -> None:
    specific = Page.objects.get(pk=page.pk).specific
    for name, value in values.items():
        setattr(specific, name, value)
    specific.save_revision().publish()


def in_both(reader, path: str, text: str) -> bool:
    found = {text in content for content in reader.both(path)}
    assert len(found) == 1, f"the renderings of {path} differ about {text!r}"
    return found.pop()


def test_a_page_that_is_published_stands_in_lists_and_menus(example: Example, reader):
    assert not in_both(reader, "/kennisbank/", "Handreiking drugs")
    make_publication(example.kennisbank, "Handreiking drugs", slug="drugs", themes=[example.theme])
    assert in_both(reader, THEME, "Handreiking drugs")
    make_content_page(example.home, "Werken bij", slug="werken-bij", show_in_menus=True)
    assert "Werken bij" in reader.get(THEME).content.decode()
    assert "Werken bij" in reader.get("/api/v1/navigatie?taal=nl").content.decode()


def test_a_page_that_is_unpublished_is_gone_also_from_what_links_to_it(example: Example, reader):
    assert in_both(reader, THEME, example.publication.title)
    example.publication.specific.unpublish()
    assert not in_both(reader, THEME, example.publication.title)
    reader.both("/kennisbank/factsheet-leegstand/", 404)


def test_a_page_below_an_unpublished_one_is_gone_too(example: Example, reader):
    reader.both(THEME)
    Page.objects.get(pk=example.theme.get_parent().pk).specific.unpublish()
    reader.both(THEME, 404)


def test_a_page_that_moves_is_at_its_new_address_and_its_links_lead_there(example: Example, reader):
    old = example.publication.url
    reader.both(old)
    reader.both(THEME)
    Page.objects.get(pk=example.publication.pk).move(Page.objects.get(pk=example.about.pk), "first-child")
    new = f"{example.about.url}factsheet-leegstand/"
    reader.both(new)
    assert in_both(reader, THEME, new)
    assert Client().get(old).status_code in (301, 404)
    assert example.publication.title not in Client().get(f"/api/v1/paginas/op-pad?pad={old}").content.decode()


def test_a_page_that_is_renamed_is_so_on_cards_breadcrumbs_and_menus(example: Example, reader):
    address = example.publication.url
    assert in_both(reader, address, "Ondermijning")
    publish_with(example.theme, title="Georganiseerde misdaad")
    assert in_both(reader, address, "Georganiseerde misdaad")
    assert in_both(reader, "/themas/", "Georganiseerde misdaad")
    assert not in_both(reader, "/themas/", ">Ondermijning<")


def test_a_page_that_gets_another_address_is_linked_to_by_that(example: Example, reader):
    reader.both("/themas/")
    publish_with(example.theme, slug="misdaad")
    assert in_both(reader, "/themas/", "/themas/misdaad/")
    assert not in_both(reader, "/themas/", THEME)


def test_a_page_that_has_expired_is_gone(example: Example, reader):
    reader.both("/themas/")
    reader.both(THEME)
    Page.objects.filter(pk=example.theme.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    reader.both(THEME, 404)
    assert not in_both(reader, "/themas/", THEME)


@pytest.fixture
def later(monkeypatch):
    """Let time pass, for the database's clock as for ours."""
    question, now = generation._QUESTION, timezone.now
    passed = timedelta()

    def passes(time: timedelta) -> None:
        nonlocal passed
        passed += time
        moment = f"statement_timestamp() + interval '{passed.total_seconds()} seconds'"
        monkeypatch.setattr(generation, "_QUESTION", question.replace("statement_timestamp()", moment))
        monkeypatch.setattr(timezone, "now", lambda: now() + passed)

    return passes


def test_an_announcement_comes_and_goes_by_itself(example: Example, reader, later):
    soon = timezone.now() + timedelta(minutes=5)
    make(Banner, title="Storing morgen", starts_at=soon, ends_at=soon + timedelta(minutes=5))
    layout = "/api/v1/navigatie?taal=nl"
    for _time in range(2):
        assert b"Storing morgen" not in reader.get(THEME).content
        assert b"Storing morgen" not in reader.get(layout).content
    later(timedelta(minutes=6))
    for _time in range(2):
        assert b"Storing morgen" in reader.get(THEME).content
        assert b"Storing morgen" in reader.get(layout).content
    later(timedelta(minutes=6))
    assert b"Storing morgen" not in reader.get(THEME).content
    assert b"Storing morgen" not in reader.get(layout).content


def test_nothing_is_kept_right_after_such_a_moment_for_clocks_differ(example: Example, reader, monkeypatch):
    reader.get(THEME)
    monkeypatch.setattr(generation, "SETTLING", timedelta(days=2))
    for _time in range(2):
        assert reader.costs_rendering(lambda: reader.get(THEME))
    assert "ETag" not in reader.get(THEME).headers


def test_a_planned_page_is_there_once_its_moment_has_come(example: Example, reader):
    page = make_content_page(example.home, "Jaarverslag", slug="jaarverslag")
    page.unpublish()
    reader.both("/jaarverslag/", 404)
    page = Page.objects.get(pk=page.pk).specific
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(approved_go_live_at=page.go_live_at)
    assert publish_due() is False
    reader.both("/jaarverslag/", 404)
    past = timezone.now() - timedelta(seconds=1)
    content = {**revision.content, "go_live_at": past.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=past, content=content)
    assert publish_due() is True
    reader.both("/jaarverslag/")


def test_an_image_that_changes_is_new_on_its_pages(example: Example, reader):
    image = make_image(size=(800, 600))
    publish_with(example.theme, social_image=image)
    before = reader.both(THEME)
    CMSImage.objects.filter(pk=image.pk).update(description="Een boot")
    after = reader.both(THEME)
    assert "Een boot" in after[1]
    image = CMSImage.objects.get(pk=image.pk)
    image.file = make_image(size=(640, 480)).file
    image.renditions.all().delete()
    image.width, image.height = 640, 480
    image.save()
    assert all(old != new for old, new in zip(before, reader.both(THEME), strict=True))


def test_a_document_that_changes_is_so_on_its_pages(example: Example, reader):
    document = make_document(title="Factsheet boten")
    page = refer_to(document)
    reader.both(page.url)
    address = example.publication.url
    file = example.publication.files.first()
    assert in_both(reader, address, file.document.title)
    CMSDocument.objects.filter(pk=file.document_id).update(title="Factsheet vernieuwd")
    assert in_both(reader, address, "Factsheet vernieuwd")


def test_a_document_that_becomes_private_is_named_no_more(example: Example, reader):
    address = example.publication.url
    CMSDocument.objects.filter(pk=example.publication.files.first().document_id).update(title="Alleen voor ons")
    assert in_both(reader, address, "Alleen voor ons")
    CMSDocument.objects.filter(title="Alleen voor ons").update(collection=private_collection())
    assert not in_both(reader, address, "Alleen voor ons")


def test_a_collection_that_becomes_private_hides_its_documents(example: Example, reader):
    address = example.publication.url
    file = example.publication.files.first().document
    CMSDocument.objects.filter(pk=file.pk).update(title="Alleen voor ons")
    assert in_both(reader, address, "Alleen voor ons")
    CollectionViewRestriction.objects.create(
        collection=file.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert not in_both(reader, address, "Alleen voor ons")


def test_a_snippet_that_changes_is_so_wherever_it_stands(example: Example, reader):
    assert in_both(reader, example.publication.url, "Factsheet")
    PublicationType.objects.update(name="Feitenblad")
    assert in_both(reader, example.publication.url, "Feitenblad")
    body = example.body.url
    before = reader.both(body)
    verb = RelationVerb.objects.first()
    for field in verb._meta.get_fields():
        if getattr(field, "max_length", None) and "{" in str(getattr(verb, field.name, "")):
            setattr(verb, field.name, getattr(verb, field.name).replace("} ", "} waarlijk "))
    verb.save()
    assert all(old != new for old, new in zip(before, reader.both(body), strict=True))


def test_menu_footer_and_texts_that_change_are_so_around_every_page(example: Example, reader):
    layout = "/api/v1/navigatie?taal=nl"
    for address in (THEME, layout):
        reader.get(address)
        reader.get(address)
    make(Navigation, items=[{"type": "link", "value": link(url="/themas/", title="Onze onderwerpen")}])
    make(Footer, text="<p>Onderaan de voet</p>")
    texts = make(SiteTexts, organisation="De organisatie")
    for address in (THEME, layout):
        content = reader.get(address).content.decode()
        assert "Onze onderwerpen" in content
        assert "Onderaan de voet" in content
    SiteTexts.objects.filter(pk=texts.pk).update(organisation="De nieuwe organisatie")
    Navigation.objects.update(live=False)
    assert b"De nieuwe organisatie" in reader.get(layout).content
    assert b"Onze onderwerpen" not in reader.get(layout).content
    assert b"Onze onderwerpen" not in reader.get(THEME).content


def test_a_translation_that_is_published_is_offered_at_once(example: Example, reader):
    address = example.about.url
    assert not in_both(reader, address, "/en/about/")
    translate_page(example.about, "en", title="About", slug="about")
    assert in_both(reader, address, "/en/about/")
    reader.both("/en/about/")


def test_a_page_that_becomes_private_is_shown_to_nobody_and_named_nowhere(example: Example, reader):
    reader.both("/themas/")
    etag = reader.get(THEME).headers["ETag"]
    make_private(example.theme)
    for headers in ({}, {"if-none-match": etag}):
        answer = Client().get(THEME, headers=headers)
        assert answer.status_code == 302
    assert Client().get(f"/api/v1/paginas/op-pad?pad={THEME}").status_code in (401, 403, 404)
    assert not in_both(reader, "/themas/", THEME)
    PageViewRestriction.objects.all().delete()
    reader.both(THEME)
    assert in_both(reader, "/themas/", THEME)


def test_a_page_with_a_password_asks_for_it_at_once(example: Example, reader):
    reader.both(THEME)
    PageViewRestriction.objects.create(
        page=Page.objects.get(pk=example.theme.pk), restriction_type="password", password="geheim"
    )
    for _time in range(2):
        answer = Client().get(THEME)
        assert answer.headers["Cache-Control"].startswith("private, no-store")
        assert "ETag" not in answer.headers
        assert "Wat er speelt." not in answer.content.decode()


def test_a_redirect_works_and_stops_at_once(example: Example, reader):
    reader.get("/oud/", 404)
    redirect = Redirect.objects.create(old_path="/oud", redirect_page_id=example.theme.pk)
    assert Client().get("/oud/").status_code == 301
    assert "doorverwijzing" in reader.get("/api/v1/paginas/op-pad?pad=/oud/").content.decode()
    reader.get("/api/v1/paginas/op-pad?pad=/oud/")
    redirect.delete()
    reader.get("/oud/", 404)
    reader.get("/api/v1/paginas/op-pad?pad=/oud/", 404)


def test_the_name_of_the_site_is_new_in_every_title(example: Example, reader):
    reader.both(THEME)
    Site.objects.update(site_name="Nieuw netwerk")
    assert in_both(reader, THEME, "Nieuw netwerk")

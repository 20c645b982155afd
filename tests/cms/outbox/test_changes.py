"""What changes is told in the words of Cache-Tag: all of it, in its transaction, and nothing of drafts."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page

from cms.caching import generation
from cms.models import Banner, CMSImage, Delivery, Navigation, OutboxMessage, Webhook
from cms.outbox.gathering import Gatherer, forget_old, lists
from districts.models import Municipality
from home.models import ContentPage
from tests.api.factories import make_example
from tests.cms.factories import make_content_page, make_document, make_image, make_site
from tests.cms.outbox.conftest import noted, told
from tests.cms.test_site_parts import make
from tests.home.factories import make_search_page
from tests.search import reindex

pytestmark = pytest.mark.django_db


def told_tags() -> set[str]:
    message = told()
    assert message is not None
    return set(message.tags)


def test_a_page_is_told_with_its_number_its_kind_and_always_the_site(webhook: Webhook) -> None:
    site, home = make_site()
    page = make_content_page(home)
    told()
    Page.objects.filter(pk=page.pk).update(title="Anders")
    message = told()
    assert {f"site-{site.pk}", "language-nl", "pages", f"page-{page.pk}", "type-inhoudspagina"} <= set(message.tags)
    assert message.kind == "inhoud.gewijzigd"
    assert abs(timezone.now() - message.happened_at) < timedelta(minutes=1)
    assert told() is None


def test_what_belongs_to_a_page_is_told_as_that_page(webhook: Webhook) -> None:
    example = make_example()
    told()
    type(example.publication).objects.filter(pk=example.publication.pk).update(introduction="Anders")
    assert {f"page-{example.publication.pk}", "type-publicatie"} <= told_tags()
    document = example.publication.files.first().document_id
    example.publication.files.all().delete()
    assert {f"page-{example.publication.pk}", f"document-{document}", "documents"} <= told_tags()


def test_images_documents_parts_of_the_site_and_records_are_told(webhook: Webhook) -> None:
    example = make_example()
    image, document = make_image(), make_document()
    make(Navigation, items=[])
    told()
    CMSImage.objects.filter(pk=image.pk).update(title="Anders")
    assert {f"image-{image.pk}", "images"} <= told_tags()
    type(document).objects.filter(pk=document.pk).update(title="Anders")
    assert {f"document-{document.pk}", "documents"} <= told_tags()
    Navigation.objects.update(live=False)
    assert "part-navigation" in told_tags()
    Municipality.objects.filter(pk=example.municipality.pk).update(name="Anders")
    assert "type-gemeente" in told_tags()


def test_a_page_that_goes_is_told_with_where_it_was(webhook: Webhook) -> None:
    page = make_content_page(make_site()[1])
    pk, path = page.pk, page.url_path
    told()
    Page.objects.get(pk=pk).delete()
    message = told()
    assert f"page-{pk}" in message.tags
    assert path in message.url_paths


def test_nothing_is_told_of_drafts(webhook: Webhook) -> None:
    home = make_site()[1]
    page = make_content_page(home)
    told()
    page.title = "Later pas"
    page.save_revision()
    assert noted() == set()
    draft = home.add_child(instance=ContentPage(title="Nog geheim", slug="nog-geheim", live=False))
    draft.title = "Nog steeds geheim"
    draft.save()
    assert noted() == set()
    # A redirect to it comes, of which no more is told than that something changed.
    draft.move(page, "last-child")
    assert noted() <= {""}
    draft.save_revision().publish()
    assert f"page-{draft.pk}" in told_tags()
    draft.refresh_from_db()
    draft.unpublish()
    assert f"page-{draft.pk}" in told_tags()
    draft.delete()
    assert noted() <= {""}


def test_what_is_rolled_back_leaves_nothing(webhook: Webhook) -> None:
    page = make_content_page(make_site()[1])
    told()
    with transaction.atomic():
        Page.objects.filter(pk=page.pk).update(title="Toch niet")
        transaction.set_rollback(True)
    assert noted() == set()
    assert told() is None


def test_a_change_by_hand_or_by_an_import_counts_too(webhook: Webhook) -> None:
    page = make_content_page(make_site()[1])
    told()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET title = 'Met de hand' WHERE id = %s", [page.pk])
    assert f"page-{page.pk}" in told_tags()
    Page.objects.bulk_update([Page(pk=page.pk, title="In bulk")], ["title"])
    assert f"page-{page.pk}" in told_tags()


def test_several_changes_are_one_message(webhook: Webhook) -> None:
    home = make_site()[1]
    pages = [make_content_page(home, f"Pagina {number}") for number in range(3)]
    told()
    with transaction.atomic():
        for page in pages:
            Page.objects.filter(pk=page.pk).update(title="Anders")
    assert {f"page-{page.pk}" for page in pages} <= told_tags()
    assert told() is None


def test_every_answer_for_everybody_has_a_word_that_is_always_told(
    webhook: Webhook, client, settings, monkeypatch
) -> None:
    settings.ANSWERS_KEPT = True
    monkeypatch.setattr(generation, "SETTLING", timedelta(0))
    example = make_example()
    make_search_page(example.home)
    reindex()
    paths = [
        "/", example.theme.url, example.publication.url, example.english_theme.url, "/kennisbank/?zoek=leegstand",
        "/sitemap.xml", "/robots.txt", "/manifest.webmanifest", "/nieuw.atom", f"{example.theme.url}nieuw.atom",
        "/kennisbank/nieuw.atom?thema=ondermijning", "/kennisbank/publicaties.csv", "/api/v1/prioriteiten.csv",
        f"/api/v1/paginas/op-pad?pad={example.theme.url}", f"/api/v1/paginas/{example.theme.pk}",
    ]  # fmt: skip
    read = {name for name in lists() if (response := client.get(f"/api/v1/{name}")).status_code == 200}
    assert {"publicaties", "themas", "paginas", "navigatie", "gemeenten", "prioriteiten"} <= read
    for address in [*(f"/api/v1/{name}" for name in sorted(read)), *paths]:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"].startswith("public, max-age=0"), address
        assert response.headers["Cache-Tag"].startswith("site-"), address
    Page.objects.filter(pk=example.theme.pk).update(title="Anders")
    assert {f"list-{name}" for name in lists()} <= told_tags()


def test_of_very_many_pages_only_the_kind_is_told(webhook: Webhook, monkeypatch) -> None:
    monkeypatch.setattr("cms.outbox.gathering.MOST", 1)
    home = make_site()[1]
    pages = [make_content_page(home, f"Pagina {number}") for number in range(2)]
    tags = told_tags()
    assert "pages" in tags
    assert not {f"page-{page.pk}" for page in pages} & tags


def test_who_wants_some_words_gets_only_those_messages(webhook: Webhook) -> None:
    Webhook.objects.update(words="part-banner type-gemeente")
    page = make_content_page(make_site()[1])
    assert told() is None
    make(Banner, title="Let op")
    assert told().tags
    Page.objects.filter(pk=page.pk).update(title="Anders")
    assert told() is None


def test_who_is_not_active_is_told_nothing(webhook: Webhook) -> None:
    Webhook.objects.update(active=False)
    Page.objects.update(title="Anders")
    assert told() is None
    assert noted() == set()


def test_time_alone_is_told_too_once(webhook: Webhook) -> None:
    page = make_content_page(make_site()[1])
    make(Banner, title="Let op", starts_at=timezone.now() + timedelta(hours=1))
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    told()
    assert told() is None
    pass_time(hours=2)
    message = told()
    assert message.kind == "tijd.verstreken"
    assert {f"page-{page.pk}", "part-banner"} <= set(message.tags)
    assert told() is None


def test_the_next_day_is_told(webhook: Webhook) -> None:
    told()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cms_told SET told_until = now() - interval '1 day'")
    assert told().tags[0].startswith("site-")
    assert told() is None


def test_a_gatherer_that_runs_on_sees_the_next_moment(webhook: Webhook) -> None:
    gatherer = Gatherer()
    gatherer.gather()
    make(Banner, title="Let op", starts_at=timezone.now() + timedelta(minutes=1))
    assert gatherer.gather() is not None
    assert gatherer.gather() is None
    pass_time(minutes=2)
    gatherer._next_moment = timezone.now() - timedelta(seconds=1)
    assert "part-banner" in gatherer.gather().tags


def pass_time(**how_long: int) -> None:
    """Let it be so much later, by moving all moments back."""
    ago = timedelta(**how_long)
    with connection.cursor() as cursor:
        # What is moved is no change.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE wagtailcore_page SET expire_at = expire_at - %s", [ago])
        cursor.execute("UPDATE cms_banner SET starts_at = starts_at - %s, ends_at = ends_at - %s", [ago, ago])
        cursor.execute("UPDATE cms_told SET told_until = told_until - %s", [ago])
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_nobody_is_told_sooner_than_every_node_knows(webhook: Webhook) -> None:
    Page.objects.update(title="Anders")
    before = timezone.now()
    told()
    assert Delivery.objects.latest("pk").next_at - before > timedelta(milliseconds=500)


def test_messages_go_after_thirty_days(webhook: Webhook) -> None:
    Page.objects.update(title="Anders")
    message = told()
    assert forget_old(timezone.now() + timedelta(days=29)) == 0
    assert forget_old(timezone.now() + timedelta(days=31)) >= 1
    assert not OutboxMessage.objects.filter(pk=message.pk).exists()
    assert not Delivery.objects.exists()


def test_a_change_that_nobody_has_to_be_told_of_is_not_kept(db) -> None:
    make_site()
    assert told() is None
    assert noted() == set()
    assert not OutboxMessage.objects.exists()

"""Documents are private until something that readers may see refers to them."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, GroupCollectionPermission, Page, PageViewRestriction, Site

from cms.documents.replacing import replace_file
from cms.models import ApiToken, CMSDocument, Footer
from cms.visibility import visible_documents
from home.models import ContentPage
from kennisbank.models import PublicationPage
from tests.cms.documents.files import make_docx, make_pdf
from tests.cms.factories import make_content_page, make_document, make_private, make_site, private_collection
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> CMSDocument:
    return make_document(content=make_pdf("Tekst"))


@pytest.fixture
def home() -> Page:
    return make_site()[1]


def linked(document: CMSDocument) -> str:
    text = f'<p><a linktype="document" id="{document.pk}">lees</a></p>'
    return json.dumps([{"type": "paragraph", "id": "p", "value": text}])


def offered(document: CMSDocument) -> str:
    value = {"document": document.pk, "title": "", "description": ""}
    return json.dumps([{"type": "download", "id": "d", "value": value}])


def status(client: Client, document: CMSDocument) -> int:
    answer = client.get(document.url)
    assert answer.status_code == 200 or document.title not in answer.content.decode()
    assert (answer.status_code == 200) == bool(visible_documents().filter(pk=document.pk)) or client.cookies
    return answer.status_code


def test_what_nothing_refers_to_is_not_there(client, home, document):
    assert status(client, document) == 404


@pytest.mark.parametrize("body", [linked, offered])
def test_publishing_a_page_gives_its_documents_and_unpublishing_takes_them_away(client, home, document, body):
    page = ContentPage(title="Met een stuk", slug="stuk", body=body(document), live=False)
    home.add_child(instance=page)
    assert status(client, document) == 404
    page.save_revision().publish()
    assert status(client, document) == 200
    ContentPage.objects.get(pk=page.pk).unpublish()
    assert status(client, document) == 404


def test_what_only_a_newer_draft_of_a_page_refers_to_is_not_there(client, home, document):
    page = make_content_page(home)
    page.body = linked(document)
    draft = page.save_revision()
    assert status(client, document) == 404
    draft.publish()
    assert status(client, document) == 200
    page = ContentPage.objects.get(pk=page.pk)
    page.body = "[]"
    page.save_revision().publish()
    assert status(client, document) == 404


@pytest.mark.parametrize(
    "hide",
    [
        make_private,
        lambda page: page.specific.unpublish(),
        lambda page: Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1)),
        lambda page: Page.objects.filter(pk=page.pk).update(live=False),
        lambda page: page.specific.delete(),
    ],
    ids=["private", "unpublished", "expired", "by SQL", "deleted"],
)
@pytest.mark.parametrize("where", ["itself", "above"])
def test_a_page_that_is_hidden_takes_its_documents_along(client, home, document, hide: Callable, where: str):
    parent = make_content_page(home, "Ouder", slug="ouder")
    page = make_content_page(parent, "Kind", slug="kind", body=linked(document))
    assert status(client, document) == 200
    hide(Page.objects.get(pk=(page if where == "itself" else parent).pk))
    assert status(client, document) == 404


def test_one_public_page_is_enough(client, home, document):
    pages = [make_content_page(home, f"Blad {number}", slug=f"b{number}", body=linked(document)) for number in (1, 2)]
    make_private(pages[0])
    assert status(client, document) == 200


def test_files_of_a_publication_are_there_with_their_older_versions_while_it_is(client, home):
    page = make_publication(make_kennisbank(home))
    document = add_file(page, make_document(content=make_pdf("Oud"), name="stuk.pdf")).document
    old = document.filename
    document = replace_file(document, SimpleUploadedFile("nieuw.docx", make_docx("Nieuw")))
    addresses = [document.url, f"/documenten/{document.pk}/versie/1/{old}"]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    assert client.get(f"/documenten/{document.pk}/{old}").status_code == 302
    PublicationPage.objects.get(pk=page.pk).unpublish()
    for address in [*addresses, f"/documenten/{document.pk}/{old}"]:
        assert client.get(address).status_code == 404, address


def test_the_text_of_the_footer_gives_a_document_while_it_is_published(client, home, document):
    footer = Footer(
        site=Site.objects.get(), locale=home.locale, text=f'<a linktype="document" id="{document.pk}">x</a>'
    )
    footer.live = False
    footer.save()
    assert status(client, document) == 404
    footer.save_revision().publish()
    assert status(client, document) == 200


def test_who_passed_a_private_page_opens_its_documents_and_no_cache_keeps_them(client, home, document):
    page = make_content_page(home, "Besloten", slug="besloten", body=linked(document))
    other = make_content_page(home, "Ook", slug="ook", body=linked(closed := make_document(name="ander.pdf")))
    kept = {"restriction_type": PageViewRestriction.PASSWORD, "password": "geheim"}
    restriction, _other = [PageViewRestriction.objects.create(page=one, **kept) for one in (page, other)]
    assert status(client, document) == 404
    form = {"password": "geheim", "return_url": "/"}
    client.post(reverse("wagtailcore_authenticate_with_password", args=[restriction.pk, page.pk]), form)
    assert document.url in client.get(page.url).content.decode()
    answer = client.get(document.url)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert client.get(closed.url).status_code == 404


def test_the_proof_of_a_password_opens_the_documents_of_its_page_and_no_others(client, home, document):
    page = make_content_page(home, "Besloten", slug="besloten", body=linked(document))
    make_content_page(home, "Ook", slug="ook", body=linked(closed := make_document(name="ander.pdf")))
    kept = {"restriction_type": PageViewRestriction.PASSWORD}
    PageViewRestriction.objects.create(page=page, password="geheim", **kept)
    PageViewRestriction.objects.create(page=Page.objects.get(slug="ook"), password="anders", **kept)
    given = {"pad": "/besloten/", "wachtwoord": "geheim"}
    proof = client.post("/api/v1/toegangsbewijzen", given, content_type="application/json").json()["bewijs"]
    headers = {"toegangsbewijs": proof}
    answer = client.get(document.url, headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store")
    assert "Toegangsbewijs" in answer.headers["Vary"]
    assert client.get(closed.url, headers=headers).status_code == 404
    assert client.get(document.url, headers={"toegangsbewijs": "verzonnen"}).status_code == 404
    assert client.get(document.url).status_code == 404
    older = document.url.replace(document.filename, f"versie/1/{document.filename}")
    replace_file(document, SimpleUploadedFile("nieuw.pdf", make_pdf("Nieuwe tekst")))
    assert client.get(older).status_code == 404
    assert client.get(older, headers=headers).status_code == 200


def test_a_token_opens_the_documents_that_its_account_may_see(client, home, document, django_user_model):
    make_private(make_content_page(home, "Besloten", slug="besloten", body=linked(document)))
    account = django_user_model.objects.create_user("koppeling")
    for scope, expected in ((ApiToken.Scope.READ, 404), (ApiToken.Scope.PRIVATE, 200)):
        token = ApiToken(name="Koppeling", user=account, scope=scope)
        value = token.give()
        token.save()
        assert client.get(document.url, headers={"authorization": f"Bearer {value}"}).status_code == expected
    refused = client.get(document.url, headers={"authorization": "Bearer verzonnen"})
    assert (refused.status_code, refused.json()["status"]) == (401, 401)


def test_a_publication_shows_its_files_to_who_passed_its_restriction(client, home, django_user_model):
    page = make_publication(make_kennisbank(home))
    document = add_file(page).document
    make_private(page)
    client.force_login(django_user_model.objects.create_user("lezer"))
    assert document.url in client.get(page.url).content.decode()
    assert client.get(document.url).status_code == 200


def test_caches_ask_each_time_for_what_is_public(client, home, document):
    make_content_page(home, body=linked(document))
    headers = client.get(document.url).headers
    assert (headers["Cache-Control"], headers["Cache-Tag"]) == ("public, no-cache", f"document-{document.pk}")


@pytest.mark.parametrize(("right", "expected"), [("choose", 200), ("change", 200), (None, 404)])
def test_who_works_with_documents_opens_them_before_any_page_does(
    client, home, document, django_user_model, right, expected
):
    group = Group.objects.create(name="Redactie")
    if right:
        permission = Permission.objects.get(content_type__app_label="wagtaildocs", codename=f"{right}_document")
        GroupCollectionPermission.objects.create(
            group=group, collection=Collection.get_first_root_node(), permission=permission
        )
    user = django_user_model.objects.create_user("redacteur")
    user.groups.add(group)
    client.force_login(user)
    assert client.get(document.url).status_code == expected


def test_a_private_collection_asks_to_log_in_only_for_what_a_page_refers_to(client, home):
    document = make_document(collection=private_collection())
    assert status(client, document) == 404
    make_content_page(home, body=linked(document))
    assert client.get(document.url).status_code == 302


def test_a_preview_shows_documents_that_no_page_shows_yet(home, document):
    page = ContentPage(title="Nieuw", slug="nieuw", body=offered(document), live=False)
    home.add_child(instance=page)
    answer = page.make_preview_request()
    assert document.url in answer.content.decode()


@pytest.mark.parametrize("number", [1, 20])
def test_looking_costs_one_query_however_many_pages_refer(home, document, number, django_assert_num_queries):
    for count in range(number):
        make_content_page(home, f"Blad {count}", slug=f"blad-{count}", body=linked(document))
    assert visible_documents().filter(pk=document.pk).exists()
    with django_assert_num_queries(1):
        assert visible_documents().filter(pk=document.pk).exists()


def test_serving_costs_five_queries_at_most(client, home, document, django_assert_max_num_queries):
    make_content_page(home, body=linked(document))
    assert client.get(document.url).status_code == 200
    with django_assert_max_num_queries(5):
        assert client.get(document.url).status_code == 200

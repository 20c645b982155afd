"""What editors see of reading: in the list of documents, on the screen of one, and from the command."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_tasks import default_task_backend

from cms.documents.reading import read_now
from cms.documents.replacing import replace_file
from cms.documents.tasks import read_document
from cms.models import CMSDocument, User
from tests.cms.documents import hostile
from tests.cms.documents.files import DUTCH, make_docx, make_pdf
from tests.cms.factories import make_document, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site() -> None:
    make_site()


def read(title: str, content: bytes, name: str) -> CMSDocument:
    document = make_document(title, content, name)
    read_now(document)
    document.refresh_from_db()
    return document


def screen(client: Client, document: CMSDocument) -> str:
    html = client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    return " ".join(html.split())


def test_the_list_shows_type_pages_and_how_reading_went(admin_client: Client) -> None:
    read("Jaarplan", make_pdf("Een", "Twee", "Drie"), "jaarplan.pdf")
    read("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf")
    html = admin_client.get(reverse("wagtaildocs:index")).content.decode()
    for words in ("PDF", "Pagina's", ">3<", "gelezen", "niet te lezen"):
        assert words in html.replace(" ", "").replace("\n", "") or words in html, words


@pytest.mark.parametrize("asked", [{}, {"q": "stuk"}])
def test_the_list_can_be_filtered_by_how_reading_went(admin_client: Client, asked: dict[str, str]) -> None:
    read("Jaarplan", make_pdf("Een"), "jaarplan.pdf")
    read("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf")
    asked = {**asked, "extraction_state": "failed"}
    html = admin_client.get(reverse("wagtaildocs:index_results"), asked).content.decode()
    assert "Jaarplan" not in html
    assert ("Gesloten stuk" in html) or "q" in asked  # Wagtail's search has no index here


@pytest.mark.parametrize("number", [1, 15])
def test_a_long_list_costs_no_more_queries(
    admin_client: Client, number: int, django_assert_max_num_queries: Callable
) -> None:
    for count in range(number):
        make_document(f"Stuk {count}", make_docx(str(count)), "stuk.docx")
    with django_assert_max_num_queries(16):
        admin_client.get(reverse("wagtaildocs:index"))


def test_a_document_says_why_it_was_not_read_and_what_to_do(admin_client: Client) -> None:
    html = screen(admin_client, read("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf"))
    assert "niet te lezen" in html
    assert "Sla het op zonder wachtwoord." in html


def test_a_document_tells_for_whom_it_is_hard_to_use(admin_client: Client) -> None:
    html = screen(admin_client, read("Jaarplan", make_pdf(DUTCH), "jaarplan.pdf"))
    assert "Geen tags: schermlezers herkennen geen koppen" in html
    assert "Geen titel:" in html
    assert "Geen taal:" in html
    assert "Geen tekst:" not in html
    assert "<dd> Nederlands </dd>" in html
    assert "Geen tekst:" in screen(admin_client, read("Scan", make_pdf(""), "scan.pdf"))
    assert "Toegankelijkheid" not in screen(admin_client, read("Brief", make_docx(DUTCH), "brief.docx"))


def test_older_versions_can_be_fetched_from_the_screen(admin_client: Client) -> None:
    document = read("Jaarplan", make_pdf("Oud"), "jaarplan.pdf")
    user = User.objects.get(username="admin")
    replace_file(document, SimpleUploadedFile("x.docx", make_docx("Nieuw")), note="Bijlage erbij", user=user)
    html = screen(admin_client, document)
    assert "Bijlage erbij" in html
    address = f"/documenten/{document.pk}/versie/1/{document.filename}"
    assert f'href="{address}"' in html
    assert b"".join(admin_client.get(address).streaming_content) == make_pdf("Oud")


def test_a_click_has_a_document_read_again(admin_client: Client) -> None:
    document = read("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf")
    default_task_backend.clear()
    address = reverse("lees_opnieuw", args=[document.pk])
    assert f'formaction="{address}"' in screen(admin_client, document)
    assert admin_client.get(address).status_code == 405
    admin_client.post(address)
    document.refresh_from_db()
    assert (document.extraction_state, document.extraction_attempts) == ("queued", 0)
    assert [each.args for each in default_task_backend.results if each.task == read_document] == [[document.pk]]


def test_who_may_not_change_documents_may_not_have_them_read(client: Client) -> None:
    document = make_document(content=make_pdf("Een"))
    client.force_login(User.objects.create_user("lezer", "lezer@voorbeeld.example", "geheim"))
    client.post(reverse("lees_opnieuw", args=[document.pk]))
    assert not [each for each in default_task_backend.results if each.args == [document.pk]]


def test_the_command_reads_what_waits(capsys: pytest.CaptureFixture[str]) -> None:
    make_document("Jaarplan", make_pdf("Een"), "jaarplan.pdf")
    make_document("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf")
    call_command("lees_documenten")
    said = capsys.readouterr().out
    assert "1 van 2: Jaarplan: gelezen" in said
    assert "2 van 2: Gesloten stuk: niet te lezen\n    Dit bestand zit op slot" in said
    assert "Klaar: 1 gelezen, 1 niet te lezen." in said
    call_command("lees_documenten")
    assert capsys.readouterr().out == "Er was niets te lezen.\n"


@pytest.mark.parametrize(("again", "number"), [("mislukt", 1), ("alles", 2)])
def test_the_command_reads_again_what_is_asked(again: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    read("Jaarplan", make_pdf("Een"), "jaarplan.pdf")
    read("Gesloten stuk", hostile.encrypted_pdf(), "slot.pdf")
    call_command("lees_documenten", opnieuw=again)
    assert f"1 van {number}: " in capsys.readouterr().out


def test_each_reading_leaves_a_task_for_when_its_worker_is_killed() -> None:
    document = make_document(content=make_pdf("Een"))
    default_task_backend.clear()
    read_document.call(document.pk)
    (left,) = [each for each in default_task_backend.results if each.task.func == read_document.func]
    assert left.args == [document.pk]
    assert left.task.run_after is not None
    # When its time comes there is nothing to do any more.
    default_task_backend.clear()
    read_document.call(document.pk)
    assert not default_task_backend.results

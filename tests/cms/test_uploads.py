"""An uploaded file gets a title for readers, not the name of the file."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from cms.models import CMSDocument, CMSImage
from cms.models.upload import readable_title
from tests.cms.documents.files import make_pdf
from tests.cms.factories import make_document, make_site


@pytest.mark.parametrize(
    ("file_name", "title"),
    [
        ("factsheet_leegstand-v3.pdf", "Factsheet leegstand"),
        ("verslag-expertgroep-jeugd-mei-2026.docx", "Verslag expertgroep jeugd mei 2026"),
        ("Jaarplan Oost-Nederland.pdf", "Jaarplan Oost-Nederland"),
        ("Jaarplan 2026 - definitief (1).pdf", "Jaarplan 2026"),
        ("handreiking_v1.2_def.pdf", "Handreiking"),
        ("besluit 12.5 art. 3.pdf", "Besluit 12.5 art. 3"),
        ("v2.pdf", "V2"),
    ],
)
def test_the_name_of_a_file_becomes_words(file_name: str, title: str) -> None:
    assert readable_title(file_name) == title


def picture() -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.django_db
# As Wagtail's script sends it, and as a browser without script does.
@pytest.mark.parametrize("sent", [{"title": "wijk_bij-avond-v2"}, {}])
def test_pictures_dropped_on_the_upload_screen_get_a_readable_title(admin_client: Client, sent: dict) -> None:
    make_site()
    file = SimpleUploadedFile("wijk_bij-avond-v2.png", picture())
    answer = admin_client.post(reverse("wagtailimages:add_multiple"), {"files[]": file, **sent})
    assert 'value="Wijk bij avond"' in answer.json()["form"]
    assert CMSImage.objects.get().title == "Wijk bij avond"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "title"), [("factsheet_leegstand-v3", "Factsheet leegstand"), ("leegstand_2026", "leegstand_2026")]
)
def test_a_document_uploaded_from_a_page_keeps_the_title_that_an_editor_typed(
    admin_client: Client, typed: str, title: str
) -> None:
    make_site()
    file = SimpleUploadedFile("factsheet_leegstand-v3.pdf", make_pdf("Voorbeeld"))
    sent = {"document-chooser-upload-title": typed, "document-chooser-upload-file": file}
    answer = admin_client.post(reverse("wagtaildocs_chooser:create"), sent)
    assert answer.json()["step"] == "chosen"
    assert CMSDocument.objects.get().title == title


@pytest.mark.django_db
def test_a_title_given_later_is_left_alone() -> None:
    document = make_document()
    document.title = document.filename
    document.save()
    document.refresh_from_db()
    assert document.title == document.filename

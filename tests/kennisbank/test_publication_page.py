"""What a publication's page tells of its files, older versions, how to cite it and whom to ask."""

import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote

import pytest
from django.test import Client
from django.utils import timezone, translation

from cms.models import CMSDocument, DocumentVersion
from cms.rendering.build import date_text
from cms.rendering.files import details_text
from home.models import HomePage
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_content_page, make_document, make_private, make_site, private_collection
from tests.home.factories import make_search_page
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication
from tests.network.factories import make_organisation
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    return make_site()[1]


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def section(page: str, key: str) -> str:
    """The text of a section, without markup."""
    if f'id="{key}"' not in page:
        return ""
    part = page[page.index(f'id="{key}"') :].split("</section>")[0]
    text = " ".join(re.sub(r"<[^>]+>", " ", part.partition(">")[2]).split())
    return re.sub(r" (?=[.:,])", "", text)


def thing(page: str) -> dict[str, Any]:
    """What the page is about, from its JSON-LD."""
    graph = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])["@graph"]
    return next(node for node in graph if node["@type"] == "DigitalDocument")


def pdf(title: str = "Factsheet", **values: Any) -> CMSDocument:
    facts = {"page_count": 12, "part_kind": "page", "media_type": "application/pdf", "content_hash": "ab" * 32}
    document = make_document(title, b"x" * 340_000)
    # As the worker leaves it after reading a real PDF.
    found = {**facts, "text_layer": True, "tagged": True, **values}
    CMSDocument.objects.filter(pk=document.pk).update(**found)
    return CMSDocument.objects.get(pk=document.pk)


def add_version(document: CMSDocument, number: int, **values: Any) -> DocumentVersion:
    version = DocumentVersion(
        document=document, number=number, file_size=280_000, media_type="application/pdf", page_count=10,
        **{"placed_at": datetime(2025, 1, 10, tzinfo=UTC), "replaced_at": datetime(2026, 2, 3, tzinfo=UTC), **values},
    )  # fmt: skip
    version.file.name = f"factsheet-{number}.pdf"
    version.save()
    return version


def test_tells_type_length_size_and_that_a_screen_reader_can_read_it(kennisbank, client):
    page = make_publication(kennisbank)
    add_file(page, pdf())
    text = section(read(client, page.url), "bestanden")
    assert text == "Bestanden PDF Factsheet 12 pagina's, 340 kB Toegankelijk voor schermlezers".replace("'", "&#x27;")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"tagged": False}, "Mogelijk slecht leesbaar met een schermlezer; vraag een andere vorm aan"),
        ({"text_layer": False}, "Een beeld zonder tekst: niet leesbaar met een schermlezer; vraag een andere vorm aan"),
    ],
)
def test_says_whom_to_ask_for_another_form(facts, words, home, kennisbank, client):
    theme = make_theme(make_theme_index(home), contact_role="themacoördinator", contact_email="post@example.nl")
    page = make_publication(kennisbank, "Factsheet leegstand", themes=[theme])
    add_file(page, pdf(**facts))
    html = read(client, page.url)
    assert " ".join(section(html, "bestanden").split()).endswith(words)
    address = re.search(r'href="(mailto:post@example.nl\?subject=[^"]+)"', html)[1]
    assert unquote(address).endswith("subject=Andere vorm van: Factsheet leegstand")


def test_says_nothing_of_a_file_that_nobody_has_read_yet(kennisbank, client):
    page = make_publication(kennisbank)
    add_file(page, make_document("Nieuw stuk", text_layer=None, tagged=None))
    assert "files__hint" not in read(client, page.url)


@pytest.mark.parametrize(
    ("kind", "pages", "text"),
    [
        ("page", 1, "1 pagina, 1,2 MB"),
        ("slide", 14, "14 dia's, 1,2 MB"),
        ("sheet", 2, "2 bladen, 1,2 MB"),
        ("section", 9, "1,2 MB"),
        ("", None, "1,2 MB"),
    ],
)
def test_counts_what_a_reader_knows(kind, pages, text):
    with translation.override("nl"):
        assert details_text(CMSDocument(page_count=pages, file_size=1_200_000), kind) == text


def test_names_the_contact_role_of_its_theme(home, kennisbank, client):
    index = make_theme_index(home)
    without = make_theme(index, "Zonder adres", slug="zonder", contact_role="", contact_email="")
    theme = make_theme(index, "Jeugd", slug="jeugd", contact_role="coördinator jeugd", contact_email="jeugd@example.nl")
    page = make_publication(kennisbank, themes=[without, theme])
    assert section(read(client, page.url), "contact") == "Contact Wie coördinator jeugd E-mail jeugd@example.nl"


def test_does_not_name_the_contact_of_a_hidden_theme(home, kennisbank, client):
    theme = make_theme(make_theme_index(home), contact_role="geheime rol", contact_email="geheim@example.nl")
    page = make_publication(kennisbank, themes=[theme])
    make_private(theme)
    assert "geheim" not in read(client, page.url)


def test_leads_to_the_contact_page_where_no_theme_has_a_contact(home, kennisbank, client):
    contact = make_content_page(home, "Contact en bereikbaarheid", slug="contact")
    make_search_page(home, contact_page=contact)
    page = make_publication(kennisbank)
    add_file(page, pdf(tagged=False))
    html = read(client, page.url)
    assert section(html, "contact") == "Contact Meer weten? Contact en bereikbaarheid"
    assert '<a class="nl-link" href="/contact/">vraag een andere vorm aan</a>' in html


def test_lists_older_versions_with_their_dates_and_what_changed(kennisbank, client):
    page = make_publication(kennisbank)
    document = pdf()
    add_file(page, document)
    add_version(document, 1, note="Cijfers van 2025 toegevoegd", placed_at=None)
    html = read(client, page.url)
    assert section(html, "versies").endswith(
        "Factsheet, tot 3 februari 2026 PDF, 10 pagina&#x27;s, 280 kB Cijfers van 2025 toegevoegd"
    )
    assert f'href="/documenten/{document.pk}/versie/1/factsheet-1.pdf"' in html


def test_does_not_list_versions_of_a_hidden_document(kennisbank, client):
    page = make_publication(kennisbank)
    document = make_document("Besloten stuk", collection=private_collection())
    add_file(page, document)
    add_version(document, 1, note="geheime wijziging")
    assert section(read(client, page.url), "versies") == ""


def test_says_how_to_cite_it(kennisbank, client):
    page = make_publication(
        kennisbank, "Factsheet leegstand", organisations=[make_organisation("RIEC Oost"), make_organisation("Politie")]
    )
    add_file(page, pdf(), version="2.0")
    with translation.override("nl"):
        day = date_text(timezone.localdate())
    html = read(client, page.url)
    assert section(html, "citeren").startswith(
        "Zo citeert u Politie en RIEC Oost (2026). Factsheet leegstand [factsheet, versie 2.0]. "
        f"Geraadpleegd op {day}: http://localhost/kennisbank/factsheet-leegstand/"
    )


def test_cites_the_site_where_nobody_is_named_and_marks_the_title_s_language(kennisbank, client):
    page = make_publication(kennisbank, "Vacancy <factsheet>", document_language="en", slug="vacancy")
    html = read(client, page.url)
    assert 'Netwerk (2026). <cite lang="en">Vacancy &lt;factsheet&gt;</cite> [factsheet].' in html


def test_is_shared_by_plain_links(kennisbank, client):
    page = make_publication(kennisbank, "Wat & hoe", slug="wat-en-hoe")
    html = read(client, page.url)
    mail = re.search(r'href="(mailto:\?[^"]+)"', html)[1].replace("&amp;", "&")
    assert mail == (
        "mailto:?subject=Wat%20%26%20hoe&body=Wat%20%26%20hoe%0D%0Ahttp%3A//localhost/kennisbank/wat-en-hoe/"
    )
    assert 'href="http://localhost/kennisbank/wat-en-hoe/">Vaste koppeling naar deze publicatie</a>' in html


def test_names_what_it_replaced(kennisbank, client):
    newer = make_publication(kennisbank, "Factsheet 2026", slug="nieuw")
    older = make_publication(kennisbank, "Factsheet 2024", slug="oud", replaced_by=newer)
    hidden = make_publication(kennisbank, "Geheim 2023", slug="geheim", replaced_by=newer)
    make_private(hidden)
    html = read(client, newer.url)
    assert "Vervangt Factsheet 2024" in section(html, "over")
    assert "Geheim" not in html
    assert thing(html)["isBasedOn"] == [
        {"@type": "CreativeWork", "name": "Factsheet 2024", "url": f"http://localhost{older.url}"}
    ]
    assert "Vervangt" not in section(read(client, older.url), "over")


def test_tells_search_engines_about_its_files(kennisbank, client):
    page = make_publication(kennisbank)
    add_file(page, pdf(), version="2.0")
    about = thing(read(client, page.url))
    assert (about["version"], about["encodingFormat"]) == ("2.0", "application/pdf")
    [file] = about["encoding"]
    assert file["sha256"] == "ab" * 32
    assert file["accessibilityFeature"] == ["taggedPDF"]

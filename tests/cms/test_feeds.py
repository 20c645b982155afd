"""Atom feeds of the site and of themes: what is new, in one language, and never what the public may not see."""

from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from tests.api.factories import Example, make_example
from tests.cms.factories import make_content_page, make_private, make_site
from tests.kennisbank.factories import make_publication
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db

A = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def example() -> Example:
    return make_example()


def read(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)  # noqa: S314 - our own


def titles(client, address: str) -> list[str]:
    return [entry.findtext(f"{A}title", "") for entry in read(client, address).findall(f"{A}entry")]


def test_the_sites_feed_holds_what_changed_last_first(example, client):
    feed = read(client, "/nieuw.atom")
    moments = [entry.findtext(f"{A}updated", "") for entry in feed.findall(f"{A}entry")]
    assert moments == sorted(moments, reverse=True)
    example.about.save_revision().publish()
    assert titles(client, "/nieuw.atom")[0] == example.about.title


def test_the_home_page_is_no_news_in_its_own_feed(example, client):
    example.home.save_revision().publish()
    found = titles(client, "/nieuw.atom")
    assert example.about.title in found
    assert example.home.title not in found


def test_a_feed_says_what_it_is_and_who_made_it(example, client):
    feed = read(client, f"{example.theme.url}nieuw.atom")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{A}link")}
    address = f"http://localhost{example.theme.url}"
    assert links == {"self": f"{address}nieuw.atom", "alternate": address}
    assert feed.get(LANG) == "nl"
    assert feed.findtext(f"{A}title") == "Ondermijning – Netwerk"
    assert feed.findtext(f"{A}author/{A}name") == "Netwerk"
    assert feed.findtext(f"{A}subtitle") == "Wat er speelt."
    assert datetime.fromisoformat(feed.findtext(f"{A}updated", "")) == max(
        page.last_published_at for page in (example.theme, example.publication)
    )


def test_an_entry_has_an_id_that_outlives_its_address(example, client):
    def entry() -> ElementTree.Element:
        entries = read(client, f"{example.theme.url}nieuw.atom").findall(f"{A}entry")
        return next(each for each in entries if each.findtext(f"{A}title") == "Factsheet leegstand")

    before = entry()
    assert before.findtext(f"{A}id", "").startswith("tag:localhost,")
    assert before.findtext(f"{A}summary") == "Wat te doen bij leegstand."
    example.publication.slug = "leegstand-2"
    example.publication.save_revision().publish()
    after = entry()
    assert after.findtext(f"{A}id") == before.findtext(f"{A}id")
    assert after.find(f"{A}link").get("href") == "http://localhost/kennisbank/leegstand-2/"


def test_a_themes_feed_holds_the_theme_and_its_publications_only(example, client):
    make_publication(example.kennisbank, "Over iets anders", slug="anders")
    newer = make_publication(example.kennisbank, "Nieuwere factsheet", slug="nieuwer", themes=[example.theme])
    address = f"{example.theme.url}nieuw.atom"
    assert set(titles(client, address)) == {"Ondermijning", "Factsheet leegstand", "Nieuwere factsheet"}
    example.publication.replaced_by = newer
    example.publication.save_revision().publish()
    assert set(titles(client, address)) == {"Ondermijning", "Nieuwere factsheet"}


def test_a_language_has_a_feed_of_its_own_without_untranslated_pages(example, client):
    address = f"{example.english_theme.url}nieuw.atom"
    assert titles(client, address) == ["Organised crime"]
    translate_page(example.publication, "en", title="Factsheet on vacancy", slug="vacancy")
    assert set(titles(client, address)) == {"Organised crime", "Factsheet on vacancy"}
    assert "Ondermijning" not in titles(client, "/en/nieuw.atom")
    assert read(client, "/en/nieuw.atom").get(LANG) == "en"


def test_a_text_in_the_language_of_its_document_says_so(example, client):
    make_publication(
        example.kennisbank, "Factsheet cybercrime", slug="cyber", document_language="en", themes=[example.theme]
    )
    entries = read(client, f"{example.theme.url}nieuw.atom").findall(f"{A}entry")
    languages = {entry.findtext(f"{A}title"): entry.get(LANG) for entry in entries}
    assert languages == {"Factsheet cybercrime": "en", "Factsheet leegstand": None, "Ondermijning": None}


@pytest.mark.parametrize(
    "address",
    ["/fr/nieuw.atom", "/nl/nieuw.atom", "/de/nieuw.atom", "/over-deze-site/nieuw.atom", "/niets/nieuw.atom",
     "/gemeenten/almelo/nieuw.atom"],
)  # fmt: skip
def test_no_other_address_has_a_feed(address, example, client):
    assert client.get(address).status_code == 404


def test_a_stand_in_for_a_missing_translation_has_no_feed(example, client):
    english = example.english_theme.locale
    other = Page.objects.get(pk=example.theme.pk).specific
    example.english_theme.delete()
    stand_in = other.copy_for_translation(english, alias=True)
    Page.objects.filter(pk=stand_in.pk).update(live=True)
    page = client.get(stand_in.url)
    assert page.status_code == 200
    assert b"nieuw.atom" not in page.content
    assert client.get(f"{stand_in.url}nieuw.atom").status_code == 404


def test_what_the_public_may_not_see_is_in_no_feed(example, client):
    hidden = [
        make_publication(example.kennisbank, name, slug=name, themes=[example.theme])
        for name in ("geheim-1", "geheim-2", "geheim-3")
    ]
    make_private(hidden[0])
    hidden[1].unpublish()
    Page.objects.filter(pk=hidden[2].pk).update(expire_at=timezone.now() - timedelta(minutes=1))
    for address in ("/nieuw.atom", f"{example.theme.url}nieuw.atom"):
        assert b"geheim" not in client.get(address).content
    make_private(example.theme)
    assert client.get(f"{example.theme.url}nieuw.atom").status_code == 404


def test_texts_cannot_break_the_feed(example, client):
    make_content_page(example.home, 'A & B <script>"x"', slug="lastig", introduction="1 < 2 & <b>vet</b>")
    entries = read(client, "/nieuw.atom").findall(f"{A}entry")
    entry = next(each for each in entries if each.find(f"{A}link").get("href").endswith("/lastig/"))
    assert entry.findtext(f"{A}title") == 'A & B <script>"x"'
    # Announced as HTML: a reader shows the signs, and no bold text.
    assert entry.findtext(f"{A}summary") == "1 &lt; 2 &amp; &lt;b&gt;vet&lt;/b&gt;"


def test_nothing_changed_means_nothing_sent(example, client):
    first = client.get("/nieuw.atom")
    for condition in ({"if-none-match": first.headers["ETag"]}, {"if-modified-since": first.headers["Last-Modified"]}):
        again = client.get("/nieuw.atom", headers=condition)
        assert (again.status_code, again.content) == (304, b"")
    Page.objects.filter(pk=example.about.pk).update(last_published_at=timezone.now() + timedelta(seconds=5))
    assert client.get("/nieuw.atom", headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 200


def test_feeds_take_as_many_queries_for_many_entries_as_for_few(example, client):
    addresses = ("/nieuw.atom", f"{example.theme.url}nieuw.atom", f"{example.english_theme.url}nieuw.atom")

    def queries() -> list[int]:
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            counts.append(len(captured))
        return counts

    queries()
    few = queries()
    for number in range(5):
        page = make_publication(
            example.kennisbank, f"Stuk {number}", slug=f"stuk-{number}", themes=[example.theme],
            publication_date=date(2026, 1, number + 1),
        )  # fmt: skip
        translate_page(page, "en", title=f"Piece {number}", slug=f"piece-{number}")
    many = queries()
    assert many[0] <= max(few[0], 20)
    assert all(count <= 12 for count in many[1:]), many


def test_the_pages_with_a_feed_lead_to_it(example, client):
    for page in (example.home, example.theme, example.english_theme):
        html = client.get(page.url).content.decode()
        assert f'href="http://localhost{page.url}nieuw.atom"' in html.split("</head>")[0]
        assert f'href="{page.url}nieuw.atom"' in html.split("</head>")[1]
    assert b"nieuw.atom" not in client.get(example.about.url).content


def test_only_reading_is_offered(client):
    make_site()
    assert client.head("/nieuw.atom").status_code == 200
    assert client.post("/nieuw.atom").status_code == 405

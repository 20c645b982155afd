"""The index follows what editors do: everything that changed is in it after the worker's task."""

import pytest
from django.db import connection, transaction
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, Locale, Page, PageViewRestriction
from wagtail.rich_text import RichText

from cms.models import CMSDocument, DocumentText, PendingEntry
from cms.search import indexing, loading
from cms.search.analysis import query_lexemes
from cms.search.indexing import index_pending, note_change
from kennisbank.models import PublicationFile
from tests.api.factories import make_example
from tests.cms.factories import make_content_page, make_document, make_image, make_private, private_collection
from tests.home.factories import make_search_page
from tests.kennisbank.factories import add_file, make_publication, make_type
from tests.search import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def example():
    found = make_example()
    reindex()
    PendingEntry.objects.all().delete()
    return found


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def holding(word: str) -> set[str]:
    """Give the keys of the entries that hold a word."""
    lexemes = " | ".join(f"'{lexeme}'" for lexeme in query_lexemes(word, ["nl", "en", "de"]))
    return {key for (key,) in rows("SELECT key FROM cms_searchentry WHERE tsv @@ %s::tsquery", lexemes)}


def key_of(page: Page) -> str:
    return f"page:{page.pk}"


def facets_of(page: Page) -> set[tuple[str, str]]:
    statement = (
        "SELECT f.facet, f.value FROM cms_searchentry e JOIN cms_searchfacet f ON f.id = ANY (e.facets)"
        " WHERE e.key = %s"
    )
    return set(rows(statement, key_of(page)))


def add_text(document: CMSDocument, *texts: str) -> None:
    for number, text in enumerate(texts, start=1):
        DocumentText.objects.create(document=document, number=number, text=text)
    CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
    indexing.note_documents([document.pk])


def test_a_page_is_found_by_its_title_introduction_and_texts(example):
    page = make_content_page(
        example.home,
        "Waterpeil",
        introduction="Over dijken.",
        body=[("paragraph", RichText("<p>Het <b>gemaal</b> draait.</p><p>Sluizen</p>"))],
    )
    index_pending()
    for word in ("waterpeil", "dijk", "gemaal", "sluis"):
        assert holding(word) == {key_of(page)}, word


def test_a_change_replaces_what_was_there(example):
    page = make_content_page(example.home, "Waterpeil")
    index_pending()
    page.title = "Grondwater"
    page.save_revision().publish()
    index_pending()
    assert holding("waterpeil") == set()
    assert holding("grondwater") == {key_of(page)}


def test_what_is_deleted_is_gone_before_the_worker_comes(example):
    page = make_content_page(example.home, "Waterpeil")
    index_pending()
    page.delete()
    assert holding("waterpeil") == set()
    known = "(SELECT id FROM cms_searchentry)"
    assert rows(f"SELECT 1 FROM cms_searchpart WHERE entry_id NOT IN {known}") == []  # noqa: S608 (a constant)
    assert rows(f"SELECT 1 FROM cms_searchtitle WHERE id NOT IN {known}") == []  # noqa: S608 (a constant)
    index_pending()
    assert not PendingEntry.objects.exists()


def test_stand_ins_for_translations_and_the_search_page_are_no_entries(example):
    search = make_search_page(example.home)
    english = Locale.objects.get(language_code="en")
    alias = example.about.copy_for_translation(english, copy_parents=True, alias=True)
    index_pending()
    assert rows("SELECT 1 FROM cms_searchentry WHERE page_id = ANY (%s)", [search.pk, alias.pk]) == []


def test_a_publication_has_its_facts_as_facets(example):
    expected = {
        ("kind", "publicatie"),
        ("thema", str(example.theme.pk)),
        ("district", str(example.district.pk)),
        ("gemeente", str(example.municipality.pk)),
        ("organisatie", str(example.organisation.pk)),
        ("type", str(example.publication.publication_type_id)),
        ("jaar", "2026"),
        ("taal", "nl"),
        ("bestandstype", "pdf"),
        ("doelgroep", str(example.publication.audiences.get().pk)),
        ("noemt", str(example.theme.pk)),
        ("noemt", str(example.district.pk)),
    }
    assert facets_of(example.publication) == expected


def test_a_publication_is_found_by_the_names_of_what_it_is_about(example):
    for word in ("ondermijning", "twente", "almelo", "openbaar ministerie", "factsheet"):
        for part in word.split():
            assert key_of(example.publication) in holding(part), word


def test_the_new_name_of_a_theme_reaches_its_publications(example):
    example.theme.title = "Waterpeil"
    example.theme.save_revision().publish()
    index_pending()
    found = holding("waterpeil")
    # The page of the theme in a district has the theme's name in its title.
    assert {key for key in found if key.startswith("page:")} == {key_of(example.theme), key_of(example.publication)}
    assert [key.partition(":")[0] for key in found if not key.startswith("page:")] == ["themadistrict"]


def test_the_new_name_of_an_organisation_and_of_a_type_reaches_their_publications(example):
    example.organisation.name = "Waterschap"
    example.organisation.save()
    kind = make_type("Factsheet")
    kind.name = "Handreiking"
    kind.save()
    index_pending()
    assert key_of(example.publication) in holding("waterschap") & holding("handreiking")


def test_the_name_of_a_hidden_theme_finds_no_publication(example):
    make_private(example.theme)
    for _turn in ("at once", "after the worker"):
        assert key_of(example.publication) not in holding("ondermijning")
        assert key_of(example.publication) in holding("leegstand")
        index_pending()
    PageViewRestriction.objects.all().delete()
    index_pending()
    assert key_of(example.publication) in holding("ondermijning")


def test_a_municipality_is_found_by_its_name_and_by_that_of_one_that_went_into_it(example):
    assert f"gemeente:{example.municipality.pk}" in holding("almelo")
    assert holding("delden") == {f"gemeente:{example.municipality.pk}", f"gemeente:{example.merged.pk}"}


def test_a_replaced_publication_is_outdated_as_long_as_readers_see_the_newer(example):
    old = make_publication(example.kennisbank, "Oud", slug="oud", replaced_by=example.publication)
    index_pending()
    outdated = "SELECT outdated FROM cms_searchentry WHERE key = %s"
    assert rows(outdated, key_of(old)) == [(True,)]
    example.publication.unpublish()
    index_pending()
    assert rows(outdated, key_of(old)) == [(False,)]


def test_the_pages_of_a_document_are_parts_of_its_publication(example):
    file = PublicationFile.objects.get(page=example.publication)
    add_text(file.document, "Over dijken.", "Over gemalen.")
    index_pending()
    assert holding("gemaal") == {key_of(example.publication)}
    parts = rows("SELECT number, text FROM cms_searchpart WHERE document_id = %s ORDER BY ordinal", file.document_id)
    assert parts == [(None, "Factsheet"), (1, "Over dijken."), (2, "Over gemalen.")]


def test_a_file_that_is_replaced_loses_its_texts_at_once(example):
    document = PublicationFile.objects.get(page=example.publication).document
    add_text(document, "Over dijken.")
    index_pending()
    CMSDocument.objects.filter(pk=document.pk).update(content_hash="anders")
    assert holding("dijk") == set()
    assert rows("SELECT 1 FROM cms_searchpart WHERE document_id = %s", document.pk) == []
    index_pending()
    assert holding("dijk") == set()


def test_a_private_collection_hides_words_at_once_and_gives_them_back(example):
    document = PublicationFile.objects.get(page=example.publication).document
    add_text(document, "Over dijken.")
    index_pending()
    secret = private_collection()
    CMSDocument.objects.filter(pk=document.pk).update(collection=secret)
    assert holding("dijk") == set()
    assert holding("leegstand") == {key_of(example.publication)}
    index_pending()
    assert holding("dijk") == set()
    CollectionViewRestriction.objects.all().delete()
    assert rows("SELECT DISTINCT hidden FROM cms_searchpart WHERE document_id = %s", document.pk) == [(False,)]
    index_pending()
    assert holding("dijk") == {key_of(example.publication)}


def test_a_failure_stays_with_its_reason_and_harms_no_other(example, monkeypatch):
    good = make_content_page(example.home, "Waterpeil")
    bad = make_content_page(example.home, "Kapot", slug="kapot")
    prepare = indexing.prepare

    def broken(loaded):
        if loaded[0].title == "Kapot":
            raise ValueError("stuk")
        return prepare(loaded)

    monkeypatch.setattr(indexing, "prepare", broken)
    for _turn in range(2):
        index_pending()
    assert holding("waterpeil") == {key_of(good)}
    waiting = PendingEntry.objects.get()
    assert (waiting.key, waiting.attempts, waiting.message) == (key_of(bad), 3, "ValueError: stuk")
    monkeypatch.undo()
    note_change([key_of(bad)])
    index_pending()
    assert holding("kapot") == {key_of(bad)}
    assert not PendingEntry.objects.exists()


def test_a_change_that_comes_while_the_worker_is_at_it_is_not_lost(example, monkeypatch):
    page = make_content_page(example.home, "Waterpeil")
    load = indexing.load
    turns = []

    def slow(keys):
        loaded = load(keys)
        if not turns:
            turns.append(1)
            Page.objects.filter(pk=page.pk).update(title="Grondwater")
            note_change([key_of(page)])
        return loaded

    monkeypatch.setattr(indexing, "load", slow)
    index_pending()
    assert holding("grondwater") == {key_of(page)}


def test_a_change_that_is_undone_is_not_noted(example):
    with transaction.atomic():
        make_content_page(example.home, "Waterpeil")
        transaction.set_rollback(True)
    assert not PendingEntry.objects.exists()


def test_a_hundred_publications_cost_as_many_queries_as_ten(example, django_assert_max_num_queries):
    for number in range(12):
        page = make_publication(example.kennisbank, f"Stuk {number}", slug=f"stuk-{number}", themes=[example.theme])
        add_file(page)
    with django_assert_max_num_queries(45):
        index_pending()


def test_texts_of_any_kind_can_be_indexed(example):
    strange = ["\x00 nul", "'; DROP TABLE x; --", "\\ 'a' ':1A", "🙂", "é" * 100_000, "woord" * 50_000]
    for number, text in enumerate(strange):
        page = make_publication(example.kennisbank, f"Stuk {number}", slug=f"stuk-{number}")
        document = make_document(name=f"{number}.pdf", content=f"%PDF {number}".encode())
        add_file(page, document)
        DocumentText.objects.create(document=document, number=1, text=text.replace("\x00", ""))
        CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
    many = " ".join(f"woord{number}" for number in range(200_000))
    make_content_page(example.home, "Lang", introduction="x", body=[("paragraph", RichText(f"<p>{many}</p>"))])
    index_pending()
    assert not PendingEntry.objects.exists(), PendingEntry.objects.first().message


def test_what_a_body_hides_with_a_private_picture_is_not_found(example):
    image = make_image(collection=private_collection())
    block = {"image": image, "alt": "", "decorative": True, "caption": "Geheimwoord bij beeld"}
    paragraph = ("paragraph", RichText("<p>Gewone tekst over sluizen.</p>"))
    page = make_content_page(example.home, "Waterpeil", body=[paragraph, ("image", block)])
    index_pending()
    assert holding("geheimwoord") == set()
    assert holding("sluis") == {key_of(page)}


def test_too_much_text_leaves_out_what_readers_do_not_see_and_tells_editors(example, monkeypatch, admin_client):
    monkeypatch.setattr(loading, "MOST_PARTS", 3)
    publication = make_publication(example.kennisbank, "Dijken")
    hidden, shown = make_document("Boezemwater", b"een", "een.txt"), make_document("Kwelwater", b"twee", "twee.txt")
    CMSDocument.objects.filter(pk=hidden.pk).update(collection=private_collection())
    for document, words in ((hidden, ("stuw", "hevel")), (shown, ("gemaal", "sluis"))):
        add_file(publication, document)
        add_text(document, *words)
        document.refresh_from_db()

    def told(document: CMSDocument) -> bool:
        html = admin_client.get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
        return "Een deel van de tekst is niet te vinden" in html

    assert not told(hidden), "the worker comes first"
    index_pending()
    parts = rows("SELECT text FROM cms_searchpart WHERE document_id IN (%s, %s) ORDER BY ordinal", hidden.pk, shown.pk)
    assert [text for (text,) in parts] == ["Kwelwater", "Boezemwater", "gemaal", "sluis", "stuw"]
    assert (told(hidden), told(shown)) == (True, False)
    monkeypatch.setattr(loading, "MOST_PARTS", 4)
    indexing.note_documents([hidden.pk])
    index_pending()
    assert not told(hidden)
    monkeypatch.setattr(loading, "MOST_CHARACTERS", len("gemaal"))
    indexing.note_documents([hidden.pk])
    index_pending()
    assert (told(hidden), told(shown)) == (True, True)

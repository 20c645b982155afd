"""Who may see an entry of the index is in its row, and is what cms/visibility.py says after every change."""

import random
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site

from cms.models import CMSDocument, DocumentText, PendingEntry
from cms.search import versions
from cms.search.engine import find
from cms.search.loading import load
from cms.search.values import Question
from cms.search.writing import prepare, write_prepared
from cms.visibility import visible, visible_documents, without_fallbacks
from kennisbank.models import PublicationFile, PublicationPage
from tests.cms.factories import make_content_page, make_document, make_private, make_site, private_collection
from tests.kennisbank.factories import add_file, make_kennisbank, make_publication
from tests.search import reindex
from tests.themes.factories import make_theme, make_theme_index

pytestmark = pytest.mark.django_db

PUBLIC = "published AND restrictions = '{}' AND (expires_at IS NULL OR expires_at > clock_timestamp())"


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def public_entries(site: Site) -> set[int]:
    found = rows("SELECT page_id, key FROM cms_searchentry WHERE site_id = %s AND " + PUBLIC, site.pk)  # noqa: S608 (a constant)
    return {page_id for page_id, key in found if key.startswith("page:")}


def public_pages(site: Site) -> set[int]:
    pages = without_fallbacks(visible(Page.objects.filter(depth__gt=1), site))
    return set(pages.values_list("pk", flat=True))


def assert_same(*sites: Site) -> None:
    for site in sites:
        assert public_entries(site) == public_pages(site)


def make_other_site() -> Site:
    root = make_content_page(Page.get_first_root_node(), "Elders", slug="elders")
    return Site.objects.create(hostname="elders.localhost", root_page=root)


class Shuffle:
    """Random changes of a tree, by every way in which code may make them."""

    def __init__(self, seed: int, home: Page, other: Site) -> None:
        self.random = random.Random(seed)  # noqa: S311 (the same changes each time)
        self.home, self.other = home, other
        self.number = 0
        for _count in range(14):
            self.add()

    def pages(self) -> list[Page]:
        return list(Page.objects.filter(depth__gt=2).order_by("pk"))

    def any(self) -> Page:
        return self.random.choice(self.pages() or [self.add()])

    def add(self) -> Page:
        parents = [self.home, self.other.root_page, *Page.objects.filter(depth__range=(3, 5)).order_by("pk")]
        self.number += 1
        parent = self.random.choice(parents).specific
        return make_content_page(parent, f"Blad {self.number}", slug=f"blad-{self.number}")

    def publish(self) -> None:
        self.any().specific.save_revision().publish()

    def unpublish(self) -> None:
        self.any().specific.unpublish()

    def unpublish_at_once(self) -> None:
        Page.objects.filter(path__startswith=self.any().path).update(live=False)

    def publish_at_once(self) -> None:
        Page.objects.filter(depth__gt=1).update(live=True)

    def expire(self) -> None:
        Page.objects.filter(pk=self.any().pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    def expire_later(self) -> None:
        Page.objects.filter(pk=self.any().pk).update(expire_at=timezone.now() + timedelta(hours=1))

    def never_expire(self) -> None:
        Page.objects.filter(depth__gt=1).update(expire_at=None)

    def close(self) -> None:
        make_private(self.any())

    def open(self) -> None:
        restriction = PageViewRestriction.objects.order_by("pk").first()
        if restriction:
            restriction.delete()

    def hand_over(self) -> None:
        PageViewRestriction.objects.update(page=self.any())

    def move(self) -> None:
        page, target = self.any(), self.any()
        if not target.path.startswith(page.path) and target.depth < 6:
            page.move(target, pos=self.random.choice(["first-child", "last-child"]))

    def move_to_other_site(self) -> None:
        self.any().move(Page.objects.get(pk=self.other.root_page_id), pos="last-child")

    def delete(self) -> None:
        self.any().specific.delete()

    def alias(self) -> None:
        self.number += 1
        self.any().specific.create_alias(update_slug=f"kopie-{self.number}", parent=self.home)

    def translate(self) -> None:
        page = self.any()
        english = Locale.objects.get(language_code="en")
        if page.locale_id != english.pk and not page.has_translation(english):
            page.specific.copy_for_translation(english, copy_parents=True)

    def other_root(self) -> None:
        Site.objects.filter(pk=self.other.pk).update(root_page=self.random.choice(self.pages()))
        self.refresh()

    def no_site(self) -> None:
        self.other.delete()
        root = Page.objects.filter(depth=2, slug="elders").first() or self.home
        self.other = Site.objects.create(hostname="elders.localhost", root_page=root)

    def refresh(self) -> None:
        self.other = Site.objects.get(pk=self.other.pk)
        # queryset.update sends no signal, by which Wagtail forgets where sites begin.
        Site.clear_site_root_paths_cache()

    def steps(self) -> Iterator[Callable[[], object]]:
        ways = [
            self.add, self.publish, self.unpublish, self.unpublish_at_once, self.publish_at_once, self.expire,
            self.expire_later, self.never_expire, self.close, self.open, self.hand_over, self.move,
            self.move_to_other_site, self.delete, self.alias, self.translate, self.no_site,
        ]  # fmt: skip
        while True:
            yield self.random.choice(ways)


@pytest.mark.parametrize("seed", range(4))
def test_the_index_shows_what_the_public_may_see_whatever_changes_in_the_tree(seed):
    site, home = make_site()
    shuffle = Shuffle(seed, home, make_other_site())
    reindex()
    assert_same(site, shuffle.other)
    for number, step in zip(range(20), shuffle.steps(), strict=False):
        step()
        # What is new is not in the index yet; what changed must be right in it at once.
        for one in (site, shuffle.other):
            public = public_pages(one)
            assert public_entries(one) <= public, (number, step.__name__)
            known = {pk for (pk,) in rows("SELECT page_id FROM cms_searchentry")}
            assert public_entries(one) == public & known, (number, step.__name__)
        reindex()
        assert_same(site, shuffle.other)


def hidden_documents() -> set[int]:
    return {pk for (pk,) in rows("SELECT DISTINCT document_id FROM cms_searchpart WHERE hidden")}


def shown_documents() -> set[int]:
    found = rows("SELECT DISTINCT document_id FROM cms_searchpart WHERE document_id IS NOT NULL AND NOT hidden")
    return {pk for (pk,) in found}


def entries_with(word: str) -> int:
    return rows("SELECT count(*) FROM cms_searchentry WHERE tsv @@ %s::tsquery", word)[0][0]


class ShuffledCollections:
    """Random changes of collections and of the documents in them."""

    def __init__(self, seed: int, home: Page) -> None:
        self.random = random.Random(seed)  # noqa: S311 (the same changes each time)
        self.number = 0
        root = Collection.get_first_root_node()
        for _count in range(5):
            root = Collection.objects.get(pk=root.pk)
            parent = self.random.choice([root, *root.get_children()])
            parent.add_child(name=f"Map {_count}")
        kennisbank = make_kennisbank(home)
        for number in range(6):
            document = make_document(name=f"{number}.pdf", content=f"%PDF {number}".encode())
            DocumentText.objects.create(document=document, number=1, text=f"geheim{number}")
            CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
            add_file(make_publication(kennisbank, f"Stuk {number}", slug=f"stuk-{number}"), document)

    def collection(self) -> Collection:
        return self.random.choice(list(Collection.objects.order_by("pk")))

    def document(self) -> CMSDocument:
        return self.random.choice(list(CMSDocument.objects.order_by("pk")))

    def put(self) -> None:
        CMSDocument.objects.filter(pk=self.document().pk).update(collection=self.collection())

    def save(self) -> None:
        document = self.document()
        document.collection = self.collection()
        document.save()

    def close(self) -> None:
        CollectionViewRestriction.objects.create(
            collection=self.random.choice(list(Collection.objects.filter(depth__gt=1))), restriction_type="login"
        )

    def open(self) -> None:
        restriction = CollectionViewRestriction.objects.order_by("pk").first()
        if restriction:
            restriction.delete()

    def hand_over(self) -> None:
        CollectionViewRestriction.objects.update(collection=self.random.choice(Collection.objects.filter(depth__gt=1)))

    def move(self) -> None:
        moved, target = self.collection(), self.collection()
        if moved.depth > 1 and not target.path.startswith(moved.path):
            moved.move(target, pos="sorted-child")

    def step(self) -> Callable[[], object]:
        return self.random.choice([self.put, self.save, self.close, self.open, self.hand_over, self.move])


@pytest.mark.parametrize("seed", range(4))
def test_the_index_shows_words_of_documents_that_the_public_may_open(seed):
    _site, home = make_site()
    shuffle = ShuffledCollections(seed, home)
    reindex()
    for _number in range(20):
        step = shuffle.step()
        step()
        public = set(visible_documents().values_list("pk", flat=True))
        assert shown_documents() == public, step.__name__
        assert hidden_documents() == set(CMSDocument.objects.values_list("pk", flat=True)) - public
        for document in CMSDocument.objects.exclude(pk__in=public):
            text = DocumentText.objects.get(document=document).text
            assert not entries_with(text), step.__name__
        reindex()
        for document in CMSDocument.objects.filter(pk__in=public):
            assert entries_with(DocumentText.objects.get(document=document).text)


def test_what_changes_by_the_collection_waits_for_the_worker_with_its_key():
    _site, home = make_site()
    page = make_publication(make_kennisbank(home))
    document = add_file(page).document
    reindex()
    PendingEntry.objects.all().delete()
    CMSDocument.objects.filter(pk=document.pk).update(collection=private_collection())
    assert list(PendingEntry.objects.values_list("key", flat=True)) == [f"page:{page.pk}"]


def test_saving_a_page_without_a_change_of_who_sees_it_leaves_the_index_alone():
    _site, home = make_site()
    page = make_content_page(home)
    reindex()
    before = rows("SELECT ctid, xmin FROM cms_searchentry")
    Page.objects.filter(pk=page.pk).update(title="Anders", numchild=0)
    assert rows("SELECT ctid, xmin FROM cms_searchentry") == before


def test_the_paths_that_the_triggers_cut_up_have_steps_of_four():
    assert Page.steplen == Collection.steplen == 4


def test_what_is_hidden_while_a_second_version_is_built_goes_from_both(indexed):
    _site, home = make_site()
    theme = make_theme(make_theme_index(home), "Geheimthema")
    document = make_document("Geheimstuk")
    DocumentText.objects.create(document=document, number=1, text="geheimtekst")
    CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
    add_file(make_publication(make_kennisbank(home), themes=[theme]), document)
    versions.make()
    reindex()
    assert (entries_with("geheimtekst"), entries_with("geheimthema")) == (2, 4)
    CMSDocument.objects.filter(pk=document.pk).update(collection=private_collection())
    make_private(theme)
    assert (entries_with("geheimtekst"), entries_with("geheimthema")) == (0, 2)


def with_file(page: Page, word: str) -> PublicationFile:
    """Give a file of a publication that holds this word."""
    document = make_document(word, name=f"{word}.pdf", content=f"%PDF {word}".encode())
    DocumentText.objects.create(document=document, number=1, text=word)
    CMSDocument.objects.filter(pk=document.pk).update(extracted_hash=document.content_hash)
    return add_file(page, document)


def delete(file: PublicationFile) -> None:
    file.delete()


def delete_at_once(file: PublicationFile) -> None:
    PublicationFile.objects.filter(pk=file.pk)._raw_delete("default")


def replace_at_once(file: PublicationFile) -> None:
    PublicationFile.objects.filter(pk=file.pk).update(document=make_document("Ander", name="ander.docx"))


def move_elsewhere(file: PublicationFile) -> None:
    kennisbank = file.page.get_parent().specific
    PublicationFile.objects.filter(pk=file.pk).update(page=make_publication(kennisbank, "Elders", slug="elders"))


def publish_without(file: PublicationFile) -> None:
    page = PublicationPage.objects.get(pk=file.page_id)
    page.files = [each for each in page.files.all() if each.pk != file.pk]
    page.save_revision().publish()


@pytest.mark.parametrize("take_off", [delete, delete_at_once, replace_at_once, move_elsewhere, publish_without])
def test_a_file_that_is_taken_off_a_publication_is_found_no_more(indexed, take_off):
    site, home = make_site()
    page = make_publication(make_kennisbank(home), "Stuk")
    file = with_file(page, "geheimtekst")
    other = make_publication(page.get_parent().specific, "Tweede", slug="tweede")
    PublicationFile.objects.create(page=other, document=with_file(other, "bijlage").document, sort_order=9)
    versions.make()
    reindex()
    assert entries_with("geheimtekst") == 2
    assert types_found(site) == {"pdf": 2}
    PendingEntry.objects.all().delete()
    take_off(file)
    end_transaction()
    assert entries_with("geheimtekst") == 0
    assert not rows("SELECT FROM cms_searchpart WHERE document_id = %s", file.document_id)
    assert types_found(site) == {"pdf": 1}
    # The file that stands in another publication twice stays until it is taken off there for good.
    PublicationFile.objects.filter(page=other).first().delete()
    end_transaction()
    assert entries_with("bijlage") == 2
    PublicationFile.objects.filter(page=other).first().delete()
    end_transaction()
    assert entries_with("bijlage") == 0
    assert types_found(site) == {}
    assert f"page:{page.pk}" in PendingEntry.objects.values_list("key", flat=True)
    assert find(Question(site_id=site.pk, language="nl", words="Stuk")).total == 1
    reindex()
    assert types_found(site) == (
        {"docx": 1} if take_off is replace_at_once else {"pdf": 1} if take_off is move_elsewhere else {}
    )


def test_a_file_that_is_put_back_in_the_same_transaction_stays_findable(indexed):
    site, home = make_site()
    page = make_publication(make_kennisbank(home), "Stuk")
    file = with_file(page, "tekst")
    reindex()
    before = rows("SELECT ctid, xmin FROM cms_searchentry ORDER BY id")
    file.delete()
    add_file(page, file.document)
    end_transaction()
    assert rows("SELECT ctid, xmin FROM cms_searchentry ORDER BY id") == before
    assert (entries_with("tekst"), types_found(site)) == (1, {"pdf": 1})


def end_transaction() -> None:
    """Do what PostgreSQL does at the end of a transaction."""
    connection.check_constraints()


def types_found(site: Site) -> dict[str, int]:
    """Give the file types of what is found, each with its number, as filters show them."""
    return find(Question(site_id=site.pk, language="nl", facets=("bestandstype",))).facets["bestandstype"]


def test_a_file_that_is_taken_off_while_its_entry_is_made_is_not_found(indexed):
    _site, home = make_site()
    page = make_publication(make_kennisbank(home))
    file = with_file(page, "geheimtekst")
    prepared = [prepare(loaded) for loaded in load([f"page:{page.pk}"])]
    PublicationFile.objects.filter(pk=file.pk)._raw_delete("default")
    PendingEntry.objects.all().delete()
    write_prepared(versions.ensure_live(), prepared)
    assert entries_with("geheimtekst") == 0
    assert [row.key for row in PendingEntry.objects.all()] == [f"page:{page.pk}"]

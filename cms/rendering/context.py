"""What blocks and sections may know while they are rendered: no request, everything they refer to loaded in bulk."""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model, QuerySet
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.images import get_image_model
from wagtail.models import Locale, Page, Site
from wagtail.rich_text import extract_references_from_rich_text

from cms.caching.prepared import records
from cms.caching.shared import shared
from cms.rendering.links import (
    Source,
    foreign_language,
    front_pages,
    localized,
    main_pages,
    page_link,
    page_path,
    sources_of,
    translated,
)
from cms.rendering.pictures import pictures
from cms.rendering.values import Card, Link, Picture
from cms.submissions.state import FormState
from cms.visibility import unrestricted_documents, visible

if TYPE_CHECKING:
    from cms.models import Term

Loaded = TypeVar("Loaded")
RecordType = TypeVar("RecordType", bound=Model)
TermType = TypeVar("TermType", bound="Term")


@dataclass(frozen=True)
class Resources:
    """What the texts of a page refer to, visible to the public, keyed by the id that stands in the text."""

    pages: Mapping[int, Page] = field(default_factory=dict)
    pictures: Mapping[int, Picture] = field(default_factory=dict)
    card_pictures: Mapping[int, Picture] = field(default_factory=dict)
    documents: Mapping[int, AbstractDocument] = field(default_factory=dict)
    records: Mapping[type[Model], Mapping[int, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class RenderContext:
    """One rendering of one page: its site, language, key for caches, query of the address, and its resources.

    `heading_level` is the level a title inside the block or section gets. `passed` are the view restrictions that this
    reader has passed; only lists that say so show what lies behind those, and blocks never do. In a `preview` the HTML
    of blocks tells which block it is of. `form` is one that this reader just sent from the page, with what is wrong.
    """

    site: Site
    locale: Locale
    page_key: str
    resources: Resources = Resources()
    query: Mapping[str, Sequence[str]] = field(default_factory=dict)
    passed: frozenset[int] = frozenset()
    preview: bool = False
    form: FormState | None = None
    heading_level: int = 2
    loaded: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def asked(self, name: str) -> str:
        """Give the first value of a name in the query of the address; empty where there is none."""
        return next(iter(self.query.get(name, ())), "")

    def once(self, key: Hashable, load: Callable[[], Loaded]) -> Loaded:
        """Give what `load` gives; parts of one rendering that need the same share one query by its key."""
        if key not in self.loaded:
            self.loaded[key] = load()
        return self.loaded[key]

    def shared(self, key: Hashable, load: Callable[[], Loaded]) -> Loaded:
        """As `once`, but for all renderings of this site and language, until something public changes.

        For what is the same for every reader and on every page; nobody may change what comes out.
        """
        return self.once(key, lambda: shared((key, self.site.pk, self.locale.pk), load))

    def at_level(self, heading_level: int) -> "RenderContext":
        """Give the same context for a place deeper in the page."""
        return replace(self, heading_level=heading_level)

    def sources(self, model: type[Page]) -> dict[int, Source]:
        """Give all public pages of this type, once for all parts of the rendering: see `sources_of`."""
        return self.shared(("sources", model), lambda: sources_of(model, self.site, self.locale))

    def of_type(self, model: type[Page]) -> dict[int, Any]:
        """As `sources`, as the reader gets them: {id to which facts point: page in the reader's language}."""
        return {pk: source.shown for pk, source in self.sources(model).items()}

    def shown(self, model: type[Page], ids: Collection[int]) -> dict[int, Any]:
        """Give of these pages, to which facts point, what the reader gets: {id: page}; of a type as for `sources`.

        A page that is hidden, or to which no fact should point, costs a query.
        """
        known = self.of_type(model)
        others = set(ids) - known.keys()
        found = localized(model._default_manager.filter(pk__in=others), self.site, self.locale) if others else {}
        return {pk: known[pk] for pk in ids if pk in known} | found

    def all_terms(self, model: type[TermType]) -> dict[int, TermType]:
        """Give the terms of a kind as the reader gets them, by the id to which facts point. One query for all pages."""
        return self.once(("terms", model), lambda: model.in_locale(self.locale))

    def terms(self, model: type[TermType], ids: Collection[int]) -> list[TermType]:
        """Give these of them; a draft, which no reader should meet, costs a query."""
        known: Mapping[int, TermType] = self.all_terms(model)
        others = set(ids) - known.keys()
        found = model._default_manager.in_bulk(others) if others else {}
        return [known.get(pk) or found[pk] for pk in ids]

    @property
    def main_pages(self) -> list[Page]:
        """The pages right below the home page, in every language. One query a rendering."""
        return self.once("main pages", lambda: main_pages(self.site))

    def front_page(self, model: type[Page]) -> Page | None:
        """Give the page of this type right below the home page; None where the public sees none. One query for all."""
        return self._front_pages.get(model)

    @property
    def search_page(self) -> Page | None:
        """The page that searches the site, of a type with `holds_search`; None where the public sees none."""
        found = (page for model, page in self._front_pages.items() if getattr(model, "holds_search", False))
        return next(found, None)

    @property
    def _front_pages(self) -> dict[type[Page], Page]:
        return self.shared("front pages", lambda: front_pages(self.main_pages, self.locale))

    def anchor(self, text: str) -> str:
        """Give a heading an id that no other heading of this rendering has.

        It begins with "kop-", as the key of no section does.
        """
        taken: set[str] = self.once("anchors", set)
        stem = f"kop-{slugify(text)[:60].strip('-')}".rstrip("-")
        numbered = (f"{stem}-{number}" for number in count(2))
        anchor = stem if stem not in taken else next(name for name in numbered if name not in taken)
        taken.add(anchor)
        return anchor

    def link(self, page_id: int) -> Link | None:
        """Give the link to a page a text refers to; None where the public may not see it."""
        page = self.resources.pages.get(page_id)
        return page_link(page, self.locale) if page else None

    def card(self, page_id: int) -> Card | None:
        """Give the card of a page a block refers to; None where the public may not see it."""
        page = self.resources.pages.get(page_id)
        return page_card(page, self.locale, self.resources.card_pictures) if page else None

    def picture(self, image_id: int) -> Picture | None:
        """Give the picture of an image in the text; None where the public may not see it."""
        return self.resources.pictures.get(image_id)

    def document(self, document_id: int) -> AbstractDocument | None:
        """Give a document a text or block refers to; None where the public may not see it."""
        return self.resources.documents.get(document_id)

    def record(self, model: type[RecordType], record_id: int) -> RecordType | None:
        """Give the record a block refers to, as a reader gets it; None where none is published."""
        return self.resources.records.get(model, {}).get(record_id)


def page_card(page: Page, locale: Locale, images: Mapping[int, Picture], **values: object) -> Card:
    """Give the card of a page (its specific class); `values` replace or add to the card's own."""
    picture = images.get(getattr(page, "social_image_id", None) or 0)
    return Card(
        **{
            "title": page.title,
            "url": page_path(page),
            "introduction": getattr(page, "introduction", "") or page.search_description,
            "picture": picture,
            "language": foreign_language(page, locale),
            **values,
        }
    )


def page_cards(pages: Iterable[Page], context: RenderContext) -> list[Card]:
    """Give the cards of pages of one language; two queries for all their pictures."""
    pages = list(pages)
    images = pictures([getattr(page, "social_image_id", None) for page in pages], "card")
    return [page_card(page, context.locale, images) for page in pages]


Reference = tuple[type[Model], str, str, str]


def references_in(streams: Iterable[StreamValue], rich_texts: Iterable[str]) -> list[Reference]:
    """Give what bodies and stored rich texts refer to, in the form of Wagtail's reference index."""
    found = [reference for stream in streams for reference in stream.stream_block.extract_references(stream)]
    return found + [reference for text in rich_texts if text for reference in extract_references_from_rich_text(text)]


def carded_in(streams: Iterable[StreamValue]) -> set[int]:
    """Give the ids of the pages that the blocks of bodies show as cards."""
    return {page_id for stream in streams for child in stream for page_id in child.block.carded(child.value)}


def load_resources(
    site: Site, locale: Locale, references: Iterable[Reference], carded: Collection[int] = ()
) -> Resources:
    """Load all that is referred to; of the `carded` pages also what stands on a card.

    Queries: one or two for pages, one a page type for cards, two for images, one for documents, one a kind of record
    that blocks choose (a model with `for_readers`).
    """
    page_ids: set[int] = set()
    image_ids: set[int] = set()
    document_ids: set[int] = set()
    record_ids: dict[type[Model], set[int]] = {}
    for model, object_id, *_path in references:
        if hasattr(model, "for_readers"):
            record_ids.setdefault(model, set()).add(int(object_id))
        elif issubclass(model, Page):
            page_ids.add(int(object_id))
        elif issubclass(model, get_image_model()):
            image_ids.add(int(object_id))
        elif issubclass(model, get_document_model()):
            document_ids.add(int(object_id))
    pages = translated(_visible_pages(page_ids, site), Page, site, locale)
    pages |= _with_cards({page_id: pages[page_id] for page_id in carded if page_id in pages})
    documents = unrestricted_documents().filter(pk__in=document_ids) if document_ids else []
    return Resources(
        pages=pages,
        pictures=pictures(image_ids, "body"),
        card_pictures=pictures([getattr(pages.get(page_id), "social_image_id", None) for page_id in carded], "card"),
        documents={document.pk: document for document in documents},
        records={model: model.for_readers(ids, site, locale) for model, ids in record_ids.items()},  # type: ignore[attr-defined]
    )


def _visible_pages(page_ids: Collection[int], site: Site) -> list[Page]:
    def find(*ids: int) -> QuerySet[Page]:
        # In no order: that of the tree would be worked out for nothing.
        return visible(Page.objects.filter(pk__in=ids).order_by(), site)

    return records(("pages", len(page_ids), site.pk), find, *page_ids) if page_ids else []


def _with_cards(plain: Mapping[int, Page]) -> dict[int, Page]:
    """Give these pages of their specific class, without their streams, by the same keys. One query a page type."""
    by_type: dict[type[Page], list[int]] = {}
    for page in plain.values():
        by_type.setdefault(page.specific_class or Page, []).append(page.pk)
    specific = {page.pk: page for model, ids in by_type.items() for page in _for_cards(model, ids)}
    return {page_id: specific.get(page.pk, page) for page_id, page in plain.items()}


def _for_cards(model: type[Page], page_ids: Collection[int]) -> list[Page]:
    def find(*ids: int) -> QuerySet[Page]:
        found: QuerySet[Page] = model._default_manager.filter(pk__in=ids).order_by().defer_streamfields()
        return found

    return records(("pages on cards", model, len(page_ids)), find, *page_ids)

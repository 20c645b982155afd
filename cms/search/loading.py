"""Gives entries and their texts from pages, records and documents: a few queries for many, none for each."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils.html import strip_tags
from django.utils.translation import override
from wagtail.blocks import Block, ChooserBlock
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

from cms.blocks.fields import BodyField
from cms.models import BasePage, CMSDocument, DocumentText
from cms.rendering.body import render_blocks
from cms.rendering.build import context_for
from cms.rendering.context import references_in
from cms.rendering.links import language_code
from cms.search.entries import Entry, page_provider, record_providers
from cms.visibility import unrestricted_documents, without_fallbacks

# What the texts of an entry's files may take together, as much as of one file is read: more would make it weigh on all
# others. `left_out` tells editors.
MOST_PARTS = 3_000
MOST_CHARACTERS = 5_000_000
_OWN_FIELDS = {"title", "introduction"}


@dataclass(frozen=True)
class Part:
    """A page, slide, sheet or section of a document; without a number: its title. `content_hash` is the document's."""

    document_id: int
    number: int | None
    label: str
    text: str
    language: str
    content_hash: str
    hidden: bool = False


Loaded = tuple[Entry, tuple[Part, ...]]


def page_key(page_id: int) -> str:
    """Give the key of a page's entry."""
    return f"page:{page_id}"


def load(keys: Iterable[str]) -> list[Loaded]:
    """Give the entries with these keys. One that is missing is no entry (any more)."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        kind, _colon, pk = key.partition(":")
        by_kind[kind].append(pk)
    entries = page_entries([int(pk) for pk in by_kind.pop("page", [])])
    for kind, ids in by_kind.items():
        provider = record_providers().get(kind)
        entries += provider(ids) if provider else []
    return with_documents(entries)


def page_entries(ids: Collection[int]) -> list[Entry]:
    """Give the entries of pages, drafts and private ones too; none of stand-ins for translations and search pages."""
    by_model: dict[type[Page], list[Page]] = defaultdict(list)
    for page in without_fallbacks(Page.objects.filter(pk__in=ids, depth__gt=1)).specific():  # type: ignore[attr-defined]
        if isinstance(page, BasePage) and not page.holds_search:
            by_model[type(page)].append(page)
    sources = _sources([page for pages in by_model.values() for page in pages])
    entries: list[Entry] = []
    for model, pages in by_model.items():
        pairs = [(page, _entry(page, sources)) for page in pages]
        provider = page_provider(model._meta.label_lower)
        entries += provider(pairs) if provider else [entry for _page, entry in pairs]
    return entries


def _sources(pages: Iterable[Page]) -> dict[Any, int]:
    """Give the ids of the pages in the site's own language, by translation key, of pages in other languages."""
    keys = {page.translation_key for page in pages if language_code(page.locale_id) != settings.LANGUAGE_CODE}
    own = Page.objects.filter(translation_key__in=keys, locale__language_code=settings.LANGUAGE_CODE)
    return dict(own.values_list("translation_key", "pk")) if keys else {}


def _entry(page: Any, sources: dict[Any, int]) -> Entry:
    language = language_code(page.locale_id)
    return Entry(
        key=page_key(page.pk),
        page_id=page.pk,
        source_id=page.pk if language == settings.LANGUAGE_CODE else sources.get(page.translation_key, page.pk),
        kind=str(page.view_type.model_fields["kind"].default),
        language=language,
        text_language=language,
        title=page.title,
        summary=page.introduction or page.search_description,
        texts=tuple(_texts(page)),
    )


def _texts(page: Any) -> Iterator[str]:
    """Give the texts that readers see on the page itself, without title and introduction."""
    names = set(_OWN_FIELDS)
    rich_texts: list[str] = []
    for field in page._meta.get_fields():
        if isinstance(field, BodyField):
            names.add(field.name)
            yield from _texts_of_body(page, field)
        elif isinstance(field, RichTextField):
            names.add(field.name)
            rich_texts.append(getattr(page, field.name))
    for html in [*rich_texts, *page.further_rich_texts()]:
        yield from _plain(rich_text(html))
    for field in type(page).get_search_fields():
        if isinstance(field, index.SearchField) and field.field_name not in names:
            value = field.get_value(page)
            for text in value if isinstance(value, (list, tuple)) else [value]:
                yield from _plain(text)


def _texts_of_body(page: Any, field: BodyField) -> Iterator[str]:
    """Give the texts of a body that readers see.

    Blocks leave out what belongs to a page, picture or file that is not public, or gone, its caption too: a body with
    blocks that choose something is rendered, in as many queries as for a reader.
    """
    body = getattr(page, field.name)
    texts = [text for found in field.get_searchable_content(body) for text in _plain(found)]
    if texts and (references_in([body], []) or any(_chooses(child.block) for child in body)):
        shown = _rendered(page, body)
        texts = [text for text in texts if "".join(text.split()) in shown]
    yield from texts


def _chooses(block: Block) -> bool:
    """Whether a block, or one in it, holds a choice: what was chosen and is gone leaves no reference."""
    inner = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    return isinstance(block, ChooserBlock) or any(_chooses(each) for each in inner if each is not None)


def _rendered(page: Any, body: Any) -> str:
    """Give all text of a body as readers get it, without spaces."""
    site = page.get_site()
    if site is None:
        return ""
    with override(language_code(page.locale_id)):
        html = " ".join(block.html for block in render_blocks(body, context_for(page, site, query={})))
    return "".join(rich_text(html).split())


def rich_text(html: str | None) -> str:
    """Give the words of a stored rich text, those of two paragraphs apart."""
    return unescape(strip_tags((html or "").replace("<", " <")))


def _plain(text: Any) -> Iterator[str]:
    words = " ".join(str(text or "").split())
    if words:
        yield words


def with_documents(entries: Iterable[Entry]) -> list[Loaded]:
    """Give entries with the parts of their documents. Three queries at most."""
    entries = list(entries)
    ids = {document_id for entry in entries for document_id in entry.documents}
    parts = _parts(ids) if ids else {}
    return [(entry, _of_entry(entry, parts)) for entry in entries]


def _of_entry(entry: Entry, parts: dict[int, list[Part]]) -> tuple[Part, ...]:
    """Give the titles of all files, then their texts as far as there is room: those that readers do not see last."""
    files = [parts[document_id] for document_id in dict.fromkeys(entry.documents) if document_id in parts]
    files.sort(key=lambda file: file[0].hidden)
    found = [file[0] for file in files]
    most, room = len(found) + MOST_PARTS, MOST_CHARACTERS
    for part in (part for file in files for part in file[1:]):
        room -= len(part.text)
        if room < 0 or len(found) == most:
            break
        found.append(part)
    return tuple(found)


def _parts(ids: set[int]) -> dict[int, list[Part]]:
    documents = CMSDocument.objects.filter(pk__in=ids)
    public = set(unrestricted_documents().filter(pk__in=ids).values_list("pk", flat=True))
    found: dict[int, list[Part]] = {}
    making: dict[int, Callable[[int | None, str, str], Part]] = {}
    for document in documents:
        make = making[document.pk] = _maker(document, hidden=document.pk not in public)
        found[document.pk] = [make(None, "", document.title)]
    # Texts of a file that was replaced meanwhile are not of what a reader would open.
    texts = DocumentText.objects.filter(document__in=ids, document__extracted_hash=F("document__content_hash"))
    rows = texts.order_by("document_id", "number").values_list("document_id", "number", "label", "text")
    for document_id, number, label, text in rows.iterator(chunk_size=2_000):
        if text and document_id in making:
            found[document_id].append(making[document_id](number, label, text))
    return found


def _maker(document: CMSDocument, *, hidden: bool) -> Callable[[int | None, str, str], Part]:
    def make(number: int | None, label: str, text: str) -> Part:
        return Part(document.pk, number, label, text, document.language, document.content_hash, hidden)

    return make

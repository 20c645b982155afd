"""What the search knows of publications: their facets, files, and the names they are known by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.db.models import prefetch_related_objects
from wagtail.models import Page

from cms.search.entries import Entry
from cms.search.loading import page_key
from cms.visibility import unrestricted_documents, visible
from kennisbank.models import PublicationFile, PublicationPage

_MANY = ("themes", "districts", "municipalities", "organisations", "audiences")


def publication_entries(pairs: Sequence[tuple[Page, Entry]]) -> list[Entry]:
    """Complete the entries of publications; a translation has the facts of its source. About ten queries for all."""
    pages: list[Any] = [page for page, _entry in pairs]
    strangers = {entry.source_id for page, entry in pairs if entry.source_id != page.pk}
    sources = {page.pk: page for page in pages} | PublicationPage.objects.in_bulk(strangers)
    facts = [sources[entry.source_id] for _page, entry in pairs]
    different = list({source.pk: source for source in facts}.values())
    prefetch_related_objects(different, "publication_type", *_MANY)
    files = _files([*pages, *different])
    subjects = {page.pk for source in different for page in [*source.themes.all(), *source.districts.all()]}
    newer = {source.replaced_by_id for source in different} - {None}
    public = set(visible(Page.objects.filter(pk__in=subjects | newer)).values_list("pk", flat=True))
    return [_entry(page, entry, source, files, public) for (page, entry), source in zip(pairs, facts, strict=True)]


def _files(pages: Iterable[PublicationPage]) -> dict[int, list[PublicationFile]]:
    files = PublicationFile.objects.filter(page__in={page.pk for page in pages}).select_related("document")
    public = set(unrestricted_documents().filter(publication_files__in=files).values_list("pk", flat=True))
    found: dict[int, list[PublicationFile]] = {}
    for file in files.order_by("page_id", "sort_order", "pk"):
        file.is_public = file.document_id in public
        found.setdefault(file.page_id, []).append(file)
    return found


def _entry(
    page: Any, entry: Entry, source: PublicationPage, files: dict[int, list[Any]], public: Collection[int]
) -> Entry:
    own = page.pk == source.pk
    mine = files.get(page.pk, [])
    themes = [theme for theme in source.themes.all() if theme.pk in public]
    districts = [district for district in source.districts.all() if district.pk in public]
    names = [
        *(subject.title for subject in [*themes, *districts]),
        *(municipality.name for municipality in source.municipalities.all()),
        *(name for maker in source.organisations.all() for name in (maker.name, maker.short_name) if name),
        source.publication_type.name,
    ]
    facets = {
        *(("thema", str(theme.pk)) for theme in source.themes.all()),
        *(("district", str(district.pk)) for district in source.districts.all()),
        *(("gemeente", str(municipality.pk)) for municipality in source.municipalities.all()),
        *(("organisatie", str(maker.pk)) for maker in source.organisations.all()),
        *(("doelgroep", str(audience.pk)) for audience in source.audiences.all()),
        ("type", str(source.publication_type_id)),
        ("jaar", str(source.publication_date.year)),
        ("taal", source.document_language),
        *(("bestandstype", _file_type(file)) for file in mine if file.is_public),
    }
    return replace(
        entry,
        text_language=source.document_language if own else entry.language,
        names=tuple(dict.fromkeys(names)),
        named=tuple(subject.pk for subject in [*themes, *districts]),
        documents=tuple(dict.fromkeys(file.document_id for file in mine)),
        facets=frozenset(facets),
        date=source.publication_date,
        outdated=source.replaced_by_id in public,
        fallback=own,
    )


def _file_type(file: Any) -> str:
    return PurePath(file.document.filename).suffix.lstrip(".").lower()


def holders_of(document_ids: Collection[int]) -> list[tuple[str, int]]:
    """Give the keys of the publications that hold one of these documents, each with the document."""
    files = PublicationFile.objects.filter(document__in=document_ids)
    return [(page_key(page_id), document_id) for page_id, document_id in files.values_list("page_id", "document_id")]

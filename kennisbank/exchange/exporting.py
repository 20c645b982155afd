"""All metadata of publications, as rows of a sheet that can be read again, and as values for JSON."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from cms.exchange.columns import together
from cms.names import sort_key
from cms.rendering.links import document_path
from kennisbank.exchange.columns import NAMES
from kennisbank.models import PublicationPage

_RELATED = ("themes", "districts", "municipalities", "organisations", "audiences", "files__document")


def publications() -> QuerySet[PublicationPage]:
    """Give all publications in the site's own language, drafts too, newest first. Eight queries in all."""
    rows = PublicationPage.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return (
        rows.select_related("publication_type", "responsible_group", "responsible_user", "imported", "replaced_by")
        .prefetch_related(*_RELATED)
        .order_by("-publication_date", "-pk")
    )


def values(rows: QuerySet[PublicationPage] | None = None) -> Iterator[dict[str, Any]]:
    """Give each publication's metadata under the Dutch names of the columns; several values as lists."""
    for page in publications() if rows is None else rows:
        key = getattr(getattr(page, "imported", None), "key", "")
        files = [file.document for file in page.files.all()]
        yield {
            "id": page.pk,
            "kenmerk": key,
            "titel": page.title,
            "samenvatting": page.introduction,
            "soort": page.publication_type.key,
            "datum": page.publication_date.isoformat(),
            "taal": page.document_language,
            "themas": _names(page.themes.all(), "title"),
            "districten": _names(page.districts.all(), "title"),
            "gemeenten": _names(page.municipalities.all()),
            "organisaties": _names(page.organisations.all()),
            "doelgroepen": _names(page.audiences.all()),
            "verantwoordelijk": page.responsible_group.name if page.responsible_group else "",
            "controleren": page.review_date.isoformat() if page.review_date else "",
            "bestanden": [document.filename for document in files],
            "vervangen_door": (page.replaced_by.url or "") if page.replaced_by else "",
            "publiceren": "",
            "adres": page.full_url or "",
            "gepubliceerd": page.live,
            "bestand_adressen": [document_path(document.pk, document.filename) for document in files],
            "bijgewerkt": page.last_published_at.isoformat() if page.last_published_at else "",
        }


def table(rows: QuerySet[PublicationPage] | None = None) -> Iterator[list[str]]:
    """Give the sheet, its head first."""
    yield list(NAMES)
    for row in values(rows):
        yield [_cell(row[name]) for name in NAMES]


def _names(records: Any, name: str = "name") -> list[str]:
    return sorted((getattr(record, name) for record in records), key=sort_key)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return together(value) if isinstance(value, list) else str(value)

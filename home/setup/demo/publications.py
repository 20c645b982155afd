"""The publications of the Kennisbank, with their files and what they are about."""

from typing import Any

from django.db.models import Model

from cms.models import CMSDocument
from districts.models import DistrictPage, Municipality
from home.setup.blocks import body
from home.setup.content import Record
from home.setup.region import PreparedSite
from kennisbank.models import Audience, PublicationFile, PublicationPage
from network.models import Organisation
from themes.models import ThemePage


def add_publications(records: list[Record], site: PreparedSite) -> list[tuple[Record, PublicationPage]]:
    """Add a page for each publication, as a draft."""
    added = []
    for record in records:
        page = PublicationPage(
            title=record.text("title"),
            slug=record.text("slug"),
            introduction=record.text("summary"),
            publication_type_id=site.references.id_of("documentsoort", record.text("type"), record.place),
            publication_date=record.day("date"),
            document_language=record.text("language"),
        )
        page = site.pages.add(site.main_pages["kennisbank"], page, record.text("key"), record.place, kind="Publicaties")
        added.append((record, page))
    return added


def fill_publication(page: PublicationPage, record: Record, site: PreparedSite) -> None:
    """Publish a publication: its files, text, subjects and what replaces it."""

    def chosen(model: type[Model], kind: str, key: str, prefix: str = "") -> Any:
        ids = [site.references.id_of(kind, f"{prefix}{name}", record.place) for name in record.texts(key)]
        return model._default_manager.filter(pk__in=ids)

    key = record.text("key")
    successor = record.optional_text("vervangen_door")
    values = {
        "body": body(key, record.tables("body"), site.references),
        "themes": chosen(ThemePage, "pagina", "themes"),
        "districts": chosen(DistrictPage, "pagina", "districts", "district-"),
        "municipalities": chosen(Municipality, "gemeente", "municipalities"),
        "organisations": chosen(Organisation, "organisatie", "organisations"),
        "audiences": chosen(Audience, "doelgroep", "audiences"),
        "replaced_by_id": site.references.id_of("pagina", successor, record.place) if successor else None,
        "safety_plan_id": site.references.find("veiligheidsplan", key),
        "files": [
            PublicationFile(
                document=CMSDocument.objects.get(pk=site.references.id_of("bestand", file.text("file"), file.place)),
                version=file.text("version"),
                sort_order=number,
            )
            for number, file in enumerate(record.tables("files"))
        ],
        **site.management(record),
    }
    site.pages.fill(page, record.place, values)

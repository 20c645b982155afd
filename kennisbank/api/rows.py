"""Publications from the database to the API's values, many at once."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from wagtail.models import Locale, Page, Site

from cms.api.facts import references, term_reference
from cms.names import sort_key
from cms.rendering.links import language_code, page_path
from districts.addresses import MunicipalityAddresses
from districts.api import MunicipalityReference
from districts.models import Municipality
from kennisbank.api.values import Publication
from kennisbank.models import Audience, PublicationPage
from network.api import OrganisationReference
from network.models import Organisation

FACTS = ("themes", "districts", "municipalities", "organisations", "audiences")


def with_facts(rows: QuerySet[PublicationPage]) -> QuerySet[PublicationPage]:
    """Add the ids of all a publication is about, as `<relation>_ids`, to the one query of the rows."""
    arrays = {
        f"{name}_ids": ArraySubquery(
            PublicationPage.objects.filter(pk=OuterRef("pk"), **{f"{name}__isnull": False})
            .order_by(f"{name}__pk")
            .values(f"{name}__pk")
        )
        for name in FACTS
    }
    return rows.select_related("publication_type", "safety_plan__municipality").annotate(**arrays)


def publications(rows: list[Any], site: Site, locale: Locale) -> list[Publication]:
    """Give the typed publications. Five queries for all they are about, one more in another language."""
    page_ids = {
        pk for row in rows for pk in (*row.themes_ids, *row.districts_ids, row.replaced_by_id) if pk is not None
    }
    pages = references(Page, page_ids, site, locale)
    places = _in_bulk(Municipality, rows, "municipalities_ids")
    organisations = _in_bulk(Organisation, rows, "organisations_ids")
    audiences = _in_bulk(Audience, rows, "audiences_ids")
    addresses = MunicipalityAddresses.of(site, locale) if places else MunicipalityAddresses.below(None)
    return [
        Publication(
            id=row.pk,
            title=row.title,
            introduction=row.introduction,
            language=language_code(row.locale_id),
            url=page_path(row),
            publication_type=term_reference(row.publication_type),
            publication_date=row.publication_date,
            document_language=row.document_language,
            themes=[page for pk, page in pages.items() if pk in row.themes_ids],
            districts=[page for pk, page in pages.items() if pk in row.districts_ids],
            municipalities=[municipality(item, addresses) for item in _by_name(places, row.municipalities_ids)],
            organisations=[
                OrganisationReference(key=item.slug, name=item.name)
                for item in _by_name(organisations, row.organisations_ids)
            ],
            audiences=[
                term for term in map(term_reference, _by_name(audiences, row.audiences_ids)) if term is not None
            ],
            replaced_by=pages.get(row.replaced_by_id),
            updated_at=row.last_published_at,
        )
        for row in rows
    ]


def _in_bulk(model: Any, rows: list[Any], name: str) -> dict[int, Any]:
    ids = {pk for row in rows for pk in getattr(row, name)}
    return model.objects.in_bulk(ids) if ids else {}


def _by_name(items: dict[int, Any], ids: Iterable[int]) -> list[Any]:
    return sorted((items[pk] for pk in ids if pk in items), key=lambda item: sort_key(item.name))


def municipality(item: Municipality, addresses: MunicipalityAddresses) -> MunicipalityReference:
    """Give the reference to a municipality."""
    return MunicipalityReference(code=item.code, name=item.name, url=addresses.path(item) or None)

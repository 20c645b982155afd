"""Which partner organisation is a municipality: the two are kept apart in the data, and meant to be one for readers."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from wagtail.models import Locale, Site

from cms.caching.shared import shared
from cms.rendering.context import RenderContext
from districts.addresses import MunicipalityAddresses
from districts.finder import plain
from districts.models import Municipality
from network.models import Organisation

KIND = "gemeente"
PREFIX = "gemeente-"


def organisations_of(municipality: Municipality) -> QuerySet[Organisation]:
    """Give the organisation that stands for the municipality, by its address or its name, perhaps with "Gemeente"."""
    slug, name = municipality.slug, municipality.name
    return Organisation.objects.filter(
        Q(slug__in=(slug, PREFIX + slug)) | Q(name__iexact=name) | Q(name__iexact=f"gemeente {name}"), kind__key=KIND
    )


def organisations_on(municipality: Municipality, context: RenderContext) -> list[Organisation]:
    """As `organisations_of`, once a rendering."""
    return context.once(("organisations", municipality.pk), lambda: list(organisations_of(municipality)))


def municipality_pages(organisations: Iterable[Organisation], site: Site, locale: Locale) -> dict[int, str]:
    """Give the address of the municipality's page for organisations that are one, as {id: address}.

    Two queries for all pages.
    """
    asked = [each for each in organisations if each.kind.key == KIND]
    addresses = MunicipalityAddresses.of(site, locale) if asked else None
    if addresses is None or not addresses.base:
        return {}
    every = shared("municipalities of all sites", lambda: list(Municipality.objects.all()))
    by_slug, by_name = {each.slug: each for each in every}, {plain(each.name): each for each in every}
    found = {each.pk: by_slug.get(each.slug.removeprefix(PREFIX)) or by_name.get(plain(each.name)) for each in asked}
    return {pk: addresses.path(municipality) for pk, municipality in found.items() if municipality}

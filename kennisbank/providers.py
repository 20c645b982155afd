"""What the Kennisbank adds to pages of other apps: their newest publications."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import FloatField, IntegerField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext
from wagtail.models import Locale, Site

from cms.caching.prepared import Value, records
from cms.caching.shared import shared
from cms.rendering.context import RenderContext
from cms.rendering.links import page_link, translated
from cms.rendering.values import Link
from cms.search.similar import similar
from cms.sections import RELATED, CardsSection
from districts.models import DistrictPage, Municipality
from districts.organisations import organisations_on
from kennisbank.models import PublicationPage
from kennisbank.named import Named, link_table, named_on, naming
from kennisbank.publications import (
    address_name,
    current_publications,
    for_cards,
    kennisbank_link,
    publication_cards,
)
from kennisbank.questions import KIND
from network.models import NetworkBodyPage, Organisation
from themes.models import ThemePage

NUMBER = 6
RELATED_NUMBER = 3


def publications_about_theme(page: ThemePage, site: Site) -> QuerySet[PublicationPage]:
    """In a theme's feed: all about it that no newer one replaces."""
    return current_publications(site).filter(themes__translation_key=page.translation_key)


def publications_on_theme(page: ThemePage, context: RenderContext) -> list[CardsSection]:
    """On a theme: the newest about it."""
    found = _newest(_about_theme, context.site, page.translation_key)
    return _section(found, gettext("Alle publicaties over dit thema"), context, thema=address_name(page))


def _about_theme(key: UUID) -> Q:
    return Q(themes__translation_key=key)


def publications_on_district(page: DistrictPage, context: RenderContext) -> list[CardsSection]:
    """On a district: the newest about it."""
    found = _newest(_about_district, context.site, page.translation_key)
    return _section(found, gettext("Alle publicaties over dit district"), context, district=address_name(page))


def _about_district(key: UUID) -> Q:
    return Q(districts__translation_key=key)


def publications_on_municipality(municipality: Municipality, context: RenderContext) -> list[CardsSection]:
    """On a municipality: the newest about it, and its safety plans."""
    makers = [organisation.pk for organisation in organisations_on(municipality, context)]
    found = _newest(_about_municipality, context.site, municipality.pk, *makers)
    return _section(found, gettext("Naar de Kennisbank"), context)


def _about_municipality(pk: int, *makers: int) -> Q:
    # Two joins to many rows would double a publication, so what names these is looked up apart.
    named = Q(pk__in=naming("municipalities", [pk])) | Q(safety_plan__municipality=pk)
    return named | Q(pk__in=naming("organisations", makers))


def publications_of_organisation(organisation: Organisation, context: RenderContext) -> list[CardsSection]:
    """On an organisation: the newest that it made."""
    found = _newest(_made_by, context.site, organisation.pk)
    words = gettext("Alle publicaties van deze organisatie")
    return _section(found, words, context, organisatie=organisation.slug)


def _made_by(pk: int) -> Q:
    return Q(organisations=pk)


def documents_of_plans(plans: Sequence[int], site: Site, locale: Locale) -> dict[int, Link]:
    """Of safety plans: the publication that is the plan, the newest of several. One or two queries for all pages."""
    found = shared(("documents of plans", site.pk, locale.pk), lambda: _documents_of_plans(site, locale))
    return {plan: page_link(found[plan], locale) for plan in plans if plan in found}


def _documents_of_plans(site: Site, locale: Locale) -> dict[int, PublicationPage]:
    sources = list(for_cards(current_publications(site).filter(safety_plan__isnull=False), "safety_plan"))
    shown = translated(sources, PublicationPage, site, locale)
    # They come newest first, and the last one that is set stays.
    return {source.safety_plan_id: shown[source.pk] for source in reversed(sources)}


def publications_of_body(page: NetworkBodyPage, context: RenderContext) -> list[CardsSection]:
    """On a body: the newest about the themes it helps with and the districts whose mayors meet in it."""
    found = _newest(_near_body, context.site, page.translation_key)
    return _section(found, gettext("Naar de Kennisbank"), context)


def _near_body(key: UUID) -> Q:
    themes = ThemePage.objects.filter(expert_group__translation_key=key)
    districts = DistrictPage.objects.filter(network_body__translation_key=key)
    # In subqueries, because two joins to many rows would double a publication.
    found = PublicationPage.objects.filter(Q(themes__in=themes) | Q(districts__in=districts))
    return Q(pk__in=found.values("pk"))


def related_publications(page: PublicationPage, context: RenderContext) -> list[CardsSection]:
    """On a publication: those that are most like it."""
    found = most_related(page.in_own_language, named_on(page, context), context.site)
    cards = publication_cards(for_cards(found), context)
    return [CardsSection(key="lees-ook", title=gettext("Lees ook"), cards=cards, order=RELATED)] if cards else []


def most_related(source: PublicationPage, named: Named, site: Site) -> QuerySet[PublicationPage]:
    """Give those that share rare words and a theme, district or municipality with it; then those that share most.

    `named` is what the source names. Two queries.
    """
    terms = similar(f"page:{source.pk}", KIND, site.pk) if source.pk else {}
    others = current_publications(site).exclude(pk=source.pk).annotate(shared=_shared(named), rareness=_rareness(terms))
    return others.filter(shared__gt=0).order_by("-rareness", "-shared", "-publication_date", "-pk")[:RELATED_NUMBER]


_OWN = f'"{PublicationPage._meta.db_table}"."{PublicationPage._meta.pk.column}"'


def _shared(named: Named) -> RawSQL:
    """Give how many of these records a publication names.

    In SQL of our own: three subqueries of Django's take five milliseconds to put together. Joins would multiply each
    other.
    """
    counts, values = ["0"], []
    for name in ("themes", "districts", "municipalities"):
        table, own, other = link_table(name)
        counts.append(f'(SELECT count(*) FROM "{table}" WHERE "{own}" = {_OWN} AND "{other}" = ANY(%s::int[]))')  # noqa: S608
        values.append(named[name])
    return RawSQL(" + ".join(counts), values, output_field=IntegerField())  # noqa: S611 (names of our own)


def _rareness(scores: Mapping[int, float]) -> RawSQL:
    found = f"SELECT score FROM unnest(%s::int[], %s::float[]) AS scored (id, score) WHERE id = {_OWN}"  # noqa: S608
    values = [list(scores), list(scores.values())]
    return RawSQL(f"coalesce(({found}), 0)", values, output_field=FloatField())  # noqa: S611


def _newest(about: Callable[..., Q], site: Site, *values: Value) -> list[PublicationPage]:
    """Give the newest publications for which `about(*values)` holds."""

    def find(*given: Value) -> QuerySet[PublicationPage]:
        return for_cards(current_publications(site)).filter(about(*given))[:NUMBER]

    return records(("newest", about, site.pk, len(values)), find, *values)


def _section(found: Iterable[PublicationPage], words: str, context: RenderContext, **chosen: str) -> list[CardsSection]:
    cards = publication_cards(found, context)
    if not cards:
        return []
    return [
        CardsSection(
            key="publicaties",
            title=gettext("Uit de Kennisbank"),
            cards=cards,
            more=kennisbank_link(words, context, **chosen),
            order=RELATED + 5,
        )
    ]

"""What the Kennisbank adds to pages of other apps: their newest publications."""

from collections.abc import Sequence

from django.db.models import Case, Count, FloatField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.utils.translation import gettext
from wagtail.models import Locale, Site

from cms.rendering.context import RenderContext
from cms.rendering.links import page_link, translated
from cms.rendering.values import Link
from cms.search.similar import similar
from cms.sections import RELATED, CardsSection
from districts.models import DistrictPage, Municipality
from districts.organisations import organisations_of
from kennisbank.models import PublicationPage
from kennisbank.publications import address_name, current_publications, kennisbank_link, publication_cards
from kennisbank.questions import KIND
from kennisbank.sections import chosen_ids
from network.models import NetworkBodyPage, Organisation
from themes.models import ThemePage

NUMBER = 6
RELATED_NUMBER = 3


def publications_about_theme(page: ThemePage, site: Site) -> QuerySet[PublicationPage]:
    """In a theme's feed: all about it that no newer one replaces."""
    return current_publications(site).filter(themes__translation_key=page.translation_key)


def publications_on_theme(page: ThemePage, context: RenderContext) -> list[CardsSection]:
    """On a theme: the newest about it."""
    about = Q(themes__translation_key=page.translation_key)
    return _newest(about, gettext("Alle publicaties over dit thema"), context, thema=address_name(page))


def publications_on_district(page: DistrictPage, context: RenderContext) -> list[CardsSection]:
    """On a district: the newest about it."""
    about = Q(districts__translation_key=page.translation_key)
    return _newest(about, gettext("Alle publicaties over dit district"), context, district=address_name(page))


def publications_on_municipality(municipality: Municipality, context: RenderContext) -> list[CardsSection]:
    """On a municipality: the newest about it, and its safety plans."""
    # Two joins to many rows would double a publication, so the municipality is looked up in a subquery.
    about = Q(pk__in=municipality.publications.values("pk")) | Q(safety_plan__municipality=municipality)
    made = PublicationPage.objects.filter(organisations__in=organisations_of(municipality))
    return _newest(about | Q(pk__in=made.values("pk")), gettext("Naar de Kennisbank"), context)


def publications_of_organisation(organisation: Organisation, context: RenderContext) -> list[CardsSection]:
    """On an organisation: the newest that it made."""
    words = gettext("Alle publicaties van deze organisatie")
    return _newest(Q(organisations=organisation), words, context, organisatie=organisation.slug)


def documents_of_plans(plans: Sequence[int], site: Site, locale: Locale) -> dict[int, Link]:
    """Of safety plans: the publication that is the plan, the newest of several. One or two queries."""
    sources = list(current_publications(site).filter(safety_plan__in=plans))
    shown = translated(sources, PublicationPage, site, locale)
    # They come newest first, and the last one that is set stays.
    return {source.safety_plan_id: page_link(shown[source.pk], locale) for source in reversed(sources)}


def publications_of_body(page: NetworkBodyPage, context: RenderContext) -> list[CardsSection]:
    """On a body: the newest about the themes it helps with and the districts whose mayors meet in it."""
    key = page.translation_key
    themes = ThemePage.objects.filter(expert_group__translation_key=key)
    districts = DistrictPage.objects.filter(network_body__translation_key=key)
    # In subqueries, because two joins to many rows would double a publication.
    found = PublicationPage.objects.filter(Q(themes__in=themes) | Q(districts__in=districts))
    return _newest(Q(pk__in=found.values("pk")), gettext("Naar de Kennisbank"), context)


def related_publications(page: PublicationPage, context: RenderContext) -> list[CardsSection]:
    """On a publication: those that are most like it."""
    cards = publication_cards(most_related(page.in_own_language, context.site), context)
    return [CardsSection(key="lees-ook", title=gettext("Lees ook"), cards=cards, order=RELATED)] if cards else []


def most_related(source: PublicationPage, site: Site) -> QuerySet[PublicationPage]:
    """Give those that share rare words and a theme, district or municipality with it; then those that share most.

    Two queries.
    """
    terms = similar(f"page:{source.pk}", KIND, site.pk) if source.pk else {}
    rareness = Case(
        *(When(pk=pk, then=Value(score)) for pk, score in terms.items()), default=Value(0.0), output_field=FloatField()
    )
    shared = [_shared(name, chosen_ids(getattr(source, name))) for name in ("themes", "districts", "municipalities")]
    others = (
        current_publications(site).exclude(pk=source.pk).annotate(shared=sum(shared, start=Value(0)), rareness=rareness)
    )
    return others.filter(shared__gt=0).order_by("-rareness", "-shared", "-publication_date", "-pk")[:RELATED_NUMBER]


def _shared(name: str, ids: QuerySet | list[int]) -> Combinable:
    """Give how many of these records a publication names. As a subquery: joins would multiply each other."""
    links = PublicationPage._meta.get_field(name).remote_field.through
    target = PublicationPage._meta.get_field(name).m2m_reverse_field_name()
    count = links.objects.filter(publicationpage=OuterRef("pk"), **{f"{target}__in": ids}).order_by()
    return Coalesce(Subquery(count.values("publicationpage").annotate(number=Count("*")).values("number")), 0)


def _newest(about: Q, words: str, context: RenderContext, **chosen: str) -> list[CardsSection]:
    cards = publication_cards(current_publications(context.site).filter(about)[:NUMBER], context)
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

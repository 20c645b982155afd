"""The sections of a publication's page. The Kennisbank's own list is in listing.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from wagtail.models import Page

from cms.models import Term
from cms.names import sort_key
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.links import localized, page_link, page_path
from cms.rendering.values import Fact, Link, TextPart
from cms.sections import AFTER_BODY, LEAD, FactsSection, FilesSection
from districts.addresses import MunicipalityAddresses
from districts.models import DistrictPage, SafetyPlan
from districts.sections import in_dutch_order
from kennisbank import models
from kennisbank.files import file_links
from kennisbank.listing import listing
from themes.models import ThemePage

__all__ = ["files", "listing", "publication_facts", "publication_values"]

Values = list[list[TextPart]]


def files(page: models.PublicationPage, context: RenderContext) -> list[FilesSection]:
    """Give the files to download."""
    links = file_links(page, context)
    return [FilesSection(key="bestanden", title=gettext("Bestanden"), files=links, order=LEAD)] if links else []


def publication_facts(page: models.PublicationPage, context: RenderContext) -> list[FactsSection]:
    """Give what the publication is, what it is about and who made it, with links where there are pages."""
    source = page.in_own_language
    front = context.front_page(models.KennisbankPage)
    addresses = MunicipalityAddresses.on_page(context)
    [publication_type] = _in_locale([source.publication_type], context)
    type_url = f"{page_path(front)}?soort={publication_type.key}" if front else None
    plans = SafetyPlan.objects.select_related("municipality")
    plan = plans.filter(pk=source.safety_plan_id).first() if source.safety_plan_id else None
    facts: list[tuple[str, Values]] = [
        (gettext("Soort"), [[TextPart(text=str(publication_type), url=type_url)]]),
        (gettext("Datum"), [[TextPart(text=date_text(source.publication_date))]]),
        (gettext("Taal"), [[TextPart(text=source.get_document_language_display())]]),
        (gettext("Thema's"), _page_values(ThemePage, page, context)),
        (gettext("Districten"), _page_values(DistrictPage, page, context)),
        (gettext("Gemeenten"), _row(addresses.part(item) for item in in_dutch_order(source.municipalities.all()))),
        (
            gettext("Veiligheidsplan"),
            [[addresses.part(plan.municipality), TextPart(text=f" {plan.period}")]] if plan else [],
        ),
        (gettext("Uitgegeven door"), [[TextPart(text=name)] for name in _publishers(page, context)]),
        (gettext("Voor wie"), _texts(_in_locale(source.audiences.all(), context))),
    ]
    shown = [Fact(term=term, values=values) for term, values in facts if values]
    return [FactsSection(key="over", title=gettext("Over deze publicatie"), facts=shown, order=AFTER_BODY)]


def publication_values(page: models.PublicationPage, context: RenderContext) -> dict[str, Any]:
    """Give what the publication's typed view holds beyond that of any page."""
    source = page.in_own_language
    [publication_type] = _in_locale([source.publication_type], context)
    replacement = _related(page, context).get(source.replaced_by_id or 0)
    newer = page_link(replacement, context.locale) if replacement else None
    return {
        "label": str(publication_type),
        "notice": gettext("Deze publicatie is vervangen door een nieuwere.") if newer else "",
        "notice_link": newer,
        "publication_type": str(publication_type),
        "publication_date": source.publication_date,
        "document_language": source.document_language,
        "files": file_links(page, context),
        "replaced_by": newer,
        "themes": _page_links(ThemePage, page, context),
        "publishers": _publishers(page, context),
    }


def _related(page: models.PublicationPage, context: RenderContext) -> dict[int, Page]:
    """Give the visible pages that the publication names, as {id asked for: page in the reader's language}."""
    source = page.in_own_language

    def load() -> dict[int, Page]:
        themes, districts = chosen_ids(source.themes), chosen_ids(source.districts)
        asked = Q(pk__in=themes) | Q(pk__in=districts) | Q(pk=source.replaced_by_id)
        return localized(Page.objects.filter(asked), context.site, context.locale)

    return context.once(("related pages", page.pk), load)


def chosen_ids(chosen: Any) -> QuerySet | list[int]:
    """Give the ids of what a publication names, as a subquery where it can be one."""
    records = chosen.all()
    # In a preview the choices are not in the database yet.
    return records.values("pk") if isinstance(records, QuerySet) else [record.pk for record in records]


def _in_locale(terms: Iterable[Term], context: RenderContext) -> list[Term]:
    """Give the terms as a reader of the page's language gets them; a query only where that is not theirs."""
    terms = list(terms)
    if all(term.locale_id == context.locale.pk for term in terms):
        return terms
    translated = type(terms[0]).in_locale(context.locale)
    return [translated.get(term.pk, term) for term in terms]


def _page_values(model: type[Page], page: models.PublicationPage, context: RenderContext) -> Values:
    links = _page_links(model, page, context)
    return [[TextPart(text=link.title, url=link.url, language=link.language)] for link in links]


def _page_links(model: type[Page], page: models.PublicationPage, context: RenderContext) -> list[Link]:
    """Give the pages of one type that the publication is about, in the order of the page tree."""
    found = [other for other in _related(page, context).values() if other.cached_content_type.model_class() is model]
    return [page_link(other, context.locale) for other in sorted(found, key=lambda other: other.path)]


def _publishers(page: models.PublicationPage, context: RenderContext) -> list[str]:
    organisations = page.in_own_language.organisations
    names = context.once(("publishers", page.pk), lambda: [str(item) for item in organisations.all()])
    return sorted(names, key=sort_key)


def _texts(items: Iterable[Any]) -> Values:
    return [[TextPart(text=name)] for name in sorted((str(item) for item in items), key=sort_key)]


def _row(parts: Iterable[TextPart]) -> Values:
    """Give all parts as one value, with commas between."""
    row = [piece for part in parts for piece in (TextPart(text=", "), part)][1:]
    return [row] if row else []

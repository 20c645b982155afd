"""The sections of a publication's page. The Kennisbank's own list is in listing.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext
from wagtail.models import Page

from cms.caching.shared import is_sharing, shared_each
from cms.names import sort_key
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.links import localized, page_link, page_path
from cms.rendering.values import Fact, FileLink, Link, TextPart
from cms.sections import (
    AFTER_BODY,
    LEAD,
    BaseSection,
    CitationSection,
    FactsSection,
    FilesSection,
    TableSection,
)
from districts.addresses import MunicipalityAddresses
from districts.models import DistrictPage, SafetyPlan
from districts.names import in_dutch_order
from districts.priorities import municipalities_ever
from kennisbank import models
from kennisbank.citation import citation
from kennisbank.contact import Asking, whom_to_ask
from kennisbank.files import file_links, versions_of
from kennisbank.listing import kennisbank_values, listing
from kennisbank.named import REPLACES, named_on
from network.models import Organisation
from network.partner_addresses import OrganisationAddresses
from themes.models import ThemePage

__all__ = ["closing", "files", "kennisbank_values", "listing", "publication_facts", "publication_values"]

Values = list[list[TextPart]]


def files(page: models.PublicationPage, context: RenderContext) -> list[FilesSection]:
    """Give the files to download."""
    links = _files(page, context)
    return [FilesSection(key="bestanden", title=gettext("Bestanden"), files=links, order=LEAD)] if links else []


def closing(page: models.PublicationPage, context: RenderContext) -> list[BaseSection]:
    """Give what stands below: older versions, how to cite it, whom to ask."""
    return [*_older_versions(page, context), _citation(page, context), *_contact(page, context).sections()]


def publication_facts(page: models.PublicationPage, context: RenderContext) -> list[FactsSection]:
    """Give what the publication is, what it is about and who made it, with links where there are pages."""
    source, named = page.in_own_language, named_on(page, context)
    front = context.front_page(models.KennisbankPage)
    addresses = MunicipalityAddresses.on_page(context)
    [publication_type] = context.terms(models.PublicationType, [source.publication_type_id])
    every = municipalities_ever(context) if named["municipalities"] else {}
    municipalities = [every[pk] for pk in named["municipalities"] if pk in every]
    type_url = f"{page_path(front)}?type={publication_type.key}" if front else None
    plans = SafetyPlan.objects.select_related("municipality")
    plan = plans.filter(pk=source.safety_plan_id).first() if source.safety_plan_id else None
    facts: list[tuple[str, Values]] = [
        (gettext("Soort"), [[TextPart(text=str(publication_type), url=type_url)]]),
        (gettext("Datum"), [[TextPart(text=date_text(source.publication_date))]]),
        (gettext("Taal"), [[TextPart(text=source.get_document_language_display())]]),
        (gettext("Thema's"), _page_values(ThemePage, page, context)),
        (gettext("Districten"), _page_values(DistrictPage, page, context)),
        (gettext("Gemeenten"), _row(addresses.part(item) for item in in_dutch_order(municipalities))),
        (
            gettext("Veiligheidsplan"),
            [[addresses.part(plan.municipality), TextPart(text=f" {plan.period}")]] if plan else [],
        ),
        (gettext("Uitgegeven door"), _publisher_values(page, context)),
        (gettext("Voor wie"), _texts(context.terms(models.Audience, named["audiences"]))),
    ]
    facts.append((gettext("Vervangt"), [[part] for part in _replaced(page, context)]))
    shown = [Fact(term=term, values=values) for term, values in facts if values]
    return [FactsSection(key="over", title=gettext("Over deze publicatie"), facts=shown, order=AFTER_BODY)]


def publication_values(page: models.PublicationPage, context: RenderContext) -> dict[str, Any]:
    """Give what the publication's typed view holds beyond that of any page."""
    source = page.in_own_language
    [publication_type] = context.terms(models.PublicationType, [source.publication_type_id])
    replacement = _related(page, context).get(source.replaced_by_id or 0)
    newer = page_link(replacement, context.locale) if replacement else None
    return {
        "label": str(publication_type),
        "notice": gettext("Deze publicatie is vervangen door een nieuwere.") if newer else "",
        "notice_link": newer,
        "publication_type": str(publication_type),
        "publication_date": source.publication_date,
        "document_language": source.document_language,
        "files": _files(page, context),
        "version": next((file.version for file in page.visible_files if file.version), ""),
        "replaced_by": newer,
        "replaces": [Link(title=part.text, url=part.url or "") for part in _replaced(page, context)],
        "themes": _page_links(ThemePage, page, context),
        "publishers": _publishers(page, context),
    }


def _related(page: models.PublicationPage, context: RenderContext) -> dict[int, Page]:
    """Give the visible pages that the publication names, as {id asked for: page in the reader's language}."""
    source, named = page.in_own_language, named_on(page, context)

    def load() -> dict[int, Page]:
        # All themes and districts only where other pages have asked for them, or will.
        shared = (ThemePage, DistrictPage) if is_sharing() else ()
        known = {pk: shown for model in shared for pk, shown in context.of_type(model).items()}
        asked = {*named["themes"], *named["districts"], *named[REPLACES], source.replaced_by_id} - {None}
        others = asked - known.keys()
        found = localized(Page.objects.filter(pk__in=others), context.site, context.locale) if others else {}
        return {pk: known[pk] for pk in asked & known.keys()} | found

    return context.once(("related pages", page.pk), load)


def _replaced(page: models.PublicationPage, context: RenderContext) -> list[TextPart]:
    """Give the visible publications that this one came in the place of."""
    newer = page.in_own_language.replaced_by_id
    others = [other for pk, other in _related(page, context).items() if pk != newer]
    older = [other for other in others if other.cached_content_type.model_class() is models.PublicationPage]
    links = [page_link(other, context.locale) for other in older]
    return [TextPart(text=link.title, url=link.url, language=link.language) for link in links]


def _contact(page: models.PublicationPage, context: RenderContext) -> Asking:
    shown = [theme.pk for theme in _pages(ThemePage, page, context)]
    return context.once(("asking", page.pk), lambda: whom_to_ask(shown, context))


def _files(page: models.PublicationPage, context: RenderContext) -> list[FileLink]:
    return file_links(page, context, other_form=_contact(page, context).address(page.title))


def _older_versions(page: models.PublicationPage, context: RenderContext) -> list[TableSection]:
    versions = context.once(("versions", page.pk), lambda: versions_of(page))
    if not versions:
        return []
    foreign = page.document_language if page.document_language != context.locale.language_code else None
    rows = [
        [
            [
                TextPart(
                    text=gettext("%(title)s, tot %(date)s")
                    % {"title": version.current, "date": date_text(version.replaced_on)},
                    url=version.url,
                    language=foreign,
                )
            ],
            _text(", ".join(part for part in (version.file_type, version.details) if part)),
            _text(date_text(version.placed_on) if version.placed_on else ""),
            _text(version.note),
        ]
        for version in versions
    ]
    return [
        TableSection(
            key="versies",
            title=gettext("Oudere versies"),
            introduction=gettext("Deze bestanden zijn vervangen. Gebruik ze alleen om iets na te zoeken."),
            columns=[
                gettext("Bestand"), gettext("Soort en grootte"), gettext("Geplaatst"),
                gettext("Wat er daarna veranderde"),
            ],
            rows=rows,
            order=AFTER_BODY + 5,
        )
    ]  # fmt: skip


def _text(text: str) -> list[TextPart]:
    return [TextPart(text=text)] if text else []


def _citation(page: models.PublicationPage, context: RenderContext) -> CitationSection:
    [publication_type] = context.terms(models.PublicationType, [page.in_own_language.publication_type_id])
    return citation(page, _publishers(page, context), str(publication_type).lower(), context)


def _page_values(model: type[Page], page: models.PublicationPage, context: RenderContext) -> Values:
    links = _page_links(model, page, context)
    return [[TextPart(text=link.title, url=link.url, language=link.language)] for link in links]


def _page_links(model: type[Page], page: models.PublicationPage, context: RenderContext) -> list[Link]:
    """Give the pages of one type that the publication is about, in the order of the page tree."""
    return [page_link(other, context.locale) for other in _pages(model, page, context)]


def _pages(model: type[Page], page: models.PublicationPage, context: RenderContext) -> list[Page]:
    found = [other for other in _related(page, context).values() if other.cached_content_type.model_class() is model]
    return sorted(found, key=lambda other: other.path)


def _publishers(page: models.PublicationPage, context: RenderContext) -> list[str]:
    return [organisation.name for organisation in _organisations(page, context)]


def _publisher_values(page: models.PublicationPage, context: RenderContext) -> Values:
    organisations = _organisations(page, context)
    paths = OrganisationAddresses.on_page(context).paths(organisations)
    return [[TextPart(text=each.name, url=paths.get(each.pk))] for each in organisations]


def _organisations(page: models.PublicationPage, context: RenderContext) -> list[Organisation]:
    """Give who made it, in Dutch order, each with its kind."""

    def load() -> list[Organisation]:
        found = shared_each("organisations", named_on(page, context)["organisations"], _load_organisations)
        return sorted(found.values(), key=lambda organisation: sort_key(organisation.name))

    return context.once(("publishers", page.pk), load)


def _load_organisations(ids: list[int]) -> dict[int, Organisation]:
    return Organisation.objects.select_related("kind").in_bulk(ids)


def _texts(items: Iterable[Any]) -> Values:
    return [[TextPart(text=name)] for name in sorted((str(item) for item in items), key=sort_key)]


def _row(parts: Iterable[TextPart]) -> Values:
    """Give all parts as one value, with commas between."""
    row = [piece for part in parts for piece in (TextPart(text=", "), part)][1:]
    return [row] if row else []

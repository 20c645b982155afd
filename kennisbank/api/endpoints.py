"""The endpoints of publications."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from wagtail.models import Locale, Page, Site

from cms.api.answers import answer
from cms.api.callers import caller_of
from cms.api.completions import CompletionParameters, Completions, completed
from cms.api.facts import PageReference, references, shown_page, site_of, values_of
from cms.api.paging import paged_answer, start_of
from cms.api.parameters import PageId
from cms.rendering.context import RenderContext
from cms.rendering.links import locale_by_id, own_locale, page_path
from cms.search import engine
from cms.search.showing import places_of
from cms.search.values import Answer
from districts.addresses import MunicipalityAddresses
from kennisbank.api.parameters import PublicationListParameters, PublicationParameters
from kennisbank.api.rows import municipality, publications, with_facts
from kennisbank.api.values import (
    FacetCount,
    FoundPublication,
    FoundPublications,
    FragmentValue,
    PlanReference,
    PublicationDetail,
    PublicationFileValue,
)
from kennisbank.facets import NAMES, Facets
from kennisbank.files import file_links, versions_of
from kennisbank.models import PublicationPage
from kennisbank.named import named_by
from kennisbank.providers import most_related
from kennisbank.publications import public_publications
from kennisbank.questions import KIND, question

TAGS = {"Publicaties": "De Kennisbank: zoeken in publicaties, en één publicatie met haar bestanden"}
router = Router(tags=["Publicaties"], by_alias=True)


@router.get(
    "/publicaties", response=FoundPublications, operation_id="lijstPublicaties", summary="Zoeken in publicaties"
)
def list_publications(request: HttpRequest, parameters: Query[PublicationListParameters]) -> HttpResponse:
    """De publicaties van de Kennisbank die aan alle filters voldoen; van één filter volstaat één van de waarden.

    Met `zoek` staan bij elke publicatie de beste fragmenten, met de pagina waarop ze staan. `facetten` telt per filter
    wat elke waarde oplevert. Vindt de vraag weinig of niets, dan is `correctie` de vraag zonder de waarschijnlijke
    typefout. Duurt zoeken te lang, dan is het antwoord 503 met `Retry-After`.
    """
    site = site_of(request)
    locale = own_locale()
    facets = Facets(site, locale)
    asked = question(
        facets,
        facets.in_index(parameters.asked),
        parameters.words,
        parameters.sort,
        facets=NAMES,
        start=start_of(parameters),
        size=parameters.page_size,
        scope=parameters.scope,
        any_word=parameters.any_word,
    )
    found = engine.find(asked)
    counts = {
        name: [
            FacetCount(value=each.value.address, label=each.value.label, count=each.number)
            for each in facets.counted(name, found.facets.get(name, {}), asked.filters.get(name, frozenset()))
        ]
        for name in NAMES
    }
    return paged_answer(
        request,
        parameters,
        found.total,
        _hits(found, site, locale),
        FoundPublications,
        facets=counts,
        correction=found.correction,
    )


@router.get(
    "/publicaties/aanvullingen",
    response=Completions,
    operation_id="lijstAanvullingen",
    summary="Hoe een vraag verder kan gaan",
)
def list_completions(request: HttpRequest, parameters: Query[CompletionParameters]) -> HttpResponse:
    """Hoogstens tien manieren om verder te typen. Elke aanvulling vindt minstens één openbare publicatie."""
    return completed(request, parameters, {KIND})


@router.get(
    "/publicaties/{int:id}", response=PublicationDetail, operation_id="haalPublicatie", summary="Eén publicatie"
)
def get_publication(request: HttpRequest, id: PageId, parameters: Query[PublicationParameters]) -> HttpResponse:
    """De publicatie met dit nummer, haar bestanden en oudere versies. De hele pagina staat onder `/paginas/{id}`."""
    site = site_of(request)
    shown = shown_page(with_facts(PublicationPage.objects.all()), id, site, caller_of(request).passed)
    source = shown.source
    locale = locale_by_id(shown.page.locale_id)
    [publication] = publications([source], site, locale)
    replaces, related = _related(source, site, locale)
    plan = source.safety_plan
    own = {
        "id": shown.page.pk,
        "title": shown.page.title,
        "introduction": shown.page.introduction,
        "language": locale.language_code,
        "url": page_path(shown.page),
    }
    detail = PublicationDetail(
        **{**values_of(publication), **own},
        files=_files(shown.page, RenderContext(site=site, locale=locale, page_key="publicatie")),
        replaces=replaces,
        related=related,
        safety_plan=PlanReference(
            municipality=municipality(plan.municipality, MunicipalityAddresses.of(site, locale)),
            first_year=plan.first_year,
            last_year=plan.last_year,
        )
        if plan
        else None,
    )
    return answer(detail, parameters, detail.language)


def _hits(found: Answer, site: Site, locale: Locale) -> list[FoundPublication]:
    """Give what was found, in the order of the answer. At most eight queries, none for an empty answer."""
    ids = [hit.source_id for hit in found.hits]
    rows = {row.pk: row for row in with_facts(public_publications(site).filter(pk__in=ids))} if ids else {}
    hits = [hit for hit in found.hits if hit.source_id in rows]
    places = places_of(hits)
    items = publications([rows[hit.source_id] for hit in hits], site, locale) if hits else []
    return [
        FoundPublication(
            **values_of(item),
            private=hit.private,
            fragments=[
                FragmentValue(
                    page=fragment.number,
                    label=fragment.label,
                    html=fragment.html,
                    url=place.link.url if place.link else item.url,
                )
                for fragment, place in zip(hit.fragments, places[hit.key], strict=False)
            ],
        )
        for hit, item in zip(hits, items, strict=True)
    ]


def _files(page: PublicationPage, context: RenderContext) -> list[PublicationFileValue]:
    versions = versions_of(page)
    return [
        PublicationFileValue(
            **values_of(link),
            tagged=file.document.tagged,
            text_layer=file.document.text_layer,
            claims_pdf_ua=file.document.claims_pdf_ua,
            declared_title=file.document.declared_title,
            declared_language=file.document.declared_language,
            versions=[version for version in versions if version.document_id == file.document_id],
        )
        for file, link in zip(page.visible_files, file_links(page, context), strict=True)
    ]


def _related(source: PublicationPage, site: Site, locale: Locale) -> tuple[list[PageReference], list[PageReference]]:
    """Give what it replaced and what is most like it. Five queries, one more in another language."""
    replaced = list(public_publications(site).filter(replaced_by=source).values_list("pk", flat=True))
    related = [other.pk for other in most_related(source, named_by(source), site)]
    pages: dict[Any, PageReference] = references(Page, [*replaced, *related], site, locale)
    return [pages[pk] for pk in replaced if pk in pages], [pages[pk] for pk in related if pk in pages]

"""A theme in one district, below the theme's page: who gives it priority there, what is known of it, whom to ask.

It exists where a plan of today or a public publication is about both. It stands in this app, because it is the first
that knows themes, plans and publications.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext, ngettext, override
from wagtail.models import Page, Site

from cms.found.sitemap import Address
from cms.names import sort_key
from cms.rendering.build import breadcrumbs, browser_title, ordered, translations
from cms.rendering.context import RenderContext
from cms.rendering.links import in_own_language, language_code, localized, page_link, page_path
from cms.rendering.values import Card, Fact, Link, TextPart
from cms.rendering.view import Seo
from cms.search.entries import Entry
from cms.search.indexing import note_records
from cms.sections import (
    AFTER_BODY,
    CLOSING,
    LEAD,
    RELATED,
    BaseSection,
    CardsSection,
    FactsSection,
    LinkGroup,
    LinksSection,
    TableSection,
)
from cms.visibility import visible, without_fallbacks
from districts.addresses import MunicipalityAddresses
from districts.models import DistrictPage, Municipality, SafetyPlan
from districts.priorities import plans_of_today, priorities_of_today
from kennisbank.models import PublicationPage
from kennisbank.publications import address_name, current_publications, kennisbank_link, publication_cards
from kennisbank.views import ThemeDistrictView
from themes.models import ThemePage

KIND = "themadistrict"
NUMBER = 6


@dataclass(frozen=True)
class ThemeDistrict:
    """A theme's page, and a district's page as readers of that theme's page get it; ids of both in the own language."""

    theme: ThemePage
    district: DistrictPage
    theme_id: int
    district_id: int


def about_both(site: Site, theme_id: int, district_id: int) -> QuerySet[PublicationPage]:
    """Give the public publications about a theme and a district, given by their ids in the own language."""
    # In subqueries, because two joins to many rows would double a publication.
    publications = PublicationPage.objects
    return current_publications(site).filter(
        Q(pk__in=publications.filter(themes=theme_id).values("pk")),
        Q(pk__in=publications.filter(districts=district_id).values("pk")),
    )


def pairs(
    site: Site, theme_ids: Collection[int] | None = None, district_ids: Collection[int] | None = None
) -> set[tuple[int, int]]:
    """Give which themes have content in which districts, as ids in the own language; of these only. Two queries.

    Whether the public may see theme and district, the caller finds out.
    """
    plans = plans_of_today(theme_ids, district_ids)
    found = set(plans.values_list("themepage_id", "safetyplan__municipality__district_id"))
    return found | _pairs_of_publications(site, theme_ids, district_ids)


def _pairs_of_publications(
    site: Site, theme_ids: Collection[int] | None = None, district_ids: Collection[int] | None = None
) -> set[tuple[int, int]]:
    # In one call, so that what is asked for and what is given are the same joins.
    about: dict[str, Any] = {
        **({"themes__isnull": False} if theme_ids is None else {"themes__in": theme_ids}),
        **({"districts__isnull": False} if district_ids is None else {"districts__in": district_ids}),
    }
    publications = current_publications(site).order_by().filter(**about)
    return set(publications.values_list("themes", "districts").distinct())


def _all_pairs(context: RenderContext) -> set[tuple[int, int]]:
    return context.shared("themes in districts", lambda: _pairs_of_publications(context.site))


def district_links(theme: ThemePage, context: RenderContext) -> list[Link]:
    """Give a link to the theme in each district where there is something of it, in the order of the page tree."""
    source = in_own_language(theme)
    found = {each.district for each in priorities_of_today(context) if each.theme == source.pk}
    found |= {district for theme_id, district in _all_pairs(context) if theme_id == source.pk}
    return [
        Link(title=title_of(theme, district), url=f"{page_path(theme)}{district.slug}/")
        for pk, district in context.of_type(DistrictPage).items()
        if pk in found
    ]


def theme_links(district: DistrictPage, context: RenderContext) -> list[Link]:
    """Give a link to each theme of which there is something in the district, in the order of the page tree."""
    source = in_own_language(district)
    found = {each.theme for each in priorities_of_today(context) if each.district == source.pk}
    found |= {theme for theme, district_id in _all_pairs(context) if district_id == source.pk}
    shown = [theme for pk, theme in context.of_type(ThemePage).items() if pk in found]
    slugs = _slugs(district, context.site) if any(theme.locale_id != district.locale_id for theme in shown) else {}
    links = []
    for theme in shown:
        own = page_link(theme, context.locale)
        slug = slugs.get(language_code(theme.locale_id)) or slugs.get(settings.LANGUAGE_CODE) or district.slug
        links.append(Link(title=title_of(theme, district), url=f"{own.url}{slug}/", language=own.language))
    return links


def title_of(theme: Page, district: Page) -> str:
    """Give "Ondermijning in Twente"."""
    return gettext("%(theme)s in %(district)s") % {"theme": theme.title, "district": district.title}


def find(page: ThemePage, components: list[str]) -> ThemeDistrict | None:
    """Give the theme in the district whose address ends in this; None where there is nothing about both.

    The district has the name that readers of the page's language see in its own address.
    """
    site = page.get_site() if len(components) == 1 else None
    if site is None:
        return None
    languages = (page.locale.language_code, settings.LANGUAGE_CODE)
    named = DistrictPage.objects.filter(slug=components[0], locale__language_code__in=languages)
    shown = localized(named, site, page.locale)
    district = next((each for each in shown.values() if each.slug == components[0]), None)
    if district is None:
        return None
    theme_id, district_id = in_own_language(page).pk, in_own_language(district).pk
    if not pairs(site, [theme_id], [district_id]):
        return None
    return ThemeDistrict(page, district, theme_id, district_id)


def view(page: ThemePage, record: ThemeDistrict, context: RenderContext) -> ThemeDistrictView:
    """Give the view of a theme in a district, which stands below the theme's page and is in its language."""
    theme, district = page_link(page, context.locale), page_link(record.district, context.locale)
    plans = list(
        SafetyPlan.objects.filter(
            pk__in=plans_of_today([record.theme_id], [record.district_id]).values("safetyplan_id")
        ).select_related("municipality")
    )
    found = about_both(context.site, record.theme_id, record.district_id)
    publications = list(found[:NUMBER])
    number = len(publications) if len(publications) < NUMBER else found.count()
    introduction = _introduction(len({plan.municipality_id for plan in plans}), number, record)
    title = title_of(page, record.district)
    slugs = _slugs(record.district, context.site)
    return ThemeDistrictView(
        title=title,
        label=gettext("Thema in een district"),
        introduction=introduction,
        language=context.locale.language_code,
        url=f"{theme.url}{record.district.slug}/",
        seo=Seo(title=browser_title(title, context.site), description=introduction),
        breadcrumbs=[*breadcrumbs(page, context), theme],
        translations=[
            each.model_copy(
                update={"url": f"{each.url}{slugs.get(each.language) or slugs.get(settings.LANGUAGE_CODE, '')}/"}
            )
            for each in translations(page, context)
        ],
        theme=theme,
        district=district,
        sections=ordered(
            [
                *_priority(plans, context),
                *_publications(publications, record, number, context),
                *_bodies(page, record.district, context),
                *_contact(page, record.district),
                _further(theme, district),
            ]
        ),
    )


def _introduction(plans: int, publications: int, record: ThemeDistrict) -> str:
    names = {"district": record.district.title}
    sentences = []
    if plans:
        sentences.append(
            ngettext(
                "%(number)d gemeente in %(district)s geeft dit thema voorrang in haar veiligheidsplan.",
                "%(number)d gemeenten in %(district)s geven dit thema voorrang in hun veiligheidsplan.",
                plans,
            )
            % {**names, "number": plans}
        )
    if publications:
        sentences.append(
            ngettext(
                "In de Kennisbank staat %(number)d publicatie over dit thema in %(district)s.",
                "In de Kennisbank staan %(number)d publicaties over dit thema in %(district)s.",
                publications,
            )
            % {**names, "number": publications}
        )
    return " ".join(sentences)


def _priority(plans: Iterable[SafetyPlan], context: RenderContext) -> list[BaseSection]:
    addresses = MunicipalityAddresses.on_page(context)
    rows = [
        [[addresses.part(plan.municipality)], [TextPart(text=plan.period)]]
        for plan in sorted(plans, key=lambda plan: (sort_key(plan.municipality.name), plan.first_year))
    ]
    if not rows:
        return []
    return [
        TableSection(
            key="voorrang",
            title=gettext("Deze gemeenten geven het voorrang"),
            columns=[gettext("Gemeente"), gettext("Veiligheidsplan")],
            rows=rows,
            order=LEAD,
        )
    ]


def _publications(
    publications: list[PublicationPage], record: ThemeDistrict, number: int, context: RenderContext
) -> list[BaseSection]:
    cards = publication_cards(publications, context)
    if not cards:
        return []
    words = gettext("Alle publicaties over dit thema in dit district")
    chosen = {"thema": address_name(record.theme), "district": address_name(record.district)}
    more = kennisbank_link(words, context, **chosen)
    return [
        CardsSection(
            key="publicaties",
            title=gettext("Uit de Kennisbank"),
            cards=cards,
            more=more if number > len(cards) else None,
            order=RELATED,
        )
    ]


def _bodies(theme: ThemePage, district: DistrictPage, context: RenderContext) -> list[BaseSection]:
    named = [
        (gettext("Expertgroep"), theme.expert_group_id),
        (gettext("Overleg van de burgemeesters"), district.network_body_id),
    ]
    asked = {pk for _term, pk in named if pk}
    pages = localized(Page.objects.filter(pk__in=asked), context.site, context.locale) if asked else {}
    facts = []
    for term, pk in named:
        if pk in pages:
            link = page_link(pages[pk], context.locale)
            facts.append(Fact(term=term, values=[[TextPart(text=link.title, url=link.url, language=link.language)]]))
    return (
        [FactsSection(key="overleggen", title=gettext("Wie werken hieraan?"), facts=facts, order=AFTER_BODY)]
        if facts
        else []
    )


def _contact(theme: ThemePage, district: DistrictPage) -> list[BaseSection]:
    """Give whom to ask: about the theme, and where nobody is named there, in the district."""
    return [*(theme.contact_sections() or district.contact_sections())]


def _further(theme: Link, district: Link) -> LinksSection:
    return LinksSection(
        key="verder", title=gettext("Meer lezen"), groups=[LinkGroup(links=[theme, district])], order=CLOSING + 1
    )


def _slugs(district: DistrictPage, site: Site) -> dict[str, str]:
    """Give the name of a district in its address, in each language in which it really stands. One query."""
    pages = without_fallbacks(visible(DistrictPage.objects.filter(translation_key=district.translation_key), site))
    return {language_code(locale): slug for locale, slug in pages.values_list("locale_id", "slug")}


def addresses(site: Site) -> list[Address]:
    """Give the address of every theme in a district, in each language that the theme really stands in. Four queries."""
    found = pairs(site)
    themes, districts = _by_key(ThemePage, site), _by_key(DistrictPage, site)
    listed = []
    for theme_id, district_id in sorted(found):
        theme, district = themes.get(theme_id, {}), districts.get(district_id, {})
        if settings.LANGUAGE_CODE not in district:
            continue
        paths = {
            language: f"{page_path(page)}{district.get(language, district[settings.LANGUAGE_CODE]).slug}/"
            for language, page in theme.items()
        }
        listed += [Address(path, translations=paths) for path in paths.values()]
    return listed


def _by_key(model: type[Page], site: Site) -> dict[int, dict[str, Page]]:
    """Give the visible pages of a model by language, under the id of that in the own language."""
    pages = list(
        without_fallbacks(visible(model.objects.all(), site)).only(
            "pk", "title", "slug", "url_path", "path", "locale_id", "translation_key"
        )
    )
    by_key: dict[object, dict[str, Page]] = defaultdict(dict)
    for page in pages:
        by_key[page.translation_key][language_code(page.locale_id)] = page
    return {each[settings.LANGUAGE_CODE].pk: each for each in by_key.values() if settings.LANGUAGE_CODE in each}


def entries(ids: Collection[str] | None) -> Iterable[Entry]:
    """Give the entries of themes in districts, in the site's own language, for the readers of all languages.

    Who may see the theme may see them; the words of a district go from them when it is hidden, and `found` leaves
    out what is not there any more.
    """
    asked = None if ids is None else {pair for pair in map(_pair, ids) if pair}
    listed = []
    for site in Site.objects.all():
        themes, districts = _by_key(ThemePage, site), _by_key(DistrictPage, site)
        for theme_id, district_id in sorted(pairs(site)):
            if (asked is None or (theme_id, district_id) in asked) and theme_id in themes and district_id in districts:
                theme = themes[theme_id][settings.LANGUAGE_CODE]
                district = districts[district_id][settings.LANGUAGE_CODE]
                with override(settings.LANGUAGE_CODE):
                    # Not the district's: its name must go from the words at once when it is hidden. Nor the theme's
                    # alone: who looks for a theme wants the theme first.
                    title = gettext("%(theme)s in een district") % {"theme": theme.title}
                listed.append(
                    Entry(
                        key=f"{KIND}:{theme_id}-{district_id}",
                        page_id=theme_id,
                        source_id=theme_id,
                        kind=KIND,
                        language=settings.LANGUAGE_CODE,
                        text_language=settings.LANGUAGE_CODE,
                        title=title,
                        names=(district.title,),
                        named=(district_id,),
                        fallback=True,
                    )
                )
    return listed


def _pair(key: str) -> tuple[int, int] | None:
    theme, _dash, district = key.partition("-")
    return (int(theme), int(district)) if theme.isdigit() and district.isdigit() else None


def found_theme_districts(keys: Iterable[str], context: RenderContext) -> dict[str, Card]:
    """Give the cards of what somebody found, by the part of its key after the kind; without what is there no more."""
    asked = {key: pair for key in keys if (pair := _pair(key))}
    if not asked:
        return {}
    theme_ids, district_ids = ({pair[place] for pair in asked.values()} for place in (0, 1))
    there = pairs(context.site, theme_ids, district_ids)
    themes, districts = context.of_type(ThemePage), context.of_type(DistrictPage)
    cards = {}
    for key, (theme_id, district_id) in asked.items():
        if (theme_id, district_id) in there and theme_id in themes and district_id in districts:
            theme, district = themes[theme_id], districts[district_id]
            link = page_link(theme, context.locale)
            slug = district.slug
            if theme.locale_id != district.locale_id:
                slugs = _slugs(district, context.site)
                slug = slugs.get(language_code(theme.locale_id)) or slugs.get(settings.LANGUAGE_CODE, slug)
            cards[key] = Card(title=title_of(theme, district), url=f"{link.url}{slug}/", language=link.language)
    return cards


def connect() -> None:
    """Note the entries that change with a plan, a municipality, a theme, a district or a publication."""
    for model in (SafetyPlan, Municipality, ThemePage, DistrictPage, PublicationPage):
        post_save.connect(_saved, sender=model, dispatch_uid="search themes in districts")
    for model in (SafetyPlan, PublicationPage):
        post_delete.connect(_saved, sender=model, dispatch_uid="search themes in districts")


def _is_or_was_about_both(publication: PublicationPage) -> bool:
    """Say whether the publication is about themes and districts, or was until now: those may be left with nothing."""
    if publication.pk is None:
        return False
    # When a page has been saved, the database still has what it was about before.
    before = PublicationPage.objects.filter(pk=publication.pk, themes__isnull=False, districts__isnull=False)
    return (publication.themes.exists() and publication.districts.exists()) or before.exists()


def _saved(sender: type[Any], instance: Any, **_kwargs: Any) -> None:
    own = {"locale__language_code": settings.LANGUAGE_CODE}
    themes, districts = ThemePage.objects.filter(**own), DistrictPage.objects.filter(**own)
    if sender is ThemePage:
        themes = themes.filter(pk=instance.pk)
    elif sender is DistrictPage:
        districts = districts.filter(pk=instance.pk)
    elif sender is Municipality:
        districts = districts.filter(pk=instance.district_id)
    elif sender is SafetyPlan:
        districts = districts.filter(municipalities=instance.municipality_id)
    elif sender is PublicationPage and not _is_or_was_about_both(instance):
        return
    theme_ids, district_ids = (list(pages.values_list("pk", flat=True)) for pages in (themes, districts))
    note_records(KIND, [f"{theme}-{district}" for theme in theme_ids for district in district_ids])

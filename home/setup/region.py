"""Prepares an empty site for a region. Makes what is missing; what is there already, edited or not, stays as it is."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale

from cms.models import BasePage
from districts.models import DistrictIndexPage, DistrictPage, MunicipalityIndexPage, PriorityMatrixPage
from home.models import ContentPage, HomePage, SearchPage
from home.setup.blocks import References, body
from home.setup.content import ContentError, Record, read
from home.setup.districts import set_up_districts, set_up_municipalities
from home.setup.forms import set_up_forms
from home.setup.groups import allow_translators, set_up_groups
from home.setup.pages import Pages
from home.setup.report import Report
from home.setup.search_words import set_up_search_words
from home.setup.site import set_up_home, set_up_locales
from home.setup.site_parts import set_up_site_parts
from home.setup.terms import set_up_terms
from kennisbank.models import KennisbankPage
from network.models import NetworkPage, OrganisationIndexPage
from themes.models import ThemeIndexPage

REGIONS = Path(__file__).resolve().parent.parent / "regions"

_MAIN_PAGES: dict[str, type[BasePage]] = {
    "themas": ThemeIndexPage,
    "kennisbank": KennisbankPage,
    "districten": DistrictIndexPage,
    "netwerk": NetworkPage,
    "gemeenten": MunicipalityIndexPage,
    "partners": OrganisationIndexPage,
}


@dataclass
class PreparedSite:
    """What stands after set-up: the pages and records that later steps build on."""

    region: Record
    locales: list[Locale]
    groups: dict[str, Group]
    home: HomePage
    main_pages: dict[str, BasePage]
    districts: dict[str, DistrictPage]
    pages: Pages
    references: References

    @property
    def language(self) -> str:
        """The code of the site's own language."""
        return self.locales[0].language_code

    @property
    def report(self) -> Report:
        """What this run made."""
        return self.pages.report

    def management(self, record: Record) -> dict[str, Any]:
        """Give the values that say who keeps a page and when it must be looked at."""
        key = record.text("responsible")
        if key not in self.groups:
            raise ContentError(f"{record.place}: er is geen groep met de sleutel '{key}'.")
        return {"responsible_group": self.groups[key], "review_date": record.day("review_date")}


def available_regions() -> list[str]:
    """Give the names of the regions that have a file."""
    return sorted(path.stem for path in REGIONS.glob("*.toml"))


def read_region(name: str) -> Record:
    """Read a region's file. Raises ContentError, naming the regions that exist, where there is none."""
    if name not in available_regions():
        raise ContentError(f"De regio '{name}' bestaat niet. Deze regio's zijn er: {', '.join(available_regions())}.")
    return read(REGIONS / f"{name}.toml")


@transaction.atomic
def set_up(region: Record, report: Report, *, add_rights: bool = False) -> PreparedSite:
    """Prepare the site. All or nothing: an error in the file leaves the database as it was.

    With `add_rights` groups that were there already get the rights that they lack.
    """
    locales = set_up_locales(region, report)
    groups = set_up_groups(region, report, add_rights=add_rights)
    references = References()
    set_up_terms(region, locales, references, report)
    pages = Pages(locales[0], references, report)
    main_records = {record.text("soort"): record for record in region.tables("hoofdpaginas")}
    if missing := {"home", *_MAIN_PAGES} - set(main_records):
        raise ContentError(f"{region.place}: bij 'hoofdpaginas' ontbreekt de soort {', '.join(sorted(missing))}.")
    home = set_up_home(region, main_records.pop("home"), pages)
    main_pages = _set_up_main_pages(main_records, home, pages)
    set_up_forms(region.tables("formulieren"), locales[0], references, report)
    _set_up_starter_pages(region, home, pages)
    _set_up_search_page(region, home, pages)
    _set_up_matrix_page(region, main_pages["gemeenten"], pages)
    districts = set_up_districts(region, main_pages["districten"], pages)
    set_up_municipalities(region, districts, references, report)
    set_up_site_parts(region, locales, references, report)
    set_up_search_words(region, locales[0].language_code, report)
    if "vertalers" in groups:
        allow_translators(groups["vertalers"], home)
    return PreparedSite(region, locales, groups, home, main_pages, districts, pages, references)


def _set_up_main_pages(records: dict[str, Record], home: HomePage, pages: Pages) -> dict[str, BasePage]:
    found = {}
    for kind, record in records.items():
        if kind not in _MAIN_PAGES:
            raise ContentError(f"{record.place}: onbekende soort '{kind}'. Kies uit: home, {', '.join(_MAIN_PAGES)}.")
        page = _MAIN_PAGES[kind](
            title=record.text("title"),
            slug=record.text("slug"),
            introduction=record.text("introduction"),
            show_in_menus=True,
        )
        page = pages.add(home, page, record.text("key"), record.place, kind="Hoofdpagina's")
        if pages.is_new(page.pk):
            page = pages.fill(page, record.place, {})
        found[kind] = page
    return found


def _set_up_starter_pages(region: Record, home: HomePage, pages: Pages) -> None:
    records = region.tables("startpaginas")
    added = []
    for record in records:
        page = ContentPage(
            title=record.text("title"), slug=record.text("slug"), introduction=record.text("introduction")
        )
        added.append((record, pages.add(home, page, record.text("key"), record.place, kind="Startpagina's")))
    for record, page in added:
        if pages.is_new(page.pk):
            blocks = body(record.text("key"), record.tables("body"), pages.references)
            pages.fill(page, record.place, {"body": blocks})


def _set_up_search_page(region: Record, home: HomePage, pages: Pages) -> None:
    if "zoekpagina" not in region:
        return
    record = region.table("zoekpagina")
    page = SearchPage(title=record.text("title"), slug=record.text("slug"), introduction=record.text("introduction"))
    page = pages.add(home, page, record.text("key"), record.place, kind="Zoekpagina")
    if pages.is_new(page.pk):
        contact = pages.references.id_of("pagina", record.text("contact"), record.place)
        pages.fill(page, record.place, {"contact_page_id": contact})


def _set_up_matrix_page(region: Record, municipalities: BasePage, pages: Pages) -> None:
    if "prioriteiten" not in region:
        return
    record = region.table("prioriteiten")
    page = PriorityMatrixPage(
        title=record.text("title"), slug=record.text("slug"), introduction=record.text("introduction")
    )
    page = pages.add(municipalities, page, record.text("key"), record.place, kind="Prioriteiten")
    if pages.is_new(page.pk):
        pages.fill(page, record.place, {})

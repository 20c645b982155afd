"""Loads the example network. Adds what is missing; what is there already, edited or not, stays as it is."""

from django.db import transaction

from home.setup.demo.files import add_documents, add_images
from home.setup.demo.logins import add_logins, allowed
from home.setup.demo.network import add_bodies, add_facts, add_organisations, fill_body
from home.setup.demo.pages import add_themes, fill_districts, fill_home, fill_theme
from home.setup.demo.plans import add_plans
from home.setup.demo.publications import add_publications, fill_publication
from home.setup.demo.source import demo_file
from home.setup.demo.translations import add_translations
from home.setup.groups import allow_translators
from home.setup.region import PreparedSite, read_region, set_up
from home.setup.report import Report, without_page_log
from home.setup.site_parts import set_up_banner

REGION = "oost-nederland"


def load_demo(report: Report | None = None) -> PreparedSite:
    """Set up the region where needed and add the demo, all or nothing. Logins come where the settings allow them.

    Pictures get their sizes from the worker, or from `make_renditions` (home/setup/demo/files.py).
    """
    with without_page_log(), transaction.atomic():
        site = set_up(read_region(REGION), Report())
        site.pages.report = report or Report()
        _add_records(site)
        _add_pages(site)
        add_translations(demo_file("vertalingen").tables("paginas"), site)
        if "vertalers" in site.groups:
            allow_translators(site.groups["vertalers"], site.home)
        if allowed():
            add_logins(demo_file("inloggegevens"), site.groups, site.report)
    return site


def _add_records(site: PreparedSite) -> None:
    add_images(demo_file("afbeeldingen"), site.references, site.report)
    add_organisations(demo_file("organisaties"), site)


def _add_pages(site: PreparedSite) -> None:
    """Add all pages as drafts before the first is filled: their texts link to each other."""
    network = demo_file("netwerk")
    themes = add_themes(demo_file("themas").tables("themas"), site)
    bodies = add_bodies(network.tables("organen"), site)
    publications = add_publications(demo_file("publicaties").tables("publicaties"), site)
    add_plans(demo_file("plannen").tables("plannen"), site)
    for record, body in bodies:
        if site.pages.is_new(body.pk):
            fill_body(body, record, site)
    for record, publication in publications:
        # A publication that is there keeps the files it has, also when the demo's own were made again since.
        if site.pages.is_new(publication.pk):
            add_documents(record, site.references, site.report)
            fill_publication(publication, record, site)
    for record, theme in themes:
        if site.pages.is_new(theme.pk):
            fill_theme(theme, record, site)
    fill_districts(demo_file("districten").tables("districten"), site)
    fill_home(demo_file("home"), site)
    set_up_banner(demo_file("mededeling"), site.locales, site.references, site.report)
    add_facts(network, site)

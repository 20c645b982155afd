"""The frame of a site: its languages, the Site record and the home page."""

from urllib.parse import urlsplit

from django.conf import settings
from wagtail.coreutils import get_content_languages
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from home.setup.content import ContentError, Record
from home.setup.pages import Pages
from home.setup.report import Report


def set_up_locales(region: Record, report: Report) -> list[Locale]:
    """Give the languages of the region, the site's own first; make those that are missing."""
    codes = region.texts("locales")
    allowed = get_content_languages()
    for code in codes:
        if code not in allowed:
            raise ContentError(
                f"{region.place}: de taal '{code}' in 'locales' staat niet in WAGTAIL_CONTENT_LANGUAGES."
            )
    if not codes or codes[0] != settings.LANGUAGE_CODE:
        raise ContentError(f"{region.place}: de eerste taal in 'locales' moet '{settings.LANGUAGE_CODE}' zijn.")
    locales = []
    for code in codes:
        locale, new = Locale.objects.get_or_create(language_code=code)
        report.add("Talen", new=new)
        locales.append(locale)
    return locales


def set_up_home(region: Record, home_record: Record, pages: Pages) -> HomePage:
    """Give the home page of the default site; make it in place of Wagtail's welcome page where there is none."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    current = site.root_page.specific if site else None
    if isinstance(current, HomePage):
        pages.report.add("Homepage", new=False)
        pages.references.add("pagina", home_record.text("key"), current.pk)
        return current
    if current is not None and (type(current) is not Page or current.numchild):
        raise ContentError(
            f"De site heeft al een andere startpagina ('{current.title}'). Dit commando is bedoeld voor een lege site."
        )
    if current is not None:
        # The new home page takes its name in the address. Not saved: nobody need index what goes in a moment.
        Page.objects.filter(pk=current.pk).update(slug=f"{current.slug}-wagtail")
    network = region.table("regio")
    home = pages.add(
        Page.get_first_root_node(),
        HomePage(
            title=home_record.text("title"),
            slug=home_record.text("slug"),
            introduction=home_record.text("introduction"),
            tagline=network.text("ondertitel"),
            slogan=network.text("slogan"),
            search_description=network.text("omschrijving"),
        ),
        home_record.text("key"),
        home_record.place,
        kind="Homepage",
    )
    home = pages.fill(home, home_record.place, {})
    _point_site_to(home, site, network)
    if current is not None:
        Page.objects.get(pk=current.pk).delete()
    return HomePage.objects.get(pk=home.pk)


def _point_site_to(home: HomePage, site: Site | None, network: Record) -> None:
    site = site or Site(is_default_site=True)
    address = urlsplit(getattr(settings, "WAGTAILADMIN_BASE_URL", ""))
    site.hostname = address.hostname or "localhost"
    site.port = address.port or (443 if address.scheme == "https" else 80)
    site.site_name = network.text("naam")
    site.root_page = home
    site.save()

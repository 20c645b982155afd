"""The home page, the themes and the districts of the demo."""

from districts.models import DistrictPage
from home.setup.content import Record
from home.setup.demo.texts import district_texts, home_texts, overview_texts, theme_texts
from home.setup.region import PreparedSite
from themes.models import ThemePage


def fill_home(record: Record, site: PreparedSite) -> None:
    """Fill the home page, unless somebody has written about the network there."""
    empty = not site.home.about and not any(
        getattr(site.home, f"after_{part}") for part in ("about", "themes", "kennisbank", "network", "districts")
    )
    site.report.add("Homepageteksten", new=empty)
    if not empty:
        return
    values = {
        **home_texts(record, site.region.table("regio"), site.references),
        "social_image_id": site.references.id_of("afbeelding", record.text("image"), record.place),
        **site.management(record),
    }
    site.home = site.pages.fill(site.home, record.place, values)


def add_themes(records: list[Record], site: PreparedSite) -> list[tuple[Record, ThemePage]]:
    """Add a page for each theme, as a draft."""
    return [
        (
            record,
            site.pages.add(
                site.main_pages["themas"],
                ThemePage(**overview_texts(record)),
                record.text("key"),
                record.place,
                kind="Thema's",
            ),
        )
        for record in records
    ]


def fill_theme(page: ThemePage, record: Record, site: PreparedSite) -> None:
    """Publish a theme with its texts, the roles of partners and its expert group."""
    values = {
        **theme_texts(record, page.locale, site.references),
        "contact_email": record.text("contact_email"),
        "social_image_id": site.references.id_of("afbeelding", record.text("image"), record.place),
        "expert_group_id": site.references.id_of("pagina", record.text("expert_group"), record.place),
        **site.management(record),
    }
    site.pages.fill(page, record.place, values)


def fill_districts(records: list[Record], site: PreparedSite) -> None:
    """Fill the districts, except those that somebody has written for."""
    for record in records:
        page = DistrictPage.objects.get(
            pk=site.references.id_of("pagina", f"district-{record.text('key')}", record.place)
        )
        empty = not page.practice and not page.body
        site.report.add("Districtsteksten", new=empty)
        if empty:
            _fill_district(page, record, site)


def _fill_district(page: DistrictPage, record: Record, site: PreparedSite) -> None:
    values = {
        **district_texts(record, page.locale, site.references),
        "network_body_id": site.references.id_of("pagina", record.text("dvo"), record.place),
        "contact_email": record.text("contact_email"),
        "social_image_id": site.references.id_of("afbeelding", record.text("image"), record.place),
        **site.management(record),
    }
    site.pages.fill(page, record.place, values)

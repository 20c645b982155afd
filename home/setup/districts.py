"""Districts as pages, and the municipalities of the region."""

from wagtail.models import Page

from districts.models import DistrictPage, Municipality
from home.setup.blocks import References
from home.setup.content import ContentError, Record
from home.setup.pages import Pages
from home.setup.records import save
from home.setup.report import Report


def set_up_districts(region: Record, parent: Page, pages: Pages) -> dict[str, DistrictPage]:
    """Give the pages of the districts by key; make those that are missing, in the order of the file."""
    found = {}
    for record in sorted(region.tables("districten"), key=lambda record: record.number("volgorde")):
        page = DistrictPage(
            title=record.text("naam"), slug=record.text("slug"), introduction=record.text("introduction")
        )
        key = f"district-{record.text('key')}"
        page = pages.add(parent, page, key, record.place, kind="Districten")
        if pages.is_new(page.pk):
            page = pages.fill(page, record.place, {})
        found[record.text("key")] = page
    return found


def set_up_municipalities(
    region: Record, districts: dict[str, DistrictPage], references: References, report: Report
) -> None:
    """Make the municipalities that are missing. One that has merged needs its successor to exist, so it comes later."""
    known = {municipality.code: municipality for municipality in Municipality.objects.all()}
    records = region.tables("gemeenten")
    for record in sorted(records, key=lambda record: "opvolger" in record):
        code = record.text("code")
        report.add("Gemeenten", new=code not in known)
        if code not in known:
            known[code] = _add_municipality(record, districts, known)
        references.add("gemeente", record.text("slug"), known[code].pk)


def _add_municipality(
    record: Record, districts: dict[str, DistrictPage], known: dict[str, Municipality]
) -> Municipality:
    district, successor = record.text("district"), record.optional_text("opvolger")
    if district not in districts:
        raise ContentError(f"{record.place}: er is geen district met de sleutel '{district}'.")
    if successor is not None and successor not in known:
        raise ContentError(f"{record.place}: er is geen opvolger met de code '{successor}'.")
    municipality = Municipality(
        code=record.text("code"),
        name=record.text("naam"),
        slug=record.text("slug"),
        district=districts[district],
        tile_x=record.optional_number("x"),
        tile_y=record.optional_number("y"),
        valid_from=record.optional_day("valid_from"),
        valid_to=record.optional_day("valid_to"),
        successor=known[successor] if successor else None,
    )
    save(municipality, record.place)
    return municipality

"""The page that compares: which theme has priority in which municipality, by district and one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext, ngettext

from cms.addresses import public_address
from cms.rendering.context import RenderContext
from cms.rendering.links import Source, page_link, page_path, worded_link
from cms.rendering.values import Link, TextPart
from cms.sections import (
    BODY,
    LEAD,
    RELATED,
    BaseSection,
    Choice,
    ChoicesSection,
    MatrixCell,
    MatrixRow,
    MatrixSection,
    Option,
)
from cms.visibility import visible, without_fallbacks
from districts import models
from districts.addresses import MunicipalityAddresses
from districts.names import municipality_count
from districts.priorities import (
    DEFAULT_ORDER,
    WITH_PLAN,
    Asked,
    District,
    Matrix,
    Row,
    this_year,
    years_of_plans,
)
from districts.tiles import tile_map

if TYPE_CHECKING:
    from wagtail.models import Page

TABLE_NAME = "prioriteiten.csv"
STRONGEST = 5


def matrix_page(context: RenderContext) -> Page | None:
    """Give the page of the matrix for the reader; None where the public sees none. One query for all pages."""
    return context.shared("matrix page", lambda: _find_matrix_page(context))


def _find_matrix_page(context: RenderContext) -> Page | None:
    languages = (context.locale.language_code, settings.LANGUAGE_CODE)
    pages = models.PriorityMatrixPage.objects.filter(locale__language_code__in=languages).defer_streamfields()
    found = without_fallbacks(visible(pages, context.site)).order_by("path")
    return min(found, key=lambda page: page.locale_id != context.locale.pk, default=None)


def matrix_link(words: str, context: RenderContext, **chosen: str) -> Link | None:
    """Give the link to the matrix with these filters; None where there is no page of it."""
    page = matrix_page(context)
    if page is None:
        return None
    asked = Asked.of_query({name: [value] for name, value in chosen.items() if value})
    return worded_link(page, words, context.locale, asked.address("").query)


def matrix_sections(page: models.PriorityMatrixPage, context: RenderContext) -> list[BaseSection]:
    """Give the form, the numbers of the districts, the map and the municipalities."""
    asked = Asked.of_query(context.query)
    matrix = Matrix.on_page(asked, context)
    action = page_path(page)
    sections: list[BaseSection | None] = [
        _form(matrix, action),
        _districts(matrix, action, context),
        _map(matrix, context),
        _municipalities(matrix, context),
    ]
    return [section for section in sections if section]


def _form(matrix: Matrix, action: str) -> ChoicesSection:
    asked, address = matrix.asked, matrix.asked.address(action)
    years = sorted({*years_of_plans(), asked.year}, reverse=True)
    orders = [
        ("", gettext("Op naam")),
        ("voorrang", gettext("Meeste thema's eerst")),
        ("district", gettext("Op district")),
    ]
    fields = [
        Choice(
            name="jaar",
            label=gettext("Jaar"),
            options=[
                Option(value="" if year == this_year() else str(year), label=str(year), selected=year == asked.year)
                for year in years
            ],
        ),
        _choice_of("district", gettext("District"), gettext("Alle districten"), matrix.districts, asked.districts),
        _choice_of("thema", gettext("Geeft voorrang aan"), gettext("Alle thema's"), matrix.themes, asked.themes),
        Choice(
            name=WITH_PLAN[0],
            label=gettext("Gemeenten"),
            options=[
                Option(value="", label=gettext("Met en zonder plan"), selected=not asked.with_plan),
                Option(value=WITH_PLAN[1], label=gettext("Alleen met een plan"), selected=asked.with_plan),
            ],
        ),
        Choice(
            name="sorteer",
            label=gettext("Volgorde"),
            options=[
                Option(value=value, label=label, selected=(value or DEFAULT_ORDER) == asked.order)
                for value, label in orders
            ],
        ),
    ]
    number = len(matrix.rows)
    with_plan = sum(row.plan is not None for row in matrix.rows)
    summary = ngettext(
        "%(number)d gemeente, waarvan %(plans)d met een plan in %(year)d",
        "%(number)d gemeenten, waarvan %(plans)d met een plan in %(year)d",
        number,
    ) % {"number": number, "plans": with_plan, "year": asked.year}
    table = Link(title=gettext("Download als CSV"), url=f"{action}{TABLE_NAME}{address.query}")
    return ChoicesSection(
        key="keuze",
        label=gettext("Kies wat u wilt vergelijken"),
        action=action,
        fields=fields,
        submit_label=gettext("Toon"),
        reset=Link(title=gettext("Wis alles"), url=action) if address.query else None,
        summary=summary if number else gettext("Geen gemeenten gevonden"),
        exports=[table] if number else [],
        order=LEAD,
    )


def _choice_of(name: str, label: str, every: str, sources: dict[int, Source], chosen: frozenset[str]) -> Choice:
    options = [
        Option(value=source.key, label=source.shown.title, selected=source.key in chosen) for source in sources.values()
    ]
    return Choice(
        name=name,
        label=label,
        options=[Option(value="", label=every, selected=not any(option.selected for option in options)), *options],
    )


def _columns(matrix: Matrix) -> list[Link]:
    return [page_link(source.shown, matrix.locale) for source in matrix.themes.values()]


def _districts(matrix: Matrix, action: str, context: RenderContext) -> MatrixSection | None:
    if not matrix.themes or not matrix.per_district:
        return None
    return MatrixSection(
        key="per-district",
        title=gettext("Per district"),
        introduction=gettext(
            "Het getal zegt hoeveel gemeenten van het district een thema in %(year)d voorrang geven. Hoe meer, hoe "
            "sterker de kleur."
        )
        % {"year": matrix.asked.year},
        caption=gettext("Aantal gemeenten dat een thema voorrang geeft, per district, in %(year)d")
        % {"year": matrix.asked.year},
        corner=gettext("District"),
        detail_columns=[gettext("Met een plan")],
        columns=_columns(matrix),
        rows=[district_row(district, matrix, action) for district in matrix.per_district],
        order=LEAD + 1,
    )


def district_row(district: District, matrix: Matrix, action: str = "") -> MatrixRow:
    """Give the row of a district: its numbers, each tinted by its share of the district's municipalities."""
    total = len(district.rows)
    source = district.source
    head = TextPart(text=gettext("Andere gemeenten"))
    if source:
        link = page_link(source.shown, matrix.locale)
        head = TextPart(text=link.title, url=link.url, language=link.language)
    with_plan = gettext("%(plans)d van %(total)d") % {"plans": district.number_with_plan, "total": total}
    return MatrixRow(
        head=[head],
        details=[[TextPart(text=with_plan)]],
        cells=[
            MatrixCell(
                text=str(number),
                spoken=gettext("van %(count)s") % {"count": municipality_count(total)},
                tint=tint(number, total),
            )
            for number in district.counts.values()
        ],
    )


def tint(number: int, total: int) -> int:
    """Give how strong the colour of a number is: 0 for none, else the fifth of the total that it reaches."""
    return -(-number * STRONGEST // total) if total else 0


def _municipalities(matrix: Matrix, context: RenderContext) -> MatrixSection:
    addresses = MunicipalityAddresses.on_page(context)
    return MatrixSection(
        key="per-gemeente",
        title=gettext("Per gemeente"),
        caption=gettext("Thema's met voorrang per gemeente, in %(year)d") % {"year": matrix.asked.year},
        corner=gettext("Gemeente"),
        detail_columns=[gettext("Plan")],
        columns=_columns(matrix),
        closing_columns=[gettext("District")],
        rows=[_municipality_row(row, matrix, addresses) for row in matrix.rows],
        totals=_totals(matrix) if len(matrix.rows) > 1 else None,
        empty=gettext("Geen gemeente past bij wat u koos. Kies minder."),
        order=RELATED,
    )


def _municipality_row(row: Row, matrix: Matrix, addresses: MunicipalityAddresses) -> MatrixRow:
    district = matrix.districts.get(row.municipality.district_id)
    no_priority = gettext("geen voorrang") if row.plan else gettext("geen plan")
    return MatrixRow(
        head=[addresses.part(row.municipality)],
        details=[_plan_parts(row, matrix)],
        cells=[
            MatrixCell(text=gettext("voorrang"), tint=STRONGEST, marked=True)
            if pk in row.themes
            else MatrixCell(spoken=no_priority)
            for pk in matrix.themes
        ],
        closing=[[_source_part(district, matrix)] if district else []],
    )


def _source_part(source: Source, matrix: Matrix) -> TextPart:
    link = page_link(source.shown, matrix.locale)
    return TextPart(text=link.title, language=link.language)


def _plan_parts(row: Row, matrix: Matrix) -> list[TextPart]:
    if row.plan is None:
        return [TextPart(text=gettext("geen plan"))]
    document = matrix.documents.get(row.plan.pk)
    # The years are a link to the document; its language is told by the page that it leads to.
    return [TextPart(text=row.plan.period, url=document.url if document else None)]


def _totals(matrix: Matrix) -> MatrixRow:
    total = len(matrix.rows)
    with_plan = sum(row.plan is not None for row in matrix.rows)
    return MatrixRow(
        head=[TextPart(text=gettext("Samen"))],
        details=[[TextPart(text=gettext("%(plans)d van %(total)d") % {"plans": with_plan, "total": total})]],
        cells=[
            MatrixCell(text=str(number), spoken=gettext("van %(count)s") % {"count": municipality_count(total)})
            for number in matrix.counts.values()
        ],
        closing=[[]],
    )


def _map(matrix: Matrix, context: RenderContext) -> BaseSection | None:
    """Give the map of today's municipalities, those marked that the table shows with a plan or a chosen theme."""
    marked = {row.municipality.pk for row in matrix.rows if row.plan}
    by_theme = bool(matrix.asked.themes & {source.key for source in matrix.themes.values()})
    return tile_map(
        context,
        skip_to="per-gemeente",
        marked=marked,
        marked_label=gettext("geeft voorrang") if by_theme else gettext("heeft een plan"),
        unmarked_label=gettext("geeft geen voorrang") if by_theme else gettext("heeft geen plan"),
        key="kaart",
        title=gettext("Op de kaart"),
        order=BODY,
    )


def table_rows(matrix: Matrix) -> list[list[str]]:
    """Give what the page shows as a table of text, its head first."""
    head = [
        gettext("Gemeente"), gettext("CBS-code"), gettext("District"), gettext("Jaar"),
        gettext("Eerste jaar van het plan"), gettext("Laatste jaar van het plan"), gettext("Document"),
        *(source.shown.title for source in matrix.themes.values()),
    ]  # fmt: skip
    rows = []
    for row in matrix.rows:
        district = matrix.districts.get(row.municipality.district_id)
        document = matrix.documents.get(row.plan.pk) if row.plan else None
        rows.append(
            [
                row.municipality.name,
                row.municipality.code,
                district.shown.title if district else "",
                str(matrix.asked.year),
                str(row.plan.first_year) if row.plan else "",
                str(row.plan.last_year) if row.plan else "",
                public_address(matrix.site) + document.url if document else "",
                *(gettext("voorrang") if pk in row.themes else "" for pk in matrix.themes),
            ]
        )
    return [head, *rows]


def district_section(page: models.DistrictPage, context: RenderContext) -> list[MatrixSection]:
    """On a district: its row of the matrix of this year, with the way to its municipalities in it."""
    if matrix_page(context) is None:
        return []
    matrix = Matrix.on_page(Asked(this_year()), context)
    own = next(
        (
            district
            for district in matrix.per_district
            if district.source and district.source.own.translation_key == page.translation_key
        ),
        None,
    )
    if own is None or own.source is None or not own.number_with_plan or not matrix.themes:
        return []
    return [
        MatrixSection(
            key="prioriteiten",
            title=gettext("Wat heeft voorrang?"),
            introduction=gettext("Zoveel gemeenten van het district geven een thema voorrang in hun plan van nu."),
            caption=gettext("Aantal gemeenten dat een thema voorrang geeft, in %(year)d") % {"year": this_year()},
            corner=gettext("District"),
            detail_columns=[gettext("Met een plan")],
            columns=_columns(matrix),
            rows=[district_row(own, matrix)],
            more=matrix_link(gettext("Vergelijk de gemeenten van dit district"), context, district=own.source.key),
            order=RELATED,
        )
    ]

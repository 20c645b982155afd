"""Which municipality gives which theme priority, by its safety plan: one answer for page, table and API.

A value in an address that stands for nothing is ignored, as if it had not been given: an old link still gives a table.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, get_args

from django.db.models import Max, Min, QuerySet
from django.utils import timezone
from wagtail.models import Locale, Site

from cms.listing import ListAddress
from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import Source, sources_of
from cms.rendering.values import Link
from districts import models
from districts.documents import documents_of
from themes.models import ThemePage

if TYPE_CHECKING:
    # The plan of each municipality, and the themes of each plan, by their ids.
    Plans = tuple[dict[int, models.SafetyPlan], dict[int, set[int]]]

Order = Literal["naam", "voorrang", "district"]
DEFAULT_ORDER: Order = "naam"
# In the address: only municipalities that have a plan.
WITH_PLAN = ("plan", "ja")
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Asked:
    """What is asked: a year, and which municipalities. Districts and themes by the slug in the site's own language."""

    year: int
    districts: frozenset[str] = frozenset()
    themes: frozenset[str] = frozenset()
    with_plan: bool = False
    order: Order = DEFAULT_ORDER
    # Whether a district or theme that stands for nothing finds nothing, as in the API, or counts for nothing.
    strict: bool = False

    @classmethod
    def of_query(cls, query: Mapping[str, Sequence[str]]) -> Asked:
        """Read the query of an address."""

        def first(name: str) -> str:
            return next(iter(query.get(name, ())), "")

        order = first("sorteer")
        return cls(
            year=asked_year(first("jaar")),
            districts=frozenset(value for value in query.get("district", ()) if value),
            themes=frozenset(value for value in query.get("thema", ()) if value),
            with_plan=first(WITH_PLAN[0]) == WITH_PLAN[1],
            order=order if order in get_args(Order) else DEFAULT_ORDER,  # type: ignore[arg-type]
        )

    def address(self, action: str) -> ListAddress:
        """Give the address of the same question below `action`."""
        pairs = [("district", value) for value in sorted(self.districts)]
        pairs += [("thema", value) for value in sorted(self.themes)]
        pairs += [("jaar", str(self.year))] if self.year != this_year() else []
        pairs += [WITH_PLAN] if self.with_plan else []
        pairs += [("sorteer", self.order)] if self.order != DEFAULT_ORDER else []
        return ListAddress(action, tuple(pairs))


def this_year() -> int:
    """Give the year of today."""
    return timezone.localdate().year


def asked_year(text: str) -> int:
    """Give the year that an address asks for; this year where that is none."""
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else this_year()


def years_of_plans() -> list[int]:
    """Give the years that plans cover, and this one, the newest first. One query."""
    ends = models.SafetyPlan.objects.aggregate(first=Min("first_year"), last=Max("last_year"))
    years = {ends["first"] or this_year(), ends["last"] or this_year(), this_year()}
    return list(range(max(years), min(years) - 1, -1))


@dataclass(frozen=True)
class Row:
    """A municipality, its plan of that year, and the ids of the visible themes that it puts first."""

    municipality: models.Municipality
    plan: models.SafetyPlan | None
    themes: frozenset[int]


@dataclass(frozen=True)
class District:
    """Of a district (None: municipalities whose district is not public) how many of its rows give priority to what."""

    source: Source | None
    rows: list[Row]
    themes: Sequence[int]

    @cached_property
    def number_with_plan(self) -> int:
        """How many of its municipalities have a plan."""
        return sum(row.plan is not None for row in self.rows)

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many of its municipalities give a theme priority, by the theme's id."""
        return {pk: sum(pk in row.themes for row in self.rows) for pk in self.themes}


@dataclass(frozen=True)
class Matrix:
    """The rows that were asked for; themes and districts are those that the public may see, in the order of the tree.

    `all_rows` are those of all municipalities of that year: the numbers of a district count them all.
    """

    asked: Asked
    site: Site
    locale: Locale
    themes: dict[int, Source]
    districts: dict[int, Source]
    all_rows: list[Row]

    @classmethod
    def of(cls, asked: Asked, site: Site, locale: Locale) -> Matrix:
        """Load it. Five queries, two more in other languages."""
        municipalities = list(models.Municipality.objects.of(site).valid_on(day_of(asked.year)))
        districts, themes = sources_of(models.DistrictPage, site, locale), sources_of(ThemePage, site, locale)
        return cls._of(asked, site, locale, municipalities, districts, themes, _plans_of(asked.year))

    @classmethod
    def on_page(cls, asked: Asked, context: RenderContext) -> Matrix:
        """As `of`, for a page that is being rendered: what the page's map has loaded is not loaded again."""
        return context.once(("matrix", asked), lambda: cls._load_on_page(asked, context))

    @classmethod
    def _load_on_page(cls, asked: Asked, context: RenderContext) -> Matrix:
        rows = municipalities_of_today(context) if asked.year == this_year() else None
        municipalities = rows or list(models.Municipality.objects.of(context.site).valid_on(day_of(asked.year)))
        districts, themes = context.sources(models.DistrictPage), context.sources(ThemePage)
        plans = context.shared(("plans", asked.year), lambda: _plans_of(asked.year))
        return cls._of(asked, context.site, context.locale, municipalities, districts, themes, plans)

    @classmethod
    def _of(
        cls,
        asked: Asked,
        site: Site,
        locale: Locale,
        municipalities: list[models.Municipality],
        districts: dict[int, Source],
        themes: dict[int, Source],
        of_year: Plans,
    ) -> Matrix:
        plans, chosen = of_year
        rows = [_row(item, plans.get(item.pk), chosen, themes) for item in municipalities]
        return cls(asked, site, locale, themes, districts, rows)

    @cached_property
    def rows(self) -> list[Row]:
        """Those that pass the filters, in the order that was asked for."""
        rows = [row for row in self.all_rows if self._passes(row)]
        return sorted(rows, key=self._order)

    def _passes(self, row: Row) -> bool:
        asked = self.asked
        district = self.districts.get(row.municipality.district_id)
        wanted = {pk for pk, source in self.themes.items() if source.key in asked.themes}
        known_districts = {source.key for source in self.districts.values()} & asked.districts
        by_district = asked.districts if asked.strict else known_districts
        by_theme = asked.themes if asked.strict else wanted
        return (
            (not by_district or (district is not None and district.key in known_districts))
            and (not by_theme or bool(wanted & row.themes))
            and (not asked.with_plan or row.plan is not None)
        )

    @property
    def _order(self) -> Callable[[Row], Any]:
        places = {pk: place for place, pk in enumerate(self.districts)}

        def key(row: Row) -> Any:
            name = sort_key(row.municipality.name)
            if self.asked.order == "voorrang":
                return (-len(row.themes), name)
            if self.asked.order == "district":
                return (places.get(row.municipality.district_id, len(places)), name)
            return name

        return key

    @cached_property
    def per_district(self) -> list[District]:
        """The districts with all their municipalities of that year; of those that were asked for, if any were."""
        rows: dict[int, list[Row]] = defaultdict(list)
        for row in self.all_rows:
            rows[row.municipality.district_id if row.municipality.district_id in self.districts else 0].append(row)
        wanted = {pk for pk, source in self.districts.items() if source.key in self.asked.districts}
        shown = [pk for pk in self.districts if not wanted or pk in wanted]
        found = [District(self.districts[pk], rows[pk], list(self.themes)) for pk in shown if rows[pk]]
        return [*found, *([District(None, rows[0], list(self.themes))] if rows[0] and not wanted else [])]

    @cached_property
    def counts(self) -> dict[int, int]:
        """How many of the rows that are shown give a theme priority, by the theme's id."""
        return {pk: sum(pk in row.themes for row in self.rows) for pk in self.themes}

    @cached_property
    def documents(self) -> dict[int, Link]:
        """The pages of the plans' documents, by the plan's id."""
        return documents_of([row.plan.pk for row in self.rows if row.plan], self.site, self.locale)


def _plans_of(year: int) -> Plans:
    """Give the plans of a year. Two queries."""
    # Of two plans for one year, which the rules no longer allow, the newer counts.
    found = models.SafetyPlan.objects.current(year).order_by("first_year")
    plans = {plan.municipality_id: plan for plan in found}
    return plans, themes_of(plans.values())


def day_of(year: int) -> date:
    """Give the day on which the municipalities of a year are counted: today, or of another year its first."""
    return timezone.localdate() if year == this_year() else date(year, 1, 1)


def municipalities_ever(context: RenderContext) -> dict[int, models.Municipality]:
    """Give all municipalities by id, also those that have ended. One query for all pages."""
    return context.shared("municipalities", models.Municipality.objects.in_bulk)


def municipalities_of_today(context: RenderContext) -> list[models.Municipality]:
    """Give them once for all pages. One query."""
    return context.shared(
        "municipalities of today", lambda: list(models.Municipality.objects.of(context.site).valid_on())
    )


@dataclass(frozen=True)
class Priority:
    """That a plan of today gives priority to a theme; ids, those of pages in the site's own language."""

    theme: int
    municipality: int
    district: int
    plan: int


def plans_of_today(theme_ids: Collection[int] | None = None, district_ids: Collection[int] | None = None) -> QuerySet:
    """Give which plans of today's municipalities give priority to which themes, of these themes and districts."""
    rows = models.SafetyPlan.themes.through.objects.filter(
        safetyplan__first_year__lte=this_year(),
        safetyplan__last_year__gte=this_year(),
        safetyplan__municipality__in=models.Municipality.objects.valid_on(),
    )
    if theme_ids is not None:
        rows = rows.filter(themepage_id__in=theme_ids)
    return rows if district_ids is None else rows.filter(safetyplan__municipality__district_id__in=district_ids)


def priorities_of_today(context: RenderContext) -> list[Priority]:
    """Give all of them once for all pages. One query."""
    columns = ("themepage_id", "safetyplan__municipality_id", "safetyplan__municipality__district_id", "safetyplan_id")
    return context.shared(
        "priorities of today", lambda: [Priority(*row) for row in plans_of_today().values_list(*columns)]
    )


def themes_of(plans: Iterable[models.SafetyPlan]) -> dict[int, set[int]]:
    """Give the ids of the themes of each plan. One query."""
    # The relation is one of modelcluster's, which prefetch_related can't follow.
    through = models.SafetyPlan.themes.through.objects.filter(safetyplan__in=[plan.pk for plan in plans])
    chosen: dict[int, set[int]] = defaultdict(set)
    for plan_id, theme_id in through.values_list("safetyplan_id", "themepage_id"):
        chosen[plan_id].add(theme_id)
    return chosen


def _row(
    municipality: models.Municipality,
    plan: models.SafetyPlan | None,
    chosen: Mapping[int, set[int]],
    themes: Mapping[int, Source],
) -> Row:
    found = frozenset(pk for pk in chosen.get(plan.pk, ()) if pk in themes) if plan else frozenset()
    return Row(municipality, plan, found)

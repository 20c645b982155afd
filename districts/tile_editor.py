"""The screen on which editors place municipalities on the tile map. The menu Gemeenten of the admin."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import log

from cms.admin_screen import AdminScreen
from districts.models import Municipality
from districts.models.municipality import LARGEST_MAP
from districts.names import in_dutch_order

PERMISSION = "districts.change_municipality"
MENU_HOOK = "register_municipality_menu_item"
URL_NAME = "gemeenten_kaart"
Place = tuple[int, int] | None


@dataclass
class TileRow:
    """A municipality with the place that is typed for it, the one from which that started, and what is wrong with it.

    Texts are as somebody typed them: a number that is wrong is shown again.
    """

    municipality: Municipality
    number: int
    column: str
    row: str
    was: str
    error: str = ""

    @property
    def was_changed(self) -> bool:
        """Tell whether somebody moved it on this screen; what others did meanwhile stays as they left it."""
        return self.was != _text(self.column.strip(), self.row.strip())

    def place(self) -> Place:
        """Give the place that was typed; None for none. Raises ValueError with what is wrong, in Dutch."""
        column, row = self.column.strip(), self.row.strip()
        if not column and not row:
            return None
        if not column or not row:
            raise ValueError(gettext("Vul kolom én rij in, of geen van beide."))
        numbers = [int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1 for text in (column, row)]
        if not all(0 <= number < LARGEST_MAP for number in numbers):
            raise ValueError(gettext("Kies een getal van 0 tot en met %(last)d.") % {"last": LARGEST_MAP - 1})
        return numbers[0], numbers[1]


def _text(column: object, row: object) -> str:
    return f"{'' if column is None else column},{'' if row is None else row}"


class TileEditorView(AdminScreen):
    """All municipalities that have not ended, with their places: a form of numbers, and with script a grid."""

    template_name = "districts/tiles.html"
    permission = PERMISSION
    page_title = _("Vakjeskaart")
    header_icon = "grip"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show([self._stored(item, number) for item, number in _editable()])

    def post(self, request: HttpRequest) -> HttpResponse:
        with transaction.atomic():
            # Two who save at once come one after the other.
            all_rows = list(Municipality.objects.select_for_update(of=("self",)).order_by("pk"))
            rows = [self._typed(item, number, request) for item, number in _editable()]
            if not self._check(rows, all_rows):
                messages.error(request, gettext("De kaart is niet bewaard. Verbeter wat hieronder staat."))
                return self.show(rows, wrong=True)
            number = self._save([row for row in rows if row.was_changed], request)
        saved = ngettext("%(number)d gemeente verplaatst.", "%(number)d gemeenten verplaatst.", number)
        messages.success(request, saved % {"number": number} if number else gettext("Er is niets veranderd."))
        return redirect(URL_NAME)

    def show(self, rows: list[TileRow], *, wrong: bool = False) -> HttpResponse:
        """Give the screen with these rows."""
        return self.render_to_response(
            self.get_context_data(rows=rows, largest=LARGEST_MAP), status=422 if wrong else 200
        )

    @staticmethod
    def _stored(item: Municipality, number: int) -> TileRow:
        column, row = ("" if value is None else str(value) for value in (item.tile_x, item.tile_y))
        return TileRow(item, number, column, row, _text(column, row))

    def _typed(self, item: Municipality, number: int, request: HttpRequest) -> TileRow:
        stored = self._stored(item, number)
        names = {"column": f"kolom-{item.pk}", "row": f"rij-{item.pk}", "was": f"was-{item.pk}"}
        return TileRow(
            item, number, **{name: request.POST.get(key, getattr(stored, name)) for name, key in names.items()}
        )

    @staticmethod
    def _check(rows: list[TileRow], everything: list[Municipality]) -> bool:
        """Write on each row what is wrong with it; tell whether all is right."""
        places: dict[int, Place] = {
            item.pk: (item.tile_x, item.tile_y) if item.tile_x is not None and item.tile_y is not None else None
            for item in everything
        }
        for row in rows:
            if not row.was_changed:
                continue
            try:
                places[row.municipality.pk] = row.place()
            except ValueError as error:
                row.error = str(error)
        at: dict[Place, list[Municipality]] = defaultdict(list)
        for item in everything:
            if places[item.pk] is not None:
                at[places[item.pk]].append(item)
        of_row = {row.municipality.pk: row for row in rows}
        for together in at.values():
            for one, other in combinations(together, 2):
                if _there_together(one, other):
                    for item, neighbour in ((one, other), (other, one)):
                        found = of_row.get(item.pk)
                        if found and not found.error:
                            message = gettext("Op dit vakje van de kaart staat al %(name)s. Kies een ander vakje.")
                            found.error = message % {"name": neighbour.name}
        return not any(row.error for row in rows)

    @staticmethod
    def _save(rows: list[TileRow], request: HttpRequest) -> int:
        for row in rows:
            municipality = row.municipality
            municipality.tile_x, municipality.tile_y = row.place() or (None, None)
            municipality.save(update_fields=["tile_x", "tile_y"])
            log(instance=municipality, action="wagtail.edit", user=request.user)
        return len(rows)


def _editable() -> list[tuple[Municipality, int]]:
    """Give the municipalities of today and later, in Dutch order, each with the number of its district's colour."""
    today = timezone.localdate()
    rows = Municipality.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).select_related("district")
    municipalities = in_dutch_order(rows)
    districts = sorted({item.district.path for item in municipalities})
    return [(item, districts.index(item.district.path) % 6 + 1) for item in municipalities]


def _there_together(one: Municipality, other: Municipality) -> bool:
    return not (
        (one.valid_to and other.valid_from and one.valid_to <= other.valid_from)
        or (other.valid_to and one.valid_from and other.valid_to <= one.valid_from)
    )


class TilesMenuItem(MenuItem):
    """Shown to those who may change municipalities."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)


def menu_item() -> MenuItem:
    """Lead to the screen from the menu of municipalities."""
    return TilesMenuItem(_("Vakjeskaart"), reverse(URL_NAME), name="vakjeskaart", icon_name="grip", order=300)


def addresses() -> list[URLPattern]:
    """Give the address of the screen, below the admin's own."""
    return [path("gemeenten/kaart/", TileEditorView.as_view(), name=URL_NAME)]

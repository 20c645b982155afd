"""Editors place tiles: the plain form of the screen, who may use it, and what it refuses. The grid: tests/e2e."""

from datetime import date

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from lxml import html
from wagtail.models import ModelLogEntry

from cms.models import User
from districts.models import DistrictPage, Municipality
from tests.cms.factories import make_site
from tests.districts.factories import make_district, make_district_index, make_municipality

pytestmark = pytest.mark.django_db


@pytest.fixture
def district() -> DistrictPage:
    _site, home = make_site()
    return make_district(make_district_index(home))


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redacteur", "redacteur@voorbeeld.example", "geheim"))
    return client


@pytest.fixture
def almelo(district: DistrictPage) -> Municipality:
    return make_municipality(district, "Almelo", tile_x=1, tile_y=1)


@pytest.fixture
def borne(district: DistrictPage) -> Municipality:
    return make_municipality(district, "Borne", tile_x=2, tile_y=1)


def send(client: Client, *moved: tuple[Municipality, object, object], was: dict[int, str] | None = None) -> object:
    """Send the whole screen as it stands, with these places typed in it."""
    values = {}
    for row in Municipality.objects.all():
        x, y = ("" if value is None else value for value in (row.tile_x, row.tile_y))
        values |= {f"kolom-{row.pk}": x, f"rij-{row.pk}": y, f"was-{row.pk}": f"{x},{y}"}
    for row, x, y in moved:
        values |= {f"kolom-{row.pk}": x, f"rij-{row.pk}": y}
    values |= {f"was-{pk}": text for pk, text in (was or {}).items()}
    return client.post(reverse("gemeenten_kaart"), values, follow=True)


def place(row: Municipality) -> tuple[int | None, int | None]:
    row.refresh_from_db()
    return row.tile_x, row.tile_y


def errors(answer: object) -> list[str]:
    return [
        error.text_content().strip()
        for error in html.fromstring(answer.content.decode()).find_class("error-message")  # type: ignore[attr-defined]
    ]


def test_moves_a_tile_and_says_so(editor: Client, almelo: Municipality, borne: Municipality) -> None:
    answer = send(editor, (almelo, 5, 7))
    assert "1 gemeente verplaatst." in answer.content.decode()
    assert (place(almelo), place(borne)) == ((5, 7), (2, 1))
    assert ModelLogEntry.objects.filter(object_id=almelo.pk, action="wagtail.edit").exists()


def test_two_change_places_at_once(editor: Client, almelo: Municipality, borne: Municipality) -> None:
    send(editor, (almelo, 2, 1), (borne, 1, 1))
    assert (place(almelo), place(borne)) == ((2, 1), (1, 1))


def test_takes_a_tile_from_the_map(editor: Client, almelo: Municipality) -> None:
    send(editor, (almelo, "", ""))
    assert place(almelo) == (None, None)


def test_refuses_two_on_one_place_and_keeps_what_was_typed(
    editor: Client, almelo: Municipality, borne: Municipality
) -> None:
    answer = send(editor, (almelo, 2, 1))
    assert answer.status_code == 422
    assert errors(answer) == [
        "Op dit vakje van de kaart staat al Borne. Kies een ander vakje.",
        "Op dit vakje van de kaart staat al Almelo. Kies een ander vakje.",
    ]
    assert html.fromstring(answer.content.decode()).xpath(f"//input[@name='kolom-{almelo.pk}']/@value") == ["2"]
    assert place(almelo) == (1, 1)


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        (3, "", "Vul kolom én rij in, of geen van beide."),
        ("a", 1, "Kies een getal van 0 tot en met 39."),
        (-1, 1, "Kies een getal van 0 tot en met 39."),
        (40, 1, "Kies een getal van 0 tot en met 39."),
        ("²", 1, "Kies een getal van 0 tot en met 39."),
    ],
)
def test_refuses_what_is_no_place(editor: Client, almelo: Municipality, x: object, y: object, message: str) -> None:
    assert errors(send(editor, (almelo, x, y))) == [message]
    assert place(almelo) == (1, 1)


def test_the_place_of_a_merged_municipality_is_free_again(editor: Client, district: DistrictPage) -> None:
    make_municipality(district, "Vroeger", tile_x=1, tile_y=1, valid_to=date(2019, 1, 1))
    now = make_municipality(district, "Nu", valid_from=date(2019, 1, 1))
    answer = send(editor, (now, 1, 1))
    assert not errors(answer)
    assert place(now) == (1, 1)
    assert "Vroeger" not in editor.get(reverse("gemeenten_kaart")).content.decode()


def test_what_another_editor_moved_meanwhile_stays(editor: Client, almelo: Municipality, borne: Municipality) -> None:
    """The screen was opened before Borne moved, and only Almelo is moved on it."""
    Municipality.objects.filter(pk=borne.pk).update(tile_x=9, tile_y=9)
    answer = send(editor, (almelo, 3, 3), (borne, 2, 1), was={borne.pk: "2,1"})
    assert not errors(answer)
    assert (place(almelo), place(borne)) == ((3, 3), (9, 9))


def test_a_place_that_another_editor_took_meanwhile_is_refused(
    editor: Client, almelo: Municipality, borne: Municipality
) -> None:
    Municipality.objects.filter(pk=borne.pk).update(tile_x=3, tile_y=3)
    answer = send(editor, (almelo, 3, 3), (borne, 2, 1), was={borne.pk: "2,1"})
    assert "Op dit vakje van de kaart staat al Borne. Kies een ander vakje." in errors(answer)
    assert place(almelo) == (1, 1)


def test_nothing_moved_says_so(editor: Client, almelo: Municipality) -> None:
    assert "Er is niets veranderd." in send(editor).content.decode()


def test_only_who_may_change_municipalities_sees_and_uses_it(client: Client, almelo: Municipality) -> None:
    user = User.objects.create_user("lezer", "lezer@voorbeeld.example", "geheim")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user)
    assert "Vakjeskaart" not in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(reverse("gemeenten_kaart")).status_code == 302
    send(client, (almelo, 5, 5))
    assert place(almelo) == (1, 1)
    user.user_permissions.add(Permission.objects.get(codename="change_municipality"))
    assert "Vakjeskaart" in client.get(reverse("wagtailadmin_home")).content.decode()
    send(client, (almelo, 5, 5))
    assert place(almelo) == (5, 5)


def test_the_screen_names_each_field(editor: Client, almelo: Municipality) -> None:
    document = html.fromstring(editor.get(reverse("gemeenten_kaart")).content.decode())
    assert document.xpath("//input[@inputmode]/@aria-label") == ["Kolom van Almelo", "Rij van Almelo"]

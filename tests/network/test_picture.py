"""The picture of the network: what a page draws, for whom, and what it leaves out."""

from itertools import combinations

import pytest
from django.test import Client
from wagtail.models import Page, Site

from cms.rendering.build import build_view, context_for
from cms.sections import DrawnArrow, DrawnBody, DrawnBox, NetworkPictureSection
from network.models import NetworkBodyPage, NetworkPage
from tests.cms.factories import make_private, make_site
from tests.network.factories import (
    make_body,
    make_network,
    make_role,
    make_verb,
    relate,
    seat,
    translate_page,
    translate_term,
)

pytestmark = pytest.mark.django_db
Tier = NetworkBodyPage.Tier


@pytest.fixture
def site() -> Site:
    return make_site()[0]


@pytest.fixture
def network(site: Site) -> NetworkPage:
    return make_network(site.root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "de BBG", title="Bestuurlijke begeleidingsgroep", short_name="BBG")


@pytest.fixture
def dvos(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "de DVO's", plural=True, tier=Tier.DISTRICT)


def picture(page: Page) -> NetworkPictureSection | None:
    """Give the picture as a visitor gets it."""
    page = type(page).objects.get(pk=page.pk)
    view = build_view(page, context_for(page, Site.objects.get(), query={}))
    return next((each for each in view.sections if isinstance(each, NetworkPictureSection)), None)


def bodies(drawn: NetworkPictureSection) -> dict[str, DrawnBody]:
    return {body.link.title: body for band in drawn.bands for body in band.bodies}


def words(arrow: DrawnArrow) -> list[str]:
    return [line.text for line in arrow.lines]


def apart(one: DrawnBox, other: DrawnBox) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def test_tiers_are_bands_and_bodies_are_boxes_with_a_link(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    drawn = picture(network)
    assert [(band.tier, band.title) for band in drawn.bands] == [
        ("regionaal", "Regionaal"),
        ("districtelijk", "Districtelijk"),
    ]
    box = bodies(drawn)["Bestuurlijke begeleidingsgroep"]
    assert box.link.url == bbg.get_url()
    assert " ".join(line.text for line in box.lines) == "BBG Bestuurlijke begeleidingsgroep"


def test_relations_between_two_bodies_share_an_arrow_and_the_role_acts_in_its_own_number(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    relate(bbg, dvos, make_verb("begeleiden"), acting_role=make_role(), acting_number="meervoud")
    relate(bbg, dvos)
    drawn = picture(network)
    (arrow,) = drawn.arrows
    assert words(arrow) == ["geeft richting aan", "de burgemeesters", "begeleiden"]
    assert bodies(drawn)["Bestuurlijke begeleidingsgroep"].arrows == [arrow.key]
    assert bodies(drawn)["DVO's"].neighbours == [bodies(drawn)["Bestuurlijke begeleidingsgroep"].key]


def test_a_seat_of_a_role_is_another_kind_of_arrow(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    seat(bbg, member_role=make_role("de voorzitter", "de voorzitters"), member_body=dvos)
    drawn = picture(network)
    assert [(arrow.kind, words(arrow)) for arrow in drawn.arrows] == [("deelname", ["de voorzitters", "zitten in"])]
    assert drawn.legend == ["Stippellijn: wie er namens een ander orgaan in zit"]


def test_parts_of_a_collective_stand_in_its_box_and_arrows_name_them(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    twente = make_body(dvos, "het DVO Twente", tier=Tier.DISTRICT)
    zuid = make_body(dvos, "het DVO Zuid", tier=Tier.DISTRICT)
    relate(bbg, twente)
    relate(twente, zuid, make_verb("afstemmen"))
    drawn = picture(network)
    box = bodies(drawn)["DVO's"]
    assert [part.link.url for part in box.parts] == [twente.get_url(), zuid.get_url()]
    assert words(drawn.arrows[0]) == ["geeft richting aan", "DVO Twente"]
    assert "DVO Twente stemt af met DVO Zuid" in " ".join(line.text for line in box.lines)
    assert all(apart(one, other) for one, other in combinations(box.parts, 2))


def test_in_a_list_each_body_says_what_it_does_and_leads_to_whom(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    groups = make_body(network, "de expertgroepen", plural=True)
    relate(bbg, dvos)
    relate(bbg, groups)
    drawn = picture(network)
    (note,) = bodies(drawn)["Bestuurlijke begeleidingsgroep"].notes
    assert note.text == "geeft richting aan"
    assert {to.url for to in note.to} == {
        f"#netwerkbeeld-{bodies(drawn)[title].key}" for title in ("DVO's", "expertgroepen")
    }


def test_everything_in_the_section_keeps_clear_of_everything_else(network: NetworkPage) -> None:
    made = [
        make_body(network, f"de groep met een naam van {number} woorden", tier=tier)
        for number, tier in enumerate([*Tier] * 4)
    ]
    role = make_role()
    for index, body in enumerate(made):
        relate(body, made[(index + 1) % len(made)])
        relate(body, made[(index + 5) % len(made)], acting_role=role)
    drawn = picture(network)
    places = [*bodies(drawn).values(), *(arrow.label for arrow in drawn.arrows)]
    # Whole pixels: what is rounded may touch.
    shrunk = [
        DrawnBox(x=place.x + 1, y=place.y + 1, width=place.width - 2, height=place.height - 2) for place in places
    ]
    assert all(apart(one, other) for one, other in combinations(shrunk, 2))
    assert all(place.x + place.width <= drawn.width and place.y + place.height <= drawn.height for place in places)


def test_what_the_public_may_not_see_is_not_drawn(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    relate(bbg, dvos)
    draft = make_body(network, "de conceptgroep")
    relate(bbg, draft)
    draft.unpublish()
    make_private(dvos)
    drawn = picture(network)
    assert list(bodies(drawn)) == ["Bestuurlijke begeleidingsgroep"]
    assert drawn.arrows == []
    answer = Client().get(network.get_url()).content.decode()
    assert "conceptgroep" not in answer
    assert "DVO" not in answer


def test_a_changed_relation_changes_the_drawing_at_once(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    relation = relate(bbg, dvos)
    assert words(picture(network).arrows[0]) == ["geeft richting aan"]
    relation.verb = make_verb("begeleiden")
    relation.save()
    assert words(picture(network).arrows[0]) == ["begeleidt"]
    relation.delete()
    assert picture(network).arrows == []


def test_a_network_without_bodies_has_no_picture(network: NetworkPage) -> None:
    assert picture(network) is None


def test_a_bodys_page_draws_it_with_whom_it_deals_and_not_the_rest(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    far = make_body(network, "de verre groep")
    relate(bbg, dvos)
    relate(dvos, far)
    drawn = picture(bbg)
    assert {title: body.chosen for title, body in bodies(drawn).items()} == {
        "Bestuurlijke begeleidingsgroep": True,
        "DVO's": False,
    }
    assert drawn.more.url == network.get_url()


def test_a_part_is_drawn_in_its_whole_with_the_relations_of_both(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    twente, zuid = (make_body(dvos, f"het DVO {name}", tier=Tier.DISTRICT) for name in ("Twente", "Zuid"))
    relate(bbg, dvos)
    relate(bbg, zuid, make_verb("begeleiden"))
    drawn = picture(twente)
    assert [words(arrow) for arrow in drawn.arrows] == [["geeft richting aan"]]
    assert [(part.link.title, part.chosen) for part in bodies(drawn)["DVO's"].parts] == [("DVO Twente", True)]


def test_a_body_that_deals_with_nobody_has_no_picture(bbg: NetworkBodyPage) -> None:
    assert picture(bbg) is None


def test_in_another_language_words_are_in_that_language_and_the_rest_is_marked(
    network: NetworkPage, bbg: NetworkBodyPage, dvos: NetworkBodyPage
) -> None:
    verb = make_verb()
    relate(bbg, dvos, verb)
    relate(dvos, bbg, make_verb("begeleiden"))
    english = translate_page(bbg, "en", title="Steering group", short_name="", phrase="the group", phrase_of="of it")
    translate_term(verb, "en", singular="{van} gives direction to {naar}", plural="{van} give direction to {naar}")
    drawn = picture(Page.objects.get(pk=english.get_parent().pk).specific)
    assert [band.title for band in drawn.bands] == ["Regional", "District"]
    assert {title: body.link.language for title, body in bodies(drawn).items()} == {
        "Steering group": None,
        "DVO's": "nl",
    }
    assert [(" ".join(words(arrow)), arrow.language) for arrow in drawn.arrows] == [
        ("gives direction to", None),
        ("begeleiden", "nl"),
    ]

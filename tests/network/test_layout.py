"""The geometry of the drawn network: nothing lies over anything else, however large the network is."""

import random
from itertools import combinations, pairwise

import pytest

from network.layout import Arrow, Box, Place, Plan, Point, lay_out, path_of
from network.lettering import lines_of, width_of


def network_of(bodies: int, relations: int, seed: int) -> tuple[tuple[Box, ...], tuple[Arrow, ...]]:
    """Make a network with boxes and labels of all sizes, and arrows both ways, within tiers and across."""
    chance = random.Random(seed)  # noqa: S311 - an example, no secret
    boxes = tuple(
        Box(key, chance.choice((0, 0, 1, 1, 2)), chance.randint(110, 220), chance.randint(40, 220))
        for key in range(bodies)
    )
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < relations:
        one, other = chance.sample(range(bodies), 2)
        pairs.add((one, other))
    arrows = tuple(Arrow(*pair, chance.randint(50, 135), chance.randint(20, 70)) for pair in sorted(pairs))
    return boxes, arrows


def overlap(one: Place, other: Place) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


def crosses(line: list[Point], place: Place) -> bool:
    """Whether a line runs through the inside of a rectangle; touching its edge is no crossing."""
    inner = Place(place.x + 1, place.y + 1, place.width - 2, place.height - 2)
    return any(
        overlap(Place(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x) or 0.01, abs(a.y - b.y) or 0.01), inner)
        for a, b in pairwise(line)
    )


def everything(plan: Plan) -> list[Place]:
    return [*plan.boxes.values(), *plan.labels]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("bodies", "relations"), [(6, 10), (25, 60), (60, 200)])
def test_no_box_and_no_label_lies_on_another(bodies: int, relations: int, seed: int) -> None:
    plan = lay_out(*network_of(bodies, relations, seed))
    assert len(everything(plan)) == bodies + relations
    assert [pair for pair in combinations(everything(plan), 2) if overlap(*pair)] == []
    frame = Place(0, 0, plan.width, plan.height)
    assert all(
        place.x >= 0
        and place.y >= 0
        and place.x + place.width <= frame.width
        and place.y + place.height <= frame.height
        for place in everything(plan)
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_line_runs_through_a_box_or_a_label(seed: int) -> None:
    plan = lay_out(*network_of(25, 60, seed))
    lines = [line for both in plan.lines for line in both]
    assert [(line, place) for line in lines for place in everything(plan) if crosses(line, place)] == []


@pytest.mark.parametrize("seed", range(3))
def test_tiers_are_bands_below_each_other_that_hold_their_boxes(seed: int) -> None:
    boxes, arrows = network_of(60, 200, seed)
    plan = lay_out(boxes, arrows)
    assert list(plan.bands) == [0, 1, 2]
    for upper, lower in pairwise(plan.bands.values()):
        assert upper.y + upper.height < lower.y
    for box in boxes:
        band, place = plan.bands[box.tier], plan.boxes[box.key]
        assert band.y < place.y
        assert place.y + place.height < band.y + band.height


def test_a_line_runs_from_the_one_box_by_its_label_to_the_other_and_ends_in_a_head() -> None:
    plan = lay_out((Box(1, 0, 120, 50), Box(2, 1, 120, 50)), (Arrow(1, 2, 80, 24), Arrow(2, 1, 80, 24)))
    upper, lower = plan.boxes[1], plan.boxes[2]
    for lines, label in zip(plan.lines, plan.labels, strict=True):
        assert lines[0][0].y == pytest.approx(upper.y + upper.height, abs=10)
        assert lines[0][-1].y == pytest.approx(label.y)
        assert lines[1][0].y == pytest.approx(label.y + label.height)
        assert lines[1][-1].y == pytest.approx(lower.y, abs=10)
    assert plan.heads[0][0].y == pytest.approx(lower.y)
    assert plan.heads[1][0].y == pytest.approx(upper.y + upper.height)


def test_who_comes_first_in_the_tree_stands_above_whom_it_has_to_do_with() -> None:
    boxes = (Box(1, 0, 120, 50), Box(2, 0, 120, 50), Box(3, 0, 120, 50))
    plan = lay_out(boxes, (Arrow(2, 1, 80, 24), Arrow(2, 3, 80, 24), Arrow(3, 1, 80, 24)))
    assert plan.boxes[1].y < plan.boxes[2].y < plan.boxes[3].y


def test_a_row_of_many_goes_on_below() -> None:
    plan = lay_out(tuple(Box(key, 0, 200, 50) for key in range(20)), ())
    assert plan.width < 1300
    assert len({place.y for place in plan.boxes.values()}) == 4


def test_the_same_network_gives_the_same_drawing() -> None:
    asked = network_of(25, 60, 1)
    first = lay_out(*asked)
    lay_out.cache_clear()
    assert lay_out(*asked) == first


def test_a_network_without_bodies_is_an_empty_drawing() -> None:
    assert lay_out((), ()).boxes == {}


def test_a_path_turns_round_corners_and_a_head_does_not() -> None:
    corner = [Point(0, 0), Point(0, 20), Point(30, 20)]
    assert path_of(corner) == "M0 0L0 12Q0 20 8 20L30 20"
    assert path_of(corner, closed=True) == "M0 0L0 20L30 20Z"


@pytest.mark.parametrize("text", ["Districtelijke Veiligheidsoverleggen", "die Bürgermeisterinnen und Bürgermeister"])
@pytest.mark.parametrize("width", [60, 100, 150, 400])
def test_no_line_of_text_is_wider_than_asked_and_no_letter_is_lost(text: str, width: float) -> None:
    lines = lines_of(text, 14, width)
    assert all(width_of(line, 14) <= width for line in lines)
    assert "".join(lines).replace("-", "").replace(" ", "") == text.replace(" ", "")


def test_a_line_breaks_between_words_and_at_a_hyphen_of_the_word_itself() -> None:
    assert lines_of("DVO Noord- en Oost-Gelderland", 14, 130) == ["DVO Noord- en", "Oost-Gelderland"]
    assert lines_of("Noord-Nederland", 14, 90) == ["Noord-", "Nederland"]

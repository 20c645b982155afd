"""`{% piece %}` prints what `{% include %}` would, and does so once for the same values."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

import cms
from cms.rendering.values import Card, Picture
from cms.schema import Schema
from cms.sections import BaseSection, BlocksSection, CardsSection, SearchSection
from cms.templatetags import pieces

CARD = '{% load pieces %}{% piece "cms/partials/card.html" with card=card heading_level=level %}'
PICTURE = '{% load pieces %}{% piece "cms/partials/picture.html" with picture=picture %}'


@pytest.fixture(autouse=True)
def nothing_printed_yet(monkeypatch) -> None:
    monkeypatch.setattr(pieces, "_printed", pieces._Printed())


@pytest.fixture
def printings(monkeypatch) -> list[str]:
    """What was really printed, not remembered."""
    from django.template.loader_tags import IncludeNode

    made: list[str] = []
    render = IncludeNode.render

    def counting(self, context):
        made.append(render(self, context))
        return made[-1]

    monkeypatch.setattr(IncludeNode, "render", counting)
    return made


def card(**values) -> Card:
    return Card(**{"title": "Ondermijning", "url": "/themas/ondermijning/", **values})


def picture(**values) -> Picture:
    return Picture(
        **{
            "id": 1, "sources": [], "src": "/media/a.webp", "srcset": "", "sizes": "", "width": 4, "height": 3,
            "alt": "", "credit": "Provincie", "loading": "lazy", "priority": "auto", **values,
        }
    )  # fmt: skip


def test_the_same_values_are_printed_once(printings):
    template = Template(CARD)
    pages = [template.render(Context({"card": card(details=["juni 2026"]), "level": 3})) for _page in range(3)]
    assert len(set(pages)) == len(printings) == 1
    assert '<a class="card__link" href="/themas/ondermijning/">Ondermijning</a>' in pages[0]
    assert "juni 2026" in pages[0]


def test_other_values_are_printed_themselves():
    template = Template(CARD)
    assert "<h2 " in template.render(Context({"card": card(), "level": 2}))
    assert "<h3 " in template.render(Context({"card": card(), "level": 3}))
    assert "Jeugd" in template.render(Context({"card": card(title="Jeugd"), "level": 3}))
    assert "provincie" in template.render(Context({"card": card(details=["provincie"]), "level": 3}))


def test_each_language_has_its_own():
    template = Template(PICTURE)
    with translation.override("nl"):
        assert "Beeld:" in template.render(Context({"picture": picture()}))
    with translation.override("en"):
        assert "Beeld:" not in template.render(Context({"picture": picture()}))


def test_it_gets_nothing_but_its_values():
    page = Template(PICTURE).render(Context({"picture": picture(), "caption": "Van een andere pagina"}))
    assert "Van een andere pagina" not in page


def test_a_text_that_is_safe_is_another_than_one_that_is_not():
    template = Template('{% load pieces %}{% piece "cms/partials/block_title.html" with title=title %}')
    keys = [pieces._key("<b>"), pieces._key(mark_safe("<b>"))]
    assert keys[0] != keys[1]
    assert template.render(Context({"title": "x"})) == template.render(Context({"title": "x"}))


def test_what_can_not_be_told_apart_is_refused():
    with pytest.raises(TypeError, match="remembered by a dict"):
        Template(CARD).render(Context({"card": {"title": "Los"}, "level": 3}))


def test_a_list_of_typed_values_is_told_apart_by_all_of_them():
    template = Template('{% load pieces %}{% piece "cms/partials/cards.html" with cards=cards heading_level=3 %}')

    def printed(*titles):
        return template.render(Context({"cards": [card(title=title) for title in titles]}))

    assert "Jeugd" not in printed("Zorg")
    assert "Jeugd" in printed("Zorg", "Jeugd")
    assert printed("Zorg", "Jeugd") != printed("Jeugd", "Zorg")
    assert printed("Zorg", "Jeugd") == printed("Zorg", "Jeugd")


def test_it_forgets_before_it_grows_too_large(monkeypatch, printings):
    template = Template(CARD)
    length = len(template.render(Context({"card": card(title="Nummer 0"), "level": 3})))
    monkeypatch.setattr(pieces, "MOST", 2 * length)
    for number in (1, 0, 1, 2, 2, 0):
        assert f"Nummer {number}" in template.render(Context({"card": card(title=f"Nummer {number}"), "level": 3}))
    # The third is one too many.
    assert [page.count("Nummer") and page.split("Nummer ")[1][0] for page in printings] == ["0", "1", "2", "0"]


def printed_fields_left_out(model: type[Schema], seen: frozenset[type] = frozenset()) -> set[str]:
    """Give the fields of a value, and of the values in it, that its JSON leaves out."""
    if model in seen:
        return set()
    left_out = {f"{model.__name__}.{name}" for name, field in model.model_fields.items() if field.exclude}
    for field in model.model_fields.values():
        for part in every_type(field.annotation):
            if isinstance(part, type) and issubclass(part, Schema):
                left_out |= printed_fields_left_out(part, seen | {model})
    return left_out


def every_type(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from every_type(part)


REMEMBERED = [each for each in BaseSection.__subclasses__() if each.remembered]


def test_there_are_sections_that_are_remembered():
    assert CardsSection in REMEMBERED
    assert SearchSection not in REMEMBERED


@pytest.mark.parametrize("section", REMEMBERED)
def test_all_that_a_remembered_section_prints_tells_it_apart(section: type[BaseSection]):
    # Neither of these is printed: they say where a section stands, and how search engines take its page.
    own = {f"{section.__name__}.{name}" for name in ("order", "unlisted")}
    assert printed_fields_left_out(section) == own
    source = (
        Path(cms.__file__).parent / f"templates/cms/sections/{section.model_fields['kind'].default}.html"
    ).read_text()
    assert not re.search(r"section\.(order|unlisted)\b", source)


def test_the_walk_finds_what_is_left_out_further_down():
    assert any(name.endswith(".heading") for name in printed_fields_left_out(BlocksSection))

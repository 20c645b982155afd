"""The contract of every registered block, and what each of the general ones does."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Locale

from cms.blocks.base import ContentBlock
from cms.blocks.fields import BodyField
from cms.blocks.registry import register_block, registered_blocks
from cms.blocks.text import ParagraphBlock, QuoteBlock
from cms.rendering.body import render_blocks
from cms.rendering.build import context_for
from cms.schema import Schema
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_image, make_private, make_site

BODY: BodyField = ContentPage._meta.get_field("body")
BLOCKS = registered_blocks()

pytestmark = pytest.mark.django_db


def rendered(*blocks: tuple[str, object], page: ContentPage | None = None):
    """Render raw block data as the body of a page of the site."""
    site, home = make_site()
    page = page or make_content_page(home, "Proef")
    page.body = json.dumps([{"type": name, "value": value, "id": str(n)} for n, (name, value) in enumerate(blocks)])
    return render_blocks(page.body, context_for(page, site, {}))


def cleaned(*blocks: tuple[str, object]):
    """Validate raw block data as the editor's form does."""
    stream = BODY.stream_block
    return stream.clean(stream.to_python([{"type": name, "value": value} for name, value in blocks]))


def test_a_body_has_its_dutch_name_and_keeps_it_out_of_the_migrations():
    assert BODY.verbose_name == "tekst"
    assert "verbose_name" not in BODY.deconstruct()[3]


@pytest.mark.parametrize("name", BLOCKS)
class TestContract:
    def test_has_a_dutch_label_a_description_an_icon_and_a_group(self, name):
        meta = BLOCKS[name].meta
        assert str(meta.label)
        assert str(meta.label) != name
        assert len(str(meta.description)) > 15
        assert meta.icon != "placeholder"
        assert str(meta.group)

    def test_has_a_template_and_a_typed_value(self, name):
        block: ContentBlock = BLOCKS[name]
        assert get_template(block.meta.template)
        assert issubclass(block.value_type, Schema)
        assert block.api_type.islower()
        assert block.value_type.model_json_schema()["properties"]

    def test_its_preview_shows_something(self, name):
        _site, home = make_site()
        make_image()
        make_content_page(home, "Een pagina om te tonen", introduction="Tekst.")
        block = BLOCKS[name]
        html = block.render(block.get_preview_value())
        assert "<" in html
        for forbidden in ("style=", "<script", "onclick", "onload"):
            assert forbidden not in html

    def test_says_what_a_translator_gets(self, name):
        """Every text in the block is a segment to translate, or the block holds no text at all."""
        from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

        block = BLOCKS[name]
        value = BODY.stream_block.to_python(
            [{"type": name, "value": block.get_prep_value(block.get_preview_value()), "id": "1"}]
        )
        segments = StreamFieldSegmentExtractor(BODY, include_overridables=True).handle_stream_block(value)
        assert segments


def test_migrations_hold_no_block_definitions():
    _name, _path, args, kwargs = BODY.deconstruct()
    assert args == []
    assert "block_lookup" not in kwargs


def test_a_second_block_of_the_same_name_is_refused():
    with pytest.raises(ValueError, match="paragraph"):
        register_block("paragraph", QuoteBlock())
    register_block("paragraph", ParagraphBlock())


def test_headings_may_not_skip_a_level():
    with pytest.raises(StreamBlockValidationError) as error:
        cleaned(("heading", {"text": "Een", "level": "2"}), ("heading", {"text": "Twee", "level": "4"}))
    assert 1 in error.value.block_errors
    assert "niveau" in str(error.value.block_errors[1])


def test_headings_start_at_level_two_and_may_go_back_up():
    with pytest.raises(StreamBlockValidationError):
        cleaned(("heading", {"text": "Een", "level": "3"}))
    levels = ("2", "3", "4", "2", "3")
    assert len(cleaned(*(("heading", {"text": "Kop", "level": level}) for level in levels))) == 5


@pytest.mark.parametrize(
    ("alt", "decorative", "accepted"),
    [("Een brug", False, True), ("", True, True), ("", False, False), ("Een brug", True, False)],
)
def test_an_image_has_a_text_alternative_or_is_decoration(alt, decorative, accepted):
    value = {"image": make_image().pk, "alt": alt, "decorative": decorative, "caption": ""}
    if accepted:
        assert cleaned(("image", value))
    else:
        with pytest.raises(ValidationError):
            cleaned(("image", value))


def test_an_image_is_rendered_with_its_alternative():
    (block,) = rendered(
        ("image", {"image": make_image().pk, "alt": "Een brug", "decorative": False, "caption": "De brug"})
    )
    assert 'alt="Een brug"' in block.html
    assert "De brug" in block.html
    assert "/media/images/" in block.value.picture.src


def test_text_is_escaped():
    quote, callout = rendered(
        ("quote", {"text": "<script>alert(1)</script>", "source": "<b>wie</b>"}),
        ("callout", {"tone": "tip", "title": "<i>x</i>", "text": "<p>goed</p>"}),
    )
    assert "<script>" not in quote.html
    assert "<b>wie" not in quote.html
    assert "<i>x" not in callout.html
    assert "<p>goed</p>" in callout.html


def test_a_title_in_a_block_stands_one_level_below_the_heading_before_it():
    first, _heading, second = rendered(
        ("callout", {"tone": "info", "title": "Eerst", "text": "<p>x</p>"}),
        ("heading", {"text": "Kop", "level": "3"}),
        ("callout", {"tone": "info", "title": "Daarna", "text": "<p>x</p>"}),
    )
    assert "<h2" in first.html
    assert "<h4" in second.html


def test_a_link_in_a_text_leads_to_the_page_and_loses_its_address_when_the_page_is_private():
    _site, home = make_site()
    shown, hidden = make_content_page(home, "Open"), make_content_page(home, "Dicht")
    make_private(hidden)
    text = f'<p><a linktype="page" id="{shown.pk}">een</a> <a linktype="page" id="{hidden.pk}">twee</a></p>'
    (block,) = rendered(("paragraph", text))
    assert '<a href="/open/">een</a>' in block.html
    assert "/dicht/" not in block.html
    assert "twee" in block.html


def test_an_external_link_is_marked_and_keeps_its_address():
    (block,) = rendered(("paragraph", '<p><a href="https://www.example.nl/a?b=1&amp;c=2">elders</a></p>'))
    assert 'href="https://www.example.nl/a?b=1&amp;c=2" rel="external"' in block.html


def test_page_cards_leave_out_what_the_public_may_not_see():
    _site, home = make_site()
    shown, hidden = make_content_page(home, "Open", introduction="Wat hier staat."), make_content_page(home, "Dicht")
    make_private(hidden)
    items = [{"type": "item", "id": str(page.pk), "value": page.pk} for page in (shown, hidden)]
    (block,) = rendered(("page_cards", {"title": "Meer", "pages": items}))
    assert [card.title for card in block.value.cards] == ["Open"]
    assert block.value.cards[0].introduction == "Wat hier staat."
    assert rendered(("page_cards", {"title": "Meer", "pages": items[1:]})) == []


@pytest.mark.parametrize(
    "link",
    [
        {"title": "Niets", "page": None, "url": "", "description": ""},
        {"title": "", "page": None, "url": "https://www.example.nl/", "description": ""},
    ],
)
def test_a_link_needs_one_target_and_a_text(link):
    with pytest.raises(ValidationError):
        cleaned(("links", {"title": "", "items": [link]}))


def test_many_links_cost_no_more_queries_than_few(django_assert_max_num_queries):
    site, home = make_site()
    pages = [make_content_page(home, f"Pagina {number}") for number in range(12)]
    text = "".join(f'<p><a linktype="page" id="{page.pk}">x</a></p>' for page in pages)
    page = make_content_page(home, "Met koppelingen")
    page.body = json.dumps([{"type": "paragraph", "value": text, "id": "1"}])
    Locale.objects.get(pk=page.locale_id)
    with django_assert_max_num_queries(8):
        (block,) = render_blocks(page.body, context_for(page, site, {}))
    assert block.html.count("href=") == 12

"""The contract of every registered block, and what each of the general ones does."""

import json
import re
from collections import Counter
from decimal import Decimal
from itertools import count
from threading import Thread
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.db import connection
from django.template.loader import get_template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.blocks import StreamBlockValidationError, StructBlock
from wagtail.models import Locale
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationSource
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

from cms.blocks.base import ContentBlock
from cms.blocks.contact import email_address, telephone_address
from cms.blocks.fields import BodyField
from cms.blocks.groups import GROUPS
from cms.blocks.registry import block_choices, register_block, registered_blocks
from cms.blocks.table import NumberField, number_texts
from cms.blocks.text import ParagraphBlock, QuoteBlock
from cms.models import User
from cms.rendering.body import render_blocks
from cms.rendering.build import context_for
from cms.schema import Schema
from home.models import ContentPage
from tests.cms.block_values import BLOCK_VALUES, NASTY, NASTY_RICH, contact, event, items, table, texts
from tests.cms.factories import (
    make_content_page,
    make_document,
    make_form,
    make_image,
    make_private,
    make_site,
    refer_to,
)

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
        refer_to(make_document())
        make_form()
        make_content_page(home, "Een pagina om te tonen", introduction="Tekst.")
        block = BLOCKS[name]
        html = block.render(block.get_preview_value())
        assert "<" in html
        for forbidden in ("style=", "<script", "onclick", "onload"):
            assert forbidden not in html


VARIANTS = [(name, variant) for name in BLOCKS for variant in BLOCK_VALUES.get(name, {})]


def numbered(value: Any, numbers: count) -> Any:
    """Give raw block data with a number of its own behind each `NASTY`."""
    if isinstance(value, dict):
        return {key: numbered(child, numbers) for key, child in value.items()}
    if isinstance(value, list):
        return [numbered(child, numbers) for child in value]
    if isinstance(value, str) and value in (NASTY, NASTY_RICH):
        return (
            value.replace("&amp;k", f"&amp;k{next(numbers):02}")
            if value == NASTY_RICH
            else f"{value}{next(numbers):02}"
        )
    return value


def segments_of(*blocks: tuple[str, Any]) -> list:
    """Give what wagtail-localize makes of raw block data."""
    stream = BODY.stream_block.to_python(
        [{"type": name, "value": value, "id": str(number)} for number, (name, value) in enumerate(blocks)]
    )
    return StreamFieldSegmentExtractor(BODY, include_overridables=True).handle_stream_block(stream)


def test_every_block_has_variants_to_test_it_with():
    wanted = {"short", "empty", "longest", "escaping"}
    missing = {name: wanted - set(BLOCK_VALUES.get(name, {})) for name in BLOCKS}
    assert not {name: variants for name, variants in missing.items() if variants}
    assert not set(BLOCK_VALUES) - set(BLOCKS)


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
class TestVariants:
    def test_can_be_published_and_shows_clean_html(self, name, variant):
        value = BLOCK_VALUES[name][variant]()
        assert cleaned((name, value))
        html = "".join(block.html for block in rendered((name, value), (name, value)))
        tree = BeautifulSoup(html, "html.parser")
        elements = tree.find_all(True)
        assert elements
        assert not tree.find("script")
        assert not [key for element in elements for key in element.attrs if key.startswith("on") or key == "style"]
        assert not [each for each, times in Counter(e["id"] for e in elements if e.get("id")).items() if times > 1]
        assert not [e.name for e in elements if re.fullmatch(r"h\d+", e.name) and not 2 <= int(e.name[1:]) <= 6]
        assert not [e for e in elements if e.name == "a" and not e.get("href")]

    def test_its_api_value_says_the_same_when_read_back(self, name, variant):
        (block,) = rendered((name, BLOCK_VALUES[name][variant]()))
        sent = block.value.model_dump_json()
        schema = type(block.value).model_json_schema(mode="serialization")
        assert set(json.loads(sent)) == set(schema["properties"]) == set(schema["required"])
        assert BLOCKS[name].value_type.model_validate_json(sent) == block.value


@pytest.mark.parametrize("name", BLOCK_VALUES)
def test_every_text_in_a_block_is_escaped_and_goes_to_the_translator(name):
    numbers = count()
    value = numbered(BLOCK_VALUES[name]["escaping"](), numbers)
    total = next(numbers)
    (block,) = rendered((name, value))
    assert NASTY not in block.html
    strings = [
        segment.render_text() for segment in segments_of((name, value)) if isinstance(segment, StringSegmentValue)
    ]
    for number in range(total):
        shown = f"&k{number:02}"
        assert f"&amp;k{number:02}" in block.html
        assert any(shown in string for string in strings), f"{name}: text {number} is not extracted"


@pytest.mark.parametrize("name", BLOCK_VALUES)
def test_a_translator_gets_a_block_of_which_stored_data_leave_fields_out(name):
    """Without an error, whatever there is to translate: a page with such a block is submitted as any other."""
    segments_of((name, BLOCK_VALUES[name]["short"]()), (name, {} if isinstance(BLOCKS[name], StructBlock) else ""))


def test_the_chooser_has_few_groups_in_one_order():
    groups = [group for group, _blocks in BODY.stream_block.grouped_child_blocks()]
    assert [str(group) for group in groups] == [str(group) for group in GROUPS]
    assert len(groups) <= 5
    assert len(block_choices()) <= 18


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


def test_a_link_in_the_smallest_part_is_final_and_costs_no_query_of_its_own():
    site, home = make_site()
    pages = [make_content_page(home, f"Pagina {number}") for number in range(8)]

    def body_of(chosen):
        def text(page):
            return f'<p><a linktype="page" id="{page.pk}">x</a></p>'

        return [
            ("accordion", {"title": "", "items": items(*({"title": "t", "text": text(page)} for page in chosen))}),
            ("steps", {"title": "", "steps": items(*({"title": "t", "text": text(page)} for page in chosen))}),
            ("timeline", {"title": "", "events": items(*(event("nu", "t", text(p), page=p.pk) for p in chosen))}),
            ("table", table("t", [("text", "k"), ("rich_text", "k")], *(["t", text(page)] for page in chosen))),
        ]

    def queries_of(chosen):
        page = make_content_page(home, "Met koppelingen")
        page.body = json.dumps(
            [{"type": name, "value": value, "id": str(n)} for n, (name, value) in enumerate(body_of(chosen))]
        )
        page.save()
        page = ContentPage.objects.get(pk=page.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            html = "".join(block.html for block in render_blocks(page.body, context_for(page, site, {})))
        assert all(html.count(f'href="{each.url}"') == 5 for each in chosen)
        return len(queries)

    queries_of(pages)  # Fills what Wagtail keeps for the process.
    assert queries_of(pages) == queries_of(pages[:1])


def test_parts_of_an_accordion_are_headings_below_its_title_and_open_without_script():
    heading = ("heading", {"text": "Kop", "level": "2"})
    (_heading, titled, plain) = rendered(
        heading,
        ("accordion", {"title": "Vragen", "items": texts(2, "Wie?", "<p>Wij.</p>")}),
        ("accordion", {"title": "", "items": texts(1, "Wie?", "<p>Wij.</p>")}),
    )
    tree = BeautifulSoup(titled.html, "html.parser")
    assert tree.h3.text == "Vragen"
    assert [summary.h4.text for summary in tree.select("details:not([open]):not([name]) > summary")] == ["Wie?", "Wie?"]
    assert BeautifulSoup(plain.html, "html.parser").select_one("summary > h3")


def test_a_timeline_gives_the_day_to_machines_and_words_to_people():
    (block,) = rendered(
        ("timeline", {"title": "", "events": items(
            event("", "Klaar", date="2026-11-23"),
            event("eind november", "Vieren", date="2026-11-30"),
            event("najaar 2027", "Evaluatie"),
        )})
    )  # fmt: skip
    assert '<time datetime="2026-11-23">23 november 2026</time>' in block.html
    assert '<time datetime="2026-11-30">eind november</time>' in block.html
    assert block.html.count("<time") == 2
    assert block.value.events[2].moment == "najaar 2027"


def test_an_event_needs_a_moment():
    with pytest.raises(ValidationError):
        cleaned(("timeline", {"title": "", "events": items(event("", "Klaar"))}))


def test_a_link_to_a_page_that_is_private_is_left_out_of_timeline_and_contact():
    _site, home = make_site()
    hidden = make_content_page(home, "Dicht")
    make_private(hidden)
    timeline, whom = rendered(
        ("timeline", {"title": "", "events": items(event("nu", "Klaar", page=hidden.pk))}),
        ("contact", contact(page=hidden.pk)),
    )
    assert timeline.value.events[0].link is None
    assert whom.value.link is None
    assert "Dicht" not in timeline.html + whom.html


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1.250,5", "1250.5"), ("2,50", "2.50"), ("12 480", "12480"), ("2026", "2026"), ("-3", "-3"), ("−3,5", "-3.5"),
        ("0", "0"), ("", None), ("1.5", ValidationError), ("1,250.5", ValidationError), ("veel", ValidationError),
        ("1" * 16, ValidationError),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_editor_writes_numbers_the_dutch_way_in_any_admin(written, number, language):
    field = NumberField(required=False)
    with translation.override(language):
        if number is ValidationError:
            with pytest.raises(ValidationError):
                field.clean(written)
        else:
            found = field.clean(written)
            assert (str(found) if found is not None else None) == number
            assert field.clean(field.prepare_value(found)) == found


@pytest.mark.parametrize(("language", "text"), [("nl", "12.480,50"), ("de", "12.480,50"), ("en", "12,480.50")])
def test_a_reader_sees_numbers_as_the_language_writes_them(language, text):
    with translation.override(language):
        assert number_texts([Decimal("12480.50"), None]) == [text, ""]


def test_numbers_in_a_column_are_grouped_all_or_none():
    with translation.override("nl"):
        assert number_texts([Decimal("12480"), Decimal("9210")]) == ["12.480", "9.210"]
        assert number_texts([Decimal("2026"), Decimal("2027")]) == ["2026", "2027"]


def test_a_table_has_a_caption_headers_and_scrolls_by_itself():
    columns = [("text", "District"), ("number", "Meldingen")]
    (block,) = rendered(("table", table("Per district", columns, ["Twente", "12480.5"], ["IJsselland", None])))
    tree = BeautifulSoup(block.html, "html.parser")
    assert tree.caption.text == "Per district"
    assert tree.select_one("[tabindex='0'][role=group]")["aria-label"] == "Per district"
    assert [cell.text.strip() for cell in tree.select("th[scope=row]")] == ["Twente", "IJsselland"]
    assert [cell.text for cell in tree.select("th[scope=col]")] == ["District", "Meldingen"]
    assert tree.select_one("td.table-number").text == "12.480,5"
    assert block.value.rows[0][1].number == 12480.5
    assert block.value.rows[1][1].number is None


def test_a_table_without_row_headers_has_none():
    columns = [("number", "Jaar"), ("text", "Plan")]
    (block,) = rendered(("table", table("Plannen", columns, ["2026", "IVP"], row_headers=False)))
    assert 'scope="row"' not in block.html


@pytest.mark.parametrize(
    "value",
    [
        table("", [("text", "Kop")], ["x"]),
        table("Opschrift", [("text", "")], ["x"]),
        table("Opschrift", [("text", "Kop")]),
        table("Opschrift", []),
        table("Opschrift", [("text", "Kop"), ("text", "Kop")], ["", "x"]),
        table("Opschrift", [("text", "Kop")], *[["x"]] * 101),
        table("Opschrift", [("text", "Kop")] * 11, ["x"] * 11),
        table("x" * 151, [("text", "Kop")], ["x"]),
    ],
)  # fmt: skip
def test_a_table_nobody_could_read_is_refused(value):
    with pytest.raises(ValidationError):
        cleaned(("table", value))


def test_addresses_to_mail_and_call_hold_no_signs_that_break_them():
    assert email_address("team@voorbeeld.example") == "mailto:team@voorbeeld.example"
    assert email_address("a?cc=b&c@voorbeeld.example") == "mailto:a%3Fcc%3Db%26c@voorbeeld.example"
    assert telephone_address("(024) 123 45 67") == "tel:0241234567"
    assert telephone_address("+31 24 123-45-67") == "tel:+31241234567"


@pytest.mark.parametrize("values", [{"email": ""}, {"telephone": "bel Jan"}, {"email": "geen adres"}])
def test_a_contact_can_be_reached(values):
    with pytest.raises(ValidationError):
        cleaned(("contact", contact(**values)))


# Tables and wagtail-localize


def translate(source: TranslationSource, locale: Locale) -> None:
    """Translate every text of the source: "EN " before what it was."""
    for segment in StringSegment.objects.filter(source=source):
        StringTranslation.objects.update_or_create(
            translation_of=segment.string, locale=locale, context=segment.context,
            defaults={"data": f"EN {segment.string.data}", "translation_type": "manual"},
        )  # fmt: skip


def test_a_table_is_translated_text_by_text_and_keeps_that_when_a_row_is_added():
    _site, home = make_site()
    target = make_content_page(home, "Doel")
    english = Locale.objects.get(language_code="en")
    link = f'<p>Zie <a linktype="page" id="{target.pk}">het plan</a>.</p><p>Dat is nieuw.</p>'
    columns = [("text", "District"), ("rich_text", "Uitleg"), ("number", "Aantal")]
    body = table("Per district", columns, ["Twente", link, "12.50"], ["Zwolle", "", None])
    page = make_content_page(home, "Met tabel", body=json.dumps([{"type": "table", "value": body, "id": "a" * 8}]))
    home_source, _created = TranslationSource.update_or_create_from_instance(home)
    Translation.objects.create(source=home_source, target_locale=english).save_target(publish=True)
    source, _created = TranslationSource.update_or_create_from_instance(page)
    submitted = Translation.objects.create(source=source, target_locale=english)
    translate(source, english)
    submitted.save_target(publish=False)

    def english_table():
        return page.get_translation(english).get_latest_revision_as_object().body[0].value["table"]

    def cells():
        return [[getattr(cell.value, "source", cell.value) for cell in row] for row in english_table().rows]

    assert english_table().caption == "EN Per district"
    assert [column["heading"] for column in english_table().columns] == ["EN District", "EN Uitleg", "EN Aantal"]
    first, second = cells()
    assert first[0] == "EN Twente"
    assert f'EN Zie <a id="{target.pk}" linktype="page">het plan</a>.' in first[1]
    assert "<p>EN Dat is nieuw.</p>" in first[1]
    assert first[2] == Decimal("12.50")
    assert second == ["EN Zwolle", "", None]

    paths = set(StringSegment.objects.filter(source=source).values_list("context__path", flat=True))
    body["table"]["rows"].insert(0, {"values": ["Almelo", "", "3"]})
    page.body = json.dumps([{"type": "table", "value": body, "id": "a" * 8}])
    page.save_revision().publish()
    source.update_from_db()
    submitted.save_target(publish=False)
    assert [row[0] for row in cells()] == ["Almelo", "EN Twente", "EN Zwolle"]
    assert "EN Dat is nieuw." in cells()[1][1]
    assert paths < set(StringSegment.objects.filter(source=source).values_list("context__path", flat=True))


def test_a_translator_gets_the_texts_of_a_table_in_the_editor(client):
    _site, home = make_site()
    english = Locale.objects.get(language_code="en")
    body = table("Per district", [("text", "District"), ("rich_text", "Uitleg")], ["Twente", "<p>Dat is nieuw.</p>"])
    page = make_content_page(home, "Met tabel", body=json.dumps([{"type": "table", "value": body, "id": "a" * 8}]))
    for each in (home, page):
        source, _created = TranslationSource.update_or_create_from_instance(each)
        Translation.objects.create(source=source, target_locale=english).save_target(publish=each is home)
    client.force_login(User.objects.create_superuser("beheer"))
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.get_translation(english).pk]))
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert all(text in shown for text in ("Per district", "Twente", "Dat is nieuw."))
    assert "tekst-" in shown


# Drafts


def saved(client, page: ContentPage, *blocks: tuple[str, Any], publish: bool = False):
    """Send the edit form of a page as the admin does, with this body."""
    client.force_login(User.objects.get_or_create(username="beheer", is_superuser=True)[0])
    form = {
        "title": page.title, "slug": page.slug, "introduction": "", "body": streamfield(list(blocks)),
        "comments": {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": ""},
    }  # fmt: skip
    data = nested_form_data(form) | ({"action-publish": "1"} if publish else {})
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def form_list(*values: Any) -> dict[str, Any]:
    """Give a list as the edit form sends it."""
    children = {
        str(order): {"value": value, "id": "", "order": str(order), "deleted": ""} for order, value in enumerate(values)
    }
    return {"count": str(len(values)), **children}


HALF_FILLED = {
    "image": {"image": "", "alt": "", "caption": ""},
    "links": {"title": "", "items": form_list({"title": "Elders", "page": "", "url": "", "description": ""})},
    "heading": {"text": "Te diep", "level": "4"},
    "timeline": {
        "title": "",
        "events": form_list({"moment": "", "date": "", "title": "Klaar", "text": rich_text(""), "page": ""}),
    },
    "contact": {"title": "", "role": "team", "email": "", "telephone": "", "opening_hours": "", "page": ""},
    "publications": {
        "title": "", "mode": "chosen", "publications": form_list(), "theme": "", "publication_type": "",
        "district": "", "organisation": "", "number": "3",
    },
    "table": {
        "table": {
            "caption": "", "column-count": "1", "row-count": "1", "row-0": {"order": "0", "deleted": ""},
            "column-0": {"type": "number", "order": "0", "heading": "", "deleted": ""}, "cell-0-0": "",
        },
        "row_headers": "on",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", HALF_FILLED)
def test_a_half_filled_block_is_saved_as_a_draft_and_refused_for_publication(name, client):
    _site, home = make_site()
    page = make_content_page(home, "Proef")
    answer = saved(client, page, (name, HALF_FILLED[name]))
    assert answer.status_code == 302, answer.context["form"].errors
    draft = ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [child.block_type for child in draft.body] == [name]
    render_blocks(draft.body, context_for(draft, draft.get_site(), {}))

    answer = saved(client, page, (name, HALF_FILLED[name]), publish=True)
    assert answer.status_code == 200
    assert "body" in answer.context["form"].errors
    page.refresh_from_db()
    assert not page.body


def test_a_page_published_while_another_draft_is_saved_is_checked_in_full(monkeypatch):
    stream, half = BODY.stream_block, [{"type": "quote", "value": {"text": "", "source": ""}}]
    found: list[Exception] = []

    def publish():
        try:
            stream.clean(stream.to_python(half))
        except ValidationError as error:
            found.append(error)

    thread = Thread(target=publish)
    clean = QuoteBlock.clean

    def interrupted(block, value):
        if block.is_deferred_validation and not thread.ident:
            thread.start()
            thread.join(0.2)
        return clean(block, value)

    monkeypatch.setattr(QuoteBlock, "clean", interrupted)
    stream.clean_deferred(stream.to_python(half))
    thread.join(5)
    assert found


def test_how_an_editor_set_a_block_is_not_searched():
    body = BodyField().stream_block.to_python([{"type": "heading", "value": {"text": "Leegstand", "level": "2"}}])
    assert body.stream_block.get_searchable_content(body) == ["Leegstand"]

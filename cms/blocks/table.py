"""The table block: typed columns, a caption, and texts that translators get one by one."""

import re
from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha1
from typing import Any, Literal

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock, TypedTableBlockValidationError
from wagtail.rich_text import RichText
from wagtail_localize.segments import StringSegmentValue
from wagtail_localize.strings import StringValue, extract_strings, restore_strings

from cms.blocks.base import ContentStructBlock, Draftable
from cms.blocks.groups import STRUCTURE
from cms.rendering.context import RenderContext
from cms.rendering.richtext import rich_text_html
from cms.schema import Schema

MAX_COLUMNS, MAX_ROWS, MAX_TITLE = 10, 100, 150
# Dutch style groups digits from five on, which also leaves years as they are.
GROUPED_FROM = 10_000
_NUMBER = re.compile(r"([-−]?)(\d{1,3}(?:[. ]\d{3})+|\d+)(?:,(\d+))?")
_MAX_DIGITS = 15


class NumberField(forms.Field):
    """A number as Dutch writes it, whatever language the admin is in: 1.250,5 means one thousand and a bit."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal):
            return value
        if value in self.empty_values:
            return None
        match = _NUMBER.fullmatch(str(value).strip())
        if match is None or sum(sign.isdigit() for sign in match[0]) > _MAX_DIGITS:
            raise ValidationError(_("Schrijf een getal met een komma voor de decimalen, bijvoorbeeld: 1.250,5."))
        sign, whole, decimals = match.groups()
        digits = re.sub(r"\D", "", whole)
        return Decimal(f"{'-' if sign else ''}{digits}{'.' + decimals if decimals else ''}")

    def prepare_value(self, value: Any) -> Any:
        return format(value, "f").replace(".", ",") if isinstance(value, Decimal) else value


class NumberBlock(blocks.FieldBlock):
    """A number; stored as text with a point, so that 2.50 keeps its last zero."""

    def __init__(self, required: bool = True, help_text: Any = "", **kwargs: Any) -> None:
        self.field = NumberField(required=required, help_text=help_text)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        return None if value in (None, "") else Decimal(value)

    def get_prep_value(self, value: Any) -> Any:
        return format(value, "f") if isinstance(value, Decimal) else value

    class Meta:
        icon = "decimal"


def number_texts(numbers: list[Decimal | None]) -> list[str]:
    """Give the numbers of a column as the active language writes them; where one is grouped, all are."""
    grouped = any(abs(number) >= GROUPED_FROM for number in numbers if number is not None)
    return [
        "" if number is None else formats.number_format(number, use_l10n=True, force_grouping=grouped)
        for number in numbers
    ]


class TypedCellsBlock(Draftable, TypedTableBlock):
    """Columns of plain text, rich text or numbers.

    wagtail-localize knows no tables. The path of each text is made from the text itself, because rows and columns have
    no ids: adding or moving one leaves the translations of the others in place. Links in cells are for all languages.
    """

    text = blocks.CharBlock(label=_("Tekst"), required=False, max_length=300)
    rich_text = blocks.RichTextBlock(
        label=_("Tekst met opmaak of koppelingen"), required=False, features=["bold", "italic", "link", "document-link"]
    )
    number = NumberBlock(label=_("Getal"), required=False)

    def check_complete(self, value: TypedTable) -> None:
        errors = []
        if not value.caption.strip():
            errors.append(gettext("Geef de tabel een bijschrift: dat zegt wat er in de tabel staat."))
        if not value.columns or not value.row_data:
            errors.append(gettext("Een tabel heeft minstens één kolom en één rij."))
        if not all(column["heading"].strip() for column in value.columns):
            errors.append(gettext("Geef elke kolom een kop."))
        if len(value.columns) > MAX_COLUMNS or len(value.row_data) > MAX_ROWS:
            errors.append(
                gettext("Een tabel heeft hoogstens %(columns)d kolommen en %(rows)d rijen.")
                % {"columns": MAX_COLUMNS, "rows": MAX_ROWS}
            )
        if max(map(len, (value.caption, *(column["heading"] for column in value.columns)))) > MAX_TITLE:
            errors.append(
                gettext("Het bijschrift en de koppen hebben hoogstens %(number)d tekens.") % {"number": MAX_TITLE}
            )
        if errors:
            raise TypedTableBlockValidationError(non_block_errors=errors)

    def get_translatable_segments(self, value: TypedTable) -> list[StringSegmentValue]:
        """Give each different text once, in the order of reading."""
        segments: dict[str, StringSegmentValue] = {}
        for string, attributes in self._strings(value):
            path = _path(string)
            segments.setdefault(path, StringSegmentValue(path, string, attrs=attributes))
        return list(segments.values())

    def restore_translated_segments(self, value: TypedTable, segments: list[StringSegmentValue]) -> TypedTable:
        """Give the table with every text that is in `segments` replaced by its translation."""
        translations = {segment.path: segment.string for segment in segments}

        def plain(text: str) -> str:
            found = translations.get(_path(StringValue.from_plaintext(text))) if text else None
            return found.render_text() if found else text

        def rich(text: RichText) -> RichText:
            template, strings = extract_strings(text.source)
            return RichText(
                restore_strings(
                    template, [(translations.get(_path(string), string), attributes) for string, attributes in strings]
                )
            )

        def cell(block: blocks.Block, content: Any) -> Any:
            if isinstance(block, blocks.RichTextBlock):
                return rich(content)
            return plain(content) if isinstance(block, blocks.CharBlock) else content

        return TypedTable(
            columns=[{**column, "heading": plain(column["heading"])} for column in value.columns],
            row_data=[{"values": [cell(bound.block, bound.value) for bound in row]} for row in value.rows],
            caption=plain(value.caption),
        )

    def _strings(self, value: TypedTable) -> Iterator[tuple[StringValue, dict | None]]:
        yield from ((StringValue.from_plaintext(text), None) for text in self._titles(value))
        for row in value.rows:
            for cell in row:
                if isinstance(cell.block, blocks.RichTextBlock):
                    yield from extract_strings(cell.value.source)[1]
                elif isinstance(cell.block, blocks.CharBlock) and cell.value:
                    yield StringValue.from_plaintext(cell.value), None

    def _titles(self, value: TypedTable) -> list[str]:
        return [text for text in (value.caption, *(column["heading"] for column in value.columns)) if text]

    class Meta:
        icon = "table"


def _holds_text(content: Any) -> bool:
    if isinstance(content, RichText):
        return bool(strip_tags(content.source).strip())
    return content is not None and bool(str(content).strip())


def _path(string: StringValue) -> str:
    return "tekst-" + sha1(string.data.encode(), usedforsecurity=False).hexdigest()[:20]


KINDS = {"text": "tekst", "rich_text": "opmaak", "number": "getal"}


class TableColumn(Schema, title="Tabelkolom"):
    title: str = Field(alias="titel")
    kind: Literal["tekst", "opmaak", "getal"] = Field(alias="soort")


class TableCell(Schema, title="Tabelcel"):
    """`text` is what a reader sees, without mark-up."""

    text: str = Field(alias="tekst")
    html: str = Field(default="", description="Alleen in een kolom met opmaak")
    number: float | None = Field(default=None, alias="getal", description="Alleen in een kolom met getallen")


class TableValue(Schema, title="Tabelwaarde"):
    caption: str = Field(alias="bijschrift")
    row_headers: bool = Field(alias="rijkoppen", description="De eerste cel van elke rij is de kop van die rij")
    columns: list[TableColumn] = Field(alias="kolommen")
    rows: list[list[TableCell]] = Field(alias="rijen")


class TableBlock(ContentStructBlock):
    """A table with a caption and headers."""

    api_type = "tabel"
    value_type = TableValue

    table = TypedCellsBlock(
        label=_("Tabel"),
        help_text=_(
            "Kies per kolom wat erin staat. Een tabel is voor gegevens, niet om teksten naast elkaar te zetten."
        ),
    )
    row_headers = blocks.BooleanBlock(
        label=_("De eerste kolom zegt waar de rij over gaat"), required=False, default=True,
        help_text=_("Voorleessoftware noemt de eerste cel dan bij elke andere cel van de rij."),
    )  # fmt: skip

    def check_complete(self, value: Any) -> None:
        if not value["row_headers"]:
            return
        empty = [row for row, cells in enumerate(value["table"].rows) if not _holds_text(cells[0].value)]
        if empty:
            error = ValidationError(_("Vul de eerste cel in: die zegt waar de rij over gaat."))
            raise StructBlockValidationError(
                block_errors={"table": TypedTableBlockValidationError({row: {0: error} for row in empty})}
            )

    def typed(self, value: Any, context: RenderContext) -> TableValue | None:
        table: TypedTable = value["table"]
        if not table.columns or not table.row_data:
            return None
        return TableValue(
            caption=table.caption,
            row_headers=bool(value["row_headers"]),
            columns=[TableColumn(title=col["heading"], kind=KINDS[col["block"].name]) for col in table.columns],
            rows=[list(cells) for cells in zip(*self._columns(table, context), strict=True)],
        )

    def _columns(self, table: TypedTable, context: RenderContext) -> Iterator[list[TableCell]]:
        for number, column in enumerate(table.columns):
            contents = [row["values"][number] for row in table.row_data]
            if column["block"].name == "number":
                yield [
                    TableCell(text=text, number=None if content is None else float(content))
                    for text, content in zip(number_texts(contents), contents, strict=True)
                ]
            elif column["block"].name == "rich_text":
                texts = [rich_text_html(content.source, context) for content in contents]
                yield [TableCell(text=strip_tags(html).strip(), html=html) for html in texts]
            else:
                yield [TableCell(text=content or "") for content in contents]

    class Meta:
        label = _("Tabel")
        description = _("Gegevens in rijen en kolommen: tekst, koppelingen of getallen.")
        icon = "table"
        group = STRUCTURE
        template = "cms/blocks/table.html"
        preview_value = {
            "table": {
                "caption": "Meldingen per district in 2025 (voorbeeld)",
                "columns": [
                    {"type": "text", "heading": "District"},
                    {"type": "number", "heading": "Meldingen"},
                    {"type": "number", "heading": "Per 1.000 inwoners"},
                ],
                "rows": [
                    {"values": ["IJsselland", "12480", "23.1"]},
                    {"values": ["Twente", "15210", "24"]},
                ],
            },
            "row_headers": True,
        }

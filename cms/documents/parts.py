"""What a reader of a format gives: facts, and numbered parts of text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from cms.documents.cleaning import clean
from cms.documents.limits import SECTION_CHARACTERS


@dataclass(frozen=True)
class Part:
    """The text of one page, slide, sheet or section. `number` counts from 1."""

    number: int
    text: str
    label: str = ""


@dataclass(frozen=True)
class Facts:
    """Values for fields of the document with the same names."""

    values: dict[str, Any] = field(default_factory=dict)


def sections(paragraphs: Iterable[tuple[str, str]]) -> Iterator[Part]:
    """Make numbered sections of pairs (heading, paragraph); a heading is "" where no new one begins.

    A long section is cut between paragraphs, one of a single paragraph between words; its label goes on.
    """
    number, label, length = 0, "", 0
    lines: list[str] = []
    for heading, paragraph in paragraphs:
        if lines and (heading or length > SECTION_CHARACTERS):
            number += 1
            yield Part(number, clean("\n".join(lines)), label)
            lines, length = [], 0
        label = heading or label
        while len(paragraph) > 2 * SECTION_CHARACTERS:
            at = paragraph.rfind(" ", 1, SECTION_CHARACTERS)
            at = at if at > 0 else SECTION_CHARACTERS
            number += 1
            yield Part(number, clean("\n".join([*lines, paragraph[:at]])), label)
            lines, length, paragraph = [], 0, paragraph[at:]
        lines.append(paragraph)
        length += len(paragraph)
    if lines:
        yield Part(number + 1, clean("\n".join(lines)), label)

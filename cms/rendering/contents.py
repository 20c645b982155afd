"""The table of contents of a long page: titles of sections and of blocks, and headings in texts."""

import re
from collections.abc import Iterable, Iterator
from html import unescape

from django.utils.html import strip_tags

from cms.rendering.view import ContentsEntry
from cms.sections import BaseSection, BlocksSection, TextSection

# A page with fewer headings is seen through at a glance.
MANY = 4
_HEADING = re.compile(r'<h3 id="([^"]+)">(.*?)</h3>', re.DOTALL)


def contents_of(sections: Iterable[BaseSection]) -> list[ContentsEntry]:
    """Give the entries in the order of the page; none where they would be few."""
    entries = [entry for section in sections for entry in _entries(section)]
    return entries if len(entries) >= MANY else []


def _entries(section: BaseSection) -> Iterator[ContentsEntry]:
    if section.title:
        yield ContentsEntry(title=section.title, anchor=section.key, level=2)
    if isinstance(section, BlocksSection):
        for block in section.blocks:
            heading = block.heading
            if heading and heading.level <= 3:
                yield ContentsEntry(title=heading.text, anchor=heading.anchor, level=heading.level)
    elif isinstance(section, TextSection):
        for anchor, html in _HEADING.findall(section.html):
            yield ContentsEntry(title=unescape(strip_tags(html)), anchor=anchor, level=3)

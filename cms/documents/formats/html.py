"""HTML: what a reader would see, in sections by heading."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import BinaryIO

from cms.documents.cleaning import clean
from cms.documents.formats.plain import decoded
from cms.documents.parts import Facts, Part, sections

_SKIPPED = frozenset({"script", "style", "template", "noscript", "svg", "math", "head", "select", "textarea"})
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p",
        "pre", "section", "table", "tbody", "td", "th", "thead", "tr", "ul",
    }
)  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)


class _Reader(HTMLParser):
    """Collects pairs (heading, paragraph)."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.title: list[str] = []
        self.language = ""
        self._words: list[str] = []
        self._skipped: list[str] = []
        self._in_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""
        if tag == "title":
            self._in_title = True
        elif tag == "body":
            # A head that nobody closed ends here.
            self._skipped = []
        elif tag in _SKIPPED:
            self._skipped.append(tag)
        if tag in _BLOCKS:
            self._end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._in_title = False
        elif tag in self._skipped:
            del self._skipped[self._skipped.index(tag) :]
        elif tag in _BLOCKS:
            self._end_paragraph(heading=tag in ("h1", "h2"))

    def handle_data(self, data: str) -> None:
        if self._in_title:
            self.title.append(data)
        elif not self._skipped:
            self._words.append(data)

    def close(self) -> None:
        super().close()
        self._end_paragraph()

    def _end_paragraph(self, heading: bool = False) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if text:
            self.found.append((clean(text)[:200] if heading else "", text))


def read(file: BinaryIO, _extension: str) -> Iterator[Facts | Part]:
    content = file.read()
    named = _CHARSET.search(content[:4096])
    reader = _Reader()
    text = decoded(content, named[1].decode("ascii") if named else "")
    # Piece by piece: the parser copies what it has not read yet at every step.
    for at in range(0, len(text), 100_000):
        reader.feed(text[at : at + 100_000])
    reader.close()
    yield Facts(
        {"declared_title": clean(" ".join(reader.title))[:300], "declared_language": clean(reader.language)[:20]}
    )
    yield from sections(reader.found)

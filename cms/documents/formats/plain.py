"""Plain text and CSV, in whatever of the usual encodings they come."""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

from cms.documents.parts import Part, sections

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(content: bytes, named: str = "") -> str:
    """Give the text: by its byte order mark, by the encoding that it names, as UTF-8, else as Windows writes Dutch."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in (named, "utf-8"):
        try:
            text = content.decode(encoding) if encoding else None
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        # Codecs such as "hex" give no text.
        if isinstance(text, str):
            return text
    return content.decode("cp1252", "replace")


def read(file: BinaryIO, extension: str) -> Iterator[Part]:
    text = decoded(file.read())
    if extension == "csv":
        # Cells as words: separators and quotes say nothing.
        text = re.sub(r'[;,\t|"]+', " ", text)
    yield from sections(("", line) for line in re.split(r"\r\n|\r|\n", text) if line.strip())

"""Measures how many pages of PDF a second are read, process start included: `python -m tests.cms.documents.speed`."""

import io
import time
from pathlib import Path

import pypdfium2

from cms.documents import process
from tests.cms.documents.files import DUTCH, make_pdf

_HANDBOOK = Path("home/demo/files/handboek-buitengebied.pdf")


def handbook(times: int = 25) -> bytes:
    """Give a real layout, with fonts and tags, made long."""
    source, whole, out = pypdfium2.PdfDocument(_HANDBOOK), pypdfium2.PdfDocument.new(), io.BytesIO()
    for _time in range(times):
        whole.import_pages(source)
    whole.save(out)
    return out.getvalue()


def measure(name: str, content: bytes) -> None:
    """Print the best of three."""
    best, pages, characters = 0.0, 0, 0
    for _time in range(3):
        start = time.perf_counter()
        outcome = process.run(io.BytesIO(content), "lees", "pdf")
        pages = outcome.facts["page_count"]
        characters = sum(len(text) for _number, _label, text in outcome.parts)
        best = max(best, pages / (time.perf_counter() - start))
    print(f"{name}: {pages} pages of {characters // pages} characters, {best:.0f} pages/s")


if __name__ == "__main__":
    measure("handbook", handbook())
    measure("plain", make_pdf(*["\n".join([DUTCH] * 35)] * 1000))

"""Makes the demo's files from the texts in documents/: `python -m home.demo.make_files [--check] [name ...]`.

Needs the development packages and, for PDFs, Chromium with the typeface Liberation Sans. Dates inside the files are
those of the documents, so the same text gives the same file.

A text is a TOML file: title, subtitle, kind, date, language, formats (pdf, docx, odt, pptx, xlsx, ods; pdf when left
out) and either html (h2, h3, p, ul, ol, table, blockquote, aside, figure, section for a slide) or sheets. Also layout
(report, columns, book, slides), image (a key of images/), contents and figures: see make/source.py.
"""

import argparse
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from home.demo.make.docx import make_docx
from home.demo.make.odf import make_ods, make_odt
from home.demo.make.package import unpacked
from home.demo.make.pdf import made_from, make_pdf
from home.demo.make.pptx import make_pptx
from home.demo.make.source import TARGET, Source, sources
from home.demo.make.xlsx import make_xlsx

WRITERS: dict[str, Callable[[Source, Path], None]] = {
    "docx": make_docx,
    "odt": make_odt,
    "ods": make_ods,
    "pptx": make_pptx,
    "xlsx": make_xlsx,
}


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium of the system when there is one, Playwright's own otherwise."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


def make(chosen: list[Source]) -> None:
    """Write all files of the documents."""
    TARGET.mkdir(exist_ok=True)
    with chromium() as browser:
        for source in chosen:
            for extension in source.formats:
                path = TARGET / f"{source.name}.{extension}"
                if extension == "pdf":
                    make_pdf(browser, source, path)
                else:
                    WRITERS[extension](source, path)
                print(f"{path.name}: {path.stat().st_size // 1024} KB")


def stale(chosen: list[Source]) -> list[str]:
    """Name the files that are missing or not made from the text as it is now."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [(source, TARGET / f"{source.name}.{kind}") for source in chosen for kind in source.formats]
        return [path.name for source, path in paths if not path.exists() or not _fresh(source, path, Path(folder))]


def _fresh(source: Source, path: Path, folder: Path) -> bool:
    if path.suffix == ".pdf":
        # Another Chromium prints other bytes, so a PDF tells itself from which text it was made.
        return made_from(path.read_bytes()) == source.digest
    again = folder / path.name
    WRITERS[path.suffix.removeprefix(".")](source, again)
    return unpacked(again.read_bytes()) == unpacked(path.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes the demo's files.")
    parser.add_argument("names", nargs="*", help="documents to make; all when left out")
    parser.add_argument("--check", action="store_true", help="only say which files are not as their text is")
    options = parser.parse_args()
    chosen = [source for name, source in sources().items() if not options.names or name in options.names]
    if not options.check:
        make(chosen)
    elif names := stale(chosen):
        sys.exit(f"Not made from the text as it is now: {', '.join(names)}")


if __name__ == "__main__":
    main()

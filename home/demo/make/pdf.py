"""Prints a document to a tagged PDF with Chromium: headings, lists, tables and outline come from the HTML."""

import base64
import io
import re
from html import escape
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from home.demo.make.figures import figure_html
from home.demo.make.source import CONTENTS_WORD, EXAMPLE, PAGE_WORD, PICTURES, PUBLISHER, Source
from home.demo.make.text import slides

STYLES = Path(__file__).with_name("pdf.css")
# Tells from which text a PDF was made, at the place of the browser's own name.
STAMP = "Veiligheidsnetwerk make_files "

MARK = """<svg viewBox="0 0 40 40" aria-hidden="true"><path d="M8 29 20 9l13 15-25 5Z" fill="none" stroke="#0b4f5c"
stroke-width="3" stroke-linejoin="round"/><circle cx="20" cy="9" r="6" fill="#0b4f5c"/><circle cx="8" cy="29" r="6"
fill="#e26d52"/><circle cx="33" cy="24" r="6" fill="#26727d"/></svg>"""

PAGE = """
@page { size: %(size)s; margin: 18mm 0 20mm;
  @bottom-left { content: "%(publisher)s"; font: 8pt "Liberation Sans", Arial, sans-serif; color: #3c5a60;
    padding-left: %(side)s; }
  @bottom-right { content: "%(page)s " counter(page) " / " counter(pages); color: #3c5a60; padding-right: %(side)s;
    font: 8pt "Liberation Sans", Arial, sans-serif; } }
@page :first { margin-top: 0; }
"""
SLIDE_PAGE = "@page { size: 297mm 167mm; margin: 0; }"


def make_pdf(browser: Browser, source: Source, path: Path) -> None:
    """Print the document to `path`."""
    page = browser.new_page()
    page.emulate_media(media="print")
    page.set_content(page_html(source), wait_until="load")
    page.evaluate("document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    content = page.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)
    page.close()
    path.write_bytes(_settle(content, source))


def made_from(content: bytes) -> str:
    """Say from which text the PDF was made: the digest of its source, or nothing."""
    found = re.search(STAMP.encode() + rb"([0-9a-f]{12})", content)
    return found.group(1).decode() if found else ""


def page_html(source: Source) -> str:
    """The whole document that Chromium prints."""
    language = source.language
    size, side = ("170mm 240mm", "20mm") if source.layout == "book" else ("A4", "25mm")
    facts = {"publisher": PUBLISHER[language], "page": PAGE_WORD[language], "size": size, "side": side}
    head = f"""<p class="kind">{escape(source.dateline)}</p><h1>{escape(source.title)}</h1>
<p class="subtitle">{escape(source.subtitle)}</p><p class="example">{escape(EXAMPLE[language])}</p>"""
    style = STYLES.read_text(encoding="utf-8")
    if source.layout == "slides":
        style += SLIDE_PAGE
        body = _slides(source, head)
    else:
        style += PAGE % facts
        body = _text(source, head)
    style += f".banner {{ background-image: url({_banner(source)}); }}" if source.image else ""
    return f"""<!doctype html><html lang="{language}" class="{source.layout}"><head><meta charset="utf-8">
<title>{escape(source.title)}</title><style>{style}</style></head><body>{body}</body></html>"""


def _text(source: Source, head: str) -> str:
    html = re.sub(r'<figure id="([^"]+)"></figure>', lambda found: figure_html(source.figures[found[1]]), source.html)
    if source.contents:
        chapters = re.findall(r"<h2>(.*?)</h2>", html)
        numbers = iter(range(1, len(chapters) + 1))
        html = re.sub("<h2>", lambda _: f'<h2 id="hoofdstuk-{next(numbers)}">', html)
        links = "".join(f'<li><a href="#hoofdstuk-{n}">{title}</a></li>' for n, title in enumerate(chapters, start=1))
        contents = f'<nav><p class="contents">{CONTENTS_WORD[source.language]}</p><ul>{links}</ul></nav>'
        html = html.replace("<h2", f"{contents}<h2", 1)
    mark = f'<div class="mark">{MARK}<span>Veiligheidsnetwerk<br>Oost-Nederland</span></div>'
    return f'<div class="banner"></div><header class="head">{mark}{head}</header><main>{html}</main>'


def _slides(source: Source, head: str) -> str:
    content = [re.sub(r'<aside class="notes">.*?</aside>', "", slide, flags=re.S) for slide in slides(source.html)]
    body = f'<section class="title"><div class="banner"></div><header class="head">{head}</header></section>'
    for number, slide in enumerate(content, start=2):
        place = f"{PAGE_WORD[source.language]} {number} / {len(content) + 1}"
        foot = f"<span>{escape(PUBLISHER[source.language])}</span><span>{place}</span>"
        body += f'<section>{slide}<div class="foot">{foot}</div></section>'
    return body


def _banner(source: Source) -> str:
    """The picture cut to shape, as a data address: Chromium keeps a JPEG as it is, which keeps the PDF small."""
    width, height = (1120, 323) if source.layout == "slides" else (1120, 288)
    with Image.open(PICTURES / f"{source.image}.webp") as picture:
        cut = round(picture.width * height / width)
        top = min(picture.height - cut, round((picture.height - cut) * 0.62))
        shape = picture.convert("RGB").crop((0, top, picture.width, top + cut)).resize((width, height))
    buffer = io.BytesIO()
    shape.save(buffer, "JPEG", quality=72, optimize=True)
    return f"data:image/jpeg;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _settle(content: bytes, source: Source) -> bytes:
    """Put the document's own date and text where Chromium wrote the moment of making and its browser string.

    Every replacement is as long as what it replaces, so the offsets in the PDF stay right.
    """
    moment = f"D:{source.moment:%Y%m%d%H%M%S}+00'00'".encode()
    content = re.sub(rb"D:\d{14}\+00'00'", moment, content)
    stamp = f"{STAMP}{source.digest}".encode()
    return re.sub(rb"(?<=/Creator \()(?:\\.|[^\\)])*", lambda found: stamp.ljust(len(found[0])), content, count=1)

"""Raw stream data of every block, in variants that the contract test renders.

A new block gets an entry here: "short", "empty" (nothing that may be left out), "longest" (every text as long as it may
be) and "escaping" (`NASTY` in every text). Each is a function, because some need pages or images to point at.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from cms.models import BasePage
from kennisbank.models import KennisbankPage
from tests.cms.factories import make_content_page, make_document, make_form, make_image, make_site
from tests.districts.factories import make_theme, make_theme_index
from tests.kennisbank.factories import make_kennisbank, make_publication
from themes.models import ThemeIndexPage

# Ends an attribute and a tag; short enough for every text, with room for a number after it.
NASTY = "\"><script>'&k"
NASTY_RICH = f"<p>{NASTY.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>"

Variants = dict[str, Callable[[], Any]]


def long(length: int) -> str:
    """Give a text of exactly this length, of compounds such as Dutch officials write."""
    words = "Meerjareninvesteringsprogrammavaststellingsprocedure samenwerkingsovereenkomstwijzigingsvoorstel "
    return (words * (length // len(words) + 1))[:length].strip().ljust(length, "n")


LONG_RICH = f"<p><b>{long(300)}</b></p><ul><li>{long(120)}</li><li>{long(120)}</li></ul><p>{long(900)}</p>"
LONG_CELL = f"<p>{long(60)} <a href='https://www.example.nl/{'a' * 80}'>{long(80)}</a></p>"


def items(*values: Any) -> list[dict[str, Any]]:
    """Give list items as the editor stores them; wagtail-localize skips those without an id."""
    return [{"type": "item", "id": str(uuid4()), "value": value} for value in values]


def make_page(title: str = "Pagina") -> BasePage:
    """Add a page below the home page."""
    _site, home = make_site()
    return make_content_page(home, title, introduction=title)


def publications(title: str, number: int) -> list[dict[str, Any]]:
    """Add publications and give them as list items."""
    _site, home = make_site()
    kennisbank = KennisbankPage.objects.first() or make_kennisbank(home)
    return items(
        *(make_publication(kennisbank, f"{title} {each}", introduction=title[:400]).pk for each in range(number))
    )


def links(number: int, title: str, description: str) -> list[dict[str, Any]]:
    """Give links to other sites."""
    link = {"title": title, "page": None, "url": "https://www.example.nl/?a=1&b=2", "description": description}
    return items(*([link] * number))


def texts(number: int, title: str, text: str) -> list[dict[str, Any]]:
    """Give parts of an accordion, or steps."""
    return items(*({"title": title, "text": text} for _each in range(number)))


def figures(number: int, digits: str, label: str, explanation: str) -> list[dict[str, Any]]:
    """Give key figures."""
    return items(*({"number": digits, "label": label, "explanation": explanation} for _each in range(number)))


def event(moment: str, title: str, text: str = "", **values: Any) -> dict[str, Any]:
    """Give an event of a timeline."""
    return {"moment": moment, "date": None, "title": title, "text": text, "page": None, **values}


def table(caption: str, headings: list[tuple[str, str]], *rows: list[Any], row_headers: bool = True) -> dict[str, Any]:
    """Give a table; `headings` are (type, heading) pairs."""
    return {
        "table": {
            "caption": caption,
            "columns": [{"type": kind, "heading": heading} for kind, heading in headings],
            "rows": [{"values": row} for row in rows],
        },
        "row_headers": row_headers,
    }


def contact(**values: Any) -> dict[str, Any]:
    """Give a contact with a role and a mailbox."""
    return {
        "title": "",
        "role": "contactpersoon (rol)",
        "email": "team@voorbeeld.example",
        "telephone": "",
        "opening_hours": "",
        "page": None,
        **values,
    }


def video(**values: Any) -> dict[str, Any]:
    """Give a video at a platform in which nobody speaks."""
    return {
        "title": "Zo werkt het",
        "url": "https://vimeo.com/123456789",
        "file": None,
        "poster": make_image().pk,
        "duration": "",
        "transcript": "",
        "silent": True,
        "captions": [],
        **values,
    }


def own_video(**values: Any) -> dict[str, Any]:
    """Give a video of our own with captions in three languages."""
    file = make_document("Video", b"film", "video.webm").pk
    captions = [
        {"file": make_document("Ondertiteling", b"WEBVTT", f"{language}.vtt").pk, "language": language}
        for language in ("nl", "en", "de")
    ]
    return video(url="", file=file, captions=items(*captions), silent=False, **values)


def download(title: str = "", description: str = "", document: str = "Factsheet") -> dict[str, Any]:
    """Give a download."""
    return {"document": make_document(document).pk, "title": title, "description": description}


def overview(title: str, themes: list[str], display: str = "cards") -> dict[str, Any]:
    """Give an overview of themes with these titles."""
    _site, home = make_site()
    index = ThemeIndexPage.objects.first() or make_theme_index(home)
    for theme in themes:
        make_theme(index, theme)
    return {"title": title, "piece": "themas", "display": display, "number": None}


def form(text: str, **values: Any) -> dict[str, Any]:
    """Give a form with `text` in all that a reader sees."""
    make_site()
    return {"form": make_form(text, introduction=text, contact_text=text, **values).pk}


BLOCK_VALUES: dict[str, Variants] = {
    "paragraph": {
        "short": lambda: "<p>Kort.</p>",
        "empty": lambda: "<p>x</p>",
        "longest": lambda: LONG_RICH,
        "escaping": lambda: NASTY_RICH,
    },
    "heading": {
        "short": lambda: {"text": "Kop", "level": "2"},
        "empty": lambda: {"text": "Kop", "level": "2"},
        "longest": lambda: {"text": long(120), "level": "2"},
        "escaping": lambda: {"text": NASTY, "level": "2"},
    },
    "quote": {
        "short": lambda: {"text": "Samen kom je verder.", "source": "adviseur"},
        "empty": lambda: {"text": "Samen kom je verder.", "source": ""},
        "longest": lambda: {"text": long(500), "source": long(150)},
        "escaping": lambda: {"text": NASTY, "source": NASTY},
    },
    "callout": {
        "short": lambda: {"tone": "tip", "title": "Hulp nodig?", "text": "<p>Bel ons.</p>"},
        "empty": lambda: {"tone": "info", "title": "", "text": "<p>Bel ons.</p>"},
        "longest": lambda: {"tone": "warning", "title": long(120), "text": LONG_RICH},
        "escaping": lambda: {"tone": "info", "title": NASTY, "text": NASTY_RICH},
    },
    "image": {
        "short": lambda: {"image": make_image().pk, "alt": "Een brug", "decorative": False, "caption": "De brug"},
        "empty": lambda: {"image": make_image().pk, "alt": "", "decorative": True, "caption": ""},
        "longest": lambda: {
            "image": make_image(long(200), size=(640, 48)).pk,
            "alt": long(250),
            "decorative": False,
            "caption": long(250),
        },
        "escaping": lambda: {"image": make_image().pk, "alt": NASTY, "decorative": False, "caption": NASTY},
    },
    "links": {
        "short": lambda: {"title": "Lees ook", "items": links(1, "Rijksoverheid", "Landelijk beleid")},
        "empty": lambda: {
            "title": "",
            "items": items({"title": "", "page": make_page().pk, "url": "", "description": ""}),
        },
        "longest": lambda: {"title": long(120), "items": links(12, long(120), long(200))},
        "escaping": lambda: {"title": NASTY, "items": links(1, NASTY, NASTY)},
    },
    "page_cards": {
        "short": lambda: {"title": "Meer", "pages": items(make_page().pk)},
        "empty": lambda: {"title": "", "pages": items(make_page().pk)},
        "longest": lambda: {"title": long(120), "pages": items(*(make_page(f"{n} {long(150)}").pk for n in range(6)))},
        "escaping": lambda: {"title": NASTY, "pages": items(make_page().pk)},
    },
    "publications": {
        "short": lambda: {
            "title": "Nieuw",
            "mode": "chosen",
            "publications": publications("Factsheet", 1),
            "number": 3,
        },
        "empty": lambda: {"title": "", "mode": "filter", "publications": [], "number": 3},
        "longest": lambda: {
            "title": long(120),
            "mode": "chosen",
            "publications": publications(long(200), 6),
            "number": 6,
        },
        "escaping": lambda: {
            "title": NASTY,
            "mode": "chosen",
            "publications": publications("Factsheet", 1),
            "number": 3,
        },
    },
    "accordion": {
        "short": lambda: {"title": "Vragen", "items": texts(1, "Wie helpt?", "<p>De expertgroep.</p>")},
        "empty": lambda: {"title": "", "items": texts(1, "Wie helpt?", "<p>De expertgroep.</p>")},
        "longest": lambda: {"title": long(120), "items": texts(20, long(150), LONG_RICH)},
        "escaping": lambda: {"title": NASTY, "items": texts(1, NASTY, NASTY_RICH)},
    },
    "steps": {
        "short": lambda: {"title": "Zo meldt u", "steps": texts(2, "Bel ons", "<p>Elke werkdag.</p>")},
        "empty": lambda: {"title": "", "steps": texts(2, "Bel ons", "")},
        "longest": lambda: {"title": long(120), "steps": texts(12, long(120), LONG_RICH)},
        "escaping": lambda: {"title": NASTY, "steps": texts(2, NASTY, NASTY_RICH)},
    },
    "timeline": {
        "short": lambda: {
            "title": "Planning",
            "events": items(event("najaar 2026", "Gesprekken", "<p>Met allen.</p>")),
        },
        "empty": lambda: {"title": "", "events": items(event("", "Plan klaar", date="2026-11-23"))},
        "longest": lambda: {
            "title": long(120),
            "events": items(
                *[event(long(40), long(120), LONG_RICH, date="2026-11-23", page=make_page(long(200)).pk)] * 30
            ),
        },
        "escaping": lambda: {"title": NASTY, "events": items(event(NASTY, NASTY, NASTY_RICH))},
    },
    "key_figures": {
        "short": lambda: {"title": "In getallen", "figures": figures(1, "76", "gemeenten", "Stand 2026")},
        "empty": lambda: {"title": "", "figures": figures(1, "76", "gemeenten", "")},
        "longest": lambda: {"title": long(120), "figures": figures(6, long(20), long(80), long(200))},
        "escaping": lambda: {"title": NASTY, "figures": figures(1, NASTY, NASTY, NASTY)},
    },
    "table": {
        "short": lambda: table("Meldingen", [("text", "District"), ("number", "Aantal")], ["Twente", "12480.5"]),
        "empty": lambda: table(
            "Leeg",
            [("text", "District"), ("rich_text", "Uitleg"), ("number", "Aantal")],
            ["", "", None],
            row_headers=False,
        ),
        "longest": lambda: table(
            long(150),
            [("text", long(150)), ("number", long(150)), *[("rich_text", long(150))] * 8],
            *[[long(300), "123456789012.345", *[LONG_CELL] * 8]] * 100,
        ),
        "escaping": lambda: table(NASTY, [("text", NASTY), ("rich_text", NASTY)], [NASTY, NASTY_RICH]),
    },
    "contact": {
        "short": lambda: contact(title="Vragen?", telephone="14 024", opening_hours="Elke werkdag"),
        "empty": lambda: contact(),
        "longest": lambda: contact(
            title=long(120),
            role=long(150),
            email=f"{'a' * 60}@{'b' * 60}.example",
            telephone="+31 (0)24 - 123 45 67",
            opening_hours=long(300),
            page=make_page(long(200)).pk,
        ),
        "escaping": lambda: contact(title=NASTY, role=NASTY, opening_hours=NASTY),
    },
    "video": {
        "short": lambda: video(duration="2 minuten", transcript="<p>Samen.</p>", silent=False),
        "empty": lambda: video(),
        "longest": lambda: own_video(title=long(120), duration=long(40), transcript=LONG_RICH),
        "escaping": lambda: video(title=NASTY, duration=NASTY, transcript=NASTY_RICH, silent=False),
    },
    "download": {
        "short": lambda: download("De factsheet", "Zo herkent u leegstand."),
        "empty": lambda: download(),
        "longest": lambda: download(long(150), long(250), long(200)),
        "escaping": lambda: download(NASTY, NASTY),
    },
    "overview": {
        "short": lambda: overview("Thema's", ["Ondermijning"]),
        "empty": lambda: overview("", []),
        "longest": lambda: overview(long(120), [f"{number} {long(150)}" for number in range(6)], "list"),
        "escaping": lambda: overview(NASTY, [NASTY]),
    },
    "form": {
        "short": lambda: form("Bijdrage insturen"),
        "empty": lambda: form("Kort", contact_email=""),
        "longest": lambda: form(long(120), contact_email=f"{'a' * 60}@{'b' * 60}.example"),
        "escaping": lambda: form(NASTY),
    },
}

"""Makes publications as a Kennisbank has them: Dutch words as frequent as in texts, themes, places, files with pages.

The same number always gives the same publications. Nobody and nothing in them exists.
"""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from cms.search.analysis.stopwords import STOPWORDS
from cms.search.entries import Entry
from cms.search.loading import Loaded, Part

# Words of the field, the most frequent first. Each is followed by so many others.
_OTHERS = 9
_WORDS_OF_THE_FIELD = """
veiligheid gemeente politie aanpak plan ondermijning overlast preventie zorg wijk burgemeester criminaliteit drugs
jeugd handhaving samenwerking district regio toezicht openbare orde inbraak geweld slachtoffers criminelen evaluatie
beleid rapport jaarverslag handreiking convenant onderzoek cijfers monitor netwerk partners woningcorporatie inwoners
ondernemers buitengebied mensenhandel radicalisering cybercrime horeca evenementen woninginbraak straatroof vuurwerk
veiligheidsplan veiligheidshuis wijkagent jongerenwerk leerplicht reclassering verslaving huiselijk kindermishandeling
prostitutie vergunning bibob witwassen hennep vakantieparken bedrijventerrein voetbal hulpverlening brandweer ambulance
crisis opvang noodverordening cameratoezicht buurtpreventie signalen meldpunt vertrouwenspersoon integriteit begroting
jaarplan uitvoeringsprogramma prioriteiten indicatoren knelpunten aanbevelingen
"""
DOMAIN = _WORDS_OF_THE_FIELD.split()
_STOP = sorted(STOPWORDS["nl"])
_TYPES = ("Rapport", "Handreiking", "Jaarverslag", "Convenant", "Factsheet", "Plan", "Evaluatie", "Onderzoek")
_PLACES = 60
_WORDS = 60_000
_RARE = 3
# A text of 4 kB has about so many words that say something.
MIDDLE_LENGTH = 420
WORDS_OF_PAGE = 350


@dataclass(frozen=True)
class Publication:
    """A publication with one file."""

    number: int
    title: str
    summary: str
    pages: tuple[str, ...]
    day: date
    facets: frozenset[tuple[str, str]]
    names: tuple[str, ...]

    def loaded(self) -> Loaded:
        """Give what the indexer makes of it."""
        entry = Entry(
            key=f"page:{self.number}",
            page_id=self.number,
            source_id=self.number,
            kind="publicatie",
            language="nl",
            text_language="nl",
            title=self.title,
            summary=self.summary,
            names=self.names,
            facets=self.facets,
            date=self.day,
            outdated=self.number % 23 == 0,
            fallback=True,
        )
        parts = tuple(
            Part(self.number, at, f"pagina {at}", text, "nl", sha256(str(self.number).encode()).hexdigest())
            for at, text in enumerate(self.pages, start=1)
        )
        return entry, parts


@lru_cache(maxsize=1)
def words() -> tuple[list[str], list[float]]:
    """Give words that say something, the most frequent first, and the sums of their chances (Zipf's law)."""
    forms = sorted(DefaultDictionaryFactory(cache_max_size=1).get_dictionary("nl"))
    plain = [form for form in forms if form.isascii() and form.isalpha() and form.islower() and 4 <= len(form) <= 20]
    chance = random.Random(1)  # noqa: S311
    # Short words are used more than long ones.
    plain.sort(key=lambda form: len(form) + chance.gauss(0, 3))
    known = set(DOMAIN)
    others = iter([form for form in plain if form not in known][:_WORDS])
    found = [word for of_field in DOMAIN for word in (of_field, *itertools.islice(others, _OTHERS))]
    found.extend(others)
    return found, list(itertools.accumulate(1 / (rank + 60) ** 1.02 for rank in range(len(found))))


def publications(number: int, start: int = 1) -> Iterator[Publication]:
    """Give so many publications, counted from `start`."""
    for at in range(start, start + number):
        yield publication(at)


def publication(number: int) -> Publication:
    """Give the publication with this number."""
    chance = random.Random(number)  # noqa: S311
    found, chances = words()
    length = int(MIDDLE_LENGTH * math.exp(chance.gauss(-0.12, 0.5)))
    # A text is about something: some of its words come back again and again.
    about = chance.choices(found, cum_weights=chances, k=12) + chance.sample(DOMAIN, 3)
    drawn = chance.choices(found, cum_weights=chances, k=length)
    text = []
    for word in drawn:
        if chance.random() < 0.45:
            text.append(chance.choice(_STOP))
        text.append(chance.choice(about) if chance.random() < 0.12 else word)
    # Names and compounds that stand nowhere else: half of all words of a library stand in one text only.
    for _each in range(_RARE):
        text.insert(chance.randrange(len(text) + 1), chance.choice(drawn) + chance.choice(found))
    place = chance.randrange(_PLACES)
    title = " ".join([chance.choice(_TYPES), *about[-2:], *chance.sample(about[:12], chance.randrange(1, 4))])
    pages = tuple(_sentences(text[at : at + WORDS_OF_PAGE]) for at in range(0, len(text), WORDS_OF_PAGE))
    day = date(2026, 6, 30) - timedelta(days=int(chance.triangular(0, 18 * 365, 300)))
    return Publication(
        number=number,
        title=title,
        summary=_sentences([*chance.sample(about, 8), *chance.choices(found, cum_weights=chances, k=16)]),
        pages=pages,
        day=day,
        facets=frozenset(_facets(chance, day, place)),
        names=(f"Thema {about[-1]}", f"Gemeente {place}"),
    )


def _sentences(text: list[str]) -> str:
    return " ".join(
        " ".join(text[at : at + 14]).capitalize() + ("." if (at // 14) % 5 else ".\n") for at in range(0, len(text), 14)
    )


def _facets(chance: random.Random, day: date, place: int) -> Iterator[tuple[str, str]]:
    for theme in chance.choices(range(12), k=chance.randrange(1, 4)):
        yield "thema", str(theme)
    yield "type", str(chance.randrange(len(_TYPES)))
    yield "district", str(place % 10)
    for _each in range(chance.randrange(1, 3)):
        yield "gemeente", str(place)
        place = chance.randrange(_PLACES)
    # A few organisations make most publications.
    yield "organisatie", str(int(200 * chance.random() ** 3))
    for audience in chance.sample(range(8), chance.randrange(1, 3)):
        yield "doelgroep", str(audience)
    yield "jaar", str(day.year)
    yield "taal", "nl"
    yield "bestandstype", chance.choice(("pdf", "pdf", "pdf", "docx", "pptx"))

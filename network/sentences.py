"""The grammar of sentences made from facts: patterns, names with links, capitals and full stops. No queries."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from cms.rendering.values import TextPart


@dataclass(frozen=True)
class Mention:
    """A body as a sentence names it. Without `url` the name is plain text, as on the body's own page."""

    phrase: str
    phrase_of: str
    plural: bool
    url: str | None = None

    def name(self) -> list[TextPart]:
        """Give the body itself: "de BBG"."""
        return [TextPart(text=self.phrase, url=self.url)]

    def of(self, before: str = "") -> list[TextPart]:
        """Give words and whose they are: "de burgemeesters" gives "de burgemeesters van de BBG"; links the name alone.

        Where the name is inflected ("der Lenkungsgruppe") all of it is the link.
        """
        name = self.phrase if self.phrase_of.endswith(self.phrase) else self.phrase_of
        preposition = self.phrase_of[: len(self.phrase_of) - len(name)]
        return [TextPart(text=f"{before} {preposition}".lstrip()), TextPart(text=name, url=self.url)]


@dataclass(frozen=True)
class ArrowWords:
    """What stands beside an arrow: the role that acts, if any, and the verb."""

    role: str
    verb: str

    def __str__(self) -> str:
        return f"{self.role} {self.verb}".lstrip()


def arrow_words(pattern: str, conjunction: str) -> str:
    """Give the words of a pattern without its two bodies, in the order in which they stand.

    Of "{van} und {naar} stimmen sich ab" the conjunction goes with the bodies.
    """
    pattern = pattern.replace(f"{{van}} {conjunction} {{naar}}", " ").replace("{van}", " ").replace("{naar}", " ")
    return " ".join(pattern.split())


def listed(names: Sequence[list[TextPart]]) -> list[TextPart]:
    """Join names in the active language: "de BBG", "de BBG en het RVO", "de BBG, het RVO en het platform"."""
    parts = list(names[0])
    for name in names[1:-1]:
        parts += [TextPart(text=", "), *name]
    if len(names) > 1:
        parts += [TextPart(text=f" {pgettext('tussen namen', 'en')} "), *names[-1]]
    return parts


def compose(pattern: str, language: str, *, foreign: bool = False, **names: list[TextPart]) -> list[TextPart]:
    """Fill a pattern as "{van} bereidt {naar} voor" and make it a sentence, with a capital and a full stop.

    `language` is the language of the sentence; `foreign` marks its parts with it, on a page in another language.
    """
    parts: list[TextPart] = []
    for piece in re.split(r"({\w+})", pattern):
        parts += names[piece[1:-1]] if piece.startswith("{") else [TextPart(text=piece)]
    return _marked(_stopped(_begun(_merged(parts), language)), language if foreign else None)


def standing_alone(parts: list[TextPart], language: str, *, foreign: bool = False) -> list[TextPart]:
    """Give a name that is no sentence, as in a list: with a capital and without a full stop."""
    return _marked(_begun(_merged(parts), language), language if foreign else None)


def plain(parts: Sequence[TextPart]) -> str:
    """Give a sentence without its links."""
    return "".join(part.text for part in parts)


def capitalized(text: str, language: str) -> str:
    """Give the text with a capital; Dutch writes IJ as a pair, and leaves the small letter of "'s-Gravenhage"."""
    start = re.match(r"(?:['’]\w\b)?\W*", text)
    at = start.end() if start else 0
    letters = 2 if language == "nl" and text[at : at + 2] == "ij" else 1
    return text[:at] + text[at : at + letters].upper() + text[at + letters :]


def _merged(parts: list[TextPart]) -> list[TextPart]:
    merged: list[TextPart] = []
    for part in parts:
        if merged and not part.url and not merged[-1].url:
            merged[-1] = TextPart(text=merged[-1].text + part.text)
        elif part.text:
            merged.append(part)
    return merged


def _begun(parts: list[TextPart], language: str) -> list[TextPart]:
    first = parts[0]
    return [first.model_copy(update={"text": capitalized(first.text.lstrip(), language)}), *parts[1:]]


def _stopped(parts: list[TextPart]) -> list[TextPart]:
    last = parts[-1]
    if last.text.rstrip().endswith((".", "!", "?")):
        return parts
    if last.url:
        return [*parts, TextPart(text=".")]
    return [*parts[:-1], TextPart(text=last.text.rstrip() + ".")]


def _marked(parts: list[TextPart], language: str | None) -> list[TextPart]:
    return [part.model_copy(update={"language": language}) for part in parts] if language else parts

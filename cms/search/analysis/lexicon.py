"""The Dutch words and forms of `lexicon.xz`: what a form is a form of, and what a word may be in a compound.

They are kept as the bytes of sorted lines, a line a form: some 8 MB, where a dictionary in Python would take ten times
as much. Made by `make_lexicon.py`.
"""

import lzma
import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

_PATH = Path(__file__).with_name("lexicon.xz")
_BLOCK = 512


class Role:
    """What a form may be, as bits: a part of compounds at a place, or a word of a kind."""

    BEGIN = 1
    MIDDLE = 2
    END = 4
    VERB = 8
    NOUN = 16
    ADJECTIVE = 32
    NAME = 64


class Form(NamedTuple):
    """A form that the lexicon knows. Without lemmas: nobody told it what the form is a form of, itself perhaps."""

    lemmas: tuple[str, ...]
    role: int


def entry(form: str, lemmas: list[str], role: int) -> str:
    """Give the line of a form. A lemma is written as how many letters to take off, and what to add: "3:e"."""
    written = []
    for lemma in lemmas:
        same = 0
        while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
            same += 1
        written.append(f"{len(form) - same}:{lemma[same:]}")
    return f"{form}\t{role}\t{','.join(written)}"


def spelled_alone(base: str) -> Iterator[str]:
    """Give how a word is spelled without its ending: bomen, boom; huizen, huis; plannen, plan."""
    yield base
    if re.search(r"([^aeiou])\1$", base):
        yield base[:-1]
    if re.search("(^|[^aeiou])[aeou][^aeiou]$", base):
        base = base[:-1] + base[-2:]
        yield base
    if base[-1:] in ("v", "z"):
        yield base[:-1] + {"v": "f", "z": "s"}[base[-1]]


class Lexicon:
    """Looks forms up. Reads its file when it is first asked."""

    def beginnings(self) -> frozenset[str]:
        """Give the first four letters of all forms: what begins with others is none."""
        return self._beginnings

    def get(self, form: str) -> Form | None:
        """Give what is known of a folded form."""
        data, starts, firsts = self._data
        key = form.encode()
        block = bisect_right(firsts, key) - 1
        if block < 0:
            return None
        # Each block ends with the line break that the next one begins with.
        at = data.find(b"\n" + key + b"\t", starts[block], starts[block + 1] + 1)
        if at < 0:
            return None
        end = data.index(b"\n", at + 1)
        _form, role, written = data[at + 1 : end].decode().split("\t")
        lemmas = []
        for one in filter(None, written.split(",")):
            cut, _, added = one.partition(":")
            lemmas.append(form[: len(form) - int(cut)] + added)
        return Form(tuple(lemmas), int(role))

    @cached_property
    def _data(self) -> tuple[bytes, list[int], list[bytes]]:
        data = lzma.decompress(_PATH.read_bytes())
        starts, firsts = [0], [data[1 : data.index(b"\t")]]
        while (at := data.find(b"\n", starts[-1] + _BLOCK)) not in (-1, len(data) - 1):
            starts.append(at)
            firsts.append(data[at + 1 : data.index(b"\t", at)])
        return data, [*starts, len(data)], firsts

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(found.decode() for found in set(re.findall(b"\n([^\t\n]{4})", self._data[0])))


LEXICON = Lexicon()

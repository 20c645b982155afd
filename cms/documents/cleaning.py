"""Makes the text of a file fit to search and to show: whole words, no control characters, single spaces."""

import re

# PDFium writes U+FFFE or U+0002 for a hyphen at the end of a line, and leaves the end out.
_HYPHEN_AT_END = re.compile("[\x02\ufffe][ \t\r\n]*")
_SOFT_HYPHEN = re.compile("\u00ad[ \t]*(?:\r\n|\r|\n)?[ \t]*")
# Before a capital or a figure the hyphen belongs to the word, as in "Oost-Nederland"; before "en" a word is left out.
_JOINED = re.compile(r"(?<=[^\W\d_]{2})-\n[ \t]*(?=[a-zß-ÿ])(?!(?:en|of|und|oder|and|or)\b)")
_KEPT = re.compile(r"(?<=\w)-\n[ \t]*(?=[A-Z0-9À-Þ])")
_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Control characters, marks that turn the direction of text, surrogates, and what is no character at all.
_REMOVED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufff0-\ufffb\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_EMPTY_LINES = re.compile(r" ?\n(?: ?\n)+ ?")


def clean(text: str) -> str:
    """Give the text as readers read it. Lines stay; more than one empty line becomes one."""
    text = _HYPHEN_AT_END.sub("-\n", text)
    text = _SOFT_HYPHEN.sub("", text)
    text = _LINE_END.sub("\n", text)
    text = _KEPT.sub("-", _JOINED.sub("", text))
    text = _REMOVED.sub("", text)
    text = _SPACES.sub(" ", text)
    return _EMPTY_LINES.sub("\n\n", text).replace(" \n", "\n").replace("\n ", "\n").strip()


def legible(text: str) -> bool:
    """Tell whether letters came out as letters: a font without a table of characters gives rubbish instead."""
    signs = [sign for sign in text[:20_000] if not sign.isspace()]
    strange = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" or not sign.isprintable() for sign in signs)
    return any(map(str.isalnum, signs)) and strange * 3 < len(signs)

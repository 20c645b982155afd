"""How wide words are in the site's typeface, and where they break; a drawing has no browser that does so by itself."""

import unicodedata
from functools import lru_cache

# Advance widths of Figtree in thousandths of the type size, the wider of weights 400 and 650. An accent adds nothing.
_WIDTHS = (
    (211, "‘’"),
    (236, "'"),
    (240, "."),
    (241, "l"),
    (247, " "),
    (251, ","),
    (255, "`"),
    (256, "i"),
    (257, "|"),
    (259, "·"),
    (285, "I"),
    (286, "j"),
    (292, ":"),
    (296, ";"),
    (310, "!"),
    (340, "[]"),
    (371, "r"),
    (376, "()"),
    (388, "f"),
    (392, "{}"),
    (394, '"'),
    (397, "t"),
    (398, "“”"),
    (417, "-"),
    (420, "1"),
    (423, "/\\"),
    (438, "_"),
    (466, "s"),
    (486, "*"),
    (491, "z"),
    (511, "?"),
    (524, "x"),
    (527, "k"),
    (528, "a"),
    (534, "L"),
    (545, "Jc"),
    (549, "v"),
    (550, "–"),
    (552, "7Fe"),
    (553, "3"),
    (563, "$"),
    (566, "nuy"),
    (567, "h"),
    (575, "2^"),
    (577, "69"),
    (578, "T"),
    (579, "ø"),
    (580, "5"),
    (581, "o"),
    (583, "ß"),
    (589, "q"),
    (592, "E"),
    (593, "d"),
    (594, "b"),
    (598, "Pg"),
    (599, "p"),
    (612, "B"),
    (614, "8S"),
    (630, "+<=>"),
    (631, "#4"),
    (638, "Y"),
    (641, "RZ"),
    (647, "&0~"),
    (655, "K"),
    (666, "X"),
    (690, "…"),
    (697, "D"),
    (707, "AU"),
    (717, "V"),
    (724, "C"),
    (751, "H"),
    (760, "G"),
    (774, "N"),
    (785, "O"),
    (787, "Q"),
    (807, "%"),
    (825, "w"),
    (855, "M"),
    (868, "m"),
    (878, "æ"),
    (980, "W"),
    (991, "@"),
    (995, "œ"),
)
_ADVANCES = {character: width for width, characters in _WIDTHS for character in characters}
# Of what the table lacks: as wide as the type is high.
_UNKNOWN = 1000
# The stand-ins for Figtree have its measures but for a few per cent (frontend/design/tokens/brand.css).
_ALLOWANCE = 1.04
# Where a long word may break: Dutch and German make words of several.
_SHORTEST = 3


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Give the width of `text` on one line, in the unit of `size`; rather too wide than too narrow."""
    letters = (letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return sum(_ADVANCES.get(letter, _UNKNOWN) for letter in letters) * size / 1000 * _ALLOWANCE


def lines_of(text: str, size: float, width: float) -> list[str]:
    """Break `text` into as few lines of at most `width` as its words allow, of about equal length.

    A word that is wider than a line is cut, with a hyphen.
    """
    words = [piece for word in text.split() for piece in _pieces(word, size, width)]
    if not words:
        return []
    lines = _filled(words, size, width)
    # The same number of lines, with the last one not much shorter than the others.
    narrowest = max(width_of(word, size) for word in words)
    for tried in (width * share for share in (0.6, 0.7, 0.8, 0.9)):
        if tried >= narrowest and len(evened := _filled(words, size, tried)) == len(lines):
            return evened
    return lines


def _filled(words: list[str], size: float, width: float) -> list[str]:
    lines = [words[0]]
    for word in words[1:]:
        longer = f"{lines[-1]} {word}"
        if width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pieces(word: str, size: float, width: float) -> list[str]:
    """Cut a word that is wider than a line; a hyphen of its own is the better place."""
    pieces = []
    while width_of(word, size) > width and len(word) > _SHORTEST:
        fitting = next(
            end for end in range(len(word) - 1, 0, -1) if end <= _SHORTEST or width_of(f"{word[:end]}-", size) <= width
        )
        own = word.rfind("-", 1, fitting) + 1
        pieces.append(word[:own] if own > _SHORTEST else f"{word[:fitting]}-")
        word = word[own:] if own > _SHORTEST else word[fitting:]
    return [*pieces, word]

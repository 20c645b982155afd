"""Dutch words: what they are a form of, and what they are put together from."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

import Stemmer

from cms.search.analysis.lexicon import LEXICON, Form, Role, spelled_alone

# Prefixes, endings and small words: as parts of a word they say nothing, and they fit nearly everywhere.
_SAYING_NOTHING = """
aan aar aars achter achtig achtige af al als amen ander andere anti as atie baar bare bij binnen boven buiten burge
cape dan dat den der des deze dien dit door een en end ende ene ent er eren erij ering es gaan haar half hare heden
heel heer heid hem hen her het hier hoe ieder in inge ingen is isch ische isme iste iteit ja je kanse king kunnen
langs late lende letje lier lijk lijke ling lingen loos los loze maar maatschap matig matige mede mee meer men met
mijn mis na naar nee niet nis noch nog non nu of om omdat on onder ons onze ooit oor op os over pel pen pens per pet
pets ping pre pro reeds rend rende rijk rijke ring rond rondom ruim samen schap schappelijk sen sinds steld stem ster
te tegen tel ten ter tering terug tes tien ting tje toch toe toen tot turen tussen uit van vanaf vel ver vol volle
voor voort waar waarts wanneer want wat weer wel welk welke wie wijs wijze worden wordt zaam zame zich zijn zijne zo
zonder zulk zullen zult
"""
_NO_PART = frozenset(_SAYING_NOTHING.split())
# Unlike other prefixes, these leave the word behind them what it is: "binnenstad".
_PLACES = frozenset({"binnen", "buiten"})
# What these mean is no longer the action or the quality that they were named after.
_NAMED_AFTER = """
afdeling aflevering aanleiding aandeling beleving belasting beschikking bevolking bezetting eenheid gelegenheid godheid
handeling hoeveelheid huishouding inrichting instelling koning leiding mening minderheid meerderheid mogendheid
nederzetting omgeving overheid rekening regering ring stelling stichting tekening titeling uitkering veiling verdieping
vereniging vergoeding verkering verzameling verzekering vesting vestiging voeding voorziening waarheid woning zitting
"""
_STANDING_ALONE = frozenset(_NAMED_AFTER.split())
# Words of three letters stand by chance in many others; these make compounds.
_SHORT = """
app apv arm bad bak bal bar bed bel ben bio boa bom bon bos bot bug bus cel dag dak dam dek dop duo dvo eed eer eis
erf fan fax gas gat gif god gok hal heg hof hok hub hut ijs ivp jet job kar kas kat kip kit kok kop lab lak lap las
lat leg lek les lid lip lot man map mat mes mix mug nep net nul oog oud pad pak pan pas pil pin pit pop pot pub put
rad ras rat rel rit rok rol rug sap set ski sla soa sok som spa tak tas tax tol ton top tuk ufo vak vat vet vis wad
was web wed weg wet wol zak zee zin zon zoo zus
"""
_SHORT_PARTS = frozenset(_SHORT.split())
_KINDS = Role.VERB | Role.NOUN | Role.ADJECTIVE | Role.NAME
_LINKS = (("s", 0.6), ("en", 0.6), ("er", 0.9), ("e", 0.9), ("n", 0.9))
_IMPOSSIBLE = 99.0
# What the parts of a compound may cost together: a word that the lexicon has by itself needs to be clearer.
_MOST_KNOWN, _MOST_UNKNOWN = 4.7, 6.6
# So much more for each part: few parts are likelier than many.
_EACH = 0.2
_SHORTEST = 6


@lru_cache(maxsize=20_000)
def _form(word: str) -> Form | None:
    return LEXICON.get(word)


def lexemes(word: str) -> tuple[str, ...]:
    """Give what a folded word is a form of: base words that the lexicon has, or else its stem."""
    if found := _lemmas(word):
        return found
    known = _form(word)
    split = _split(word, _MOST_KNOWN if known else _MOST_UNKNOWN)
    head = split[-1] if split else _tail(word)
    if found := _lemmas(head):
        return tuple(word[: len(word) - len(head)] + lemma for lemma in found)
    if known or head:
        return (word,)
    # Most new words and names have a plural or a possessive in s.
    singular = word[:-1] if re.search("[^aious]s$", word) else word
    if singular != word and _form(singular):
        return (singular,)
    return (Stemmer.Stemmer("dutch_porter").stemWord(singular),)


def relatives(lemma: str) -> Iterator[str]:
    """Give the noun of an action or a quality for its verb or adjective, and the other way round.

    Only who asks gets them: "handhaven" finds "handhaving" too, but they stay two words in the index.
    """
    if lemma in _STANDING_ALONE:
        return
    if lemma.endswith("ing"):
        pairs = [(f"{lemma[:-3]}en", Role.VERB)]
    elif lemma.endswith("heid"):
        pairs = [(lemma.removesuffix("heid"), Role.ADJECTIVE)]
    else:
        pairs = [(f"{lemma}heid", Role.NOUN | Role.END)]
        if lemma.endswith("en"):
            pairs.append((f"{lemma[:-2]}ing", Role.NOUN | Role.END))
    for other, role in pairs:
        known = _form(other)
        if known and known.role & role and other not in _STANDING_ALONE:
            yield other


def parts(word: str, depth: int = 3) -> tuple[str, ...]:
    """Give the base words that a compound is made of, and so many times those that its parts are made of."""
    found: dict[str, None] = {}
    # "knoppen" is no "pen": what is known to be a form is taken apart as what it is a form of.
    for base in tuple(lemma for lemma in _lemmas(word) if lemma != word) or (word,):
        split = _split_base(base)
        for part in (part for part in split if part not in _PLACES):
            found.update(dict.fromkeys(_part_lemmas(part)))
            # The base word of a part may be longer than the part, and so come back without end.
            found.update(dict.fromkeys(parts(part, depth - 1) if depth > 1 else ()))
        if len(split) > 2:
            # "woninginbraakpreventie" is about "woninginbraak" too.
            found.update(dict.fromkeys(lemma for two in pairwise(split) for lemma in lexemes("".join(two))))
    return tuple(found)


def divided(word: str) -> tuple[str, ...]:
    """Give the words that a folded compound is made of, in their order: "jeugd" and "criminaliteit"; else nothing."""
    base = next((lemma for lemma in _lemmas(word) if lemma != word), word)
    found = tuple(part for part in _split_base(base) if part not in _PLACES)
    return found if len(found) > 1 else ()


def _split_base(word: str) -> tuple[str, ...]:
    known = _form(word)
    if len(word) < _SHORTEST or (known and known.role == Role.NAME):
        return ()
    if known:
        return _split(word, _MOST_KNOWN)
    if split := _split(word, _MOST_UNKNOWN):
        return split
    # A name or a foreign word before a Dutch one: "ransomwareaanval".
    tail = _tail(word)
    return (tail,) if tail else ()


def _lemmas(form: str) -> tuple[str, ...]:
    """Give what a form is a form of, as the lexicon or a rule has it; nothing where they do not say."""
    known = _form(form)
    if not known or not known.lemmas:
        return _by_rule(form)
    # The lexicon has some plurals and diminutives as words of their own.
    if form.endswith(("je", "jes")) or (known.lemmas == (form,) and not known.role & _KINDS):
        return tuple(dict.fromkeys((*known.lemmas, *_by_rule(form))))
    return known.lemmas


def _tail(word: str) -> str:
    """Give the longest word that an unknown word ends in, as "toetsen" in "bibobtoetsen"."""
    for start in range(4, len(word) - 4):
        known = _form(word[start:])
        if known and known.role & Role.END:
            return word[start:]
    return ""


def _part_lemmas(part: str) -> Iterator[str]:
    """Give the base words of a part, which may end in letters that only link it: "kinder", "persoons"."""
    lemmas = _lemmas(part)
    yield from lemmas or (part,)
    known = _form(part)
    for link, _cost in _LINKS:
        base = part.removesuffix(link)
        # "rechts" is a word too, but here it is "recht".
        if base == part or len(base) < 3 or (link != "s" and (lemmas or (known and known.role & Role.END))):
            continue
        alone = _form(base)
        if alone and alone.role & (Role.NOUN | Role.END):
            yield from alone.lemmas or (base,)


def _by_rule(word: str) -> tuple[str, ...]:
    """Give the word of the lexicon that a word is a diminutive, a plural or a degree of, if there is one."""
    for bases, role in ((_singulars(word), Role.NOUN | Role.END), (_positives(word), Role.ADJECTIVE)):
        for base in bases:
            known = _form(base) if len(base) > 2 else None
            if known and known.role & role and base in (known.lemmas or (base,)):
                return (base,)
    if word.endswith("heden") and len(word) > 8:
        return (f"{word[:-5]}heid",)
    return ()


def _singulars(word: str) -> Iterator[str]:
    singular = word.removesuffix("s")
    if singular.endswith("je"):
        for ending in ("je", "tje", "pje"):
            if singular.endswith(ending):
                yield singular.removesuffix(ending)
        if singular.endswith("kje"):
            yield f"{singular[:-3]}g"
        if re.search(r"([^aeiou])\1etje$", singular):
            yield singular[:-5]
        if re.search("(aa|oo|uu|ee)tje$", singular):
            yield singular[:-4]
        if singular.endswith("etje"):
            yield singular[:-4]
        yield singular
    if singular != word:
        yield singular
    if word.endswith("en"):
        yield from spelled_alone(word[:-2])
        yield word[:-1]


def _positives(word: str) -> Iterator[str]:
    for ending in ("e", "er", "ere", "ste", "st", "der", "dere", "en"):
        if word.endswith(ending):
            yield from spelled_alone(word.removesuffix(ending))


def _cost(part: str, first: bool, last: bool) -> float:
    """Give how unlikely it is that a word stands here in a compound. The lexicon says where it may stand."""
    if len(part) < 3 or part in _NO_PART:
        return 1.5 if first and part in _PLACES else _IMPOSSIBLE
    known = _form(part)
    if known is None:
        return _IMPOSSIBLE
    role = known.role
    if last and known.lemmas and _NO_PART.issuperset(known.lemmas):
        return _IMPOSSIBLE
    if role & Role.NAME and not role & (Role.NOUN | Role.END | Role.BEGIN):
        return _IMPOSSIBLE
    short = len(part) == 3
    if short and part not in _SHORT_PARTS:
        return 3.0 if role & (Role.END if last else Role.BEGIN) else _IMPOSSIBLE
    # The dictionary has some words without telling what they may be; a long one is a part all the same.
    unclear = 0.0 if role or known.lemmas or len(part) < 5 else 1.6 if len(part) > 6 else 2.0
    if last:
        extra = {3: 0.1, 4: 0.4}.get(len(part), 0.0)
        if role & Role.END:
            return 1 + extra
        if unclear:
            return unclear
        return (2 if role & (Role.NOUN | Role.VERB | Role.ADJECTIVE) else 2.5) + extra
    extra = 0.1 if short else 0.0
    if role & (Role.BEGIN if first else Role.MIDDLE):
        return 1 + extra
    if role & (Role.BEGIN | Role.MIDDLE):
        return 1.3 + extra
    if unclear:
        return unclear
    if role & (Role.NOUN | Role.END):
        return 2 + extra
    if short:
        return 2.3
    return 2.5 if role & Role.ADJECTIVE else _IMPOSSIBLE


def _costs(part: str, first: bool, last: bool) -> float:
    cost = _cost(part, first, last)
    if cost < _IMPOSSIBLE or last or part in _NO_PART:
        return cost
    for link, extra in _LINKS:
        if part.endswith(link) and len(part) - len(link) > 3:
            cost = min(cost, _cost(part.removesuffix(link), first, last) + extra)
    return cost


@lru_cache(maxsize=1000)
def _split(word: str, most: float) -> tuple[str, ...]:
    """Give the likeliest parts of a word, as they stand in it: few and well known ones; none if none is likely."""
    length = len(word)
    if length < _SHORTEST:
        return ()
    beginnings = LEXICON.beginnings()
    best: list[tuple[float, tuple[str, ...]] | None] = [(0.0, ()), *([None] * length)]
    for start in range(length - 2):
        reached = best[start]
        if reached is None:
            continue
        longest = length if word[start : start + 4] in beginnings else start + 3
        for end in range(start + 3, longest + 1):
            if length - 3 < end < length or end - start == length:
                continue
            part = word[start:end]
            cost = reached[0] + _costs(part, start == 0, end == length) + _EACH
            found = best[end]
            if cost <= most and (found is None or cost < found[0]):
                best[end] = (cost, (*reached[1], part))
    found = best[length]
    return found[1] if found else ()

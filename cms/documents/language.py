"""Guesses the language of a text by its commonest words. Only between the languages that safety documents come in."""

import re
from collections.abc import Iterable

# Words that stand in nearly every sentence of one language and seldom in the others.
_COMMON = {
    "nl": "de het een van en dat die niet zijn op aan met voor er maar om dan zou wat mijn heeft hebben deze wordt"
    " worden bij uit ook naar door over kan kunnen zich nog wel onder tegen moet moeten omdat tussen waar hoe geen of"
    " zoals",
    "en": "the of and to that is was for with as his they be at from this have had by not are but what were when your"
    " said there which she their will would each about how if them then these its can has may should between",
    "de": "der die und das nicht ein zu sich den mit auf für sie im dem auch als hat wird sind nach bei einer um am"
    " haben einen oder zum kann werden über durch gegen dass aus wie zur nur ist eine des von muss vom zwischen",
    "fr": "le la les des et est une que dans qui pour pas au sur plus par je ne se avec il sont ce cette ses mais comme"
    " tout nous vous leur aux du être ont fait été sans entre peut doit ou où",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _words in _COMMON.items():
    for _word in set(_words.split()):
        _LANGUAGES_OF.setdefault(_word, []).append(_language)
_WORD = re.compile(r"[^\W\d_]+")
# Fewer common words than this say nothing.
_FEWEST = 5
_SAMPLE = 40_000


def guess_language(texts: Iterable[str]) -> str:
    """Give nl, en, de or fr; "" where the texts are too short or in another language."""
    sample, words, score = "", 0, dict.fromkeys(_COMMON, 0.0)
    for text in texts:
        sample = text[:_SAMPLE].lower()
        for word in _WORD.findall(sample):
            words += 1
            for language in (found := _LANGUAGES_OF.get(word, ())):
                score[language] += 1 / len(found)
        if words > _SAMPLE // 6:
            break
    best, second = sorted(score, key=lambda language: -score[language])[:2]
    enough = score[best] >= max(_FEWEST, words * 0.08)
    return best if enough and score[best] > 1.3 * score[second] else ""

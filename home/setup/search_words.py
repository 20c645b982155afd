"""What the search of a region knows from the start: words that mean the same, and words that are right as they are."""

from cms.models import IgnoredWord, Synonyms
from cms.models.search_words import divided
from cms.search.analysis import fold
from home.setup.content import Record
from home.setup.records import save
from home.setup.report import Report


def set_up_search_words(region: Record, language: str, report: Report) -> None:
    """Make the synonyms and ignored words that are missing. A group counts as there when one of its words is."""
    if "zoekwoorden" not in region:
        return
    words = region.table("zoekwoorden")
    groups = Synonyms.objects.filter(language=language).values_list("words", flat=True)
    taken = {fold(member) for group in groups for member in divided(group)}
    for text in words.texts("synoniemen"):
        members = {fold(member) for member in divided(text)}
        new = not members & taken
        report.add("Synoniemen", new=new)
        if new:
            save(Synonyms(words=text, language=language), words.place)
            taken |= members
    known = {fold(word) for word in IgnoredWord.objects.filter(language=language).values_list("word", flat=True)}
    for word in words.texts("niet_verbeteren"):
        new = fold(word) not in known
        report.add("Woorden die niet verbeterd worden", new=new)
        if new:
            save(IgnoredWord(word=word, language=language), words.place)

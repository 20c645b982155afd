"""What editors teach the search, and what readers looked for in vain."""

import re
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.search.analysis import fold, phrase

LONGEST_WORDS = 60


def languages() -> list[tuple[str, Any]]:
    """Give the languages of the site. As a callable, so that a change of them needs no migration."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def own_language() -> str:
    """Give the site's own language."""
    return settings.LANGUAGE_CODE


def divided(words: str) -> list[str]:
    """Give the words or groups of words between commas, semicolons and line ends, each once."""
    found: dict[str, str] = {}
    for word in re.split("[,;\n]", words):
        word = " ".join(word.split())
        if word:
            found.setdefault(fold(word), word)
    return list(found.values())


class _InLanguage(models.Model):
    language = models.CharField(_("taal"), max_length=5, choices=languages, default=own_language)

    class Meta:
        abstract = True


class Synonyms(_InLanguage):
    """Words that mean the same: who looks for one finds the others too."""

    words = models.TextField(
        _("woorden"), max_length=500,
        help_text=_("Woorden of woordgroepen die hetzelfde betekenen, gescheiden door komma's: boa, handhaver."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("synoniemen")
        verbose_name_plural = _("synoniemen")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Hold at least two words that the search tells apart, none of which stands in another group."""
        members = divided(self.words)
        if len(members) < 2:
            raise ValidationError({"words": _("Geef twee of meer woorden, met een komma ertussen.")})
        mine = {self.key(member): member for member in members}
        for member in members:
            if len(member) > LONGEST_WORDS:
                raise ValidationError({"words": _("“%(word)s…” is te lang.") % {"word": member[:LONGEST_WORDS]}})
            if not self.key(member):
                text = _("Op “%(word)s” zoekt de website niet: dat woord staat in bijna elke tekst.")
                raise ValidationError({"words": text % {"word": member}})
            if mine[self.key(member)] != member:
                text = _("“%(one)s” en “%(other)s” zijn voor de zoekmachine al hetzelfde. Haal een van de twee weg.")
                raise ValidationError({"words": text % {"one": member, "other": mine[self.key(member)]}})
        for other in Synonyms.objects.filter(language=self.language).exclude(pk=self.pk):
            for taken in divided(other.words):
                if other.key(taken) in mine:
                    text = _("“%(word)s” staat al in een andere groep: %(group)s. Vul die groep aan.")
                    word = mine[other.key(taken)]
                    raise ValidationError({"words": text % {"word": word, "group": other.words}})
        self.words = ", ".join(members)

    def key(self, member: str) -> tuple[str, ...]:
        """Give what the search takes a member for: "handhavers" is "handhaver"."""
        return tuple(lexeme for _place, lexeme in phrase(member, self.language))


class BestBet(_InLanguage):
    """A page that stands on top when somebody looks for just these words."""

    words = models.TextField(
        _("zoekvragen"), max_length=500, help_text=_("Wat iemand typt, gescheiden door komma's: wob, woo, inzage.")
    )
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("pagina"), on_delete=models.CASCADE, related_name="best_bets"
    )

    class Meta:
        verbose_name = _("uitgelicht resultaat")
        verbose_name_plural = _("uitgelichte resultaten")
        ordering = ["words"]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Hold questions that no other page stands on top of already, and a page that belongs to a website."""
        questions = divided(self.words)
        if not questions:
            raise ValidationError({"words": _("Geef minstens één zoekvraag.")})
        asked = {fold(question) for question in questions}
        for other in BestBet.objects.filter(language=self.language).exclude(pk=self.pk).select_related("page"):
            for taken in divided(other.words):
                if fold(taken) in asked:
                    text = _("Bij “%(question)s” staat al een andere pagina bovenaan: %(page)s. Pas die regel aan.")
                    raise ValidationError({"words": text % {"question": taken, "page": other.page.title}})
        if self.page_id and (self.page.depth < 2 or self.page.get_site() is None):
            raise ValidationError({"page": _("Kies een pagina van de website.")})
        self.words = ", ".join(questions)


class IgnoredWord(_InLanguage):
    """A word that the search never corrects and never offers, as an abbreviation that looks like a typing error."""

    word = models.CharField(_("woord"), max_length=60)

    class Meta:
        verbose_name = _("woord dat niet verbeterd wordt")
        verbose_name_plural = _("woorden die niet verbeterd worden")
        ordering = ["word"]
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="cms_ignored_word")]

    def __str__(self) -> str:
        return self.word

    def clean(self) -> None:
        """Hold one word, that is not there yet in capitals or with other accents."""
        self.word = self.word.strip()
        if len(self.word.split()) > 1 or not any(map(str.isalnum, self.word)):
            raise ValidationError({"word": _("Geef één woord.")})
        for other in IgnoredWord.objects.filter(language=self.language).exclude(pk=self.pk):
            if fold(other.word) == fold(self.word):
                raise ValidationError({"word": _("Dit woord staat al in de lijst: %(word)s.") % {"word": other.word}})


class MissedSearch(_InLanguage):
    """How often words were looked for in vain on a day. Nothing about who did."""

    never_public: ClassVar = True

    site = models.ForeignKey("wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+")
    words = models.CharField(_("zoekvraag"), max_length=100)
    day = models.DateField(_("dag"), default=timezone.localdate, db_index=True)
    number = models.PositiveIntegerField(_("aantal"), default=1)

    class Meta:
        verbose_name = _("zoekvraag zonder resultaat")
        verbose_name_plural = _("zoekvragen zonder resultaat")
        ordering = ["-day", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["site", "language", "words", "day"], name="cms_missed_search_day")
        ]

    def __str__(self) -> str:
        return self.words

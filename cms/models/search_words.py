"""What editors teach the search, and what readers looked for in vain."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def languages() -> list[tuple[str, Any]]:
    """Give the languages of the site. As a callable, so that a change of them needs no migration."""
    return list(settings.WAGTAIL_CONTENT_LANGUAGES)


def own_language() -> str:
    """Give the site's own language."""
    return settings.LANGUAGE_CODE


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


class MissedSearch(_InLanguage):
    """How often words were looked for in vain on a day. Nothing about who did."""

    site = models.ForeignKey("wagtailcore.Site", on_delete=models.CASCADE, related_name="+")
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

"""Terms: short translatable records (kinds, roles, verbs, types) that facts point at."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Locale, RevisionMixin, TranslatableMixin

from cms.caching.shared import shared


class Term(DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model):
    """A record with a key that stays the same in every language.

    Facts point at the term in the site's own language; `in_locale` maps at output. It has drafts, because
    wagtail-localize would put a submitted translation live at once otherwise.
    """

    key = models.SlugField(
        _("sleutel"), max_length=60, help_text=_("Vaste naam voor adressen en koppelingen, bijvoorbeeld: handreiking.")
    )

    class Meta(TranslatableMixin.Meta):
        abstract = True

    @classmethod
    def in_locale(cls, locale: Locale) -> dict[int, Self]:
        """Give, for each term in the site's own language, what a reader of `locale` gets: {id: term}.

        A translation that is missing or a draft falls back on the source. One query for all pages; nobody may change
        what comes out.
        """
        return shared(("terms", cls, locale.pk), lambda: cls._load(locale))

    @classmethod
    def _load(cls, locale: Locale) -> dict[int, Self]:
        terms = list(
            cls.objects.filter(live=True, locale__language_code__in=_languages(locale)).select_related("locale")
        )
        sources = [term for term in terms if term.locale.language_code == settings.LANGUAGE_CODE]
        translated = {term.translation_key: term for term in terms if term.locale_id == locale.pk}
        return {source.pk: translated.get(source.translation_key, source) for source in sources}

    def in_own_language(self) -> Self:
        """Give this term in the site's own language, to which facts point."""
        if self.locale.language_code == settings.LANGUAGE_CODE:
            return self
        return type(self).objects.get(
            translation_key=self.translation_key, locale__language_code=settings.LANGUAGE_CODE
        )


def _languages(locale: Locale) -> set[str]:
    return {settings.LANGUAGE_CODE, locale.language_code}

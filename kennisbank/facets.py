"""The facets of publications: their names and values in addresses, in the index and to read.

The index knows ids, addresses know slugs, keys and codes. Here stands only what the public may see: a hidden theme
is no value, so that neither its name nor its number of publications tells that it exists.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Site

from cms.models import Term
from cms.names import sort_key
from cms.rendering.context import RenderContext
from cms.rendering.links import foreign_language, language_code, translated
from cms.visibility import visible
from districts.models import DistrictPage, Municipality
from kennisbank import models
from network.models import Organisation
from themes.models import ThemePage

# In the order in which readers get them.
LABELS: dict[str, Any] = {
    "thema": _("Thema"),
    "type": _("Soort document"),
    "district": _("District"),
    "gemeente": _("Gemeente"),
    "organisatie": _("Organisatie"),
    "doelgroep": _("Voor wie"),
    "jaar": _("Jaar"),
    "taal": _("Taal"),
    "bestandstype": _("Bestandstype"),
}
NAMES = tuple(LABELS)
# Names that older links carry and readers type: the facet is called so.
OLD_NAMES = {"soort": "type"}

FILE_TYPES = {
    "pdf": "PDF",
    "docx": "Word (docx)",
    "xlsx": "Excel (xlsx)",
    "pptx": "PowerPoint (pptx)",
    "odt": "OpenDocument (odt)",
    "ods": "OpenDocument (ods)",
    "odp": "OpenDocument (odp)",
    "html": "HTML",
    "txt": "TXT",
    "csv": "CSV",
}
_YEAR = re.compile(r"[12][0-9]{3}")


@dataclass(frozen=True)
class Value:
    """A value of a facet: its name in addresses and the API, its label, and the label's language where it differs."""

    address: str
    label: str
    language: str | None = None


@dataclass(frozen=True)
class Counted:
    """A value with the number of publications that choosing it gives."""

    value: Value
    number: int
    chosen: bool


class Facets:
    """All values that a reader of one language may meet.

    Each facet that is asked for costs one query, themes and districts share one; pages and terms cost one more in
    another language than the site's own. Years, languages and file types cost none.
    """

    def __init__(self, site: Site, locale: Locale) -> None:
        self.site = site
        self.locale = locale
        self._loaded: dict[str, Mapping[str, Value]] = {}

    @classmethod
    def of(cls, context: RenderContext) -> Facets:
        """Give those of all renderings in a language, loaded once."""
        return context.shared("facets", lambda: cls(context.site, context.locale))

    def value(self, name: str, index_value: str) -> Value | None:
        """Give a value of the index as readers get it; None where it stands for nothing that the public may see."""
        if name == "jaar":
            return Value(index_value, index_value) if _YEAR.fullmatch(index_value) else None
        return self._values(name).get(index_value)

    def in_index(self, asked: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
        """Give the values of addresses as the index has them.

        A value that stands for nothing is left out; a facet of which none is left gives an empty set. Names that are
        no facets are ignored.
        """
        found: dict[str, frozenset[str]] = {}
        for asked_name, addresses in asked.items():
            name, wanted = OLD_NAMES.get(asked_name, asked_name), {address for address in addresses if address}
            if name in LABELS and wanted:
                found[name] = found.get(name, frozenset()) | self._in_index(name, wanted)
        return found

    def named(self, name: str, words: str) -> str | None:
        """Give the index's value of what somebody typed after "thema:", its address or its label; None if unknown."""
        exact = self._in_index(name, {words, words.lower(), words.upper()})
        if exact:
            return min(exact)
        wanted = sort_key(words)[0]
        return next((key for key, value in self._values(name).items() if sort_key(value.label)[0] == wanted), None)

    def counted(self, name: str, numbers: Mapping[str, int], chosen: frozenset[str] = frozenset()) -> list[Counted]:
        """Give the values with their numbers, those without any left out unless chosen.

        In the order of the labels; years begin with the last.
        """
        counted = [
            Counted(value, numbers.get(key, 0), key in chosen)
            for key in {*(key for key, number in numbers.items() if number), *chosen}
            if (value := self.value(name, key))
        ]
        counted.sort(key=lambda item: sort_key(item.value.label), reverse=name == "jaar")
        return counted

    def _in_index(self, name: str, wanted: set[str]) -> frozenset[str]:
        if name == "jaar":
            return frozenset(year for year in wanted if _YEAR.fullmatch(year))
        return frozenset(key for key, value in self._values(name).items() if value.address in wanted)

    def _values(self, name: str) -> Mapping[str, Value]:
        if name not in self._loaded:
            self._loaded[name] = self._loaders[name]()
        return self._loaded[name]

    @cached_property
    def _loaders(self) -> dict[str, Callable[[], Mapping[str, Value]]]:
        return {
            "thema": lambda: self._pages(ThemePage),
            "type": lambda: self._terms(models.PublicationType),
            "district": lambda: self._pages(DistrictPage),
            "gemeente": lambda: _records(Municipality.objects.values_list("pk", "code", "name")),
            "organisatie": lambda: _records(Organisation.objects.values_list("pk", "slug", "name")),
            "doelgroep": lambda: self._terms(models.Audience),
            "jaar": dict,
            "taal": lambda: {code: Value(code, str(label)) for code, label in models.pages.DOCUMENT_LANGUAGES},
            "bestandstype": lambda: {key: Value(key, label) for key, label in FILE_TYPES.items()},
        }

    def _pages(self, model: type[Page]) -> Mapping[str, Value]:
        return {
            str(source.pk): Value(source.slug, page.title, foreign_language(page, self.locale))
            for source, page in self._subjects
            if source.cached_content_type.model_class() is model
        }

    @cached_property
    def _subjects(self) -> list[tuple[Page, Page]]:
        """Themes and districts: the page in the site's own language, which names it in addresses, and the reader's."""
        pages = Page.objects.type(ThemePage, DistrictPage).filter(locale__language_code=settings.LANGUAGE_CODE)
        sources = list(visible(pages, self.site))
        shown = translated(sources, Page, self.site, self.locale)
        return [(source, shown[source.pk]) for source in sources]

    def _terms(self, model: type[Term]) -> Mapping[str, Value]:
        terms = model.in_locale(self.locale).items()
        return {
            str(pk): Value(
                term.key, str(term), None if term.locale_id == self.locale.pk else language_code(term.locale_id)
            )
            for pk, term in terms
        }


def _records(rows: Iterable[tuple[int, str, str]]) -> Mapping[str, Value]:
    # The name of a place or an organisation is no text in another language.
    return {str(pk): Value(address, name) for pk, address, name in rows}

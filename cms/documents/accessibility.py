"""Says in words for whom a file is hard to use, and what an editor does about it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cms.models import CMSDocument


@dataclass(frozen=True)
class Finding:
    """One fact of a PDF. `advice` is "" where all is well."""

    fact: str | Promise
    advice: str | Promise = ""


def findings(document: CMSDocument) -> list[Finding]:
    """Give what a PDF that was read says of its accessibility; nothing of other files."""
    return list(_findings(document)) if document.tagged is not None else []


def _findings(document: CMSDocument) -> Iterator[Finding]:
    if not document.text_layer:
        yield Finding(
            _("Geen tekst: de pagina's zijn plaatjes, zoals bij een scan."),
            _("Niemand kan erin zoeken en een schermlezer leest niets voor. Gebruik het oorspronkelijke bestand, of"
              " laat tekstherkenning (OCR) uitvoeren."),
        )  # fmt: skip
    if document.tagged:
        yield Finding(_("Tags: schermlezers herkennen koppen, lijsten en tabellen."))
    else:
        yield Finding(
            _("Geen tags: schermlezers herkennen geen koppen, lijsten en tabellen."),
            _("Maak de pdf opnieuw uit Word met Opslaan als, Opties, 'Documentstructuurcodes'. Afdrukken naar pdf gooit"
              " de tags weg."),
        )  # fmt: skip
    if document.declared_title:
        yield Finding(_("Titel: %(title)s.") % {"title": document.declared_title})
    else:
        yield Finding(
            _("Geen titel: lezers horen en zien alleen de bestandsnaam."),
            _("Vul in Word bij Bestand, Info de titel in en maak de pdf opnieuw."),
        )
    if document.declared_language:
        yield Finding(_("Taal: %(language)s.") % {"language": document.declared_language})
    else:
        yield Finding(
            _("Geen taal: een schermlezer weet niet met welke uitspraak hij voorleest."),
            _("Stel in Word bij Controleren, Taal de taal van de hele tekst in en maak de pdf opnieuw."),
        )
    if document.claims_pdf_ua:
        yield Finding(_("De maker zegt dat de pdf voldoet aan PDF/UA, de norm voor toegankelijke pdf's."))

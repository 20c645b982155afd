"""Terms of the network and the Kennisbank, in all languages of the site."""

from collections.abc import Callable

from wagtail.models import Locale

from cms.models import Term
from home.setup.blocks import References
from home.setup.content import Record
from home.setup.records import save
from home.setup.report import Report
from kennisbank.models import Audience, PublicationType
from network.models import BodyKind, OrganisationKind, RelationVerb, Role

Values = Callable[[Record], dict[str, str]]


def _name(texts: Record) -> dict[str, str]:
    return {"name": texts.text("naam")}


def _publication_type(texts: Record) -> dict[str, str]:
    return {"name": texts.text("naam"), "name_plural": texts.text("meervoud")}


def _role(texts: Record) -> dict[str, str]:
    return {"singular": texts.text("enkelvoud"), "plural": texts.text("meervoud")}


def _verb(texts: Record) -> dict[str, str]:
    return {
        "singular": texts.text("enkelvoud"),
        "plural": texts.text("meervoud"),
        "inverse_singular": texts.text("omgekeerd_enkelvoud"),
        "inverse_plural": texts.text("omgekeerd_meervoud"),
    }


# Table of the region file: its model, how a translation is read, the Dutch plural and singular.
_TABLES: dict[str, tuple[type[Term], Values, str, str]] = {
    "documentsoorten": (PublicationType, _publication_type, "Documentsoorten", "documentsoort"),
    "doelgroepen": (Audience, _name, "Doelgroepen", "doelgroep"),
    "rollen": (Role, _role, "Rollen", "rol"),
    "orgaansoorten": (BodyKind, _name, "Soorten organen", "orgaansoort"),
    "organisatiesoorten": (OrganisationKind, _name, "Soorten organisaties", "organisatiesoort"),
    "werkwoorden": (RelationVerb, _verb, "Werkwoorden", "werkwoord"),
}


def set_up_terms(region: Record, locales: list[Locale], references: References, report: Report) -> None:
    """Make the terms of the region file that are missing, live in every language."""
    for table, (model, values, plural, singular) in _TABLES.items():
        for record in region.tables(table):
            texts = {locale: values(record.table(locale.language_code)) for locale in locales}
            if model is PublicationType:
                for fields in texts.values():
                    fields["tooi_code"] = record.text("tooi", "")
            key = record.text("key")
            term, new = add_term(model, key, texts, record.place)
            report.add(plural, new=new)
            references.add(singular, key, term.pk)


def add_term(model: type[Term], key: str, texts: dict[Locale, dict[str, str]], place: str) -> tuple[Term, bool]:
    """Give the term in the first language of `texts`, and whether it is new.

    Makes the languages that are missing and leaves the others as they are.
    """
    source_locale = next(iter(texts))
    source = model.objects.filter(key=key, locale=source_locale).first()
    new = source is None
    if source is None:
        source = model(key=key, locale=source_locale, **texts[source_locale])
        save(source, place)
    translated = set(model.objects.filter(translation_key=source.translation_key).values_list("locale_id", flat=True))
    for locale, values in texts.items():
        if locale.pk not in translated:
            save(model(key=key, locale=locale, translation_key=source.translation_key, **values), place)
    return source, new

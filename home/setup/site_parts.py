"""What stands around every page: menu, footer, texts and, in the demo, a banner; in all languages of the site."""

from collections.abc import Callable
from typing import Any

from wagtail.models import Locale, Site

from cms.models import Banner, Footer, Navigation, SitePart, SiteTexts
from home.setup.blocks import RawBlock, References, rich_text
from home.setup.content import Record
from home.setup.identity import identity
from home.setup.records import save
from home.setup.report import Report

Values = Callable[[str], dict[str, Any]]


def set_up_site_parts(region: Record, locales: list[Locale], references: References, report: Report) -> None:
    """Make the menu, footer and texts of the default site that are missing, live in every language."""
    organisation = region.table("regio")
    texts = region.table("teksten")
    footer = region.table("voet")

    def navigation_values(language: str) -> dict[str, Any]:
        return {
            "items": [
                _entry(record, number, language, references) for number, record in enumerate(region.tables("menu"))
            ]
        }

    def footer_values(language: str) -> dict[str, Any]:
        columns = [
            _links("column", record, number, language, references)
            for number, record in enumerate(footer.tables("kolommen"))
        ]
        text = footer.table(language).text("tekst")
        return {"columns": columns, "text": rich_text(text, references, footer.place)}

    def text_values(language: str) -> dict[str, Any]:
        words = texts.table(language)
        return {
            "organisation": organisation.text("naam"),
            "email": organisation.text("email"),
            "search_text": words.text("zoeken"),
            "no_results_text": words.text("niets_gevonden"),
            "missing_title": words.text("niet_gevonden_kop"),
            "missing_text": words.text("niet_gevonden"),
        }

    add_site_part(Navigation, locales, navigation_values, region.place, report)
    add_site_part(Footer, locales, footer_values, region.place, report)
    add_site_part(SiteTexts, locales, text_values, region.place, report)


def set_up_banner(record: Record, locales: list[Locale], references: References, report: Report) -> None:
    """Make the banner of the default site where there is none, live in every language."""

    def values(language: str) -> dict[str, Any]:
        words = record.table(language)
        text = rich_text(words.text("tekst"), references, record.place)
        return {"severity": record.text("ernst"), "title": words.text("kop"), "text": text}

    add_site_part(Banner, locales, values, record.place, report)


def add_site_part(model: type[SitePart], locales: list[Locale], values: Values, place: str, report: Report) -> None:
    """Make the part in each language where the default site has none; what is there stays as it is."""
    site = Site.objects.get(is_default_site=True)
    found = {part.locale_id: part for part in model.objects.filter(site=site)}
    report.add(str(model._meta.verbose_name_plural).capitalize(), new=locales[0].pk not in found)
    key = identity("site part", model._meta.model_name or "")
    for locale in locales:
        if locale.pk in found:
            key = found[locale.pk].translation_key
            continue
        part = model(site=site, locale=locale, translation_key=key, **values(locale.language_code))
        save(part, place)
        part.save_revision().publish()


def _entry(record: Record, number: int, language: str, references: References) -> RawBlock:
    if "pages" in record:
        return _links("group", record, number, language, references)
    block_id = identity("menu", number)
    return {"type": "link", "id": str(block_id), "value": _link(record.text("page"), record.place, references)}


def _links(kind: str, record: Record, number: int, language: str, references: References) -> RawBlock:
    block_id = identity(kind, number)
    items = [
        {"type": "item", "id": str(identity(kind, number, place)), "value": _link(key, record.place, references)}
        for place, key in enumerate(record.texts("pages"))
    ]
    return {"type": kind, "id": str(block_id), "value": {"title": record.text(language), "items": items}}


def _link(key: str, place: str, references: References) -> dict[str, Any]:
    return {"title": "", "page": references.id_of("pagina", key, place), "url": ""}

"""Texts of pages as their fields hold them; the same for the Dutch page and for its translations."""

from typing import Any

from wagtail.models import Locale

from districts.models.pages import DistrictFact
from home.setup.blocks import RawBlock, References, body, rich_text
from home.setup.content import ContentError, Record
from home.setup.identity import identity
from themes.models import ThemePartnerRole

Values = dict[str, Any]

_HOME_PARTS = ["about", "themes", "kennisbank", "network", "districts"]


def overview_texts(record: Record) -> Values:
    """Give the texts that every page has."""
    return {
        "title": record.text("title"),
        "slug": record.text("slug"),
        "introduction": record.text("introduction"),
    }


def home_texts(record: Record, network: Record, references: References) -> Values:
    """Give the texts of the home page; `network` is the region's table for the language."""
    values = {
        **overview_texts(record),
        "tagline": network.text("ondertitel"),
        "search_description": network.text("omschrijving"),
        "slogan": record.text("slogan"),
        "about_title": record.text("about_title"),
        "about": rich_text(record.text("about"), references, record.place),
    }
    for part in _HOME_PARTS[1:]:
        values[f"{part}_title"] = record.text(f"{part}_title")
        values[f"{part}_text"] = record.text(f"{part}_introduction")
    for part in _HOME_PARTS:
        values[f"after_{part}"] = _blocks_after(part, record, references)
    return values


def _blocks_after(part: str, record: Record, references: References) -> list[RawBlock]:
    blocks = record.tables("body")
    for block in blocks:
        if block.text("after") not in _HOME_PARTS:
            raise ContentError(f"{block.place}: 'after' moet een van deze zijn: {', '.join(_HOME_PARTS)}.")
    return body(f"home-{part}", [block for block in blocks if block.text("after") == part], references)


def theme_texts(record: Record, locale: Locale, references: References) -> Values:
    """Give the texts of a theme; the role of a partner keeps its translation key in every language."""
    roles = [
        ThemePartnerRole(
            partner=role.text("partner"),
            text=rich_text(role.text("tekst"), references, role.place),
            sort_order=number,
            locale=locale,
            translation_key=identity("role", record.text("key"), number),
        )
        for number, role in enumerate(record.tables("roles"))
    ]
    return {
        **overview_texts(record),
        "situation": rich_text(record.text("situation"), references, record.place),
        "partner_roles": roles,
        "approach": rich_text(record.text("approach"), references, record.place),
        "contact_role": record.text("contact_role"),
        "body": body(record.text("key"), record.tables("body"), references),
    }


def district_texts(record: Record, locale: Locale, references: References) -> Values:
    """Give the texts of a district; a fact keeps its translation key in every language."""
    key = record.text("key").removeprefix("district-")
    facts = [
        DistrictFact(
            label=fact.text("label"),
            value=fact.text("value"),
            sort_order=number,
            locale=locale,
            translation_key=identity("fact", key, number),
        )
        for number, fact in enumerate(record.tables("facts"))
    ]
    return {
        **overview_texts(record),
        "practice": rich_text(record.text("practice"), references, record.place),
        "facts": facts,
        "contact_role": record.text("contact_role"),
        "body": body(f"district-{key}", record.tables("body"), references),
    }

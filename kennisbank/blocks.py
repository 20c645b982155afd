"""The block with publications: chosen ones, or the newest of a theme, type, district or organisation."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import Field
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from cms.blocks.base import ContentStructBlock
from cms.blocks.choices import StoredChoiceBlock
from cms.blocks.chosen import KnownPageChooserBlock, PageChooserBlock, SnippetChooserBlock
from cms.blocks.groups import REFERENCES
from cms.rendering.context import RenderContext
from cms.rendering.values import Card, Link
from cms.schema import Schema
from kennisbank.models import PublicationPage, PublicationType
from kennisbank.publications import address_name, current_publications, for_cards, kennisbank_link, publication_cards


class PublicationsValue(Schema, title="Publicatieswaarde"):
    title: str = Field(alias="titel")
    cards: list[Card] = Field(alias="kaarten")
    more: Link | None = Field(default=None, alias="meer")
    empty: str = Field(default="", alias="leegTekst")


def type_choices() -> list[tuple[str, str]]:
    """Give the types of publications, by their key."""
    terms = PublicationType.objects.filter(locale__language_code=settings.LANGUAGE_CODE)
    return [("", gettext("Alle soorten")), *((term.key, str(term)) for term in terms)]


class PublicationsBlock(ContentStructBlock):
    """Cards of publications, with the way to the rest."""

    api_type = "publicaties"
    value_type = PublicationsValue

    title = blocks.CharBlock(label=_("Titel"), required=False, max_length=120)
    mode = blocks.ChoiceBlock(
        search_index=False, label=_("Welke publicaties?"), default="filter",
        choices=[("filter", _("De nieuwste, vanzelf")), ("chosen", _("Publicaties die ik kies"))],
    )  # fmt: skip
    publications = blocks.ListBlock(
        PageChooserBlock(label=_("Publicatie"), page_type="kennisbank.PublicationPage"),
        label=_("Gekozen publicaties"), max_num=6, default=[], required=False,
    )  # fmt: skip
    theme = KnownPageChooserBlock(
        label=_("Alleen over dit thema"), page_type="themes.ThemePage", required=False,
        help_text=_("Telt alleen bij de nieuwste."),
    )  # fmt: skip
    publication_type = StoredChoiceBlock(
        type_choices, label=_("Alleen van deze soort"), required=False,
        help_text=_("Telt alleen bij de nieuwste."),
    )  # fmt: skip
    district = KnownPageChooserBlock(
        label=_("Alleen over dit district"), page_type="districts.DistrictPage", required=False,
        help_text=_("Telt alleen bij de nieuwste."),
    )  # fmt: skip
    organisation = SnippetChooserBlock(
        "network.Organisation", label=_("Alleen van deze organisatie"), required=False,
        help_text=_("Telt alleen bij de nieuwste."),
    )  # fmt: skip
    number = blocks.IntegerBlock(
        label=_("Hoeveel"), min_value=3, max_value=6, default=3, help_text=_("Telt alleen bij de nieuwste.")
    )

    def check_complete(self, value: Any) -> None:
        if value["mode"] == "chosen" and not value["publications"]:
            raise StructBlockValidationError(
                block_errors={"mode": ValidationError(_("Kies hieronder minstens één publicatie."))}
            )

    def typed(self, value: Any, context: RenderContext) -> PublicationsValue | None:
        if value["mode"] == "chosen":
            known = (context.record(PublicationPage, page.pk) for page in value["publications"] if page)
            cards = publication_cards([page for page in known if page], context)
            return PublicationsValue(title=value["title"] or "", cards=cards) if cards else None
        theme, district, publication_type = value["theme"], value["district"], value["publication_type"]
        found = current_publications(context.site)
        if theme:
            found = found.filter(themes__translation_key=theme.translation_key)
        if district:
            found = found.filter(districts__translation_key=district.translation_key)
        if value["organisation"]:
            found = found.filter(organisations=value["organisation"])
        if publication_type:
            found = found.filter(publication_type__key=publication_type)
        return PublicationsValue(
            title=value["title"] or "",
            cards=publication_cards(for_cards(found)[: value["number"]], context),
            more=kennisbank_link(
                gettext("Meer in de Kennisbank"),
                context,
                thema=address_name(theme) if theme else "",
                type=publication_type or "",
                district=address_name(district) if district else "",
            ),
            empty=gettext("Er zijn nog geen publicaties."),
        )

    def get_preview_value(self) -> Any:
        """Show the newest publications of the site."""
        return self.to_python({"title": "Nieuw in de Kennisbank", "mode": "filter", "number": 3})

    class Meta:
        label = _("Publicaties")
        description = _("Publicaties uit de Kennisbank: de nieuwste, of publicaties die u zelf kiest.")
        icon = "doc-full"
        group = REFERENCES
        template = "cms/blocks/publications.html"

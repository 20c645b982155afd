"""The Kennisbank's front page and its publications."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    PageChooserPanel,
    TabbedInterface,
)
from wagtail.models import Locale, Orderable, Site
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from cms.blocks.fields import BodyField
from cms.caching.prepared import records
from cms.models import BasePage
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.rendering.links import locale_by_id
from cms.sections import BaseSection
from cms.visibility import unrestricted_documents, visible
from kennisbank import sections
from kennisbank.forms import PublicationForm
from kennisbank.models.terms import Audience, PublicationType
from kennisbank.publications import for_cards
from kennisbank.uploads.panels import VersionsLink
from kennisbank.views import KennisbankView, PublicationView

DOCUMENT_LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels")), ("de", _("Duits")), ("fr", _("Frans"))]


def ticked(field_name: str) -> FieldPanel:
    """Give a panel in which several records are ticked."""
    return FieldPanel(field_name, widget=forms.CheckboxSelectMultiple)


class KennisbankPage(BasePage):
    """Ways into all publications, and the search in them."""

    body = BodyField(_("tekst"), blank=True)

    view_type = KennisbankView
    takes_query: ClassVar[tuple[str, ...]] = ("overzicht", "thema", "district", "pagina")
    shows_contents: ClassVar[bool] = False
    parent_page_types = ["home.HomePage"]
    subpage_types = ["kennisbank.PublicationPage"]
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("Kennisbank")
        verbose_name_plural = _("Kennisbanken")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [*sections.listing(self, context), *blocks_section(self.body, context)]

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        return sections.kennisbank_values(self, context)


class PublicationPage(BasePage):
    """A publication; its introduction is the summary. What it is about points at records and at source pages."""

    publication_type = models.ForeignKey(
        PublicationType, verbose_name=_("soort"), on_delete=models.PROTECT, related_name="publications"
    )
    publication_date = models.DateField(
        _("datum"), default=timezone.localdate, help_text=_("De datum die op het stuk staat.")
    )
    document_language = models.CharField(
        _("taal van het document"), max_length=5, choices=DOCUMENT_LANGUAGES, default="nl",
        help_text=_("De taal van het bestand zelf, niet van deze pagina."),
    )  # fmt: skip
    themes = ParentalManyToManyField(
        "themes.ThemePage", verbose_name=_("thema's"), blank=True, related_name="publications"
    )
    districts = ParentalManyToManyField(
        "districts.DistrictPage", verbose_name=_("districten"), blank=True, related_name="publications"
    )
    municipalities = ParentalManyToManyField(
        "districts.Municipality", verbose_name=_("gemeenten"), blank=True, related_name="publications"
    )
    organisations = ParentalManyToManyField(
        "network.Organisation", verbose_name=_("uitgegeven door"), blank=True, related_name="publications"
    )
    audiences = ParentalManyToManyField(
        Audience, verbose_name=_("doelgroepen"), blank=True, related_name="publications"
    )
    replaced_by = models.ForeignKey(
        "self", verbose_name=_("vervangen door"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="replaces", help_text=_("De nieuwere publicatie. Deze pagina blijft bestaan en verwijst ernaar."),
    )  # fmt: skip
    safety_plan = models.ForeignKey(
        "districts.SafetyPlan", verbose_name=_("veiligheidsplan"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="publications", help_text=_("Alleen als deze publicatie het veiligheidsplan van een gemeente is."),
    )  # fmt: skip
    body = BodyField(_("tekst"), blank=True)

    view_type = PublicationView
    parent_page_types = ["kennisbank.KennisbankPage"]
    subpage_types: list[str] = []
    content_panels = [
        HelpPanel(
            _(
                "Een nieuwe versie van hetzelfde stuk? Kies bij het bestand “Vervang door nieuwe versie”. Een nieuw "
                "stuk dat dit vervangt? Maak een eigen publicatie en kies haar hier bij Waarover, onder "
                "“vervangen door”. Zo blijven bestaande koppelingen werken."
            )
        ),
        *BasePage.content_panels,
        InlinePanel("files", heading=_("Bestanden"), label=_("bestand")),
        FieldRowPanel(
            [
                FieldPanel("publication_type", widget=forms.Select),
                FieldPanel("publication_date"),
                FieldPanel("document_language"),
            ],
            heading=_("Wat is het?"),
        ),
        FieldPanel("body"),
    ]
    description_panels = [
        MultiFieldPanel([ticked("themes"), ticked("audiences")], heading=_("Onderwerp")),
        MultiFieldPanel([ticked("districts"), ticked("municipalities")], heading=_("Gebied")),
        ticked("organisations"),
        MultiFieldPanel([PageChooserPanel("replaced_by"), FieldPanel("safety_plan")], heading=_("Samenhang")),
    ]
    search_fields = [
        *BasePage.search_fields,
        index.SearchField("body"),
        index.FilterField("publication_type"),
        index.FilterField("publication_date"),
        index.FilterField("document_language"),
    ]
    override_translatable_fields = [
        *BasePage.override_translatable_fields,
        SynchronizedField("publication_type", overridable=False),
    ]

    base_form_class = PublicationForm

    class Meta:
        verbose_name = _("publicatie")
        verbose_name_plural = _("publicaties")

    @classmethod
    def get_edit_handler(cls) -> Any:
        """As the base page's, with a tab for what the publication is about."""
        return TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Inhoud")),
                ObjectList(cls.description_panels, heading=_("Waarover")),
                ObjectList(cls.promote_panels, heading=_("Vindbaarheid")),
                ObjectList(cls.management_panels, heading=_("Beheer")),
            ],
            base_form_class=cls.base_form_class,
        ).bind_to_model(cls)

    @cached_property
    def in_own_language(self) -> "PublicationPage":
        """This publication in the site's own language: there stands what it is about."""
        if locale_by_id(self.locale_id).language_code == settings.LANGUAGE_CODE:
            return self
        pages = PublicationPage.objects.filter(translation_key=self.translation_key)
        return pages.filter(locale__language_code=settings.LANGUAGE_CODE).first() or self

    @classmethod
    def for_readers(cls, ids: Collection[int], site: Site, locale: Locale) -> dict[int, "PublicationPage"]:
        """Give those of these publications that the public may see, as their cards need them. One query."""

        def find(*ids: int) -> models.QuerySet[PublicationPage]:
            return visible(for_cards(cls.objects.filter(pk__in=ids)), site)

        return {page.pk: page for page in records(("publications", len(ids), site.pk), find, *ids)}

    @property
    def text_language(self) -> str:
        """Title and summary are written in the document's language, unless the page was translated."""
        return self.document_language if self.in_own_language is self else super().text_language

    @cached_property
    def visible_files(self) -> "list[PublicationFile]":
        """The files that may be downloaded by who sees this page, in the order of the editor."""
        files = self.files.all()
        if isinstance(files, models.QuerySet):
            files = files.filter(document__in=unrestricted_documents()).select_related("document")
        else:  # a preview: not in the database yet
            documents = unrestricted_documents().in_bulk([file.document_id for file in files])
            files = [file for file in files if file.document_id in documents]
        return sorted(files, key=lambda file: file.sort_order or 0)

    def clean(self) -> None:
        super().clean()
        if self.publication_type_id:
            self._keep_type_in_own_language()
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": _("Een publicatie kan zichzelf niet vervangen.")})

    def _keep_type_in_own_language(self) -> None:
        try:
            self.publication_type = self.publication_type.in_own_language()
        except PublicationType.DoesNotExist as error:
            message = _("Deze soort bestaat niet in de taal van de site. Kies een andere soort.")
            raise ValidationError({"publication_type": message}) from error

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [
            *sections.files(self, context),
            *blocks_section(self.body, context),
            *sections.publication_facts(self, context),
            *sections.closing(self, context),
        ]

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        return sections.publication_values(self, context)


class PublicationFile(Orderable):
    """A file of a publication. Older versions of it are of the document, whose address stays the same."""

    page = ParentalKey(PublicationPage, on_delete=models.CASCADE, related_name="files")
    document = models.ForeignKey(
        "cms.CMSDocument", verbose_name=_("bestand"), on_delete=models.PROTECT, related_name="publication_files"
    )
    title = models.CharField(
        _("titel"), max_length=200, blank=True, help_text=_("Leeg: de titel van het bestand. Handig bij bijlagen.")
    )
    version = models.CharField(
        _("versie"), max_length=40, blank=True, help_text=_("Bijvoorbeeld: 2.0 of november 2026.")
    )

    panels = [FieldPanel("document"), VersionsLink(), FieldPanel("title"), FieldPanel("version")]

    class Meta(Orderable.Meta):
        verbose_name = _("bestand")
        verbose_name_plural = _("bestanden")

    def __str__(self) -> str:
        return self.title or str(self.document)

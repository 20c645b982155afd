"""The home page, plain content pages and the search page."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from cms.blocks.fields import BodyField
from cms.blocks.text import TEXT_FEATURES
from cms.models import BasePage
from cms.rendering.body import blocks_section
from cms.rendering.context import RenderContext
from cms.sections import BODY, BaseSection
from home import search, sections
from home.views import ContentView, HomeView, SearchView


class HomePage(BasePage):
    """Five parts fed from data, in a fixed order; editors add text between them."""

    tagline = models.CharField(
        _("ondertitel van de site"),
        max_length=120,
        blank=True,
        help_text=_("Staat naast het beeldmerk, op elke pagina."),
    )
    slogan = models.CharField(_("slogan"), max_length=120, help_text=_("De grote kop van de homepage."))
    about_title = models.CharField(_("kop"), max_length=120, blank=True)
    about = RichTextField(_("wat het netwerk is en waarom"), features=["h3", *TEXT_FEATURES], blank=True)
    after_about = BodyField(_("tekst daarna"), blank=True)
    themes_title = models.CharField(_("kop"), max_length=120, blank=True)
    themes_text = models.TextField(_("tekst"), blank=True, max_length=300)
    after_themes = BodyField(_("tekst na de thema's"), blank=True)
    kennisbank_title = models.CharField(_("kop"), max_length=120, blank=True)
    kennisbank_text = models.TextField(_("tekst"), blank=True, max_length=300)
    after_kennisbank = BodyField(_("tekst na de Kennisbank"), blank=True)
    network_title = models.CharField(_("kop"), max_length=120, blank=True)
    network_text = models.TextField(_("tekst"), blank=True, max_length=300)
    after_network = BodyField(_("tekst na het netwerk"), blank=True)
    districts_title = models.CharField(_("kop"), max_length=120, blank=True)
    districts_text = models.TextField(_("tekst"), blank=True, max_length=300)
    after_districts = BodyField(_("tekst na de districten"), blank=True)

    view_type = HomeView
    hero_slot = "opening"
    shows_contents = False
    page_template = "cms/home.html"
    parent_page_types = ["wagtailcore.Page"]
    content_panels = [
        HelpPanel(
            _(
                "De vijf onderdelen staan altijd in deze volgorde. Thema's, organen en districten komen vanzelf op de "
                "homepage. U schrijft de koppen en de tekst ertussen."
            )
        ),
        MultiFieldPanel(
            [
                FieldPanel("title"),
                FieldPanel("tagline"),
                FieldPanel("slogan"),
                FieldPanel("introduction"),
                FieldPanel("social_image"),
            ],
            heading=_("Opening"),
        ),
        MultiFieldPanel(
            [FieldPanel("about_title"), FieldPanel("about"), FieldPanel("after_about")], heading=_("1. Het netwerk")
        ),
        MultiFieldPanel(
            [FieldPanel("themes_title"), FieldPanel("themes_text"), FieldPanel("after_themes")],
            heading=_("2. De thema's"),
        ),
        MultiFieldPanel(
            [FieldPanel("kennisbank_title"), FieldPanel("kennisbank_text"), FieldPanel("after_kennisbank")],
            heading=_("3. De Kennisbank"),
        ),
        MultiFieldPanel(
            [FieldPanel("network_title"), FieldPanel("network_text"), FieldPanel("after_network")],
            heading=_("4. Zo zit het netwerk in elkaar"),
        ),
        MultiFieldPanel(
            [FieldPanel("districts_title"), FieldPanel("districts_text"), FieldPanel("after_districts")],
            heading=_("5. De districten"),
        ),
    ]
    search_fields = [*BasePage.search_fields, index.SearchField("slogan"), index.SearchField("about")]

    class Meta:
        verbose_name = _("homepage")
        verbose_name_plural = _("homepages")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        parts = sections.home_parts(self, context)
        bodies = ["after_about", "after_themes", "after_kennisbank", "after_network", "after_districts"]
        # Place of part n: 10n, of the text after it: 10n + 5.
        texts = [
            section
            for place, name in enumerate(bodies, start=1)
            for section in blocks_section(
                getattr(self, name), context, key=name.replace("_", "-"), order=10 * place + 5
            )
        ]
        return [*parts, *texts]

    def view_values(self, context: RenderContext) -> dict:
        return sections.home_values(self, context)


class ContentPage(BasePage):
    """A plain page, as "Over deze site"."""

    body = BodyField(_("tekst"), blank=True)

    view_type = ContentView
    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    content_panels = [*BasePage.content_panels, FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("inhoudspagina")
        verbose_name_plural = _("inhoudspagina's")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return [*blocks_section(self.body, context, order=BODY), *sections.pages_below(self, context)]


class SearchPage(BasePage):
    """Searches all pages of its own language. Every page's header leads to it."""

    contact_page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("contactpagina"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Waar een lezer terechtkan die niets vindt."),
    )  # fmt: skip

    holds_search: ClassVar[bool] = True
    view_type = SearchView
    parent_page_types = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels = [*BasePage.content_panels, PageChooserPanel("contact_page")]

    class Meta:
        verbose_name = _("zoekpagina")
        verbose_name_plural = _("zoekpagina's")

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        return search.sections_of(self, context)

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        return search.search_values(self, context)

"""The abstract base page: what every page of the site has."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search import index
from wagtail.url_routing import RouteResult
from wagtail_localize.fields import SynchronizedField, TranslatableField

from cms.caching.headers import mark_public
from cms.caching.shared import is_sharing, shared
from cms.navigation import site_layout
from cms.preview.modes import PreviewInBothRenderings, PreviewParts
from cms.rendering.build import build_view, context_for
from cms.rendering.context import RenderContext
from cms.rendering.links import locale_by_id, page_path
from cms.rendering.resolve import find_below
from cms.rendering.view import PageView
from cms.sections import BaseSection
from cms.subjects import subject_below
from cms.visibility import passed_restrictions, published, restricted_paths
from cms.widgets import SchedulePanel


class BasePage(PreviewInBothRenderings, Page):
    """A page with an introduction, somebody responsible and a date to look at it again.

    A subclass gives `view_type` (its typed view, whose `kind` names it in the API) and `own_sections`. A subclass that
    also answers for records below its own address (a municipality) overrides `subject` and `subject_view`.
    """

    view_type: ClassVar[type[PageView]]
    page_template: ClassVar[str] = "cms/page.html"
    # Where its picture stands (cms/rendering/pictures.py), and whether a long page of this type lists its headings.
    hero_slot: ClassVar[str] = "hero"
    shows_contents: ClassVar[bool] = True
    holds_search: ClassVar[bool] = False

    introduction = models.TextField(
        _("inleiding"), blank=True, max_length=400, validators=[MaxLengthValidator(400)],
        help_text=_(
            "Twee of drie zinnen die zeggen waar de pagina over gaat. Staat ook op kaarten en in zoekresultaten."
        ),
    )  # fmt: skip
    social_image = models.ForeignKey(
        "cms.CMSImage", verbose_name=_("beeld"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        help_text=_(
            "Staat boven de pagina, op kaarten en bij delen op sociale media. Het is sfeerbeeld: zet er geen tekst in."
        ),
    )  # fmt: skip
    responsible_group = models.ForeignKey(
        "auth.Group", verbose_name=_("verantwoordelijke groep"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("De groep die deze pagina bijhoudt."),
    )  # fmt: skip
    responsible_user = models.ForeignKey(
        "cms.User", verbose_name=_("verantwoordelijke persoon"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+", help_text=_("Of de persoon die deze pagina bijhoudt. Kies een groep óf een persoon."),
    )  # fmt: skip
    review_date = models.DateField(
        _("controleren op"), null=True, blank=True, help_text=_("Op deze dag moet iemand nagaan of de tekst nog klopt.")
    )

    search_fields = [*Page.search_fields, index.SearchField("introduction", boost=2), index.FilterField("review_date")]

    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("social_image")]
    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("Voor zoekmachines"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "show_in_menus",
                    help_text=_(
                        "Telt niet mee zolang de website een hoofdmenu en een voet heeft. Die staan bij Hele website."
                    ),
                )
            ],
            heading=_("Voor menu's"),
        ),
    ]
    management_panels = [
        MultiFieldPanel(
            [FieldPanel("responsible_group"), FieldPanel("responsible_user"), FieldPanel("review_date")],
            heading=_("Wie houdt deze pagina bij?"),
        ),
        SchedulePanel(),
    ]

    # wagtail-localize translates texts and synchronises the rest; these differ from what it would do by itself.
    override_translatable_fields = [
        SynchronizedField("show_in_menus", overridable=False),
        SynchronizedField("responsible_group", overridable=True),
        SynchronizedField("responsible_user", overridable=True),
        SynchronizedField("review_date", overridable=True),
        TranslatableField("slug"),
    ]

    class Meta:
        abstract = True

    @classmethod
    def get_edit_handler(cls) -> Any:
        """Tabs: content, how it is found, who keeps it."""
        handler = TabbedInterface(
            [
                ObjectList(cls.content_panels, heading=_("Inhoud")),
                ObjectList(cls.promote_panels, heading=_("Vindbaarheid")),
                ObjectList(cls.management_panels, heading=_("Beheer")),
            ],
            base_form_class=cls.base_form_class,
        )
        return handler.bind_to_model(cls)

    def clean(self) -> None:
        super().clean()
        if self.responsible_group_id and self.responsible_user_id:
            raise ValidationError({"responsible_user": _("Kies een groep of een persoon, niet allebei.")})

    @property
    def text_language(self) -> str:
        """The language of title and introduction."""
        return locale_by_id(self.locale_id).language_code

    def own_sections(self, context: RenderContext) -> Iterable[BaseSection]:
        """Give the sections of this page that stand in the page itself. Other apps add theirs (cms/sections.py)."""
        return []

    def further_rich_texts(self) -> list[str]:
        """Give stored rich texts that stand in records below the page, so that their links are loaded too."""
        return []

    def view_values(self, context: RenderContext) -> dict[str, Any]:
        """Give the values of `view_type` beyond those of PageView; may replace those too (label, notice)."""
        return {}

    def leads_to(self, context: RenderContext) -> str:
        """Give the address that the query of this page's address leads on to, or "": a name in full, to what has it."""
        return ""

    def subject(self, components: list[str]) -> Any | None:
        """Give the record that stands at this path below the page, or None: what another app has there."""
        return subject_below(self, components)

    def subject_view(self, subject: Any, context: RenderContext) -> PageView:
        """Give the view of a record that `subject` returned."""
        return subject.viewer(self, subject.record, context)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As Wagtail's, in two queries at any depth; an expired page and one below an unpublished page are not found.

        Private pages are: Wagtail then asks the reader to log in or for the password.
        """
        found = find_below(self, path_components, published)
        if found is None:
            raise Http404
        return RouteResult(found.page, kwargs={"subject": found.subject})

    def get_view_restrictions(self) -> models.QuerySet[PageViewRestriction]:
        """As Wagtail's; without its two queries where an answer for everybody is made and none is above the page."""
        if is_sharing() and not self.path.startswith(shared("restricted pages", restricted_paths)):
            return PageViewRestriction.objects.none()
        restrictions: models.QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    def serve(self, request: HttpRequest, subject: Any | None = None) -> HttpResponse:
        context = context_for(
            self,
            Site.find_for_request(request),
            query=dict(request.GET.lists()) if not subject else {},
            passed=passed_restrictions(request),
        )
        if request.method == "POST" and subject is None:
            return self._take_in(request, context)
        target = self.leads_to(context) if context.query else ""
        response = HttpResponseRedirect(target) if target else self._respond(request, context, subject)
        if context.passed:
            # What this reader gets may hold what others may not see.
            response.headers["Cache-Control"] = "private, no-store"
        else:
            mark_public(response)
        return response

    def _take_in(self, request: HttpRequest, context: RenderContext) -> HttpResponse:
        """Answer to a form that a reader sent from this page; to anything else as if the page were asked for."""
        from cms.submissions import posting  # needs the models of this package

        state = posting.received(request, context, page_path(self))
        if state is None:
            return self._respond(request, context, None)
        if state.sent:
            return posting.moved_on(page_path(self), state)
        response: Any = self._respond(request, replace(context, form=state), None)
        return posting.come_back(response, state)

    def serve_password_required_response(self, request: HttpRequest, form: Any, action_url: str) -> HttpResponse:
        from cms.access import password_page  # needs the models of this package

        return password_page(request, form, action_url)

    def preview_parts(self, request: HttpRequest) -> PreviewParts:
        site = self.get_site() or Site.find_for_request(request)
        context = context_for(self, site, query={}, preview=True)
        with translation.override(context.locale.language_code):
            return PreviewParts(
                view=build_view(self, context),
                layout=site_layout(context),
                template=self.get_template(request),
                site=site,
                values={"page": self},
            )

    def _respond(self, request: HttpRequest, context: RenderContext, subject: Any | None) -> HttpResponse:
        view = build_view(self, context, subject)
        return TemplateResponse(
            request, self.get_template(request), {"page": self, "view": view, "layout": site_layout(context)}
        )

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        # Wagtail's metaclass gives each model a `template` of its own, so that attribute can't be inherited.
        return self.page_template

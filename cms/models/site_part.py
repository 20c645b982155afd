"""The abstract base of what editors keep once a site and language: menu, footer, texts, banner."""

from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.models import DraftStateMixin, Locale, PreviewableMixin, RevisionMixin, Site, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from cms.caching.tags import note
from cms.preview.modes import PreviewInBothRenderings, PreviewParts


def default_site() -> int | None:
    """Give the id of the default site, so that an editor of the only site has nothing to choose."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.pk if site else None


class SitePart(
    PreviewInBothRenderings, PreviewableMixin, DraftStateMixin, RevisionMixin, TranslatableMixin, models.Model
):
    """One a site and language, with drafts. A language without one of its own gets that of the site's own language."""

    site = models.ForeignKey(
        "wagtailcore.Site", verbose_name=_("site"), on_delete=models.CASCADE, related_name="+", default=default_site
    )

    override_translatable_fields = [SynchronizedField("site", overridable=False)]

    class Meta(TranslatableMixin.Meta):
        abstract = True
        unique_together = [("translation_key", "locale"), ("site", "locale")]

    def __str__(self) -> str:
        return f"{capfirst(self._meta.verbose_name)} ({self.site.site_name or self.site.hostname})"

    def clean(self) -> None:
        super().clean()
        others = type(self).objects.filter(site_id=self.site_id, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.locale_id and others.exists():
            raise ValidationError(
                {"site": gettext("Deze site heeft dit al in deze taal. Pas dat aan in plaats van een tweede te maken.")}
            )

    @classmethod
    def for_reader(cls, site: Site, locale: Locale) -> Self | None:
        """Give what a reader of `locale` gets, or None where no editor has published one. One query."""
        note("part", cls._meta.model_name)
        languages = [locale.language_code, settings.LANGUAGE_CODE]
        found = cls.objects.filter(site=site, live=True, locale__language_code__in=languages).select_related("locale")
        return min(found, key=lambda part: languages.index(part.locale.language_code), default=None)

    def preview_parts(self, request: HttpRequest) -> PreviewParts:
        """Show the part, as it stands in the form, around the home page."""
        # Building a page needs the models of this package.
        from cms.navigation import site_layout
        from cms.rendering.build import build_view, context_for

        # Wagtail gives a new part its language when it is saved.
        if not self.locale_id:
            self.locale = Locale.get_default()
        root = self.site.root_page
        home = (root.get_translation_or_none(self.locale) or root).specific
        context = context_for(home, self.site, query={})
        with translation.override(context.locale.language_code):
            layout = site_layout(context, preview=self)
            view = build_view(home, context)
            return PreviewParts(view=view, layout=layout, template="cms/home.html", site=self.site)

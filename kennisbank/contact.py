"""Whom a reader can ask about a publication."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext
from wagtail.models import Page

from cms.rendering.context import RenderContext
from cms.rendering.links import localized, page_link
from cms.rendering.values import Fact, Link, TextPart
from cms.sections import CLOSING, FactsSection
from themes.models import ThemePage


@dataclass(frozen=True)
class Asking:
    """Whom to ask about a publication: the role of a theme with its mailbox, or the site's contact page."""

    role: str = ""
    email: str = ""
    page: Link | None = None

    def sections(self) -> list[FactsSection]:
        """Give the section "Contact", as a theme has it."""
        facts = [
            Fact(term=gettext("Wie"), values=[[TextPart(text=self.role)]]) if self.role else None,
            Fact(term=gettext("E-mail"), values=[[TextPart(text=self.email, url=f"mailto:{self.email}")]])
            if self.email
            else None,
            Fact(
                term=gettext("Meer weten?"),
                values=[[TextPart(text=self.page.title, url=self.page.url, language=self.page.language)]],
            )
            if self.page
            else None,
        ]
        shown = [fact for fact in facts if fact]
        return [FactsSection(key="contact", title=gettext("Contact"), facts=shown, order=CLOSING)] if shown else []

    def address(self, title: str) -> str:
        """Give where somebody asks for another form of the publication; "" where nobody is known."""
        if self.email:
            subject = gettext("Andere vorm van: %(title)s") % {"title": title}
            return f"mailto:{self.email}?subject={quote(subject)}"
        return self.page.url if self.page else ""


def whom_to_ask(theme_ids: Collection[int], context: RenderContext) -> Asking:
    """Give the mailbox of the first of these themes, as readers get them, that has one; else the site's contact page.

    No query; where no theme has one, three.
    """
    shown = {theme.pk: theme for theme in context.of_type(ThemePage).values()} if theme_ids else {}
    themes = sorted((shown[pk] for pk in theme_ids if pk in shown), key=lambda theme: theme.path)
    theme = next((theme for theme in themes if theme.contact_email), None)
    return Asking(role=theme.contact_role, email=theme.contact_email) if theme else _contact_page(context)


def _contact_page(context: RenderContext) -> Asking:
    """The page that the search page leads to when nothing was found."""
    search = context.search_page
    page_id = getattr(search.specific, "contact_page_id", None) if search else None
    found = localized(Page.objects.filter(pk=page_id), context.site, context.locale) if page_id else {}
    return Asking(page=next((page_link(page, context.locale) for page in found.values()), None))

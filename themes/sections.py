"""The sections of pages of themes."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from cms.rendering.context import RenderContext, page_card, page_cards
from cms.rendering.links import in_own_language, localized, page_link, worded_link
from cms.rendering.pictures import pictures
from cms.rendering.richtext import rich_text_html
from cms.sections import AFTER_BODY, LEAD, CardsSection, RolesSection, RoleText, TextSection
from network.models import NetworkBodyPage
from network.picture import KEY as PICTURE
from themes import models


def public_themes(context: RenderContext) -> dict[int, models.ThemePage]:
    """Give all themes of the site in the reader's language, in the order of the page tree: {source id: page}."""
    return context.of_type(models.ThemePage)


def theme_cards(page: models.ThemeIndexPage, context: RenderContext) -> list[CardsSection]:
    """Give all themes as cards; the page's own title says what they are."""
    empty = gettext("Er staan nog geen thema's op de site.")
    cards = page_cards(public_themes(context).values(), context)
    return [CardsSection(key="themas", cards=cards, empty=empty, order=LEAD)]


def situation(page: models.ThemePage, context: RenderContext) -> list[TextSection]:
    """Give the section "Wat speelt er?"."""
    return _text("wat-speelt-er", gettext("Wat speelt er?"), page.situation, context, LEAD)


def roles(page: models.ThemePage, context: RenderContext) -> list[RolesSection]:
    """Give what each partner does, in the editors' order."""
    texts = [RoleText(title=role.partner, html=rich_text_html(role.text, context)) for role in page.roles_in_order]
    return [RolesSection(key="wie-doet-wat", title=gettext("Wie doet wat?"), roles=texts, order=LEAD)] if texts else []


def approach(page: models.ThemePage, context: RenderContext) -> list[TextSection]:
    """Give the section "Wat doen we samen?"."""
    return _text("wat-doen-we-samen", gettext("Wat doen we samen?"), page.approach, context, LEAD)


def expert_group(page: models.ThemePage, context: RenderContext) -> list[CardsSection]:
    """Give a card of the group that helps with this theme, where the public may see it."""
    body = _expert_group(page, context)
    if body is None:
        return []
    card = page_card(body, context.locale, pictures([body.social_image_id], "card"), label=body.distinct_short_name)
    words = gettext("Haar plaats in het netwerk")
    return [
        CardsSection(
            key="expertgroep",
            title=gettext("Wie helpt u verder?"),
            cards=[card],
            # Its own part of the picture stands on its own page.
            more=worded_link(body, words, context.locale, f"#{PICTURE}"),
            order=AFTER_BODY,
        )
    ]


def theme_values(page: models.ThemePage, context: RenderContext) -> dict[str, Any]:
    """Give the values of the typed view beyond those of every page."""
    body = _expert_group(page, context)
    return {
        "contact_role": page.contact_role,
        "contact_email": page.contact_email,
        "expert_group": page_link(body, context.locale) if body else None,
    }


def themes_of_body(page: NetworkBodyPage, context: RenderContext) -> list[CardsSection]:
    """On a body: the themes it gives advice and help on."""
    body = in_own_language(page).pk
    themes = [theme.shown for theme in context.sources(models.ThemePage).values() if theme.own.expert_group_id == body]
    if not themes:
        return []
    cards = page_cards(themes, context)
    return [CardsSection(key="themas", title=gettext("Thema's van deze groep"), cards=cards, order=AFTER_BODY)]


def _expert_group(page: models.ThemePage, context: RenderContext) -> NetworkBodyPage | None:
    if page.expert_group_id is None:
        return None
    return context.shared("expert groups", lambda: _expert_groups(context)).get(page.expert_group_id)


def _expert_groups(context: RenderContext) -> dict[int, NetworkBodyPage]:
    chosen = models.ThemePage.objects.filter(expert_group__isnull=False).values("expert_group")
    groups = NetworkBodyPage.objects.filter(pk__in=chosen).defer_streamfields()
    return localized(groups, context.site, context.locale)


def _text(key: str, title: str, source: str, context: RenderContext, order: int) -> list[TextSection]:
    html = rich_text_html(source, context) if source else ""
    return [TextSection(key=key, title=title, html=html, order=order)] if html else []

"""How to cite a publication, and plain links to share it: no script, no other site."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from cms.addresses import public_address
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.links import page_path
from cms.rendering.values import Link
from cms.sections import AFTER_BODY, CitationSection
from kennisbank import models


def citation(page: models.PublicationPage, makers: Sequence[str], kind: str, context: RenderContext) -> CitationSection:
    """Give the section with maker, year, title, kind, version, address and today's date."""
    address = public_address(context.site) + page_path(page)
    return CitationSection(
        key="citeren",
        title=gettext("Zo citeert u"),
        html=_sentence(page, makers or [_site_name(context)], kind, address, context),
        links=[
            Link(title=gettext("Deel per e-mail"), url=_mail(page.title, address)),
            Link(title=gettext("Vaste koppeling naar deze publicatie"), url=address),
        ],
        order=AFTER_BODY + 8,
    )


def _sentence(
    page: models.PublicationPage, makers: Sequence[str], kind: str, address: str, context: RenderContext
) -> SafeString:
    language = page.text_language
    foreign = format_html(' lang="{}"', language) if language != context.locale.language_code else ""
    title = format_html("<cite{}>{}</cite>", foreign, page.title)
    version = next((file.version for file in page.visible_files if file.version), "")
    about = [kind, gettext("versie %(version)s") % {"version": version} if version else ""]
    return format_html(
        "{makers} ({year}). {title} [{about}]. {consulted}: {address}",
        makers=_joined(makers),
        year=page.in_own_language.publication_date.year,
        title=title,
        about=", ".join(part for part in about if part),
        consulted=gettext("Geraadpleegd op %(date)s") % {"date": date_text(timezone.localdate())},
        address=address,
    )


def _joined(names: Sequence[str]) -> str:
    """Give the names as "A, B en C"."""
    *first, last = names
    return gettext("%(names)s en %(last)s") % {"names": ", ".join(first), "last": last} if first else last


def _site_name(context: RenderContext) -> str:
    return context.site.site_name or context.site.root_page.title


def _mail(title: str, address: str) -> str:
    # A line break in mail is CR LF (RFC 6068).
    body = f"{title}\r\n{address}"
    return f"mailto:?subject={quote(title)}&body={quote(body)}"

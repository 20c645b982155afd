"""Rich text as stored to final HTML, with links from the context's resources instead of a query a link."""

import re
from html import escape, unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from wagtail.rich_text.rewriters import LinkRewriter

from cms.rendering.context import RenderContext
from cms.rendering.links import document_path

# The editor offers headings of this level only where a text may be long.
_HEADING = re.compile(r"<h3[^>]*>(.*?)</h3>", re.DOTALL)


def rich_text_html(source: str, context: RenderContext) -> SafeString:
    """Give the HTML an anonymous reader gets. A link to something invisible loses its address and keeps its text.

    `source` is Wagtail's stored rich text, which its editor has cleaned on saving.
    """

    def page_tag(attributes: dict[str, str]) -> str:
        link = context.link(int(attributes["id"])) if attributes.get("id", "").isdigit() else None
        if link is None:
            return "<a>"
        language = f' hreflang="{link.language}"' if link.language else ""
        return f'<a href="{escape(link.url)}"{language}>'

    def document_tag(attributes: dict[str, str]) -> str:
        document = context.document(int(attributes.get("id") or 0))
        return f'<a href="{escape(document_path(document.pk, document.filename))}">' if document else "<a>"

    def external_tag(attributes: dict[str, str]) -> str:
        return f'<a href="{escape(attributes["href"])}" rel="external">'

    rewrite = LinkRewriter({"page": page_tag, "document": document_tag, "external": external_tag})
    return mark_safe(_with_anchors(rewrite(source), context))  # noqa: S308 - cleaned when saved; addresses are escaped above


def _with_anchors(html: str, context: RenderContext) -> str:
    def heading(found: re.Match[str]) -> str:
        return f'<h3 id="{context.anchor(unescape(strip_tags(found[1])))}">{found[1]}</h3>'

    return _HEADING.sub(heading, html)

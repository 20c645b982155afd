"""Documents of the library as links to download: what they are, how big, and whether a screen reader can read them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from django.utils import formats
from django.utils.translation import gettext, ngettext

from cms.rendering.links import document_path
from cms.rendering.values import FileLink, TextPart

if TYPE_CHECKING:
    from cms.models import CMSDocument, DocumentVersion

Accessibility = Literal["goed", "matig", "geen-tekst"]


def file_link(
    document: "CMSDocument", title: str = "", language: str | None = None, *, other_form: str = ""
) -> FileLink:
    """Give the link to a visible document; `language` where it is not that of the page.

    `other_form` is where somebody asks for the file in another form: an address of the site or of mail.
    """
    size = document.get_file_size() or 0
    accessibility = accessibility_of(document)
    return FileLink(
        title=title or document.title,
        url=document_path(document.pk, document.filename),
        file_type=document.file_extension.upper(),
        media_type=document.media_type,
        size=size,
        size_text=size_text(size),
        pages=document.page_count,
        details=details_text(document, document.part_kind),
        accessibility=accessibility,
        hint=_hint(accessibility, other_form),
        sha256=document.content_hash,
        language=language,
    )


def accessibility_of(document: "CMSDocument") -> Accessibility | None:
    """Give what a PDF tells of itself; None for other files and for one that nobody has read yet.

    Tags are no proof that a PDF is accessible, but without them it is not (PDF/UA, EN 301 549).
    """
    if document.text_layer is False:
        return "geen-tekst"
    if document.text_layer and document.tagged is not None:
        return "goed" if document.tagged else "matig"
    return None


def details_text(file: "CMSDocument | DocumentVersion", part_kind: str = "page") -> str:
    """Give how long and how big a file is, as "12 pagina's, 340 kB", in the active language."""
    count = PARTS.get(part_kind or "page")
    parts = [count(file.page_count) if count and file.page_count else "", size_text(file.file_size or 0)]
    return ", ".join(part for part in parts if part)


def size_text(size: int) -> str:
    """Give a number of bytes in the active language, as "340 kB" or "1,2 MB"; "" where it is not known."""
    if size <= 0:
        return ""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{formats.number_format(size / 1_000_000, decimal_pos=1)} MB"


# By the kind of parts. Sections of a text mean nothing to a reader.
PARTS: dict[str, Callable[[int], str]] = {
    "page": lambda number: ngettext("%(number)d pagina", "%(number)d pagina's", number) % {"number": number},
    "slide": lambda number: ngettext("%(number)d dia", "%(number)d dia's", number) % {"number": number},
    "sheet": lambda number: ngettext("%(number)d blad", "%(number)d bladen", number) % {"number": number},
}


def _hint(accessibility: Accessibility | None, other_form: str) -> list[TextPart]:
    if accessibility is None:
        return []
    if accessibility == "goed":
        return [TextPart(text=gettext("Toegankelijk voor schermlezers"))]
    if accessibility == "matig":
        text = gettext("Mogelijk slecht leesbaar met een schermlezer")
    else:
        text = gettext("Een beeld zonder tekst: niet leesbaar met een schermlezer")
    asking = TextPart(text=gettext("vraag een andere vorm aan"), url=other_form)
    return [TextPart(text=f"{text}; "), asking] if other_form else [TextPart(text=text)]

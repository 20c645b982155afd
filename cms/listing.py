"""What lists of pages share: the links to the previous and the next part, and introductions in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as PageOfList
from django.utils.translation import gettext
from wagtail.models import Page

from cms.rendering.values import Link
from cms.sections import PageLinks

PAGE_SIZE = 10


def page_links(current: PageOfList, action: str, asked: dict[str, str]) -> PageLinks | None:
    """Give the links around one part of a list at `action`, which keep what was `asked`; None where all fits in one."""
    total = current.paginator.num_pages
    if total < 2:
        return None

    def link(title: str, number: int) -> Link:
        query = urlencode({**asked, **({"pagina": number} if number > 1 else {})})
        return Link(title=title, url=f"{action}?{query}" if query else action)

    return PageLinks(
        summary=gettext("Pagina %(number)d van %(total)d") % {"number": current.number, "total": total},
        number=current.number,
        previous=link(gettext("Vorige pagina"), current.number - 1) if current.has_previous() else None,
        next=link(gettext("Volgende pagina"), current.number + 1) if current.has_next() else None,
    )


def introductions_of(pages: Iterable[Page]) -> dict[int, str]:
    """Give the introductions of pages of our own types. One query, though they stand in a table a page type."""
    ids: dict[Any, list[int]] = defaultdict(list)
    for page in pages:
        ids[page.specific_class].append(page.pk)
    texts = [
        model.objects.filter(pk__in=found).order_by().values_list("pk", "introduction") for model, found in ids.items()
    ]
    if not texts:
        return {}
    return dict(texts[0].union(*texts[1:], all=True) if len(texts) > 1 else texts[0])

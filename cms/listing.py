"""What lists share: their addresses, the links to the previous and the next part, and introductions in bulk."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext
from wagtail.models import Page

from cms.rendering.values import Link
from cms.sections import PageLinks

PAGE_SIZE = 10
# Further pages than anybody reads; a larger number would not even fit in the database.
LAST_PAGE = 1000


@dataclass(frozen=True)
class ListAddress:
    """The address of a list: its page, and what is asked of it as pairs of name and value, in the order of the form."""

    action: str
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def query(self) -> str:
        """What is asked, as an address has it; "" for nothing."""
        pairs = [(name, value) for name, value in self.asked if value]
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def url(self) -> str:
        """The whole address."""
        return self.action + self.query

    def without(self, name: str, value: str | None = None) -> "ListAddress":
        """Give the address without this value of a name, or without all its values."""
        return replace(
            self, asked=tuple(pair for pair in self.asked if pair[0] != name or value not in (None, pair[1]))
        )

    def having(self, name: str, value: str) -> "ListAddress":
        """Give the address with this as the only value of a name."""
        return replace(self, asked=(*self.without(name).asked, (name, value)))

    def part(self, number: int) -> "ListAddress":
        """Give the address of a part of the list, from 1."""
        return self.having("pagina", str(number)) if number > 1 else self.without("pagina")


def asked_part(text: str) -> int:
    """Give the part of a list that an address asks for; the first where that is no number."""
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def last_part(total: int) -> int:
    """Give the number of the last part of a list."""
    return min(max(-(-total // PAGE_SIZE), 1), LAST_PAGE)


def numbered(title: str, number: int) -> str:
    """Give the title of one part of a list for the browser's tab: no two parts have the same."""
    part = gettext("pagina %(number)d") % {"number": number}
    return f"{title} – {part}" if number > 1 else title


def page_links(number: int, total: int, address: ListAddress) -> PageLinks | None:
    """Give the links around one part of a list of `total` items; None where all fits in one."""
    last = last_part(total)
    if last < 2:
        return None

    def link(title: str, other: int) -> Link:
        return Link(title=title, url=address.part(other).url)

    return PageLinks(
        summary=gettext("Pagina %(number)d van %(total)d") % {"number": number, "total": last},
        number=number,
        previous=link(gettext("Vorige pagina"), number - 1) if number > 1 else None,
        next=link(gettext("Volgende pagina"), number + 1) if number < last else None,
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

"""Pages of a data file: first all as drafts, so that links find each other, then filled and published."""

from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from wagtail.models import Locale, Page

from cms.models import BasePage
from home.setup.blocks import References
from home.setup.identity import identity
from home.setup.records import refused
from home.setup.report import Report

PageType = TypeVar("PageType", bound=BasePage)


def set_values(record: Any, values: dict[str, Any]) -> None:
    """Set each value on a page or another record."""
    for name, value in values.items():
        setattr(record, name, value)


class Pages:
    """Adds pages in the site's own language and knows which of them this run made."""

    def __init__(self, locale: Locale, references: References, report: Report) -> None:
        self.locale = locale
        self.references = references
        self.report = report
        self._new: set[int] = set()

    def find(self, model: type[PageType], key: str) -> PageType | None:
        """Give the page that an earlier run made for `key`, wherever it stands now and whatever it is called."""
        return model.objects.filter(translation_key=identity("page", key), locale=self.locale).first()

    def add(self, parent: Page, page: PageType, key: str, place: str, *, kind: str) -> PageType:
        """Give the page of `key`; `page` becomes it, as a draft below `parent`, where there is none yet.

        A page of that type with that slug below `parent` counts as the page of the key.
        """
        found = self.find(type(page), key) or type(page).objects.child_of(parent).filter(slug=page.slug or None).first()
        self.report.add(kind, new=found is None)
        if found is None:
            page.translation_key = identity("page", key)
            page.locale = self.locale
            page.live = False
            try:
                # Read again: adding a child needs the number of children that the database knows.
                Page.objects.get(pk=parent.pk).add_child(instance=page)
            except ValidationError as error:
                raise refused(page, error, place) from error
            self._new.add(page.pk)
            found = page
        self.references.add("pagina", key, found.pk)
        return found

    def is_new(self, pk: int) -> bool:
        """Say whether this run made the page with this id."""
        return pk in self._new

    def fill(self, page: PageType, place: str, values: dict[str, Any]) -> PageType:
        """Set the values on the page as the database has it now, and publish it."""
        fresh = type(page).objects.get(pk=page.pk)
        set_values(fresh, values)
        try:
            revision = fresh.save_revision()
        except ValidationError as error:
            raise refused(fresh, error, place) from error
        revision.publish()
        return type(page).objects.get(pk=page.pk)

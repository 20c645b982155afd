"""Notes publications whose entries in the search change with something else: what they are about, or their files."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, Q
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import post_page_move

from cms.search.indexing import note_pages
from districts.models import DistrictPage, Municipality
from kennisbank.models import Audience, PublicationFile, PublicationPage, PublicationType
from network.models import Organisation
from themes.models import ThemePage

# What publications carry, by what they are about, and what of it stands in their entries.
_SUBJECTS: dict[type[Model], tuple[str, tuple[str, ...]]] = {
    ThemePage: ("themes", ("title", "live")),
    DistrictPage: ("districts", ("title", "live")),
    Municipality: ("municipalities", ("name",)),
    Organisation: ("organisations", ("name", "short_name")),
    PublicationType: ("publication_type", ("name",)),
    Audience: ("audiences", ()),
    PublicationPage: ("replaced_by", ("live",)),
}


def connect() -> None:
    """Listen to all of them."""
    for model in _SUBJECTS:
        pre_save.connect(_subject_saved, sender=model, dispatch_uid="search")
        pre_delete.connect(_subject_goes, sender=model, dispatch_uid="search")
    post_save.connect(_publication_saved, sender=PublicationPage, dispatch_uid="search publications")
    for signal in (post_save, post_delete):
        signal.connect(_file_changed, sender=PublicationFile, dispatch_uid="search")
        signal.connect(_restriction_changed, sender=PageViewRestriction, dispatch_uid="search")
    post_page_move.connect(_page_moved, dispatch_uid="search")


def _note(publications: Any) -> None:
    note_pages(publications.values_list("pk", flat=True))


def _subject_saved(sender: Any, instance: Any, **_kwargs: Any) -> None:
    field, names = _SUBJECTS[sender]
    before = sender.objects.filter(pk=instance.pk).values(*names).first() if names and instance.pk else None
    if before and any(before[name] != getattr(instance, name) for name in names):
        _note(PublicationPage.objects.filter(**{field: instance.pk}))


def _subject_goes(sender: Any, instance: Any, **_kwargs: Any) -> None:
    _note(PublicationPage.objects.filter(**{_SUBJECTS[sender][0]: instance.pk}))


def _publication_saved(instance: PublicationPage, **_kwargs: Any) -> None:
    """A translation has the facts of the page in the site's own language."""
    _note(PublicationPage.objects.filter(translation_key=instance.translation_key).exclude(pk=instance.pk))


def _file_changed(instance: PublicationFile, **_kwargs: Any) -> None:
    note_pages([instance.page_id])


def _restriction_changed(instance: PageViewRestriction, **_kwargs: Any) -> None:
    _note(_about_pages_below(instance.page))


def _page_moved(instance: Page, **_kwargs: Any) -> None:
    _note(_about_pages_below(instance))


def _about_pages_below(page: Page) -> Any:
    """Give the publications that name this page or one below it: it may have become public, or no longer be."""
    about = Q()
    for field in ("themes", "districts", "replaced_by"):
        about |= Q(**{f"{field}__path__startswith": page.path})
    return PublicationPage.objects.filter(about).distinct()

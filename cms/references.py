"""Notes in Wagtail's reference index what pages and site parts refer to, in the transaction that changes them.

Wagtail leaves that to the worker: too late where the public's right to open a document follows from it
(cms/visibility.py), and where entries of the search follow what they refer to (cms/search).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.db.models.signals import post_delete, post_migrate, post_save, pre_save
from modelcluster.fields import ParentalKey
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

# Of a reference: content type and id of what is referred to, and the paths to where that is done.
Reference = tuple[int, str, str, str]
_COLUMNS = ("to_content_type", "to_object_id", "model_path", "content_path")


@dataclass(frozen=True)
class _Holder:
    """The page or site part of which a row is (a part): its class and id, and the start of paths to the row."""

    model: type[Model]
    pk: Any
    model_path: str = ""
    content_path: str = ""

    @property
    def content_types(self) -> list[ContentType]:
        """Those of its class and of all that this builds on, which Wagtail knows its references by."""
        models = [self.model, *self.model._meta.get_parent_list()]
        return [ContentType.objects.get_for_model(model, for_concrete_model=False) for model in models]


_taken_over: set[type[Model]] = set()


def connect() -> None:
    """Take over from Wagtail for all pages and records with drafts, and for the rows that are a part of those."""
    for model in apps.get_models():
        if _is_ours(model):
            name = f"references {model._meta.label}"
            pre_save.connect(_take_over, sender=model, dispatch_uid=name)
            post_save.connect(_saved, sender=model, dispatch_uid=name)
            post_delete.connect(_deleted, sender=model, dispatch_uid=name)
    # Wagtail connects its own anew after migrations.
    post_migrate.connect(_start_anew, dispatch_uid="references")


def _start_anew(**_kwargs: Any) -> None:
    _taken_over.clear()


def _take_over(sender: type[Model], **_kwargs: Any) -> None:
    """Keep Wagtail's task from putting back what it saw before a change that came meanwhile.

    Wagtail connects it when all apps are ready, and so after us.
    """
    from wagtail.signal_handlers import update_reference_index_on_save  # connects nothing by itself, but needs models

    if sender not in _taken_over:
        _taken_over.add(sender)
        post_save.disconnect(update_reference_index_on_save, sender=sender)


def _is_ours(model: type[Model]) -> bool:
    key = _parental_key(model)
    holder = key.related_model if key else model
    # What belongs to pages of any type (comments) says nothing to readers.
    return issubclass(holder, (Page, DraftStateMixin)) and holder is not Page and _parental_key(holder) is None


def _parental_key(model: type[Model]) -> ParentalKey | None:
    return next((field for field in model._meta.get_fields() if isinstance(field, ParentalKey)), None)


def _saved(instance: Model, raw: bool = False, update_fields: Any = None, **_kwargs: Any) -> None:
    # Fixtures may come before what they refer to.
    if not raw:
        note_references(instance, update_fields)


def _deleted(instance: Model, **_kwargs: Any) -> None:
    holder = _holder(instance)
    # Wagtail itself forgets the references of a page.
    if holder and holder.content_path:
        noted = _noted(holder).filter(content_path__startswith=holder.content_path)
        noted.delete()


def note_references(row: Model, only: Any = None) -> None:
    """Note what the fields of a row refer to, as it was saved; with `only`, those fields. Three queries at most."""
    fields = [field for field in _referring(type(row)) if only is None or {field.name, field.attname} & set(only)]
    holder = _holder(row)
    if not (fields and holder):
        return
    wanted = {reference for field in fields for reference in _references(row, field, holder)}
    names, before = {field.name for field in fields}, holder.content_path
    noted: dict[Reference, int] = {}
    for pk, *paths in _noted(holder).values_list("pk", *_COLUMNS):
        path = paths[-1]
        if path.startswith(before) and path.removeprefix(before).partition(".")[0] in names:
            noted[tuple(paths)] = pk
    types = holder.content_types
    if new := wanted - set(noted):
        rows = [
            ReferenceIndex(
                content_type=types[0],
                base_content_type=types[-1],
                object_id=holder.pk,
                to_content_type_id=content_type,
                to_object_id=pk,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for content_type, pk, model_path, content_path in sorted(new)
        ]
        ReferenceIndex.objects.bulk_create(rows, ignore_conflicts=True)
    if gone := [pk for reference, pk in noted.items() if reference not in wanted]:
        ReferenceIndex.objects.filter(pk__in=gone).delete()


def _holder(row: Model) -> _Holder | None:
    key = _parental_key(type(row))
    if key is None:
        return _Holder(type(row), row.pk)
    pk = getattr(row, key.attname)
    if pk is None:
        return None
    relation = key.remote_field.get_accessor_name()
    return _Holder(key.related_model, pk, f"{relation}.item.", f"{relation}.{row.pk}.")


def _noted(holder: _Holder) -> Any:
    types = holder.content_types
    return ReferenceIndex.objects.filter(base_content_type=types[-1], object_id=holder.pk, content_type__in=types)


def _referring(model: type[Model]) -> list[Any]:
    """Give the fields that may refer to something, as Wagtail sees it."""
    return [field for field in model._meta.get_fields() if hasattr(field, "extract_references") or _points(field)]


def _points(field: Any) -> bool:
    ignored = getattr(field, "wagtail_reference_index_ignore", False)
    if not (field.is_relation and field.many_to_one and field.concrete) or isinstance(field, ParentalKey) or ignored:
        return False
    return not getattr(field.related_model, "wagtail_reference_index_ignore", False)


def _references(row: Model, field: Any, holder: _Holder) -> Iterator[Reference]:
    value = field.value_from_object(row)
    if value is None:
        return
    before = holder.model_path + field.name, holder.content_path + field.name
    if not hasattr(field, "extract_references"):
        yield _base_type(field.related_model), str(value), *before
        return
    for model, pk, model_path, content_path in field.extract_references(value):
        yield _base_type(model), str(pk), f"{before[0]}.{model_path}", f"{before[1]}.{content_path}"


def _base_type(model: type[Model]) -> int:
    return int(ReferenceIndex._get_base_content_type(model).pk)

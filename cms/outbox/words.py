"""What a trigger notes of a row that changed, a table at a time: arguments of cms_raise_generation (migration 0020).

@table:key:column[:start]  note nothing unless the row of `table` that `column` points at is live; with `start`: only
                           where the value begins so
~app.model,app.model       note nothing of references of these models: their own rows tell it
=word                      note this word
word:column                note word-value; of a page that is not live (and was not) nothing
"""

from typing import Any

from django.apps import apps
from django.db.models import ForeignKey, Model
from modelcluster.fields import ParentalKey
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import DraftStateMixin, Page, ReferenceIndex

# Besides words of Cache-Tag, for the outbox itself (cms/outbox/gathering.py).
PATH, TYPE = "path", "contenttype"


def told_of(model: type[Model]) -> tuple[str, ...]:
    """Give what is told of a change in the model's table."""
    if model is ReferenceIndex:
        drafted = sorted(
            each._meta.label_lower
            for each in apps.get_models()
            if each is Page or (issubclass(each, DraftStateMixin) and not issubclass(each, Page))
        )
        return (f"~{','.join(drafted)}",)
    if model is Page:
        return ("page:id", f"{PATH}:url_path", f"{TYPE}:content_type_id")
    # What a model says itself, as `Municipality` does of its page.
    own = tuple(getattr(model, "told_in_outbox", ()))
    return (*_holders(model), *(f"={word}" for word in _constants(model)), *own, *_columns(model))


def _holders(model: type[Model]) -> list[str]:
    """Of rows that are a part of a page or of something else with drafts: those of a draft are nobody's business."""
    found = []
    for field in model._meta.local_concrete_fields:
        holder: Any = field.related_model
        is_part = isinstance(field, ParentalKey) or getattr(field.remote_field, "parent_link", False)
        is_link = model._meta.auto_created and holder is model._meta.auto_created
        if holder and (is_part or is_link) and issubclass(holder, (Page, DraftStateMixin)):
            table = Page._meta if issubclass(holder, Page) else holder._meta
            found.append(f"@{table.db_table}:{table.pk.column}:{field.column}")
    return found


def _constants(model: type[Model]) -> list[str]:
    """Words that hold for all rows: the kind of a page type, the part of the site."""
    from cms.models import BasePage, SitePart  # models are loading while this module is

    found = [f"type-{model.view_type.model_fields['kind'].default}"] if issubclass(model, BasePage) else []
    parents = [field.related_model for field in model._meta.local_fields if isinstance(field, ParentalKey)]
    parts = [each for each in (model, *parents) if issubclass(each, SitePart)]
    return found + [f"part-{each._meta.model_name}" for each in parts]


def _columns(model: type[Model]) -> list[str]:
    """Columns with the id of a page, an image or a document, of the row itself too."""
    kinds: list[tuple[str, type[Model]]] = [
        ("page", Page), ("image", get_image_model()), ("document", get_document_model())
    ]  # fmt: skip
    found = []
    for kind, base in kinds:
        if issubclass(model, base) and not issubclass(model, Page):
            found.append(f"{kind}:{model._meta.pk.column}")
        for field in model._meta.local_concrete_fields:
            if isinstance(field, ForeignKey) and issubclass(field.related_model, base):
                found.append(f"{kind}:{field.column}")
    return found

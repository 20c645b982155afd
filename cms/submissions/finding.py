"""Which form a reader may see and send: a published one that stands on a page of the site that this reader may read."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, IntegerField
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex, Site

from cms.models import Form
from cms.visibility import published_records, visible


def shown_form(form_id: int, site: Site, passed: Collection[int] = frozenset()) -> Form | None:
    """Give the form, in its own language, to a reader who has `passed` some view restrictions (their ids).

    None where it is not published, or on no page that this reader may see. Three queries.
    """
    form = published_records(Form.objects.filter(pk=form_id).select_related("locale")).first()
    if form is None:
        return None
    # A page keeps the form that was chosen, and shows its translation.
    group = Form.objects.filter(translation_key=form.translation_key)
    shown = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(Form),
        base_content_type=ContentType.objects.get_for_model(Page),
        to_object_id__in=group.values_list(Cast("pk", CharField())),
    )
    pages = Page.objects.filter(pk__in=shown.values(page_id=Cast("object_id", IntegerField())))
    return form if visible(pages, site, passed).exists() else None

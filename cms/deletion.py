"""Says in the admin where something is used before it goes. Wagtail asks its reference index, which lags behind."""

from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.db import router
from django.db.models import Model, ProtectedError
from django.db.models.deletion import Collector
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models


def _few(records: Iterable[Model]) -> str:
    names = sorted({str(record) for record in records})
    return "; ".join(names[:3]) + (" …" if len(names) > 3 else "")


def _collected(instances: Sequence[Model]) -> list[Model]:
    """Give the records, facts as editors know them, that would go along. Raises ProtectedError."""
    collector = Collector(using=router.db_for_write(type(instances[0])), origin=instances[0])
    collector.collect(instances)
    found = {record for records in collector.data.values() for record in records}
    for query in collector.fast_deletes:
        found.update(query)
    facts = set(get_snippet_models())
    return [record for record in found if type(record) in facts and record not in instances]


def _refuse(request: HttpRequest, instance: Model, error: ProtectedError) -> None:
    text = _("“%(name)s” kan niet weg, want het is nog in gebruik bij: %(users)s. Pas dat eerst aan.")
    messages.error(request, text % {"name": instance, "users": _few(error.protected_objects)})


def refuse_snippets_in_use(request: HttpRequest, instances: Sequence[Model]) -> HttpResponse | None:
    """Refuse to delete records that others point at; goes back to their list."""
    if request.method != "POST":
        return None
    refused = False
    for instance in instances:
        try:
            _collected([instance])
        except ProtectedError as error:
            _refuse(request, instance, error)
            refused = True
    if not refused:
        return None
    viewset = type(instances[0]).snippet_viewset  # type: ignore[attr-defined]
    return redirect(reverse(viewset.get_url_name("list")))


def check_page(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page that records need; before that, tell which facts would go along."""
    pages = [found.specific for found in page.get_descendants(inclusive=True)]
    try:
        lost = [fact for each in pages for fact in _collected([each])]
    except ProtectedError as error:
        _refuse(request, page, error)
        return redirect("wagtailadmin_explore", page.get_parent().pk)
    if lost and request.method != "POST":
        text = _("Let op: met deze pagina verdwijnt meer. Offline halen kan ook. Het gaat om: %(facts)s")
        messages.warning(request, text % {"facts": _few(lost)})
    return None


def check_pages(
    request: HttpRequest, action_type: str, objects: Sequence[Model], action: object
) -> HttpResponse | None:
    """As `check_page`, where several pages are ticked in a list."""
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    for page in objects:
        if (answer := check_page(request, page)) is not None:
            return answer
    return None

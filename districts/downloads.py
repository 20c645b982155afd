"""The matrix of priorities as a table: `prioriteiten.csv` right below its page, with the same query."""

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import translation
from django.views.decorators.http import require_safe
from wagtail.models import Site

from cms.found.answers import for_everybody
from cms.rendering.links import locale_by_id
from cms.rendering.resolve import find_path
from cms.tables import table_response
from districts.matrix import TABLE_NAME, table_rows
from districts.models import PriorityMatrixPage
from districts.priorities import Asked, Matrix


@require_safe
def table(request: HttpRequest) -> HttpResponseBase:
    """Answer with what the page shows for this query; 404 where no such page stands above."""
    site = Site.find_for_request(request)
    found = find_path(site, request.path_info.removesuffix(TABLE_NAME)) if site else None
    if site is None or found is None or found.subject is not None or not isinstance(found.page, PriorityMatrixPage):
        raise Http404
    locale = locale_by_id(found.page.locale_id)
    with translation.override(locale.language_code):
        matrix = Matrix.of(Asked.of_query(dict(request.GET.lists())), site, locale)
        response = table_response(table_rows(matrix), TABLE_NAME)
    for_everybody(request, response)
    return response

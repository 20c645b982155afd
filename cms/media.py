"""Serves renditions and documents. Originals and everything else in the media folder have no address."""

import mimetypes

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the rendition `images/<name>`. Its name changes with its content, so browsers may keep it."""
    path = f"images/{name}"
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponse:
    """Answer as Wagtail's own view, which asks who may see the document."""
    response = serve(request, document_id, filename)
    if response.headers.get("Content-Encoding") == "None":
        # Wagtail's file sender writes the word where there is no encoding; browsers do not know it.
        del response.headers["Content-Encoding"]
    return response

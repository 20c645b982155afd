"""Serves renditions. Originals and everything else in the media folder have no address."""

import mimetypes

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe


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

"""Serves renditions and documents. Originals and everything else in the media folder have no address.

The type of a document is that of its content, never of its name; only PDF is shown in the browser, the rest is saved.
What a token or the proof of a password opens in the API, it opens here too: so does our frontend for its readers.
"""

import mimetypes
import re
from collections.abc import Iterator
from typing import IO

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.documents.views.serve import serve

from cms.api.callers import identified
from cms.caching import tags
from cms.caching.headers import PRIVATE
from cms.documents.opening import works_with
from cms.models import CMSDocument, DocumentVersion
from cms.visibility import visible_documents

# Nothing in a document may load or run anything. No "sandbox": Chrome shows no PDF then.
_DOCUMENT_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


@require_safe
def rendition(request: HttpRequest, name: str) -> FileResponse:
    """Answer with the rendition `images/<name>`. Its name changes with its content, so browsers may keep it."""
    path = f"images/{name}"
    try:
        file = default_storage.open(path)
    except (OSError, SuspiciousOperation) as error:
        raise Http404 from error
    # No Cache-Tag: which image it is of is not in its name, and another picture has another name.
    response = FileResponse(file, content_type=mimetypes.guess_type(name)[0] or "application/octet-stream")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@require_safe
@identified
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """Answer as Wagtail's own view, which asks who may see the document; with a part of it where a player asks so.

    The name of a file that stood here before leads to the one that took its place.
    """
    try:
        response = serve(request, document_id, filename)
    except Http404:
        return _moved(request, document_id, filename)
    if isinstance(response, FileResponse):
        response.headers["Content-Security-Policy"] = _DOCUMENT_POLICY
        _tell_keeping(response, document_id)
    if response.headers.get("Content-Encoding") == "None":
        # Wagtail's file sender writes the word where there is no encoding; browsers do not know it.
        del response.headers["Content-Encoding"]
    return part_of(response, request) if isinstance(response, FileResponse) else response


@require_safe
@identified
def document_version(request: HttpRequest, document_id: int, number: int, filename: str) -> HttpResponseBase:
    """Answer with an older version of a document, to whom may see the document itself. It is saved, never shown.

    One that was replaced before it was published, only to who works with documents.
    """
    versions = DocumentVersion.objects.select_related("document")
    version = get_object_or_404(versions, document=document_id, number=number)
    if version.filename != filename:
        raise Http404
    if refusal := _refusal(request, version.document):
        return refusal
    if not (version.was_published or works_with(version.document, request)):
        raise Http404
    try:
        content = version.file.open()
    except OSError as error:
        raise Http404 from error
    media_type = version.media_type or "application/octet-stream"
    response = FileResponse(content, as_attachment=True, filename=filename, content_type=media_type)
    response.headers["Content-Security-Policy"] = _DOCUMENT_POLICY
    _tell_keeping(response, document_id)
    return response


def _tell_keeping(response: HttpResponseBase, document_id: int) -> None:
    """Say what caches may do with a document: ask each time, because it may be hidden at any moment."""
    if visible_documents().filter(pk=document_id).exists():
        response.headers["Cache-Control"] = "public, no-cache"
        response.headers["Cache-Tag"] = tags.written({("document", str(document_id))})
    else:
        response.headers["Cache-Control"] = PRIVATE


def _moved(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    older = DocumentVersion.objects.filter(document=document_id, file__endswith=filename).select_related("document")
    version = next((version for version in older if version.filename == filename), None)
    # Only a name of the past leads on: two requests with the name of now would lead to each other.
    if version is None or version.document.filename == filename:
        raise Http404
    # Not for ever: the same name may come back.
    return _refusal(request, version.document) or redirect(version.document.url)


def _refusal(request: HttpRequest, document: CMSDocument) -> HttpResponse | None:
    """Give the answer to who may not see a document: the way to log in, or a question for the password."""
    for check in hooks.get_hooks("before_serve_document"):
        answer = check(document, request)
        if isinstance(answer, HttpResponse):
            return answer
    return None


def part_of(response: FileResponse, request: HttpRequest) -> HttpResponseBase:
    """Give the one range of bytes that the request asks for, else the whole file. Some browsers play no video without.

    Several ranges at once, or a range of another version of the file, get the whole.
    """
    response.headers["Accept-Ranges"] = "bytes"
    asked = re.fullmatch(r"bytes=(\d*)-(\d*)", request.headers.get("Range", ""))
    same = request.headers.get("If-Range") in (None, response.headers.get("ETag"))
    size = int(response.headers.get("Content-Length") or 0)
    if not (asked and any(asked.groups()) and same and size and response.file_to_stream):
        return response
    first, last = asked.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    part = StreamingHttpResponse(_read(response.file_to_stream, start, end + 1), status=206, headers=response.headers)
    part.headers["Content-Length"] = str(end + 1 - start)
    part.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return part


def _read(file: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while start < end and (piece := file.read(min(64 * 1024, end - start))):
            start += len(piece)
            yield piece

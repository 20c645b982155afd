"""A whole page that needs neither database nor template engine: for errors, and for when the site is closed."""

from html import escape
from http import HTTPStatus
from pathlib import Path
from string import Template

from django.http import HttpResponse
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext

_HERE = Path(__file__).resolve().parent
# Read once, when the process starts: later the disk may be part of what is wrong.
_PAGE = Template((_HERE / "standalone.html").read_text(encoding="utf-8"))
_MARK = (_HERE / "templates" / "cms" / "partials" / "mark.html").read_text(encoding="utf-8")


def standalone_page(
    status: HTTPStatus, title: str, text: str, *, note: str = "", retry_after: int | None = None
) -> HttpResponse:
    """Give the page in the active language. `note` is a last, small line; `retry_after` in seconds."""
    language = translation.get_language() or "nl"
    content = _PAGE.substitute(
        language=escape(language),
        title=escape(title),
        text=escape(text),
        note=f'<p class="nl-paragraph">{escape(note)}</p>' if note else "",
        mark=_MARK,
        home=escape("/" if language == "nl" else f"/{language}/"),
        to_home=escape(gettext("Naar de homepage")),
        **{name: escape(_address(path)) for name, path in _FILES.items()},
    )
    response = HttpResponse(content, status=status, headers={"Cache-Control": "no-store", "Content-Language": language})
    if retry_after is not None:
        response.headers["Retry-After"] = str(retry_after)
    return response


_FILES = {
    "style": "cms/site.css",
    "script": "cms/site.js",
    "font": "cms/fonts/figtree-latin.woff2",
    "icon": "cms/favicon.svg",
}


def _address(path: str) -> str:
    try:
        return static(path)
    except ValueError:  # `collectstatic` has not run, which may be what is wrong
        return f"/static/{path}"

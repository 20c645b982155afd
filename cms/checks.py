"""Says at the start of a project which settings it lacks for these apps, instead of failing on a page."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution

from cms import defaults

# Other values leave pages without pictures, documents without protection, or texts live in the wrong language.
NEEDED = (
    "AUTH_USER_MODEL",
    "WAGTAILIMAGES_IMAGE_MODEL",
    "WAGTAILDOCS_DOCUMENT_MODEL",
    "WAGTAILDOCS_SERVE_METHOD",
    "WAGTAILDOCS_DOCUMENT_FORM_BASE",
    "WAGTAIL_I18N_ENABLED",
    "WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE",
)
LANGUAGE_MIDDLEWARE = "cms.languages.PathLanguageMiddleware"


def check_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Give an error for each setting that these apps need otherwise, and what to do."""
    found: list[CheckMessage] = [
        Error(
            f"{name} must be {getattr(defaults, name)!r}, not {getattr(settings, name, None)!r}.",
            hint="Begin the project's settings with `from cms.defaults import *`; see docs/developer/plugin.md.",
            id="cms.E001",
        )
        for name in NEEDED
        if getattr(settings, name, None) != getattr(defaults, name)
    ]
    if LANGUAGE_MIDDLEWARE not in settings.MIDDLEWARE:
        found.append(
            Error(
                f"{LANGUAGE_MIDDLEWARE} is not in MIDDLEWARE: pages would get the language of a cookie or the browser.",
                hint="Put it in the place of django.middleware.locale.LocaleMiddleware.",
                id="cms.E002",
            )
        )
    if "documents" not in settings.STORAGES:
        found.append(
            Caution(
                'STORAGES has no "documents": documents stand in MEDIA_ROOT, which a web server may show to all.',
                hint="Give them a folder of their own, as in docs/developer/plugin.md.",
                id="cms.W001",
            )
        )
    return found

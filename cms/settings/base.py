"""What all environments share. The three modules beside this one say where they differ."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cms.defaults import *  # noqa: F403
from cms.defaults import APPS
from cms.settings import environment
from cms.settings.environment import is_origin
from cms.video import platforms

BASE_DIR = Path(__file__).resolve().parent.parent.parent

INSTALLED_APPS = [
    *APPS,
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    # Wagtail says with it how long ago something was; only an installed app says so in Dutch.
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "cms.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.security.PolicyMiddleware",
    "cms.maintenance.MaintenanceMiddleware",
    "cms.caching.middleware.AnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]


def database(url: str, *, pool_size: int = 0) -> dict:
    """Give Django's settings of the database at `url`; with a connection pool when `pool_size` is above 0."""
    # A pool keeps connections itself, so Django must not (CONN_MAX_AGE=0).
    config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    if pool_size:
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": pool_size, "timeout": 10}}
    return config


AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

TIME_ZONE = environment.read("TIME_ZONE")
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / environment.read("STATIC_ROOT")
MEDIA_URL = "/media/"
MEDIA_ROOT = BASE_DIR / environment.read("MEDIA_ROOT")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Documents are served by a view that asks the visibility rule, never from a public folder.
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # In text, because the worker is told it in JSON when it has to delete a file.
        "OPTIONS": {"location": str(BASE_DIR / environment.read("DOCUMENT_ROOT")), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

CACHES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # Whole answers (cms/caching/store.py): in each process, or shared by all nodes.
    "answers": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "answers",
        "OPTIONS": {"MAX_ENTRIES": 600},
    },
}
if _cache_url := environment.read("CACHE_URL"):
    if not _cache_url.startswith(("redis://", "rediss://", "unix://")):
        raise ImproperlyConfigured("CACHE_URL must be a Redis address (redis://…, rediss://… or unix://…).")
    CACHES["answers"] = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": _cache_url,
        "OPTIONS": {
            "serializer": "cms.caching.store.JsonAndBytes",
            "socket_timeout": 0.5,
            "socket_connect_timeout": 0.5,
        },
    }
# Off: every answer is made anew, and no answer has an ETag of its generation (cms/caching/).
ANSWERS_KEPT = environment.read_flag("ANSWERS_KEPT")
# How long a process may go without asking whether anything has changed.
GENERATION_SECONDS = 0.5
CDN_SECONDS = environment.read_number("CDN_SECONDS")
CDN_STALE_SECONDS = environment.read_number("CDN_STALE_SECONDS")

# Whom cms/outbox/ tells of changes, besides the webhooks of the admin.
_VARNISHES = environment.read_list("VARNISH_ADDRESSES")
if wrong := [each for each in _VARNISHES if not is_origin(each)]:
    raise ImproperlyConfigured(f"VARNISH_ADDRESSES: {wrong[0]} is no address like http://127.0.0.1:6081.")
WAGTAILFRONTENDCACHE = {
    f"Varnish {urlsplit(each).netloc}": {"BACKEND": "cms.outbox.varnish.VarnishBackend", "LOCATION": each}
    for each in _VARNISHES
}
WEBHOOKS_TO_PRIVATE_ADDRESSES = environment.read_flag("WEBHOOKS_TO_PRIVATE_ADDRESSES")

WAGTAIL_SITE_NAME = "Veiligheidsnetwerk"
# The Markdown files that the admin shows as its guide.
EDITOR_GUIDE_ROOT = BASE_DIR / "docs" / "redactie"
# Those that the API shows as its documentation.
API_GUIDE_ROOT = BASE_DIR / "docs" / "api"
WAGTAILADMIN_BASE_URL = environment.read("SITE_URL", "http://localhost:8000")
# All zones of the system would be offered otherwise, some of which no browser knows.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = environment.read("DEFAULT_FROM_EMAIL")

SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False  # the admin's scripts read it

VIDEO_HOSTS = environment.read_list("VIDEO_HOSTS")
# Nothing but the players of these platforms may stand in a frame, and only after a click of the reader.
try:
    _PLAYERS = [platform.player_origin for platform in platforms(VIDEO_HOSTS)]
except ValueError as error:
    raise ImproperlyConfigured(f"VIDEO_HOSTS: {error}") from error

# Where editors' previews in the frontend are shown; its origin, and those of frontends of single sites, may stand in a
# frame of the admin.
FRONTEND_URL = environment.read("FRONTEND_URL").rstrip("/")
FRONTEND_ADDRESSES = environment.read_addresses("FRONTEND_ADDRESSES")
_FRONTENDS = (
    [f"{urlsplit(FRONTEND_URL).scheme}://{urlsplit(FRONTEND_URL).netloc}", *FRONTEND_ADDRESSES.values()]
    if FRONTEND_URL
    else []
)
if FRONTEND_URL and not FRONTEND_URL.startswith(("https://", "http://")):
    raise ImproperlyConfigured("FRONTEND_URL must start with https://.")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "media-src": [SELF],
        "frame-src": _PLAYERS,
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [SELF],
    },
}
# Wagtail's admin needs inline styles and scripts of its own, and shows previews in a frame.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, "'unsafe-inline'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF, *_PLAYERS, *dict.fromkeys(_FRONTENDS)],
    "object-src": [NONE],
    "form-action": [SELF],
    "base-uri": [SELF],
    "frame-ancestors": [SELF],
}

SEARCH_ENGINES_WELCOME = environment.read_flag("SEARCH_ENGINES_WELCOME")
SECURITY_CONTACTS = environment.read_list("SECURITY_CONTACTS")
SECURITY_POLICY_URL = environment.read("SECURITY_POLICY_URL")
if wrong := [each for each in SECURITY_CONTACTS if not each.startswith(("mailto:", "https://", "tel:"))]:
    raise ImproperlyConfigured(
        f"SECURITY_CONTACTS: {wrong[0]} is no address. It must start with mailto:, https:// or tel:."
    )
if SECURITY_POLICY_URL and not SECURITY_POLICY_URL.startswith("https://"):
    raise ImproperlyConfigured("SECURITY_POLICY_URL must start with https://.")

MAINTENANCE = environment.read_flag("MAINTENANCE")
MAINTENANCE_FILE = BASE_DIR / environment.read("MAINTENANCE_FILE")

API_ALLOWED_ORIGINS = environment.read_list("API_ALLOWED_ORIGINS")
if wrong := [each for each in API_ALLOWED_ORIGINS if each != "*" and not is_origin(each)]:
    raise ImproperlyConfigured(
        f"API_ALLOWED_ORIGINS: {wrong[0]} is no origin. Write scheme and host without a slash at the end."
    )
API_LIMIT_ANONYMOUS = environment.read_number("API_LIMIT_ANONYMOUS")
API_LIMIT_TOKEN = environment.read_number("API_LIMIT_TOKEN")
FRONTEND_SECRET = environment.read("FRONTEND_SECRET")
if FRONTEND_SECRET and len(FRONTEND_SECRET) < 32:
    raise ImproperlyConfigured("FRONTEND_SECRET is unsafe: it needs at least 32 characters.")
TRUSTED_PROXY = environment.read_flag("TRUSTED_PROXY")
API_CONTACT_URL = environment.read("API_CONTACT_URL") or WAGTAILADMIN_BASE_URL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "tasks": {"class": "logging.StreamHandler", "formatter": "line", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": environment.read("LOG_LEVEL")},
    # One line a task would drown the rest: a single publication makes dozens. Failures are still told. The level stands
    # on a handler, because the worker sets that of the logger itself.
    "loggers": {"django_tasks": {"handlers": ["tasks"], "propagate": False}},
}

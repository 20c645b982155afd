"""Tests: real PostgreSQL, real files in a folder of their own, fast hashing, no background tasks."""

import tempfile
from pathlib import Path

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import LOGGING, STORAGES, database

SECRET_KEY = "test-only-" + "x" * 50
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(environment.read("DATABASE_URL"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Wagtail asks for its indexes to be filled on every save; no test needs that done.
TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
# Tests of what an answer holds or costs see it made; tests/cms/caching turns this on.
ANSWERS_KEPT = environment.read_flag("ANSWERS_KEPT", "0")
GENERATION_SECONDS = 0
CDN_STALE_SECONDS = 0
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# The browser tests run several processes on one folder.
_files = Path(environment.read("MEDIA_ROOT", "") or tempfile.mkdtemp(prefix="cms-test-"))
MEDIA_ROOT = _files / "media"
MAINTENANCE_FILE = _files / "maintenance-flag"
# Static files come straight from the apps.
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = _files
STORAGES = {
    **STORAGES,
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(_files / "documents"), "base_url": None},
    },
}
DEMO_LOGINS_ALLOWED = True
SEARCH_ENGINES_WELCOME = True
# Tests of limits set their own.
API_LIMIT_ANONYMOUS = API_LIMIT_TOKEN = 0
WEBHOOKS_TO_PRIVATE_ADDRESSES = True
WAGTAILADMIN_BASE_URL = "http://testserver"
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}

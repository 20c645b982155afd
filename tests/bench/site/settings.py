"""The site as in production, with Wagtail's own APIs beside it; over plain HTTP, as behind a proxy on this machine."""

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import INSTALLED_APPS, LOGGING, STORAGES, database

DEBUG = False
DEMO_LOGINS_ALLOWED = False
SECRET_KEY = "only-for-measuring-0123456789-abcdefghijklmnopqrstuvwxyz"
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
DATABASES = {
    "default": database(environment.read("DATABASE_URL"), pool_size=environment.read_number("DATABASE_POOL_SIZE"))
}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
# Counted as in production, but never reached.
API_LIMIT_ANONYMOUS = API_LIMIT_TOKEN = 10**9
LOGGING = {**LOGGING, "root": {"handlers": ["console"], "level": "WARNING"}}

INSTALLED_APPS = [
    "tests.bench.site.apps.PeersConfig", *INSTALLED_APPS, "rest_framework", "wagtail.api.v2", "wagtail.api.v3",
]  # fmt: skip
ROOT_URLCONF = "tests.bench.site.urls"
WAGTAILAPI_LIMIT_MAX = 100
# What a new project of Django's own has: the peers carry nothing of ours.
PEERS_MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

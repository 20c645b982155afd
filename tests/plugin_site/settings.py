"""A bare Wagtail project that installs the apps. Between the marks stands what docs/developer/plugin.md shows."""

import os
from pathlib import Path

import dj_database_url

# <plugin>
from cms.defaults import *  # noqa: F403
from cms.defaults import APPS

INSTALLED_APPS = [
    *APPS,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "cms.languages.PathLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.redirects.RedirectMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FILES = Path(os.environ.get("FILES", "files")).resolve()
MEDIA_ROOT, MEDIA_URL, STATIC_URL = FILES / "media", "/media/", "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "documents": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(FILES / "documents"), "base_url": None},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WAGTAIL_SITE_NAME = "Onze site"
WAGTAILADMIN_BASE_URL = "http://localhost:8000"
# </plugin>

ROOT_URLCONF = "tests.plugin_site.urls"
SECRET_KEY = "of-a-test-only-" + "x" * 50
ALLOWED_HOSTS = ["localhost", "testserver"]
DATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}

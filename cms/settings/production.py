"""A public server. Every setting comes from the environment; an unsafe or missing one stops the start."""

from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import FRONTEND_URL, STORAGES, TRUSTED_PROXY, database

DEBUG = False
DEMO_LOGINS_ALLOWED = False

SECRET_KEY = environment.read("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10:
    raise ImproperlyConfigured("SECRET_KEY is unsafe: it needs at least 50 characters, 10 of them different.")

ALLOWED_HOSTS = environment.read_list("ALLOWED_HOSTS")
if any(host.startswith(("*", ".")) for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured("ALLOWED_HOSTS is unsafe: name each host, without * or a leading dot.")

WAGTAILADMIN_BASE_URL = environment.read("SITE_URL").rstrip("/")
if not WAGTAILADMIN_BASE_URL.startswith("https://"):
    raise ImproperlyConfigured("SITE_URL is unsafe: it must start with https://.")
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

if FRONTEND_URL and not FRONTEND_URL.startswith("https://"):
    raise ImproperlyConfigured("FRONTEND_URL is unsafe: it must start with https://.")

_database_url = environment.read("DATABASE_URL")
if not _database_url.startswith(("postgres://", "postgresql://")):
    raise ImproperlyConfigured("DATABASE_URL must be a PostgreSQL address (postgres://…).")
DATABASES = {"default": database(_database_url, pool_size=environment.read_number("DATABASE_POOL_SIZE"))}

SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = environment.read_number("HSTS_SECONDS")
if SECURE_HSTS_SECONDS < 86400:
    raise ImproperlyConfigured("HSTS_SECONDS is unsafe: at least 86400 (a day).")
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
# Wagtail shows previews in a frame of the same site, so X-Frame-Options is not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

if _email_url := environment.read("EMAIL_URL"):
    _email = urlsplit(_email_url)
    if _email.scheme not in ("smtp", "smtps") or not _email.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://user:password@host:587 (or smtps://… for port 465).")
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = _email.hostname
    EMAIL_PORT = _email.port or (465 if _email.scheme == "smtps" else 587)
    EMAIL_HOST_USER = unquote(_email.username or "")
    EMAIL_HOST_PASSWORD = unquote(_email.password or "")
    EMAIL_USE_SSL = _email.scheme == "smtps"
    EMAIL_USE_TLS = not EMAIL_USE_SSL

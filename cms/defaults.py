"""Settings that the apps need of any project, with the values they are made for: the one place where these stand.

A project takes them over with `from cms.defaults import *` (docs/developer/plugin.md), and sets anew what it wants
otherwise. Nothing here reads the environment, and no app reads this module: apps read Django's settings.
"""

# In the order in which templates and translations of one go before those of the next.
APPS = [
    "home",
    "kennisbank",
    "districts",
    "themes",
    "network",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "ninja",
]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "cms.User"
LOGIN_URL = "wagtailadmin_login"

# The first migration makes the first Locale from LANGUAGE_CODE.
LANGUAGE_CODE = "nl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("nl", "Nederlands"), ("en", "English"), ("de", "Deutsch")]
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
USE_TZ = True
USE_I18N = True
WAGTAIL_I18N_ENABLED = True
# A submitted translation stays a draft: never Dutch text live under another language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

WAGTAILADMIN_USER_LOGIN_FORM = "cms.forms.LoginForm"
WAGTAILIMAGES_IMAGE_MODEL = "cms.CMSImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CMSDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.documents.forms.DocumentForm"
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILDOCS_EXTENSIONS = [
    "pdf", "docx", "pptx", "xlsx", "odt", "ods", "odp", "html", "csv", "txt", "mp4", "webm", "vtt",
]  # fmt: skip
# For videos; anything that has to be read may be less (cms/documents/kinds.py). The web server must let it through.
WAGTAILDOCS_MAX_UPLOAD_SIZE = 500 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database", "SEARCH_CONFIG": "dutch"}}
WAGTAIL_WORKFLOW_ENABLED = True
# No address outside the site is asked for anything.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False

CSRF_FAILURE_VIEW = "cms.errors.csrf_failure"

# Fresh answers (cms/caching/). To keep answers too: `cms.caching.middleware.AnswersMiddleware` before the middleware
# of sessions, a cache named "answers", and ANSWERS_KEPT = True.
ANSWERS_KEPT = False
GENERATION_SECONDS = 0.5
CDN_SECONDS, CDN_STALE_SECONDS = 0, 1

# Who is told of changes (cms/outbox/). Caches in front of the site: as Wagtail's documentation of WAGTAILFRONTENDCACHE
# says, or `cms.outbox.varnish.VarnishBackend`. The app `wagtail.contrib.frontend_cache` is not needed.
WAGTAILFRONTENDCACHE: dict = {}
# Only where nobody but administrators of the servers makes webhooks: one could ask what no stranger reaches.
WEBHOOKS_TO_PRIVATE_ADDRESSES = False

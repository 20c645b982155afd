"""A developer's own machine: only loopback, demo logins, errors in full."""

from cms.settings import environment
from cms.settings.base import *  # noqa: F403
from cms.settings.base import database

DEBUG = True
SECRET_KEY = environment.read("SECRET_KEY", "development-only-" + "x" * 50)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {"default": database(environment.read("DATABASE_URL"), pool_size=4)}
SEARCH_ENGINES_WELCOME = environment.read_flag("SEARCH_ENGINES_WELCOME", "0")
# The only place where `manage.py demo` may make accounts with known passwords.
DEMO_LOGINS_ALLOWED = True
# A receiver that is being built runs on the same machine.
WEBHOOKS_TO_PRIVATE_ADDRESSES = True
# Wide: the frontend asks for every page, and says who it is only where FRONTEND_SECRET is set.
API_LIMIT_ANONYMOUS = API_LIMIT_TOKEN = 10_000
# Static files come straight from the apps, without collectstatic.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

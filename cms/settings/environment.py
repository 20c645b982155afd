"""Every environment variable that the settings read, in one table; nothing else reads the environment.

`docs/operator/settings.md` shows the same table, and a test compares the two.
"""

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """One environment variable. `default` None means: production must set it."""

    name: str
    default: str | None
    meaning: str


VARIABLES = {
    variable.name: variable
    for variable in (
        Variable("SECRET_KEY", None, "Secret that signs sessions and tokens; at least 50 characters."),
        Variable(
            "DATABASE_URL",
            None,
            "PostgreSQL ≥ 15, as `postgres://user:password@host:5432/name`. Development and tests start their own.",
        ),
        Variable("ALLOWED_HOSTS", None, "Host names of the site, separated by commas."),
        Variable("SITE_URL", None, "Public address of the site, as `https://www.example.nl`."),
        Variable(
            "FRONTEND_URL",
            "",
            "Public address of the frontend, as `https://www.example.nl`; empty: editors preview Django's pages only.",
        ),
        Variable("MEDIA_ROOT", "media", "Folder of renditions and uploaded images."),
        Variable("DOCUMENT_ROOT", "media-documents", "Folder of documents; never served as it is."),
        Variable("STATIC_ROOT", "static-collected", "Folder that `collectstatic` fills."),
        Variable("TIME_ZONE", "Europe/Amsterdam", "Time zone of the site."),
        Variable("DATABASE_POOL_SIZE", "8", "Connections each web process may hold."),
        Variable("EMAIL_URL", "", "SMTP server as `smtp://user:password@host:587`; empty: mail goes to the log."),
        Variable("DEFAULT_FROM_EMAIL", "noreply@localhost", "Sender of mails."),
        Variable(
            "TRUSTED_PROXY",
            "0",
            "1 when a proxy in front sets `X-Forwarded-Proto`, and ends `X-Forwarded-For` with the reader's address.",
        ),
        Variable("HSTS_SECONDS", "31536000", "Lifetime of Strict-Transport-Security, in seconds."),
        Variable(
            "VIDEO_HOSTS",
            "youtube.com,vimeo.com",
            "Platforms whose videos may be shown: one or both of these, with a comma. The frontend reads it too.",
        ),
        Variable(
            "SEARCH_ENGINES_WELCOME",
            "1",
            "0 keeps search engines away, as from a test or acceptance site; in development that is the default.",
        ),
        Variable(
            "SECURITY_CONTACTS",
            "",
            "Whom to tell about a weakness, for `/.well-known/security.txt`: addresses as `mailto:security@example.nl` "
            "or `https://…`, separated by commas; empty: no such file.",
        ),
        Variable("SECURITY_POLICY_URL", "", "Address of the policy on telling about weaknesses, for the same file."),
        Variable("MAINTENANCE", "0", "1 closes the public site: everybody gets status 503; the admin stays open."),
        Variable(
            "MAINTENANCE_FILE",
            "maintenance-flag",
            "File that closes the site too while it is there; `manage.py onderhoud aan` makes it, without a restart.",
        ),
        Variable("ANSWERS_KEPT", "1", "0 makes every page and answer of the API anew, for who looks for a fault."),
        Variable(
            "CACHE_URL",
            "",
            "Redis that all nodes keep answers in, as `redis://:password@host:6379/0`; empty: each process keeps its "
            "own. Needs the package `redis` (`pip install veiligheidsnetwerk-cms[redis]`).",
        ),
        Variable(
            "CDN_SECONDS",
            "0",
            "How long a CDN may keep a page without asking (`s-maxage`); only with one that is told of changes.",
        ),
        Variable(
            "CDN_STALE_SECONDS",
            "1",
            "How long a CDN may still give a page while it asks for a new one (`stale-while-revalidate`).",
        ),
        Variable(
            "VARNISH_ADDRESSES",
            "",
            "Varnishes in front of the site that are told of changes, as `http://127.0.0.1:6081`, separated by commas.",
        ),
        Variable(
            "WEBHOOKS_TO_PRIVATE_ADDRESSES",
            "0",
            "1 lets webhooks go to addresses of this machine and of private networks too; in development they may.",
        ),
        Variable(
            "FRONTEND_ADDRESSES",
            "",
            "Where readers find a site that a frontend on a host of its own shows, by the host name of the site: "
            "`cms.example.nl=https://www.example.nl`, separated by commas; empty: on the site's own host.",
        ),
        Variable("LOG_LEVEL", "INFO", "Level of the log on standard output."),
        Variable(
            "API_ALLOWED_ORIGINS",
            "",
            "Other sites whose scripts may read the API, as `https://www.example.nl`, separated by commas; `*`: every "
            "site; empty: none. Its description may always be read.",
        ),
        Variable(
            "API_LIMIT_ANONYMOUS", "300", "Questions a minute to the API from one address without a token; 0: no limit."
        ),
        Variable("API_LIMIT_TOKEN", "1200", "Questions a minute to the API with one token; 0: no limit."),
        Variable(
            "FRONTEND_SECRET",
            "",
            "Secret by which our own frontend, which reads the same variable, is known to the API and has no limit; at "
            "least 32 characters. Empty: it counts as one anonymous address.",
        ),
        Variable(
            "API_CONTACT_URL", "", "Address in the API's description where users of the API get help; empty: SITE_URL."
        ),
    )
}


def read(name: str, fallback: str | None = None) -> str:
    """Give the variable's value, else `fallback`, else its default from the table.

    Raises ImproperlyConfigured, naming the variable, where there is none of the three.
    """
    variable = VARIABLES[name]
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if fallback is not None:
        return fallback
    if variable.default is None:
        raise ImproperlyConfigured(f"The environment variable {name} is missing. {variable.meaning}")
    return variable.default


def read_flag(name: str, fallback: str | None = None) -> bool:
    """Give a variable that is on ("1") or off ("0"). Raises ImproperlyConfigured on anything else."""
    value = read(name, fallback)
    if value not in ("0", "1"):
        raise ImproperlyConfigured(f"The environment variable {name} must be 0 or 1, not {value!r}.")
    return value == "1"


def read_number(name: str) -> int:
    """Give a variable that is a whole number of zero or more. Raises ImproperlyConfigured on anything else."""
    value = read(name)
    if not value.isdigit():
        raise ImproperlyConfigured(f"The environment variable {name} must be a whole number, not {value!r}.")
    return int(value)


def read_list(name: str, fallback: str | None = None) -> list[str]:
    """Give a variable that is a list separated by commas."""
    return [item.strip() for item in read(name, fallback).split(",") if item.strip()]


def is_origin(value: str) -> bool:
    """Say whether a value is what browsers call an origin: scheme, host and perhaps a port."""
    parts = urlsplit(value)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and value == f"{parts.scheme}://{parts.netloc}"


def read_addresses(name: str) -> dict[str, str]:
    """Give a variable that is a list of `host=address`, as {host: address}. Raises ImproperlyConfigured otherwise."""
    pairs = [item.partition("=") for item in read_list(name)]
    for host, _equals, address in pairs:
        if not host or not address.startswith(("https://", "http://")) or address.count("/") != 2:
            raise ImproperlyConfigured(
                f"The environment variable {name} must be host=https://address, without a path, not {host}={address}."
            )
    return {host: address for host, _equals, address in pairs}

"""The fingerprint of the software and its settings: who holds an answer of before gets another one after a change."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from cms.caching import release, shared
from tests.api.factories import Example

ROOT = Path(__file__).resolve().parents[3]
APPS = ("cms", "network", "themes", "districts", "kennisbank", "home")

# Settings of which no kept answer holds anything, and why.
NOT_IN_ANSWERS = {
    "ADMIN_CONTENT_SECURITY_POLICY": "header of the admin",
    "ANSWERS_KEPT": "whether anything is kept",
    "API_ALLOWED_ORIGINS": "header that is added to what was kept",
    "API_GUIDE_ROOT": "the API's documentation is not kept",
    "API_LIMIT_ANONYMOUS": "counted before anything kept is given",
    "API_LIMIT_TOKEN": "counted before anything kept is given",
    "AUTH_USER_MODEL": "cannot change",
    "CSRF_TRUSTED_ORIGINS": "for what is sent, not read",
    "DEBUG": "how the fingerprint is made",
    "DEMO_LOGINS_ALLOWED": "for a command",
    "EDITOR_GUIDE_ROOT": "screen of the admin",
    "EMAIL_BACKEND": "for mail",
    "FRONTEND_SECRET": "who asks",
    "FRONTEND_URL": "previews only",
    "GENERATION_SECONDS": "when the generation is asked for",
    "MAINTENANCE": "closes the site before anything kept is given",
    "MAINTENANCE_FILE": "closes the site before anything kept is given",
    "MIDDLEWARE": "for a check",
    "SECRET_KEY": "the key of every name",
    "SESSION_COOKIE_NAME": "readers with a cookie get nothing kept",
    "TEMPLATES": "its folders are part of the fingerprint",
    "TRUSTED_PROXY": "who asks",
    "WAGTAILDOCS_EXTENSIONS": "uploads",
    "WAGTAILDOCS_MAX_UPLOAD_SIZE": "uploads",
    "WAGTAILFRONTENDCACHE": "caches that are told of changes",
    "WAGTAIL_SITE_NAME": "name of the admin",
    "WEBHOOKS_TO_PRIVATE_ADDRESSES": "where messages go",
}


def read_in(path: Path) -> Iterator[str]:
    """Names of settings that a module reads: `settings.X` and `getattr(settings, "X")`."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Attribute(value=ast.Name(id="settings"), attr=name) if name.isupper():
                yield name
            case ast.Call(
                func=ast.Name(id="getattr"), args=[ast.Name(id="settings"), ast.Constant(value=str(name)), *_]
            ):
                yield name


def read_by_the_apps() -> set[str]:
    files = (path for app in APPS for path in (ROOT / app).rglob("*.py"))
    return {
        name
        for path in files
        if "migrations" not in path.parts and not path.is_relative_to(ROOT / "cms/settings")
        for name in read_in(path)
    }


def test_every_setting_that_answers_read_is_in_the_fingerprint():
    found = read_by_the_apps()
    assert {"FRONTEND_ADDRESSES", "LANGUAGE_CODE", "WAGTAIL_CONTENT_LANGUAGES", "VIDEO_HOSTS"} <= found
    assert found - set(release._SETTINGS) - set(NOT_IN_ANSWERS) == set(), "add it to _SETTINGS, or here with a reason"
    assert not set(NOT_IN_ANSWERS) & set(release._SETTINGS)
    assert set(NOT_IN_ANSWERS) <= found, "nobody reads it any more"


def restart() -> None:
    """Forget what a process remembers, but for the kept answers."""
    release._of_contents.cache_clear()
    shared._latest = shared._Parts()


@pytest.mark.django_db
def test_who_holds_an_answer_with_the_old_address_of_the_frontend_gets_the_new_one(example: Example, reader, settings):
    """After the restart that a changed setting takes."""
    address = "/themas/ondermijning/"
    for frontend in ("https://oud.voorbeeld.example", "https://www.voorbeeld.example"):
        settings.FRONTEND_ADDRESSES = {"localhost": frontend}
        restart()
        for _time in range(2):
            assert f'<link rel="canonical" href="{frontend}{address}"' in reader.get(address).content.decode()
        etag = reader.get(address).headers["ETag"]
    settings.FRONTEND_ADDRESSES = {}
    restart()
    assert b"voorbeeld.example" not in reader.get(address, **{"if-none-match": etag}).content
    restart()

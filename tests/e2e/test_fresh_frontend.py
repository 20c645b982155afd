"""What caches hear of the frontend's pages: as much as of Django's, and nothing of what is not everybody's."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message

import pytest

from tests.deploy.processes import eventually
from tests.e2e.conftest import RunningSite
from tests.e2e.pages import EXAMPLES

RENAME = """
from themes.models import ThemePage
page = ThemePage.objects.get(slug="ondermijning", locale__language_code="nl")
page.title = "{title}"
page.save_revision().publish()
"""


def ask(address: str, **headers: str) -> tuple[int, Message, str]:
    """Give status, headers and text of an answer, 304 and 404 too."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=named), timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


def tags(headers: Message) -> set[str]:
    return {tag.strip() for tag in headers["Cache-Tag"].split(",")}


@pytest.mark.parametrize("name", ["home", "theme", "publication", "search"])
def test_a_page_tells_what_it_is_about_and_for_how_long(running_site: RunningSite, name: str):
    _status, django, _text = ask(running_site.django + EXAMPLES[name])
    status, frontend, _text = ask(running_site.frontend + EXAMPLES[name])
    assert status == 200
    assert frontend["Cache-Control"] == django["Cache-Control"]
    assert "public" in frontend["Cache-Control"]
    # It is made of answers of the API, which have some more.
    assert tags(frontend) > tags(django)
    assert "Cookie" in frontend["Vary"]


def test_who_has_the_page_gets_no_more_than_that_it_is_the_same(running_site: RunningSite):
    address = running_site.frontend + EXAMPLES["theme"]
    _status, headers, _text = ask(address)
    status, again, text = ask(address, If_None_Match=headers["ETag"])
    assert (status, text) == (304, "")
    for name in ("ETag", "Cache-Control", "Content-Security-Policy"):
        assert again[name] == headers[name], name
    assert ask(address, If_None_Match='W/"other"')[0] == 200
    # Nor is another page the same.
    assert ask(running_site.frontend + EXAMPLES["home"], If_None_Match=headers["ETag"])[0] == 200


@pytest.fixture
def renamed(running_site: RunningSite) -> Iterator[None]:
    def rename(title: str) -> None:
        running_site.manage("shell", "--verbosity", "0", "--command", RENAME.format(title=title))

    rename("Andere ondermijning")
    yield
    rename("Ondermijning")


def test_a_change_anywhere_in_the_page_makes_it_another(running_site: RunningSite, request: pytest.FixtureRequest):
    # The page itself, and one that has the theme in a list.
    addresses = [running_site.frontend + path for path in (EXAMPLES["theme"], "/themas/")]
    before = [ask(address)[1]["ETag"] for address in addresses]
    request.getfixturevalue("renamed")
    for address, etag in zip(addresses, before, strict=True):
        eventually(lambda: ask(address, If_None_Match=etag)[0] == 200, "the page is another")  # noqa: B023
        _status, headers, text = ask(address)
        assert headers["ETag"] != etag
        assert "Andere ondermijning" in text


def test_what_is_not_there_or_not_for_everybody_is_kept_by_nobody(running_site: RunningSite):
    status, headers, _text = ask(f"{running_site.frontend}/nergens/")
    assert (status, headers["ETag"], headers["Cache-Tag"]) == (404, None, None)
    _status, headers, _text = ask(running_site.frontend + EXAMPLES["theme"], Cookie="toegang=abc")
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["ETag"] is None

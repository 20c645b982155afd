"""What docs/api/README.md tells users of the API is what the API does."""

import json
import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.dateparse import parse_datetime
from wagtail.models import Locale

from cms.api import VERSION
from cms.models import Banner, OutboxMessage, Webhook
from cms.outbox.delivering import PAUSES
from cms.outbox.gathering import MOST
from cms.outbox.sending import body_of, signed
from deploy.local import ROOT
from deploy.local.api_rules import DEVIATIONS
from tests.api.factories import make_example
from tests.cms.factories import make_site
from tests.home.factories import make_search_page
from tests.search import reindex

TEXT = (ROOT / "docs" / "api" / "README.md").read_text()
ENGLISH = (ROOT / "docs" / "api" / "README.en.md").read_text()
# A request in the text, and the answer that follows it with nothing but words between.
EXAMPLES = [
    (address, int((re.findall(r"status (\d{3})", words) or ["200"])[-1]), answer)
    for text in (TEXT, ENGLISH)
    for address, words, answer in re.findall(r"`GET (/\S+?)`((?:(?!`GET |```).)*?)```json\n(.*?)```", text, re.S)
]
REQUESTS = [
    address for text in (TEXT, ENGLISH) for address in re.findall(r"^curl 'http://localhost:8000(/\S+)'$", text, re.M)
]
# Different in each database.
VOLATILE = {"id"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> None:
    """The example network, a search page and a banner."""
    make_example()
    site, home = make_site()
    make_search_page(home)
    locale = Locale.objects.get(language_code="nl")
    Banner.objects.create(
        site=site, locale=locale, title="Storing", severity="dringend", text="<p>Bel 112.</p>",
        ends_at=parse_datetime("2126-12-01T08:00:00Z"),
    )  # fmt: skip
    reindex()


def differences(told: Any, given: Any, place: str = "") -> list[str]:
    """Give where an answer is not as told. Properties may be left out of an example, and items of its lists."""
    if isinstance(told, dict) and isinstance(given, dict):
        missing = [f"{place}.{key} is not there" for key in told if key not in given]
        return missing + [
            each for key in told if key in given for each in differences(told[key], given[key], f"{place}.{key}")
        ]
    if isinstance(told, list) and isinstance(given, list):
        if not told:
            return [f"{place} is not empty: {given}"] if given else []
        return [f"{place}: no {item}" for item in told if all(differences(item, each) for each in given)]
    key = place.rpartition(".")[2]
    if key in VOLATILE or (isinstance(told, str) and re.fullmatch(r"\d{4}-.*Z", told)):
        return [] if type(told) is type(given) else [f"{place}: {given!r}"]
    return [] if told == given else [f"{place}: {given!r}, not {told!r}"]


def test_the_page_has_examples_of_every_kind():
    assert len(EXAMPLES) >= 7
    assert len(REQUESTS) >= 4
    assert {status for _address, status, _answer in EXAMPLES} == {200, 400, 404}
    assert TEXT.count("```json") + ENGLISH.count("```json") == len(EXAMPLES)


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize(("address", "status", "answer"), EXAMPLES, ids=[each[0] for each in EXAMPLES])
def test_an_example_is_what_the_api_answers(address: str, status: int, answer: str, client: Client):
    response = client.get(address)
    assert response.status_code == status
    assert differences(json.loads(answer), response.json()) == []


@pytest.mark.usefixtures("network")
@pytest.mark.parametrize("address", REQUESTS)
def test_a_request_of_the_page_finds_something(address: str, client: Client):
    response = client.get(address)
    assert response.status_code == 200
    assert response.json().get("aantal", 1) > 0


def test_a_wrong_example_is_noticed():
    given = {"id": 1, "rijen": [{"titel": "Een"}], "leeg": []}
    assert differences({"id": 2, "rijen": [{"titel": "Een"}]}, given) == []
    for told in ({"id": "x"}, {"naam": 1}, {"rijen": [{"titel": "Twee"}]}, {"rijen": []}, {"leeg": [1]}):
        assert differences(told, given)


def test_the_table_has_every_address_of_the_api():
    described = json.loads((ROOT / "frontend/openapi.json").read_text())["paths"]
    told = re.findall(r"`(/[a-z][^`\s]*)`", "\n".join(re.findall(r"^\| `.*", TEXT, re.M)))
    assert {path.removeprefix("/api/v1") for path in described} <= {path.partition("?")[0] for path in told}


@pytest.mark.parametrize("text", [TEXT, ENGLISH], ids=["nl", "en"])
def test_every_filter_of_a_list_is_told(text: str):
    described = json.loads((ROOT / "frontend/openapi.json").read_text())["paths"]
    rows = re.findall(r"^\| ((?:`/[a-z/.{}]+`(?:, )?)+) \| ((?:`\w+`[^|`]*)+)\|$", text, re.M)
    table = {address: filters for addresses, filters in rows for address in re.findall(r"`(.*?)`", addresses)}
    of_all = {"velden", "pagina", "paginaGrootte", "sorteer"}
    for path, methods in described.items():
        parameters = methods.get("get", {"parameters": []})["parameters"]
        names = {parameter["name"] for parameter in parameters if parameter["in"] == "query"} - of_all
        told = set(re.findall(r"`(\w+)`", table.get(path.removeprefix("/api/v1"), "")))
        # A language to answer in is no filter; a list of pages in one language is.
        assert names - told <= {"taal", "pad"}, path
        assert told <= names, path


@pytest.mark.usefixtures("network")
def test_the_addresses_beside_the_api_answer(client: Client, settings):
    settings.SECURITY_CONTACTS = ["mailto:security@voorbeeld.example"]
    beside = TEXT.partition("Naast de API")[2].partition("In `seo")[0]
    addresses = re.findall(r"`(/[^`…]+)`", "\n".join(line.rsplit("|", 2)[0] for line in beside.splitlines()))
    assert len(addresses) >= 6
    searches = [f"/kennisbank/{name}?thema=ondermijning" for name in ("nieuw.atom", "publicaties.csv")]
    assert all(address in TEXT for address in searches)
    for address in [*addresses, "/themas/ondermijning/nieuw.atom", *searches]:
        assert client.get(address).status_code == 200, address


def test_the_english_page_has_every_list_of_the_api():
    described = json.loads((ROOT / "frontend/openapi.json").read_text())["paths"]
    lists = {path.removeprefix("/api/v1").partition("/{")[0].removesuffix(".csv") for path in described}
    told = {address.partition("?")[0].partition("/{")[0] for address in re.findall(r"`(/[a-z][^`\s]*)`", ENGLISH)}
    assert lists <= told


def test_deviations_of_the_design_rules_are_told_with_their_reasons():
    text = (ROOT / "docs/api/afwijkingen.md").read_text()
    rows = re.findall(r"^\| `(/core/[\w/-]+)` \| `([^`]+)` \| (.+) \|$", text, re.M)
    assert {(rule, place): why for rule, place, why in rows} == DEVIATIONS


def test_the_version_of_now_stands_among_the_changes():
    assert f"## {VERSION}\n" in (ROOT / "docs/api/wijzigingen.md").read_text()


@pytest.mark.parametrize("text", [TEXT, ENGLISH])
def test_the_example_knows_a_real_message_from_a_forged_and_an_old_one(text: str):
    webhook, message = Webhook(), OutboxMessage(tags=["site-1"])
    (code,) = re.findall(r"```python\n(import base64.*?)```", text, re.S)
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - our own paper
    is_real = names.get("is_echt") or names["is_real"]
    body, now = body_of(message), int(time.time())
    headers = dict(signed(message, webhook, now, body))
    assert is_real(headers, body, webhook.secret)
    assert is_real({**headers, "webhook-signature": f"v1,anders {headers['webhook-signature']}"}, body, webhook.secret)
    assert not is_real(headers, body.replace(b"site-1", b"site-2"), webhook.secret)
    assert not is_real(headers, body, Webhook().secret)
    # One that was caught and is sent again later: with its own moment, and with that of now.
    old = dict(signed(message, webhook, now - 301, body))
    assert not is_real(old, body, webhook.secret)
    assert not is_real({**old, "webhook-timestamp": str(now)}, body, webhook.secret)


@pytest.mark.parametrize("text", [TEXT, ENGLISH])
def test_the_papers_name_the_times_after_which_a_message_comes_again(text: str):
    assert tuple(timedelta(seconds=seconds) for seconds in (10, 60, 5 * 60, 30 * 60, 2 * 3600, 6 * 3600)) == PAUSES
    assert re.search(r"10 sec\w+, 1, 5 (en|and) 30 min", " ".join(text.split()))
    assert "200" in text.partition("document-")[2]
    assert MOST == 200

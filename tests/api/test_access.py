"""Private pages by the API: what is told to whom, by token and by password."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core import signing
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.models import ApiToken, User
from cms.models.api_token import digest
from tests.api.factories import Example
from tests.cms.factories import make_content_page, make_private

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"
PATH = "/over-deze-site/"
AT_PATH = f"/api/v1/paginas/op-pad?pad={PATH}"


def make_token(scope: str = "besloten", groups: tuple[Group, ...] = (), **values) -> str:
    user = User.objects.create_user(f"programma-{User.objects.count()}")
    user.groups.set(groups)
    token = ApiToken(name="Intranet", user=user, scope=scope, **values)
    told = token.give()
    token.save()
    return told


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def restrict(page: Page, kind: str, **values) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **values)


@pytest.fixture
def private(example: Example) -> Example:
    """The example with one page, and a page below it, for people with an account."""
    make_private(example.about)
    make_content_page(example.about, "Notulen", introduction="Wat er besloten is.")
    return example


def ask_password(client, page: str = PATH, password: str = "welkom", status: int = 201):  # noqa: S107
    response = client.post(
        "/api/v1/toegangsbewijzen", {"pad": page, "wachtwoord": password}, content_type="application/json"
    )
    assert response.status_code == status, response.content
    return response


def test_a_page_for_accounts_says_so_and_nothing_of_itself(private, client):
    for path in (PATH, f"{PATH}notulen/"):
        response = client.get("/api/v1/paginas/op-pad", {"pad": path})
        assert (response.status_code, response.headers["Content-Type"]) == (401, PROBLEM)
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        problem = response.json()
        assert (problem["title"], problem["toegang"]) == ("Inloggen nodig", "inloggen")
        assert problem["inlogadres"].startswith("http://localhost/_util/login/?next=%2Fover-deze-site%2F")
        assert not {"Wie de site maakt", "Notulen", "Wat er besloten is"} & {str(value) for value in problem.values()}
        assert "Wie de site" not in response.content.decode()
    by_id = client.get(f"/api/v1/paginas/{private.about.pk}")
    assert (by_id.status_code, by_id.json()["toegang"]) == (401, "inloggen")


def test_facts_of_a_private_page_are_private_too(example, client):
    token = make_token()
    for page, name in (
        (example.theme, "themas"), (example.district, "districten"), (example.body, "netwerkorganen"),
        (example.publication, "publicaties"),
    ):  # fmt: skip
        make_private(page)
        address = f"/api/v1/{name}/{page.pk}"
        assert client.get(address).status_code == 401, name
        assert client.get(address, headers=bearer(token)).json()["titel"] == page.title


@pytest.mark.parametrize("address", [AT_PATH, "/api/v1/themas", "/api/v1/openapi.json", "/api/v1/bestaat-niet"])
def test_a_token_that_does_not_work_is_never_taken_for_anybody(private, client, address):
    revoked, expired = make_token(), make_token(expires_on=timezone.localdate())
    ApiToken.objects.get(digest=digest(revoked)).revoke()
    gone = make_token()
    User.objects.filter(delivery_tokens__digest=digest(gone)).update(is_active=False)
    for headers in (
        bearer("verzonnen"), bearer(""), bearer(revoked), bearer(expired), bearer(gone),
        {"authorization": f"Token {make_token()}"}, {"authorization": "Bearer"},
    ):  # fmt: skip
        response = client.get(address, headers=headers)
        assert (response.status_code, response.headers["Content-Type"]) == (401, PROBLEM), headers
        assert 'error="invalid_token"' in response.headers["WWW-Authenticate"]
        assert response.json()["toegang"] is None


def test_the_password_of_a_proxy_is_no_token(example, client):
    assert client.get("/api/v1/themas", headers={"authorization": "Basic dGVzdDp0ZXN0"}).status_code == 200


def test_a_token_opens_what_its_account_may_see(private, client):
    response = client.get(AT_PATH, headers=bearer(make_token()))
    assert (response.status_code, response.json()["titel"]) == (200, private.about.title)
    assert client.get(AT_PATH, headers=bearer(make_token("lezen"))).status_code == 403
    problem = client.get(AT_PATH, headers=bearer(make_token("lezen"))).json()
    assert (problem["title"], problem["toegang"]) == ("Geen toegang", "inloggen")


def test_a_page_for_a_group_opens_for_its_members_and_superusers(example, client):
    board = Group.objects.create(name="Bestuur")
    restrict(example.about, "groups").groups.add(board)
    assert client.get(AT_PATH, headers=bearer(make_token())).status_code == 403
    member = make_token(groups=(board,))
    assert client.get(AT_PATH, headers=bearer(member)).status_code == 200
    everybody = make_token()
    User.objects.filter(delivery_tokens__digest=digest(everybody)).update(is_superuser=True)
    assert client.get(AT_PATH, headers=bearer(everybody)).status_code == 200


def test_lists_and_searches_hold_what_is_public_whoever_asks(private, client):
    everything = client.get("/api/v1/paginas?paginaGrootte=100", headers=bearer(make_token())).json()
    assert private.about.title not in [row["titel"] for row in everything["resultaten"]]


def test_answers_to_a_token_or_a_proof_are_kept_by_nobody(private, client):
    for headers in (bearer(make_token()), bearer("verzonnen"), {"toegangsbewijs": "verzonnen"}):
        for address in ("/api/v1/themas", AT_PATH):
            assert "no-store" in client.get(address, headers=headers).headers["Cache-Control"]
    anybody = client.get("/api/v1/themas")
    assert {"Authorization", "Toegangsbewijs"} <= set(anybody.headers["Vary"].split(", "))
    assert "no-store" in client.get(AT_PATH).headers["Cache-Control"]


def test_use_is_noted_once_in_ten_minutes(example, client, django_assert_num_queries):
    token = make_token()
    client.get("/api/v1/themas", headers=bearer(token))
    first = ApiToken.objects.get().last_used_at
    assert first is not None
    client.get("/api/v1/themas", headers=bearer(token))
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=11))
    client.get("/api/v1/themas", headers=bearer(token))
    assert ApiToken.objects.get().last_used_at >= first


def test_a_token_is_stored_as_its_hash_only(example):
    told = make_token()
    [row] = ApiToken.objects.values_list("digest", "shown", "name")
    assert told not in row
    assert len(told) > 40
    assert told.startswith(row[1])


def test_the_password_given_once_opens_the_page_and_what_is_below(example, client):
    restrict(example.about, "password", password="welkom")
    below = make_content_page(example.about, "Notulen")
    response = client.get(AT_PATH)
    assert (response.status_code, response.json()["toegang"]) == (403, "wachtwoord")
    made = ask_password(client)
    assert "no-store" in made.headers["Cache-Control"]
    proof = made.json()["bewijs"]
    assert "welkom" not in proof
    opened = client.get(AT_PATH, headers={"toegangsbewijs": proof})
    assert (opened.status_code, opened.json()["titel"]) == (200, example.about.title)
    assert client.get(f"/api/v1/paginas/{below.pk}", headers={"toegangsbewijs": f"x,{proof}"}).status_code == 200
    assert client.get(AT_PATH).status_code == 403


def test_two_passwords_take_two_proofs(example, client):
    restrict(example.about, "password", password="welkom")
    restrict(make_content_page(example.about, "Notulen"), "password", password="anders")
    outer = ask_password(client, f"{PATH}notulen/", "welkom").json()["bewijs"]
    inner = ask_password(client, f"{PATH}notulen/", "anders").json()["bewijs"]
    address = f"/api/v1/paginas/op-pad?pad={PATH}notulen/"
    assert client.get(address, headers={"toegangsbewijs": outer}).status_code == 403
    assert client.get(address, headers={"toegangsbewijs": f"{outer},{inner}"}).status_code == 200


def test_a_wrong_password_is_refused_and_so_is_one_for_what_has_none(example, client):
    restrict(example.about, "password", password="welkom")
    assert ask_password(client, password="Welkom", status=403).json()["title"] == "Wachtwoord klopt niet"
    ask_password(client, page="/themas/ondermijning/", status=404)
    ask_password(client, page="/bestaat-niet/", status=404)
    make_private(example.theme)
    ask_password(client, page="/themas/ondermijning/", status=404)


def test_a_proof_ends_with_its_password_and_with_time(example, client, monkeypatch):
    restriction = restrict(example.about, "password", password="welkom")
    proof = ask_password(client).json()["bewijs"]
    restriction.password = "nieuw"
    restriction.save()
    assert client.get(AT_PATH, headers={"toegangsbewijs": proof}).status_code == 403
    restriction.password = "welkom"
    restriction.save()
    assert client.get(AT_PATH, headers={"toegangsbewijs": proof}).status_code == 200
    moment = timezone.now().timestamp()
    monkeypatch.setattr(signing.time, "time", lambda: moment + 12 * 3600 + 5)
    assert client.get(AT_PATH, headers={"toegangsbewijs": proof}).status_code == 403


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("{", ["body"]),
        ("[]", ["given"]),
        ("{}", ["pad", "wachtwoord"]),
        ('{"pad": "elders", "wachtwoord": "", "x": 1}', ["pad", "wachtwoord", "x"]),
        ('{"pad": 1, "wachtwoord": ["x"]}', ["pad", "wachtwoord"]),
        ('{"pad": "/a\\u0000b/", "wachtwoord": "a\\u0000"}', None),
    ],
)
def test_what_is_sent_is_judged_as_a_query_is(site, client, body, wrong):
    response = client.post("/api/v1/toegangsbewijzen", body, content_type="application/json")
    assert response.headers["Content-Type"] == PROBLEM
    if wrong is None:
        assert response.status_code == 404
    else:
        assert response.status_code == 400
        assert [error["parameter"] for error in response.json()["errors"]] == wrong


def test_passwords_cannot_be_tried_without_end(example, client):
    restrict(example.about, "password", password="welkom")
    for _number in range(10):
        ask_password(client, password="fout", status=403)
    refused = ask_password(client, status=429)
    assert int(refused.headers["Retry-After"]) > 0
    assert ask_password(client, "/bestaat-niet/", status=404)


def test_readers_of_our_frontend_are_counted_each_for_himself(example, client, settings):
    settings.FRONTEND_SECRET = "a-secret-of-at-least-thirty-two-characters"
    restrict(example.about, "password", password="welkom")

    def tries(reader: str, secret: str = settings.FRONTEND_SECRET) -> int:
        headers = {"frontend-secret": secret, "reader-address": reader}
        body = {"pad": PATH, "wachtwoord": "fout"}
        return client.post(
            "/api/v1/toegangsbewijzen", body, content_type="application/json", headers=headers
        ).status_code

    assert {tries("192.0.2.1") for _number in range(10)} == {403}
    assert tries("192.0.2.1") == 429
    assert tries("2001:db8::2") == 403
    # Who is not our frontend can't take another address.
    assert {tries(f"192.0.2.{number}", "x") for number in range(10)} == {403}
    assert tries("192.0.2.77", "x") == 429


def test_a_draft_stays_unheard_of_for_every_token(example, client):
    example.about.unpublish()
    everybody = make_token()
    User.objects.update(is_superuser=True)
    assert client.get(AT_PATH, headers=bearer(everybody)).status_code == 404


@pytest.fixture(autouse=True)
def _empty_counters():
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()

"""What every page has: languages, headers, breadcrumbs, rules of the base page."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.models import Locale

from cms.models import User
from tests.cms.factories import make_content_page, make_private, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def about():
    _site, home = make_site()
    return make_content_page(home, "Over deze site", introduction="Wie de site maakt.")


def test_a_page_shows_its_title_introduction_and_the_way_back(about, client):
    html = client.get(about.url).content.decode()
    assert '<html lang="nl">' in html
    assert "Over deze site</h1>" in html
    assert "Wie de site maakt." in html
    assert 'aria-label="Kruimelpad"' in html


def test_a_page_needs_few_queries_whatever_its_depth(about, client, django_assert_max_num_queries):
    deeper = make_content_page(make_content_page(about, "Een"), "Twee")
    client.get(deeper.url)
    with django_assert_max_num_queries(16):
        client.get(deeper.url)


def test_an_anonymous_reader_gets_no_cookie_and_the_strict_policy(about, client):
    response = client.get(about.url)
    assert not response.cookies
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_the_admin_has_a_policy_of_its_own(client):
    response = client.get("/admin/login/")
    assert "'unsafe-inline'" in response.headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]


def test_the_language_follows_from_the_address_alone(about, client):
    response = client.get(about.url, headers={"accept-language": "de", "cookie": "django_language=en"})
    assert response.headers["Content-Language"] == "nl"
    assert '<html lang="nl">' in response.content.decode()


def test_an_unknown_address_is_not_redirected_to_another_language(client):
    make_site()
    assert client.get("/api/v1/bestaat-niet").status_code == 404
    assert client.get("/bestaat-niet/").status_code == 404


def test_a_translation_is_offered_in_the_switcher_and_to_search_engines(about, client):
    english = about.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    english.title, english.slug = "About this site", "about"
    english.save_revision().publish()
    html = client.get(about.url).content.decode()
    assert 'hreflang="en" href="http' in html
    assert "English</a>" in html


def test_a_draft_translation_is_not_offered(about, client):
    about.copy_for_translation(Locale.objects.get(language_code="en"), copy_parents=True)
    html = client.get(about.url).content.decode()
    assert "English" not in html
    assert 'hreflang="en"' not in html


def test_a_private_page_stays_out_of_the_footer(about, client):
    secret = make_content_page(about.get_parent(), "Achter slot")
    assert "Achter slot</a>" in client.get(about.url).content.decode()
    make_private(secret)
    assert "Achter slot" not in client.get(about.url).content.decode()


def test_one_group_or_one_person_is_responsible_not_both(about):
    about.responsible_group = Group.objects.create(name="Redactie")
    about.responsible_user = User.objects.create_user("iemand")
    with pytest.raises(ValidationError) as error:
        about.full_clean()
    assert "responsible_user" in error.value.message_dict


def test_an_introduction_is_short(about):
    about.introduction = "x" * 401
    with pytest.raises(ValidationError):
        about.full_clean()


@pytest.mark.parametrize(
    ("path", "language", "heading"), [("/niets/", "nl", "bestaat niet"), ("/en/nothing/", "en", "not exist")]
)
def test_an_unknown_address_gets_a_page_with_menu_in_the_language_of_the_address(
    about, client, path, language, heading
):
    response = client.get(path)
    html = response.content.decode()
    assert response.status_code == 404
    assert f'<html lang="{language}">' in html
    assert heading in html
    assert 'class="brand"' in html
    assert "Over deze site</a>" in html

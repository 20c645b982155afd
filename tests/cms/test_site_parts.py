"""Menu, footer, texts and banner as editors keep them: what readers get, in which language, and when."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale

from cms.models import Banner, Footer, Navigation, SiteTexts, User
from cms.navigation import site_layout
from cms.rendering.context import RenderContext
from cms.rendering.view import Layout, PageView, current_state
from home.models import HomePage
from tests.cms.factories import make_content_page, make_private, make_site

pytestmark = pytest.mark.django_db


def layout(language: str = "nl") -> Layout:
    site, _home = make_site()
    locale = Locale.objects.get(language_code=language)
    with translation.override(language):
        return site_layout(RenderContext(site=site, locale=locale, page_key="proef"))


def link(page=None, title: str = "", url: str = "") -> dict:
    return {"title": title, "page": page.pk if page else None, "url": url}


def items(*links: dict) -> list[dict]:
    return [{"type": "item", "id": str(number), "value": value} for number, value in enumerate(links)]


def make(model, language: str = "nl", **values):
    site, _home = make_site()
    part = model(site=site, locale=Locale.objects.get(language_code=language), **values)
    part.full_clean()
    part.save()
    return part


def make_menu(*entries: dict, language: str = "nl") -> Navigation:
    return make(Navigation, language, items=[{"type": "link", "value": entry} for entry in entries])


def english_home(home: HomePage) -> HomePage:
    english = home.copy_for_translation(Locale.objects.get(language_code="en"))
    english.title = "The network"
    english.save_revision().publish()
    return HomePage.objects.get(pk=english.pk)


def test_without_a_menu_of_editors_the_page_tree_makes_one():
    _site, home = make_site()
    make_content_page(home, "Thema's", show_in_menus=True)
    make_content_page(home, "Privacy")
    assert [entry.title for entry in layout().menu] == ["Thema's"]
    assert [entry.title for column in layout().footer for entry in column.links] == ["Privacy"]


def test_the_menu_is_what_editors_chose_in_their_order():
    _site, home = make_site()
    first, second = make_content_page(home, "Eerste", show_in_menus=True), make_content_page(home, "Tweede")
    make_menu(link(second), link(url="https://www.example.nl/", title="Elders"), link(first, title="Begin hier"))
    assert [(entry.title, entry.url) for entry in layout().menu] == [
        ("Tweede", "/tweede/"), ("Elders", "https://www.example.nl/"), ("Begin hier", "/eerste/"),
    ]  # fmt: skip


def test_a_menu_that_is_a_draft_is_not_shown():
    _site, home = make_site()
    make_content_page(home, "Thema's", show_in_menus=True)
    menu = make_menu(link(url="https://www.example.nl/", title="Concept"))
    Navigation.objects.filter(pk=menu.pk).update(live=False)
    assert [entry.title for entry in layout().menu] == ["Thema's"]


def test_a_page_that_the_public_may_not_see_leaves_the_menu_and_an_empty_group_too():
    _site, home = make_site()
    hidden, shown = make_content_page(home, "Besloten"), make_content_page(home, "Open")
    make_private(hidden)
    make(
        Navigation,
        items=[
            {"type": "link", "value": link(hidden, title="Toch")},
            {"type": "group", "value": {"title": "Leeg", "items": items(link(hidden))}},
            {"type": "group", "value": {"title": "Meer", "items": items(link(hidden), link(shown))}},
        ],
    )
    (group,) = layout().menu
    assert (group.title, group.url) == ("Meer", "")
    assert [child.title for child in group.children] == ["Open"]


def test_a_group_is_current_when_one_of_its_pages_is():
    _site, home = make_site()
    page = make_content_page(home, "Contact")
    make(Navigation, items=[{"type": "group", "value": {"title": "Over ons", "items": items(link(page))}}])
    (group,) = layout().menu
    view = PageView.model_construct(url="/contact/", breadcrumbs=[])
    assert current_state(group, view) == "true"
    assert current_state(group.children[0], view) == "page"
    assert current_state(group, PageView.model_construct(url="/elders/", breadcrumbs=[])) == ""


def test_a_language_without_a_menu_of_its_own_gets_the_dutch_one_with_its_own_pages():
    _site, home = make_site()
    english_home(home)
    page = make_content_page(home, "Thema's")
    translated = page.copy_for_translation(Locale.objects.get(language_code="en"))
    translated.title = "Themes"
    translated.slug = "themes"
    translated.save_revision().publish()
    other = make_content_page(home, "Kennisbank")
    make_menu(link(page), link(other), link(page, title="Begin hier"))
    found = [(entry.title, entry.url, entry.language) for entry in layout("en").menu]
    assert found == [
        ("Themes", "/en/themes/", None), ("Kennisbank", "/kennisbank/", "nl"), ("Begin hier", "/en/themes/", "nl"),
    ]  # fmt: skip


def test_a_language_may_have_a_menu_of_its_own():
    make_menu(link(url="https://www.example.nl/", title="Elders"))
    make_menu(link(url="https://www.example.nl/en", title="Elsewhere"), language="en")
    assert [entry.title for entry in layout("en").menu] == ["Elsewhere"]
    assert layout("en").menu[0].language is None


def test_the_footer_has_columns_and_a_text_with_final_links():
    _site, home = make_site()
    page = make_content_page(home, "Privacy")
    make(
        Footer,
        columns=[{"type": "column", "value": {"title": "Over deze site", "items": items(link(page))}}],
        text=f'<p>Lees <a linktype="page" id="{page.pk}">wat wij bewaren</a>.</p>',
    )
    found = layout()
    assert [(column.title, [entry.url for entry in column.links]) for column in found.footer] == [
        ("Over deze site", ["/privacy/"])
    ]
    assert '<a href="/privacy/">' in found.footer_text
    assert layout("de").footer_language == "nl"


def test_one_part_a_site_and_language():
    make_menu(link(url="https://www.example.nl/", title="Een"))
    with pytest.raises(ValidationError, match="al in deze taal"):
        make_menu(link(url="https://www.example.nl/", title="Twee"))
    make_menu(link(url="https://www.example.nl/", title="Three"), language="en")


def test_texts_of_editors_replace_those_of_the_software():
    assert layout().texts.missing_title == "Deze pagina bestaat niet"
    make(
        SiteTexts,
        organisation="Veiligheidsnetwerk",
        missing_title="Hier staat niets",
        address="Postbus 1\n1234 AB Stad",
    )
    texts = layout().texts
    assert (texts.organisation, texts.missing_title) == ("Veiligheidsnetwerk", "Hier staat niets")
    assert texts.address == ["Postbus 1", "1234 AB Stad"]
    assert texts.missing_text.startswith("Misschien")


def test_dutch_texts_never_stand_on_a_page_in_another_language():
    make(SiteTexts, organisation="Veiligheidsnetwerk", missing_title="Hier staat niets")
    texts = layout("en").texts
    assert texts.organisation == "Veiligheidsnetwerk"
    assert texts.missing_title == "This page does not exist"


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [(None, None, True), (-1, 1, True), (None, -1, False), (1, None, False), (-2, -1, False), (-1, None, True)],
)
def test_a_banner_is_shown_in_its_time_only(starts, ends, shown):
    def moment(hours):
        return None if hours is None else timezone.now() + timedelta(hours=hours)

    make(Banner, title="Storing", starts_at=moment(starts), ends_at=moment(ends))
    assert bool(layout().announcements) is shown


def test_a_banner_can_not_end_before_it_starts():
    now = timezone.now()
    with pytest.raises(ValidationError, match="Het einde ligt voor het begin"):
        make(Banner, title="Storing", starts_at=now, ends_at=now - timedelta(hours=1))


def test_a_banner_stands_on_every_page_and_says_its_severity_in_words(client):
    _site, home = make_site()
    make_content_page(home, "Contact")
    make(Banner, title="Storing <b>", severity="dringend", text="<p>Bel <b>112</b>.</p>")
    for path in ("/", "/contact/", "/bestaat-niet/"):
        html = client.get(path).content.decode()
        assert "Dringend:" in html, path
        assert "Storing &lt;b&gt;" in html, path
        assert "<p>Bel <b>112</b>.</p>" in html, path


def test_a_dutch_banner_is_marked_as_dutch_elsewhere():
    make(Banner, title="Storing")
    (announcement,) = layout("en").announcements
    assert announcement.language == "nl"
    assert announcement.severity_label == "Information"


def test_an_edited_banner_is_a_new_one_for_who_closed_the_old(client):
    banner = make(Banner, title="Storing")
    banner.save_revision().publish()
    before = layout().announcements[0].id
    Banner.objects.filter(pk=banner.pk).update(last_published_at=timezone.now() + timedelta(seconds=2))
    assert layout().announcements[0].id != before


class TestAdmin:
    @pytest.fixture
    def editor(self, client) -> None:
        make_site()
        client.force_login(User.objects.create_superuser("beheer", password="x"))

    @pytest.mark.parametrize("model", [Navigation, Footer, SiteTexts, Banner])
    def test_has_a_list_and_a_form(self, client, editor, model):
        viewset = model.snippet_viewset
        assert client.get(reverse(viewset.get_url_name("list"))).status_code == 200
        assert client.get(reverse(viewset.get_url_name("add"))).status_code == 200

    def test_a_second_one_is_refused_in_words(self, client, editor):
        make(SiteTexts)
        site, _home = make_site()
        address = reverse(SiteTexts.snippet_viewset.get_url_name("add"))
        answer = client.post(address, {"site": site.pk})
        assert "Deze site heeft dit al in deze taal" in answer.content.decode()

    def test_a_draft_is_previewed_around_the_home_page(self, client, editor):
        site, _home = make_site()
        banner = make(Banner, title="Oud")
        address = reverse(Banner.snippet_viewset.get_url_name("preview_on_edit"), args=[banner.pk])
        form = {"site": site.pk, "severity": "waarschuwing", "title": "Nieuwe kop", "text": "null"}
        assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
        shown = client.get(address).content.decode()
        assert "Nieuwe kop" in shown
        assert "Waarschuwing:" in shown
        assert "Samen veilig" in shown
        assert "Nieuwe kop" not in client.get("/").content.decode()

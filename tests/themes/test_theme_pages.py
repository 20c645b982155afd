"""What the pages of themes show, and what a theme adds to the page of its expert group."""

import pytest
from wagtail.models import Locale, Page, Site

from cms.rendering.build import build_view, context_for
from cms.rendering.view import PageView
from cms.sections import CardsSection, RolesSection, TextSection
from home.models import ContentPage
from network.models import NetworkBodyPage, NetworkPage
from tests.cms.factories import make_private, make_site
from tests.network.factories import make_body, make_network, translate_page
from tests.themes.factories import make_theme, make_theme_index
from themes.models import ThemeIndexPage, ThemePage
from themes.views import ThemeView

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> ThemeIndexPage:
    return make_theme_index(make_site()[0].root_page)


@pytest.fixture
def group(index: ThemeIndexPage) -> NetworkBodyPage:
    return make_body(make_network(index.get_parent()), "de expertgroep ondermijning")


def view_of(page: Page) -> PageView:
    page = type(page).objects.get(pk=page.pk)
    return build_view(page, context_for(page, Site.objects.get(), query={}))


def section(page: Page, key: str) -> object:
    return next((each for each in view_of(page).sections if each.key == key), None)


def test_the_overview_shows_the_published_themes_in_the_order_of_the_tree(index: ThemeIndexPage) -> None:
    for title in ("Ondermijning", "Mensenhandel", "Jeugd en veiligheid"):
        make_theme(index, title)
    make_theme(index, "Concept").unpublish()
    make_private(make_theme(index, "Besloten"))
    cards = section(index, "themas")
    assert isinstance(cards, CardsSection)
    assert [card.title for card in cards.cards] == ["Ondermijning", "Mensenhandel", "Jeugd en veiligheid"]


def test_an_empty_overview_says_so(index: ThemeIndexPage) -> None:
    cards = section(index, "themas")
    assert isinstance(cards, CardsSection)
    assert (cards.cards, cards.empty) == ([], "Er staan nog geen thema's op de site.")


def test_the_overview_in_another_language_shows_what_is_not_translated_in_dutch(index: ThemeIndexPage) -> None:
    translate_page(make_theme(index, "Ondermijning"), "en", title="Organised crime")
    make_theme(index, "Mensenhandel")
    english = index.get_translation(Locale.objects.get(language_code="en"))
    cards = section(english, "themas")
    assert isinstance(cards, CardsSection)
    assert [(card.title, card.language) for card in cards.cards] == [("Organised crime", None), ("Mensenhandel", "nl")]


def test_a_theme_tells_what_is_going_on_who_does_what_and_what_is_done(
    index: ThemeIndexPage, group: NetworkBodyPage
) -> None:
    theme = make_theme(
        index,
        partners=("Gemeente", "Politie"),
        situation="<p>Er speelt iets.</p>",
        approach="<p>We doen iets.</p>",
        expert_group=group,
        contact_role="coördinator",
    )
    keys = [each.key for each in view_of(theme).sections]
    assert keys == ["wat-speelt-er", "wie-doet-wat", "wat-doen-we-samen", "expertgroep", "contact"]
    situation, roles = section(theme, "wat-speelt-er"), section(theme, "wie-doet-wat")
    assert isinstance(situation, TextSection)
    assert isinstance(roles, RolesSection)
    assert situation.html == "<p>Er speelt iets.</p>"
    assert [role.title for role in roles.roles] == ["Gemeente", "Politie"]


def test_a_theme_without_texts_has_no_empty_sections(index: ThemeIndexPage) -> None:
    assert view_of(make_theme(index)).sections == []


def test_a_theme_and_its_expert_group_point_at_each_other(index: ThemeIndexPage, group: NetworkBodyPage) -> None:
    theme = make_theme(index, expert_group=group)
    view = view_of(theme)
    assert isinstance(view, ThemeView)
    assert view.expert_group is not None
    assert view.expert_group.url == group.get_url()
    cards = section(group, "themas")
    assert isinstance(cards, CardsSection)
    assert [card.url for card in cards.cards] == [theme.get_url()]


def test_an_expert_group_the_public_may_not_see_is_not_named(index: ThemeIndexPage, group: NetworkBodyPage) -> None:
    theme = make_theme(index, expert_group=group)
    make_private(group)
    assert group.title not in view_of(theme).model_dump_json()


def test_a_theme_the_public_may_not_see_is_not_named_by_its_expert_group(
    index: ThemeIndexPage, group: NetworkBodyPage
) -> None:
    make_private(make_theme(index, "Geheim", expert_group=group))
    assert "Geheim" not in view_of(group).model_dump_json()


def test_a_link_in_a_partners_text_leads_to_the_page(index: ThemeIndexPage) -> None:
    target = make_theme(index, "Mensenhandel")
    theme = make_theme(index, partners=("Gemeente",))
    role = theme.partner_roles.get()
    role.text = f'<p><a linktype="page" id="{target.pk}">Lees meer</a></p>'
    role.save()
    roles = section(theme, "wie-doet-wat")
    assert isinstance(roles, RolesSection)
    assert f'href="{target.get_url()}"' in roles.roles[0].html


def test_themes_stand_only_below_the_overview_and_have_no_pages_below_them() -> None:
    assert ThemePage.can_exist_under(ThemeIndexPage())
    assert ThemePage.allowed_parent_page_models() == [ThemeIndexPage]
    assert ThemePage.allowed_subpage_models() == []
    assert ThemeIndexPage.allowed_subpage_models() == [ThemePage]


def test_bodies_stand_below_the_network_or_another_body() -> None:
    assert NetworkBodyPage.allowed_parent_page_models() == [NetworkPage, NetworkBodyPage]
    assert NetworkPage.allowed_subpage_models() == [NetworkBodyPage]
    assert ContentPage not in NetworkBodyPage.allowed_subpage_models()

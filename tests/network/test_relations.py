"""What a body's page and the network's page say about relations and members, from the data."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from cms.rendering.build import build_view, context_for
from cms.rendering.values import TextPart
from cms.sections import CardsSection, SentencesSection
from network.models import NetworkBodyPage, NetworkPage
from network.sentences import plain
from tests.cms.factories import make_private, make_site
from tests.network.factories import (
    make_body,
    make_capacity,
    make_network,
    make_organisation,
    make_role,
    make_verb,
    relate,
    seat,
    translate_page,
    translate_term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def site() -> Site:
    return make_site()[0]


@pytest.fixture
def network(site: Site) -> NetworkPage:
    return make_network(site.root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "de BBG", title="Bestuurlijke begeleidingsgroep", short_name="BBG")


@pytest.fixture
def groups(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "de expertgroepen", plural=True)


@pytest.fixture
def rvo(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "het RVO")


def section(page: Page, key: str) -> SentencesSection | CardsSection | None:
    """Give the section with this key as a visitor gets it."""
    page = type(page).objects.get(pk=page.pk)
    view = build_view(page, context_for(page, Site.objects.get(), query={}))
    return next((each for each in view.sections if each.key == key), None)


def lines(page: Page, key: str = "relaties") -> list[str]:
    found = section(page, key)
    return [plain(parts) for parts in found.sentences] if isinstance(found, SentencesSection) else []


def test_a_singular_body_takes_the_singular_verb(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    relate(bbg, rvo)
    assert lines(bbg) == ["De BBG geeft richting aan het RVO."]


def test_a_plural_body_takes_the_plural_verb(groups: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    relate(groups, rvo)
    assert lines(groups) == ["De expertgroepen geven richting aan het RVO."]


def test_the_other_body_tells_the_relation_from_its_own_side(bbg: NetworkBodyPage, groups: NetworkBodyPage) -> None:
    relate(bbg, groups)
    assert lines(groups) == ["De expertgroepen krijgen richting van de BBG."]


def test_an_acting_role_stands_before_the_body_and_rules_the_number(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage, groups: NetworkBodyPage
) -> None:
    relate(bbg, groups, make_verb("begeleiden"), acting_role=make_role(), acting_number="meervoud")
    chair = make_role("de voorzitter", "de voorzitters")
    relate(bbg, rvo, make_verb("afstemmen"), acting_role=chair, acting_number="enkelvoud")
    assert lines(bbg) == [
        "De voorzitter van de BBG stemt af met het RVO.",
        "De burgemeesters van de BBG begeleiden de expertgroepen.",
    ]
    assert lines(groups) == ["De expertgroepen worden begeleid door de burgemeesters van de BBG."]


def test_what_a_body_does_to_several_others_is_one_sentence(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage, groups: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    relate(bbg, groups)
    assert lines(bbg) == ["De BBG geeft richting aan het RVO en de expertgroepen."]


def test_the_name_of_another_body_is_a_link_and_the_own_name_is_not(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    relate(bbg, rvo)
    found = section(bbg, "relaties")
    assert isinstance(found, SentencesSection)
    assert found.sentences[0] == [
        TextPart(text="De BBG geeft richting aan "),
        TextPart(text="het RVO", url=rvo.get_url()),
        TextPart(text="."),
    ]


def test_on_the_page_of_the_network_every_name_is_a_link(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    found = section(network, "relaties")
    assert isinstance(found, SentencesSection)
    assert [part.url for part in found.sentences[0]] == [bbg.get_url(), None, rvo.get_url(), None]


def test_a_sentence_may_begin_with_ij(network: NetworkPage, rvo: NetworkBodyPage) -> None:
    region = make_body(network, "ijsselland", phrase_of="van ijsselland")
    relate(region, rvo)
    assert lines(region) == ["IJsselland geeft richting aan het RVO."]


def test_a_relation_that_has_ended_or_not_begun_is_not_told(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    today = timezone.localdate()
    relate(bbg, rvo, valid_to=today)
    relate(bbg, rvo, make_verb("afstemmen"), valid_from=today + timedelta(days=1))
    assert lines(bbg) == []


def test_a_relation_with_a_verb_that_is_a_draft_is_not_told(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    verb = relate(bbg, rvo).verb
    verb.live = False
    verb.save()
    assert lines(bbg) == []


@pytest.mark.parametrize("hide", ["draft", "private"])
def test_a_body_the_public_may_not_see_is_named_nowhere(
    network: NetworkPage, bbg: NetworkBodyPage, groups: NetworkBodyPage, hide: str
) -> None:
    secret = make_body(network, "het geheime overleg")
    relate(bbg, secret)
    relate(secret, bbg)
    role = make_role("de voorzitter", "de voorzitters")
    seat(bbg, member_role=role, member_body=secret)
    seat(secret, member_role=role, member_body=bbg)
    relate(bbg, groups)
    if hide == "draft":
        secret.unpublish()
    else:
        make_private(secret)
    for page in (network, bbg):
        page = type(page).objects.get(pk=page.pk)
        view = build_view(page, context_for(page, Site.objects.get(), query={}))
        assert "geheime" not in view.model_dump_json()
    assert lines(bbg) == ["De BBG geeft richting aan de expertgroepen."]


def test_a_body_of_a_collective_tells_the_relations_of_the_collective_too(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    collective = make_body(network, "de DVO's", plural=True)
    twente = make_body(collective, "het DVO Twente", tier="districtelijk")
    platform = make_body(network, "het platform")
    relate(platform, twente, make_verb("begeleiden"))
    relate(bbg, collective)
    seat(rvo, member_role=make_role("de voorzitter", "de voorzitters"), member_body=collective)
    assert lines(twente) == [
        "Het DVO Twente wordt begeleid door het platform.",
        "Het DVO Twente is een van de DVO's.",
        "De DVO's krijgen richting van de BBG.",
        "De voorzitters van de DVO's zitten in het RVO.",
    ]


def test_a_body_below_a_single_one_is_a_part_of_it(network: NetworkPage) -> None:
    platform = make_body(network, "het platform")
    group = make_body(platform, "de werkgroep")
    assert lines(group) == ["De werkgroep is een onderdeel van het platform."]


def test_a_collective_shows_its_bodies_and_the_network_counts_them(network: NetworkPage) -> None:
    collective = make_body(network, "de DVO's", plural=True, tier="districtelijk")
    for name in ("Twente", "IJsselland"):
        make_body(collective, f"het DVO {name}", tier="districtelijk")
    parts, tier = section(collective, "onderdelen"), section(network, "districtelijk")
    assert isinstance(parts, CardsSection)
    assert isinstance(tier, CardsSection)
    assert [card.title for card in parts.cards] == ["DVO Twente", "DVO IJsselland"]
    assert [(card.title, card.details) for card in tier.cards] == [("DVO's", ["Bestaat uit 2 organen"])]


def test_bodies_stand_under_their_tier(network: NetworkPage, bbg: NetworkBodyPage) -> None:
    make_body(network, "de driehoeken", tier="lokaal", plural=True)
    regional, local = section(network, "regionaal"), section(network, "lokaal")
    assert isinstance(regional, CardsSection)
    assert isinstance(local, CardsSection)
    assert [card.title for card in regional.cards] == ["Bestuurlijke begeleidingsgroep"]
    assert [card.title for card in local.cards] == ["driehoeken"]
    assert section(network, "districtelijk") is None


def test_members_are_organisations_and_roles_with_their_capacity_in_the_editors_order(
    network: NetworkPage, rvo: NetworkBodyPage
) -> None:
    dvos = make_body(network, "de DVO's", plural=True)
    seat(rvo, organisation=make_organisation(), capacity=make_capacity("hoofdofficier"), sort_order=2)
    seat(rvo, member_role=make_role("de voorzitter", "de voorzitters"), member_body=dvos, sort_order=1)
    seat(rvo, organisation=make_organisation("Politie"), sort_order=3)
    assert lines(rvo, "leden") == [
        "De voorzitters van de DVO's",
        "Openbaar Ministerie: hoofdofficier",
        "Politie",
    ]
    assert lines(dvos) == ["De voorzitters van de DVO's zitten in het RVO."]
    assert lines(network) == ["De voorzitters van de DVO's zitten in het RVO."]


def test_a_reader_of_another_language_gets_sentences_in_it(bbg: NetworkBodyPage, groups: NetworkBodyPage) -> None:
    role = make_role()
    relation = relate(bbg, groups, make_verb("begeleiden"), acting_role=role)
    translate_page(bbg, "en", phrase="the steering group", phrase_of="of the steering group")
    english = translate_page(groups, "en", phrase="the expert groups", phrase_of="of the expert groups")
    translate_term(role, "en", singular="the mayor", plural="the mayors")
    translate_term(
        relation.verb,
        "en",
        singular="{van} guides {naar}",
        plural="{van} guide {naar}",
        inverse_singular="{naar} is guided by {van}",
        inverse_plural="{naar} are guided by {van}",
    )
    assert lines(english) == ["The expert groups are guided by the mayors of the steering group."]
    found = section(english, "relaties")
    assert isinstance(found, SentencesSection)
    assert {part.language for part in found.sentences[0]} == {None}


def test_where_a_word_has_no_translation_the_whole_sentence_is_dutch_and_says_so(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    english = translate_page(bbg, "en", phrase="the steering group", phrase_of="of the steering group")
    assert lines(english) == ["De BBG geeft richting aan het RVO."]
    found = section(english, "relaties")
    assert isinstance(found, SentencesSection)
    assert {part.language for part in found.sentences[0]} == {"nl"}


def test_a_copy_that_stands_in_for_a_translation_is_dutch_and_says_so(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relation = relate(bbg, rvo)
    translate_page(rvo, "en", phrase="the regional consultation", phrase_of="of the regional consultation")
    translate_term(relation.verb, "en", singular="{van} gives direction to {naar}")
    stand_in = bbg.copy_for_translation(Locale.objects.get(language_code="en"), alias=True)
    found = section(stand_in, "relaties")
    assert isinstance(found, SentencesSection)
    assert found.sentences[0][0] == TextPart(text="De BBG geeft richting aan ", language="nl")


def test_german_inflects_the_name_after_a_role(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    role = make_role("de voorzitter", "de voorzitters")
    seat(rvo, member_role=role, member_body=bbg, member_number="enkelvoud")
    german = translate_page(bbg, "de", phrase="die Lenkungsgruppe", phrase_of="der Lenkungsgruppe")
    translate_page(rvo, "de", phrase="das Regionalgremium", phrase_of="des Regionalgremiums")
    translate_term(role, "de", singular="die vorsitzende Person", plural="die Vorsitzenden")
    assert lines(german) == ["Die vorsitzende Person der Lenkungsgruppe bildet mit anderen das Regionalgremium."]

"""The network on another day, and bodies that begin and end."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from lxml import html
from wagtail.models import Site

from cms.rendering.build import build_view, context_for
from cms.sections import NetworkPictureSection, SentencesSection
from network.history import day_from
from network.models import BodyRelation, Membership, NetworkBodyPage, NetworkPage
from network.sentences import plain
from tests.cms.factories import make_private, make_site
from tests.network.factories import make_body, make_network, make_organisation, make_role, make_verb, relate, seat

pytestmark = pytest.mark.django_db
FIRST, LATER = date(2024, 1, 1), date(2025, 7, 1)


@pytest.fixture
def network(db: None) -> NetworkPage:
    return make_network(make_site()[0].root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network)


@pytest.fixture
def rvo(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "het RVO")


def sections(page: NetworkPage | NetworkBodyPage, day: str = "") -> dict[str, object]:
    page = type(page).objects.get(pk=page.pk)
    query = {"op": [day]} if day else {}
    return {section.key: section for section in build_view(page, context_for(page, Site.objects.get(), query)).sections}


def drawn(page: NetworkPage | NetworkBodyPage, day: str = "") -> tuple[list[str], list[str]]:
    """Give the names of the drawn bodies and the words on arrows."""
    picture = sections(page, day)["netwerkbeeld"]
    assert isinstance(picture, NetworkPictureSection)
    return (
        [body.link.title for band in picture.bands for body in band.bodies],
        [line.text for arrow in picture.arrows for line in arrow.lines],
    )


def options(page: NetworkPage, day: str = "") -> list[str]:
    picture = sections(page, day)["netwerkbeeld"]
    assert isinstance(picture, NetworkPictureSection)
    return [option.value for option in picture.moments.options] if picture.moments else []


def end(body: NetworkBodyPage, day: date) -> None:
    body.valid_to = day
    body.save_revision().publish()


def test_a_network_that_never_changed_offers_no_other_days(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    assert options(network) == []


def test_each_day_on_which_something_changed_can_be_chosen_and_the_day_before_what_had_always_been(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo, valid_to=FIRST)
    seat(rvo, member_role=make_role(), member_body=bbg, valid_from=LATER)
    assert options(network) == ["", "2025-07-01", "2024-01-01", "2023-12-31"]


def test_changes_of_what_the_public_may_not_see_are_not_told(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo, valid_from=FIRST)
    make_private(rvo)
    assert options(network) == []


def test_picture_and_sentences_are_those_of_the_day(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo, valid_to=FIRST)
    relate(bbg, rvo, make_verb("begeleiden"), valid_from=FIRST)
    assert drawn(network)[1] == ["begeleidt"]
    assert drawn(network, "2023-12-31")[1] == ["geeft richting aan"]
    sentences = sections(network, "2023-12-31")["relaties"]
    assert isinstance(sentences, SentencesSection)
    assert [plain(parts) for parts in sentences.sentences] == ["De BBG geeft richting aan het RVO."]


def test_a_body_that_ended_is_in_the_old_picture_only(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    end(bbg, FIRST)
    assert drawn(network) == (["RVO"], [])
    assert drawn(network, "2023-06-01")[0] == ["BBG", "RVO"]


def test_the_page_of_a_body_that_ended_stays_with_a_notice_and_its_last_relations(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    relate(bbg, rvo, make_verb("begeleiden"), valid_to=date(2023, 1, 1))
    end(bbg, FIRST)
    document = html.fromstring(Client().get(bbg.get_url()).content.decode())
    assert "bestaat niet meer sinds 1 januari 2024" in document.find_class("notice")[0].text_content()
    assert drawn(bbg) == (["BBG", "RVO"], ["geeft richting aan"])
    assert "relaties" not in sections(rvo)


def test_a_body_that_has_yet_to_begin_says_so(bbg: NetworkBodyPage) -> None:
    bbg.valid_from = timezone.localdate() + timedelta(days=400)
    bbg.save_revision().publish()
    assert "Dit orgaan begint op" in Client().get(bbg.get_url()).content.decode()


def told(address: str) -> tuple[str, list[str]]:
    """Give the canonical address and what robots are told."""
    document = html.fromstring(Client().get(address).content.decode())
    return document.xpath("string(//link[@rel='canonical']/@href)"), document.xpath("//meta[@name='robots']/@content")


def test_another_day_is_no_page_of_its_own(network: NetworkPage, bbg: NetworkBodyPage) -> None:
    canonical, robots = told(network.get_url())
    assert robots == []
    assert told(f"{network.get_url()}?op=2024-01-01") == (canonical, ["noindex, follow"])


@pytest.mark.parametrize("wrong", ["gisteren", "2024-13-01", "2024-1-1", "2024-W01-1", "<b>", "20240101"])
def test_what_is_no_date_gets_todays_network_and_a_message(
    network: NetworkPage, bbg: NetworkBodyPage, wrong: str
) -> None:
    assert day_from(wrong) is None
    answer = Client().get(network.get_url(), {"op": wrong})
    document = html.fromstring(answer.content.decode())
    assert answer.status_code == 200
    assert f"“{wrong}” is geen datum." in document.find_class("moments__message")[0].text_content()
    assert document.find_class("moments__message")[0].find("a").get("href") == network.get_url()


def test_a_chosen_day_stands_in_the_choice_and_a_coming_one_is_called_so(
    network: NetworkPage, bbg: NetworkBodyPage
) -> None:
    assert options(network, "2024-05-05") == ["", "2024-05-05"]
    coming = (timezone.localdate() + timedelta(days=30)).isoformat()
    assert "voor zover nu bekend" in Client().get(network.get_url(), {"op": coming}).content.decode()


@pytest.mark.parametrize(
    ("begin", "until", "refused"),
    [
        (None, None, True),
        (date(2024, 6, 1), date(2024, 7, 1), True),
        (date(2025, 1, 1), None, False),
        (None, date(2024, 1, 1), False),
        (date(2023, 1, 1), date(2024, 1, 2), True),
    ],
)
def test_a_relation_stands_once_for_each_day(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage, begin: date | None, until: date | None, refused: bool
) -> None:
    first = relate(bbg, rvo, valid_from=date(2024, 1, 1), valid_to=date(2025, 1, 1))
    first.full_clean()
    second = BodyRelation(from_body=bbg, to_body=rvo, verb=make_verb(), valid_from=begin, valid_to=until)
    if not refused:
        second.full_clean()
        return
    with pytest.raises(ValidationError) as caught:
        second.full_clean()
    assert caught.value.messages == [
        "Deze relatie staat er al, van 1 januari 2024 tot 1 januari 2025. Pas die aan, of kies andere datums."
    ]


def test_another_role_another_verb_or_the_other_way_is_another_relation(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    relate(rvo, bbg)
    relate(bbg, rvo, make_verb("begeleiden"))
    relate(bbg, rvo, acting_role=make_role(), acting_number="meervoud")
    relate(bbg, rvo, acting_role=make_role(), acting_number="enkelvoud")
    assert BodyRelation.objects.count() == 5


def test_a_membership_stands_once_for_each_day(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    member = make_organisation()
    seat(rvo, organisation=member, valid_from=FIRST)
    seat(rvo, organisation=make_organisation("Politie"))
    seat(rvo, organisation=member, valid_to=FIRST)
    with pytest.raises(ValidationError, match="Deze deelname staat er al, vanaf 1 januari 2024"):
        Membership(body=rvo, organisation=member, valid_from=LATER).full_clean()


@pytest.mark.parametrize(
    ("period", "field", "message"),
    [
        ({"valid_from": date(2020, 1, 1)}, "valid_from", "De BBG bestaat pas vanaf 1 januari 2024."),
        ({"valid_from": date(2026, 1, 1)}, "valid_from", "De BBG bestaat maar tot 1 juli 2025."),
        ({"valid_to": date(2026, 1, 1)}, "valid_to", "De BBG bestaat maar tot 1 juli 2025."),
        ({"valid_to": date(2023, 1, 1)}, "valid_to", "De BBG bestaat pas vanaf 1 januari 2024."),
    ],
)
def test_a_fact_lies_within_the_time_of_its_bodies(
    network: NetworkPage, rvo: NetworkBodyPage, period: dict[str, date], field: str, message: str
) -> None:
    bbg = make_body(network, valid_from=FIRST, valid_to=LATER)
    relate(bbg, rvo)
    with pytest.raises(ValidationError) as caught:
        BodyRelation(from_body=rvo, to_body=bbg, verb=make_verb(), **period).full_clean()
    assert caught.value.message_dict == {field: [message]}


def test_a_body_ends_after_it_begins(bbg: NetworkBodyPage) -> None:
    bbg.valid_from = bbg.valid_to = FIRST
    with pytest.raises(ValidationError) as caught:
        bbg.full_clean()
    assert caught.value.message_dict == {"valid_to": ["De einddatum moet na de begindatum liggen."]}


def test_the_page_at_a_path_and_the_graph_agree_on_a_day(
    network: NetworkPage, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo, valid_to=FIRST)
    relate(bbg, rvo, make_verb("begeleiden"), valid_from=FIRST)
    client = Client()
    for day in ("2023-12-31", "2024-01-01"):
        graph = client.get("/api/v1/netwerk", {"peildatum": day}).json()
        page = client.get("/api/v1/paginas/op-pad", {"pad": f"{network.get_url()}?op={day}"}).json()
        (drawing,) = [section for section in page["secties"] if section["soort"] == "netwerkbeeld"]
        drawn_bodies = [body["koppeling"]["titel"] for band in drawing["banden"] for body in band["organen"]]
        assert drawn_bodies == [body["titel"] for body in graph["organen"]]
        words = [" ".join(line["tekst"] for line in arrow["regels"]) for arrow in drawing["pijlen"]]
        assert words == [relation["pijltekst"] for relation in graph["relaties"]]
    assert client.get("/api/v1/netwerk", {"peildatum": "2024-13-01"}).status_code == 400

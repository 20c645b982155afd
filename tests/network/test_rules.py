"""What facts and terms refuse, in clear Dutch, and what they put right by themselves."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from wagtail.models import Locale

from network.models import BodyRelation, Membership, NetworkBodyPage, NetworkPage, RelationVerb
from network.models.terms import validate_pattern
from tests.cms.factories import make_site
from tests.network.factories import (
    make_body,
    make_network,
    make_organisation,
    make_role,
    make_verb,
    relate,
    seat,
    translate_page,
    translate_term,
)


@pytest.fixture
def network(db: None) -> NetworkPage:
    return make_network(make_site()[0].root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network)


@pytest.fixture
def rvo(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "het RVO")


def errors_of(fact: BodyRelation | Membership) -> dict[str, list[str]]:
    with pytest.raises(ValidationError) as caught:
        fact.full_clean()
    return caught.value.message_dict


@pytest.mark.parametrize(
    "pattern", ["geeft richting", "{van} geeft", "{van} en {van} {naar}", "{van} {naar} {wie}", "{van} { {naar}", ""]
)
def test_a_pattern_names_both_bodies_once(pattern: str) -> None:
    with pytest.raises(ValidationError, match="elk één keer"):
        validate_pattern(pattern)


def test_a_pattern_may_put_words_around_both_bodies() -> None:
    validate_pattern("samen met {naar} bereidt {van} voor")


def test_beside_an_arrow_stand_the_words_of_the_verb_alone() -> None:
    assert str(RelationVerb(singular="{van} bereidt {naar} voor")) == "bereidt voor"


def test_a_body_has_no_relation_with_itself(bbg: NetworkBodyPage) -> None:
    errors = errors_of(BodyRelation(from_body=bbg, to_body=bbg, verb=make_verb()))
    assert errors == {"__all__": ["Een orgaan kan geen relatie met zichzelf hebben."]}


@pytest.mark.parametrize("side", ["from_body", "to_body"])
def test_a_relation_is_between_pages_in_the_sites_own_language(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage, side: str
) -> None:
    bodies = {"from_body": bbg, "to_body": rvo}
    bodies[side] = translate_page(bodies[side], "en")
    errors = errors_of(BodyRelation(verb=make_verb(), **bodies))
    assert errors == {side: ["Kies de pagina in de taal van de site; vertalingen volgen vanzelf."]}


def test_a_relation_ends_after_it_begins(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    day = date(2026, 1, 1)
    errors = errors_of(BodyRelation(from_body=bbg, to_body=rvo, verb=make_verb(), valid_from=day, valid_to=day))
    assert errors == {"valid_to": ["De einddatum moet na de begindatum liggen."]}


def test_a_translated_term_is_replaced_by_the_one_in_the_sites_own_language(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    verb, role = make_verb(), make_role()
    relation = relate(bbg, rvo, translate_term(verb, "en"), acting_role=translate_term(role, "en"))
    assert (relation.verb, relation.acting_role) == (verb, role)


def test_a_term_that_does_not_exist_in_dutch_cannot_be_chosen(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    verb = make_verb()
    verb.pk, verb.translation_key = None, "00000000-0000-4000-8000-000000000000"
    verb.locale = Locale.objects.get(language_code="en")
    verb.save()
    errors = errors_of(BodyRelation(from_body=bbg, to_body=rvo, verb=verb))
    assert list(errors) == ["verb"]
    assert "bestaat nog niet in het Nederlands" in errors["verb"][0]


def test_a_member_is_an_organisation_or_a_role_and_not_both_or_neither(
    bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    message = {"organisation": ["Kies een organisatie óf een rol van een ander orgaan."]}
    by_role = {"member_role": make_role(), "member_body": bbg}
    assert errors_of(Membership(body=rvo)) == message
    assert errors_of(Membership(body=rvo, organisation=make_organisation(), **by_role)) == message


@pytest.mark.parametrize("field", ["member_role", "member_body"])
def test_a_role_needs_its_body_and_a_body_its_role(bbg: NetworkBodyPage, rvo: NetworkBodyPage, field: str) -> None:
    value = make_role() if field == "member_role" else bbg
    errors = errors_of(Membership(body=rvo, **{field: value}))
    assert errors == {"member_body": ["Kies de rol én het orgaan waarin die rol bestaat."]}


def test_a_role_of_a_body_does_not_sit_in_that_same_body(bbg: NetworkBodyPage) -> None:
    errors = errors_of(Membership(body=bbg, member_role=make_role(), member_body=bbg))
    assert errors == {"member_body": ["Kies een ander orgaan dan het orgaan zelf."]}


def test_a_term_in_use_stays(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    relation = relate(bbg, rvo, acting_role=make_role())
    for term in (relation.verb, relation.acting_role, bbg.kind):
        with pytest.raises(ProtectedError):
            term.delete()


def test_facts_go_with_their_body(bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    relate(bbg, rvo)
    seat(bbg, organisation=make_organisation())
    bbg.delete()
    assert not BodyRelation.objects.exists()
    assert not Membership.objects.exists()

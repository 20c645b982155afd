"""Editors keep the facts and terms of the network in the Dutch admin."""

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.users.models import UserProfile
from wagtail_localize.operations import translate_object

from cms.models import User
from network.models import (
    BodyKind,
    BodyRelation,
    Capacity,
    Membership,
    NetworkBodyPage,
    NetworkPage,
    Organisation,
    OrganisationKind,
    RelationVerb,
    Role,
)
from network.wagtail_hooks import NetworkViewSetGroup
from tests.cms.factories import make_site
from tests.network.factories import (
    make_body,
    make_capacity,
    make_kind,
    make_network,
    make_organisation,
    make_role,
    make_verb,
    relate,
    seat,
    translate_term,
)

MODELS = [BodyRelation, Membership, Organisation, RelationVerb, Role, Capacity, BodyKind, OrganisationKind]
PUBLISH = {"action-publish": "action-publish"}
VERB = {
    "key": "helpen",
    "singular": "{van} helpt {naar}",
    "plural": "{van} helpen {naar}",
    "inverse_singular": "{naar} krijgt hulp van {van}",
    "inverse_plural": "{naar} krijgen hulp van {van}",
}


@pytest.fixture
def network(db: None) -> NetworkPage:
    return make_network(make_site()[0].root_page)


@pytest.fixture
def bbg(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network)


@pytest.fixture
def rvo(network: NetworkPage) -> NetworkBodyPage:
    return make_body(network, "het RVO")


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    user = User.objects.create_superuser("beheer", "beheer@voorbeeld.example", "wachtwoord")
    UserProfile.objects.create(user=user, preferred_language="nl")
    client.force_login(user)
    return client


def address(model: type, view: str, *args: object) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def relation_form(bbg: NetworkBodyPage, rvo: NetworkBodyPage, **values: object) -> dict[str, object]:
    return {
        "from_body": bbg.pk,
        "to_body": rvo.pk,
        "verb": make_verb().pk,
        "acting_role": "",
        "acting_number": "meervoud",
        "valid_from": "",
        "valid_to": "",
        **values,
    }


def test_what_changes_stands_under_network_and_terms_under_their_own_heading(
    editor: Client, network: NetworkPage
) -> None:
    labels = [str(viewset.menu_label) for viewset in NetworkViewSetGroup.items]
    assert labels == ["Organen", "Relaties", "Deelnames", "Organisaties"]
    html = editor.get(reverse("wagtailadmin_home")).content.decode()
    terms = ["Werkwoorden", "Rollen", "Hoedanigheden", "Soorten organen", "Soorten organisaties"]
    places = [html.index(f'"{label}"') for label in ["Netwerk", *labels, "Keuzelijsten", *terms]]
    assert places == sorted(places)


@pytest.mark.parametrize("model", MODELS)
def test_each_list_and_form_opens(editor: Client, bbg: NetworkBodyPage, rvo: NetworkBodyPage, model: type) -> None:
    relate(bbg, rvo, acting_role=make_role())
    seat(rvo, organisation=make_organisation(), capacity=make_capacity())
    seat(rvo, member_role=make_role(), member_body=bbg)
    record = model.objects.first()
    assert editor.get(address(model, "list"), {"q": "e"}).status_code == 200
    assert editor.get(address(model, "edit", record.pk)).status_code == 200
    assert editor.get(address(model, "add")).status_code == 200


def test_a_relation_is_added_changed_and_found(editor: Client, bbg: NetworkBodyPage, rvo: NetworkBodyPage) -> None:
    editor.post(address(BodyRelation, "add"), relation_form(bbg, rvo))
    relation = BodyRelation.objects.get()
    changed = relation_form(rvo, bbg, acting_role=make_role().pk, valid_to="2027-01-01")
    editor.post(address(BodyRelation, "edit", relation.pk), changed)
    relation.refresh_from_db()
    assert (relation.from_body, relation.acting_role, str(relation.valid_to)) == (rvo, make_role(), "2027-01-01")
    html = editor.get(address(BodyRelation, "list"), {"q": "RVO"}).content.decode()
    assert "de burgemeester" in html
    assert "geeft richting aan" in html


def test_lists_are_filtered_by_terms_in_the_sites_own_language(editor: Client, network: NetworkPage) -> None:
    translate_term(make_verb(), "en", singular="{van} gives direction to {naar}")
    html = editor.get(address(BodyRelation, "list")).content.decode()
    assert "geeft richting aan" in html
    assert "gives direction to" not in html


def test_a_wrong_relation_is_refused_in_dutch(editor: Client, bbg: NetworkBodyPage) -> None:
    html = editor.post(address(BodyRelation, "add"), relation_form(bbg, bbg)).content.decode()
    assert "Een orgaan kan geen relatie met zichzelf hebben." in html
    assert not BodyRelation.objects.exists()


def test_a_membership_is_added_and_a_double_one_refused(
    editor: Client, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    form = {
        "body": rvo.pk,
        "organisation": make_organisation().pk,
        "member_role": "",
        "member_number": "meervoud",
        "member_body": "",
        "capacity": make_capacity().pk,
        "sort_order": "1",
        "valid_from": "",
        "valid_to": "",
    }
    editor.post(address(Membership, "add"), form)
    assert Membership.objects.get().capacity == make_capacity()
    both = {**form, "member_role": make_role().pk, "member_body": bbg.pk}
    html = editor.post(address(Membership, "add"), both).content.decode()
    assert "Kies een organisatie óf een rol van een ander orgaan." in html


def test_an_organisation_is_added(editor: Client, network: NetworkPage) -> None:
    kind = make_organisation().kind
    form = {"name": "Politie", "short_name": "", "slug": "politie", "kind": kind.pk, "website": "", "description": ""}
    editor.post(address(Organisation, "add"), {**form, "logo": ""})
    assert Organisation.objects.filter(slug="politie").exists()


def test_a_verb_is_added_and_published(editor: Client, network: NetworkPage) -> None:
    editor.post(address(RelationVerb, "add"), {**VERB, **PUBLISH})
    verb = RelationVerb.objects.get(key="helpen")
    assert verb.live
    assert str(verb) == "helpt"


def test_a_verb_with_a_wrong_pattern_is_refused_in_dutch(editor: Client, network: NetworkPage) -> None:
    html = editor.post(address(RelationVerb, "add"), {**VERB, **PUBLISH, "plural": "{van} helpen"}).content.decode()
    assert "Gebruik {van} en {naar} elk één keer" in html


def test_a_term_in_use_is_not_deleted_and_the_admin_says_where_it_is_used(
    editor: Client, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    verb = relate(bbg, rvo).verb
    response = editor.post(address(RelationVerb, "delete", verb.pk))
    messages = [str(message) for message in get_messages(response.wsgi_request)]
    assert messages == [
        "“geeft richting aan” kan niet weg, want het is nog in gebruik bij: BBG – geeft richting aan – RVO. "
        "Pas dat eerst aan."
    ]
    assert RelationVerb.objects.filter(pk=verb.pk).exists()


def test_a_term_that_is_not_in_use_is_deleted(editor: Client, network: NetworkPage) -> None:
    role = make_role()
    editor.post(address(Role, "delete", role.pk))
    assert not Role.objects.exists()


def test_a_submitted_translation_of_a_term_stays_a_draft(editor: Client, network: NetworkPage) -> None:
    role = make_role()
    editor.post(
        reverse("wagtail_localize:submit_snippet_translation", args=["network", "role", role.pk]),
        {"locales": [Locale.objects.get(language_code="en").pk]},
    )
    translated = role.get_translation(Locale.objects.get(language_code="en"))
    assert not translated.live
    assert Role.in_locale(translated.locale)[role.pk] == role


@pytest.mark.parametrize("number_of_facts", [2, 12])
def test_the_list_of_relations_asks_no_more_for_more_relations(
    editor: Client,
    network: NetworkPage,
    bbg: NetworkBodyPage,
    number_of_facts: int,
    django_assert_max_num_queries: Callable,
) -> None:
    for number in range(number_of_facts):
        relate(bbg, make_body(network, f"de groep {number}"), acting_role=make_role())
    editor.get(address(BodyRelation, "list"))
    with django_assert_max_num_queries(12):
        editor.get(address(BodyRelation, "list"))


def test_bodies_are_listed_with_their_kind_and_number_of_relations(
    editor: Client, bbg: NetworkBodyPage, rvo: NetworkBodyPage
) -> None:
    relate(bbg, rvo)
    seat(rvo, organisation=make_organisation())
    listing = reverse("organen:index")
    lines = b"".join(editor.get(listing, {"export": "csv"}).streaming_content).decode().splitlines()
    assert lines[0].startswith("Titel,Korte naam,Soort,Niveau,Relaties,Deelnames")
    assert [line.split(",")[4:6] for line in lines[1:]] == [["1", "0"], ["1", "1"]]
    assert "Relaties" in editor.get(listing).content.decode()
    relate(bbg, make_body(bbg.get_parent(), "het DVO"))
    first = editor.get(listing, {"ordering": "-relations"}).content.decode().split("<tbody")[-1]
    assert first.index("BBG") < first.index("RVO")


def test_a_longer_list_costs_only_what_wagtail_localize_asks_of_each_page(editor: Client, network: NetworkPage) -> None:
    """Twice a page, for its buttons "translate" and "synchronise"; a list has at most 25."""
    counts = []
    for batch in range(2):
        for place in range(6):
            make_body(network, f"de groep {batch} {place}")
        editor.get(reverse("organen:index"))
        with CaptureQueriesContext(connection) as queries:
            editor.get(reverse("organen:index"))
        counts.append(len(queries))
    assert counts[0] <= 40
    assert counts[1] - counts[0] <= 2 * 6


def body_form(**values: object) -> dict[str, object]:
    return {
        "title": "Regionaal Veiligheidsoverleg",
        "slug": "rvo",
        "introduction": "",
        "kind": make_kind().pk,
        "tier": "regionaal",
        "short_name": "RVO",
        "phrase": "het RVO",
        "phrase_of": "van het RVO",
        "number": "enkelvoud",
        "body-count": "0",
        "contact_role": "",
        "contact_email": "",
        "seo_title": "",
        "search_description": "",
        "responsible_group": "",
        "responsible_user": "",
        "review_date": "",
        "social_image": "",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
        **values,
    }


def test_a_body_is_made_in_the_page_editor(editor: Client, network: NetworkPage) -> None:
    add = reverse("wagtailadmin_pages:add", args=["network", "networkbodypage", network.pk])
    assert "Hoe het orgaan in een zin heet" in editor.get(add).content.decode()
    editor.post(add, {**body_form(), **PUBLISH})
    body = NetworkBodyPage.objects.get(slug="rvo")
    assert body.live
    assert editor.get(reverse("wagtailadmin_pages:edit", args=[body.pk])).status_code == 200


def test_a_draft_body_shows_its_sentences_in_the_preview(editor: Client, bbg: NetworkBodyPage, rvo: Page) -> None:
    relate(bbg, rvo)
    bbg.unpublish()
    edit = reverse("wagtailadmin_pages:preview_on_edit", args=[bbg.pk])
    form = body_form(title="BBG", slug=bbg.slug, phrase="de BBG", phrase_of="van de BBG")
    assert editor.post(edit, form).json()["is_valid"]
    assert "De BBG geeft richting aan" in editor.get(edit).content.decode()


def test_submitting_a_body_translates_it_as_a_draft_with_the_same_kind(bbg: NetworkBodyPage) -> None:
    english = Locale.objects.get(language_code="en")
    translate_object(bbg, [english])
    translated = bbg.get_translation(english)
    assert not translated.live
    assert translated.kind == bbg.kind

"""What each role may do is what docs/redactie/rollen.md says, asked of the real screens of the admin."""

import re
from collections.abc import Callable, Iterator
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Locale, Page

from cms.models import Banner, BestBet, Form, IgnoredWord, Navigation, Synonyms, User
from districts.models import DistrictIndexPage, Municipality, SafetyPlan
from home.models import ContentPage, HomePage
from home.setup.groups import allow_translators
from kennisbank.models import KennisbankPage
from network.models import BodyRelation, Membership, Organisation, RelationVerb
from tests.cms.factories import make_content_page, make_document, make_image

ROLES = ["Redactie", "Eindredactie", "Vertalers", "Beheer"]
TEXT = (Path(settings.BASE_DIR) / "docs" / "redactie" / "rollen.md").read_text(encoding="utf-8")


def set_up(*options: str) -> str:
    out = StringIO()
    call_command("inrichten", "--regio", "oost-nederland", *options, stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def _site(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Set up once for all tests of this module; each test undoes only its own changes."""
    with django_db_blocker.unblock(), transaction.atomic():
        set_up()
        home = HomePage.objects.get(locale__language_code="nl")
        if not home.has_translation(english()):
            home.copy_for_translation(english())
        allow_translators(Group.objects.get(name="Vertalers"), home)
        make_image()
        make_document()
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _database(_site, db) -> None:
    """Every test here starts from the site as it was set up."""


def english() -> Locale:
    return Locale.objects.get(language_code="en")


def documented() -> dict[str, list[str]]:
    """The tasks of the document, with the roles that may do each."""
    rows = re.findall(r"^\| (.+?) \| (ja|–) \| (ja|–) \| (ja|–) \| (ja|–) \|$", TEXT, re.MULTILINE)
    return {task: [role for role, cell in zip(ROLES, cells, strict=True) if cell == "ja"] for task, *cells in rows}


def page_screen(name: str, find: Callable[[], Page]) -> str:
    return reverse(f"wagtailadmin_pages:{name}", args=[find().pk])


def new_page(app: str, model: str, find: Callable[[], Page]) -> str:
    return reverse("wagtailadmin_pages:add", args=[app, model, find().pk])


def snippet(model: type, screen: str, language: str = "") -> str:
    arguments = []
    if language:
        record = model.objects.filter(locale__language_code="nl").first()
        if language == "en":
            record = record.get_translation_or_none(english()) or record.copy_for_translation(english())
            record.save()
        arguments = [record.pk]
    return reverse(model.snippet_viewset.get_url_name(screen), args=arguments)


def all_of(*addresses: Callable[[], str]) -> Callable[[], list[str]]:
    return lambda: [address() for address in addresses]


def dutch() -> ContentPage:
    return ContentPage.objects.get(slug="contact", locale__language_code="nl")


def home() -> HomePage:
    return HomePage.objects.get(locale__language_code="nl")


def parent() -> ContentPage:
    page = make_content_page(home(), "Met een pagina eronder")
    make_content_page(page, "Eronder")
    return page


def records(screen: str, *models: type) -> Callable[[], list[str]]:
    return all_of(*(partial(snippet, model, screen) for model in models))


SCREENS: dict[str, Callable[[], list[str]]] = {
    "De Nederlandse pagina's bekijken": lambda: [
        reverse("wagtailadmin_explore", args=[DistrictIndexPage.objects.first().pk])
    ],
    "Een pagina maken": all_of(partial(new_page, "home", "contentpage", home)),
    "Een publicatie maken": all_of(partial(new_page, "kennisbank", "publicationpage", KennisbankPage.objects.first)),
    "Een Nederlandse pagina aanpassen": all_of(partial(page_screen, "edit", dutch)),
    "Een vertaalde pagina aanpassen": all_of(partial(page_screen, "edit", lambda: home().get_translation(english()))),
    "Een pagina publiceren of offline halen": all_of(partial(page_screen, "unpublish", dutch)),
    "Een pagina verwijderen waar andere pagina's onder staan": all_of(partial(page_screen, "delete", parent)),
    "Een pagina laten vertalen": lambda: [reverse("wagtail_localize:submit_page_translation", args=[dutch().pk])],
    "Een afbeelding toevoegen": lambda: [reverse("wagtailimages:add_multiple")],
    "De afbeelding van een ander aanpassen": lambda: [reverse("wagtailimages:edit", args=[first_image()])],
    "Een document toevoegen": lambda: [reverse("wagtaildocs:add_multiple")],
    "Het document van een ander aanpassen": lambda: [reverse("wagtaildocs:edit", args=[first_document()])],
    "Relaties, deelnames en organisaties bekijken": records("list", BodyRelation, Membership, Organisation),
    "Relaties, deelnames en organisaties aanpassen": records("add", BodyRelation, Membership, Organisation),
    "Gemeenten en veiligheidsplannen bekijken": records("list", Municipality, SafetyPlan),
    "Gemeenten en veiligheidsplannen aanpassen": all_of(
        partial(snippet, Municipality, "add"),
        partial(snippet, SafetyPlan, "add"),
        partial(reverse, "gemeenten_kaart"),
    ),
    "Keuzelijsten aanpassen in het Nederlands": all_of(partial(snippet, RelationVerb, "edit", "nl")),
    "Een onderdeel van een keuzelijst verwijderen": all_of(partial(snippet, RelationVerb, "delete", "nl")),
    "De vertaling van keuzelijsten aanpassen": all_of(partial(snippet, RelationVerb, "edit", "en")),
    "Een mededeling plaatsen": records("add", Banner),
    "Hoofdmenu, voet en teksten aanpassen": all_of(partial(snippet, Navigation, "edit", "nl")),
    "De vertaling van het hoofdmenu aanpassen": all_of(partial(snippet, Navigation, "edit", "en")),
    "Zien wat lezers niet vonden, en een zoekvraag proberen": lambda: [
        reverse("zoekvragen"),
        reverse("zoeken_proberen"),
    ],
    "Synoniemen en uitgelichte resultaten bijhouden": records("add", Synonyms, BestBet, IgnoredWord),
    "Een formulier maken": records("add", Form),
    "Inzendingen van formulieren bekijken en wissen": all_of(
        partial(reverse, "inzendingen"), partial(reverse, "inzendingen_wissen")
    ),
    "Een doorverwijzing maken": lambda: [reverse("wagtailredirects:add")],
    "Gebruikers beheren": lambda: [reverse("wagtailusers_users:index"), reverse("wagtailusers_users:add")],
    "Groepen beheren": lambda: [reverse("wagtailusers_groups:index")],
    "Talen, sites en workflows beheren": lambda: [
        reverse("wagtaillocales:index"),
        reverse("wagtailsites:index"),
        reverse("wagtailadmin_workflows:index"),
    ],
    "API-sleutels maken en intrekken": lambda: [reverse("api-sleutels:index"), reverse("api-sleutels:add")],
    "Webhooks beheren en opnieuw versturen": lambda: [
        reverse("webhooks:index"),
        reverse("webhooks:add"),
        reverse("webhook_afleveringen"),
    ],
}


def first_image() -> int:
    return make_image("Van een ander").pk


def first_document() -> int:
    return make_document("Van een ander").pk


def member_of(role: str) -> Client:
    user, new = User.objects.get_or_create(username=f"iemand-{role}")
    if new:
        user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    return client


def test_the_document_and_this_test_name_the_same_tasks() -> None:
    assert list(documented()) == list(SCREENS)


@pytest.mark.parametrize("task", SCREENS)
def test_a_role_may_do_what_the_document_says_and_nothing_else(task: str) -> None:
    for address in SCREENS[task]():
        opened = [role for role in ROLES if member_of(role).get(address).status_code == 200]
        assert opened == documented()[task], address


def test_a_translator_cannot_save_a_dutch_page_or_term() -> None:
    translator = member_of("Vertalers")
    page, verb = dutch(), RelationVerb.objects.filter(locale__language_code="nl").first()
    translator.post(page_screen("edit", dutch), {"title": "Weg ermee", "slug": page.slug})
    translator.post(snippet(RelationVerb, "edit", "nl"), {"key": "weg"})
    translator.post(page_screen("delete", dutch))
    page.refresh_from_db()
    verb.refresh_from_db()
    assert page.title != "Weg ermee"
    assert verb.key != "weg"


def test_a_second_run_tells_which_rights_are_missing_and_gives_them_only_when_asked() -> None:
    group = Group.objects.get(name="Eindredactie")
    right = group.permissions.get(codename="change_navigation")
    group.permissions.remove(right)
    GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").delete()
    told = set_up()
    assert "Groep Eindredactie: mist 2 rechten" in told
    assert "--rechten" in told
    assert right not in group.permissions.all()
    assert "Groep Eindredactie: 2 rechten toegevoegd" in set_up("--rechten")
    assert right in group.permissions.all()
    assert GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").exists()
    assert "rechten" not in set_up()


def test_rights_that_an_administrator_gave_stay() -> None:
    group = Group.objects.get(name="Redactie")
    extra = Group.objects.get(name="Beheer").permissions.get(codename="add_user")
    group.permissions.add(extra)
    set_up("--rechten")
    assert extra in group.permissions.all()

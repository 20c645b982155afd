"""Bodies, relations and members of an example network."""

import itertools

from wagtail.models import Locale, Page

from cms.models import Term
from network.models import (
    BodyKind,
    BodyRelation,
    Capacity,
    Membership,
    NetworkBodyPage,
    NetworkPage,
    Organisation,
    OrganisationIndexPage,
    OrganisationKind,
    RelationVerb,
    Role,
)
from tests.cms.factories import publish

_numbers = itertools.count(1)

VERBS = {
    "richting-geven": ("geeft richting aan", "geven richting aan", "krijgt richting van", "krijgen richting van"),
    "begeleiden": ("begeleidt", "begeleiden", "wordt begeleid door", "worden begeleid door"),
    "afstemmen": ("stemt af met", "stemmen af met", "stemt af met", "stemmen af met"),
}


def dutch() -> Locale:
    """Give the locale that facts and terms stand in."""
    return Locale.objects.get(language_code="nl")


def translate_term(term: Term, language: str, **values: object) -> Term:
    """Add the published translation of a term."""
    translated = term.copy_for_translation(Locale.objects.get(language_code=language))
    for name, value in values.items():
        setattr(translated, name, value)
    translated.live = True
    translated.save()
    return translated


def translate_page(page: Page, language: str, **values: object) -> Page:
    """Add the published translation of a page, and of its parents where they have none."""
    locale = Locale.objects.get(language_code=language)
    parent = page.get_parent().specific
    if not parent.is_root() and not parent.has_translation(locale):
        translate_page(parent, language)
    translated = page.copy_for_translation(locale)
    for name, value in values.items():
        setattr(translated, name, value)
    translated.save_revision().publish()
    return type(page).objects.get(pk=translated.pk)


def make_kind(key: str = "overleg", name: str = "Overleg") -> BodyKind:
    """Give the kind of body with this key."""
    return BodyKind.objects.get_or_create(key=key, locale=dutch(), defaults={"name": name})[0]


def make_verb(key: str = "richting-geven", **patterns: str) -> RelationVerb:
    """Give the verb with this key: one of VERBS, or one with the patterns given."""
    if not patterns:
        singular, plural, inverse_singular, inverse_plural = VERBS[key]
        patterns = {
            "singular": f"{{van}} {singular} {{naar}}",
            "plural": f"{{van}} {plural} {{naar}}",
            "inverse_singular": f"{{naar}} {inverse_singular} {{van}}",
            "inverse_plural": f"{{naar}} {inverse_plural} {{van}}",
        }
    return RelationVerb.objects.get_or_create(key=key, locale=dutch(), defaults=patterns)[0]


def make_role(singular: str = "de burgemeester", plural: str = "de burgemeesters") -> Role:
    """Give the role with this name."""
    key = singular.split()[-1]
    return Role.objects.get_or_create(key=key, locale=dutch(), defaults={"singular": singular, "plural": plural})[0]


def make_capacity(name: str = "adviseurs") -> Capacity:
    """Give the capacity with this name."""
    return Capacity.objects.get_or_create(key=name.split()[0], locale=dutch(), defaults={"name": name})[0]


def make_organisation(name: str = "Openbaar Ministerie", **values: object) -> Organisation:
    """Add a partner organisation."""
    kind = make_organisation_kind()
    return Organisation.objects.create(
        **{"slug": f"organisatie-{next(_numbers)}", "kind": kind, **values, "name": name}
    )


def make_organisation_kind(key: str = "partner", name: str = "Partner") -> OrganisationKind:
    """Give the kind of organisation with this key."""
    return OrganisationKind.objects.get_or_create(key=key, locale=dutch(), defaults={"name": name})[0]


def make_partners(home: Page, title: str = "Partners") -> OrganisationIndexPage:
    """Add the published overview of partners below the home page."""
    return publish(home, OrganisationIndexPage(title=title, slug="partners"))


def make_network(home: Page, title: str = "Netwerk") -> NetworkPage:
    """Add the published page of the network below the home page."""
    return publish(home, NetworkPage(title=title, slug="netwerk"))


def make_body(parent: Page, phrase: str = "de BBG", *, plural: bool = False, **values: object) -> NetworkBodyPage:
    """Add a published body that sentences call `phrase`."""
    number = NetworkBodyPage.Number.PLURAL if plural else NetworkBodyPage.Number.SINGULAR
    defaults = {
        "title": phrase.split(maxsplit=1)[-1],
        "slug": f"orgaan-{next(_numbers)}",
        "kind": make_kind(),
        "tier": NetworkBodyPage.Tier.REGION,
        "phrase_of": f"van {phrase}",
        "number": number,
    }
    return publish(parent, NetworkBodyPage(phrase=phrase, **{**defaults, **values}))


def relate(from_body: Page, to_body: Page, verb: RelationVerb | None = None, **values: object) -> BodyRelation:
    """Add a relation; "geeft richting aan" without a verb."""
    relation = BodyRelation(from_body=from_body, to_body=to_body, verb=verb or make_verb(), **values)
    relation.full_clean()
    relation.save()
    return relation


def seat(body: Page, **values: object) -> Membership:
    """Let an organisation, or a role of another body, sit in a body."""
    membership = Membership(body=body, **values)
    membership.full_clean()
    membership.save()
    return membership

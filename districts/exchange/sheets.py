"""The sheets of the network: which records each holds, by what those are known again, and what its columns mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.exchange.choices import Choices
from cms.exchange.columns import Column
from cms.models import Term
from cms.names import sort_key
from districts.exchange.fields import Field, day, number, option, record, records, text
from districts.models import DistrictPage, Municipality, SafetyPlan
from network.models import (
    BodyKind,
    BodyRelation,
    Capacity,
    Membership,
    NetworkBodyPage,
    Organisation,
    OrganisationKind,
    RelationVerb,
    Role,
)
from themes.models import ThemePage

VALID_FROM = Column("geldt_vanaf", "De eerste dag, als 2026-01-01. Leeg: altijd al.", "")
VALID_TO = Column("geldt_tot", "De eerste dag waarop het niet meer geldt. Leeg: geldt nog.", "")
PUBLISH = Column(
    "publiceren", "ja of nee. Leeg: een nieuwe pagina blijft een concept, een andere blijft als zij is.", "nee"
)
NUMBERS = {"enkelvoud": "enkelvoud", "meervoud": "meervoud"}


@dataclass(frozen=True)
class Sheet:
    """One sheet. `fields` are made anew for each run, because they hold what can be named."""

    key: str
    label: Any
    model: type[Model]
    fields: Callable[[], list[Field]]
    rows: Callable[[], Iterable[Any]]
    columns: tuple[Column, ...]
    is_page: bool = False

    @property
    def needed(self) -> list[str]:
        """The columns without which no record is known again."""
        return [column.name for column in self.columns[:1]]


def _own(model: type[Any]) -> QuerySet:
    return model.objects.filter(locale__language_code=settings.LANGUAGE_CODE)


def _terms(kind: str, model: type[Term], *names: str) -> Choices:
    return Choices(
        kind, _own(model).filter(live=True), lambda each: (each.key, *(getattr(each, name) for name in names))
    )


def _key(term: Term) -> str:
    return term.key


def body_names() -> dict[int, str]:
    """Give the name of each body in a sheet: that in its address, with the one above it where two have the same."""
    bodies = list(_own(NetworkBodyPage).order_by("path").only("pk", "slug", "path"))
    slugs = {body.path: body.slug for body in bodies}
    counts: dict[str, int] = {}
    for body in bodies:
        counts[body.slug] = counts.get(body.slug, 0) + 1
    return {
        body.pk: body.slug
        if counts[body.slug] == 1
        else "/".join(filter(None, (slugs.get(body.path[: -NetworkBodyPage.steplen]), body.slug)))
        for body in bodies
    }


def _bodies() -> tuple[Choices, Callable[[Any], str]]:
    names = body_names()
    choices = Choices(
        "Orgaan", _own(NetworkBodyPage), lambda each: (names.get(each.pk, ""), each.title, each.short_name)
    )
    return choices, lambda each: names.get(each.pk, each.slug)


def _municipalities() -> Choices:
    return Choices("Gemeente", Municipality.objects.all(), lambda each: (each.code, each.name, each.slug))


def _pages(kind: str, model: type[Page]) -> Choices:
    return Choices(kind, _own(model), lambda each: (each.slug, each.title))


def _slug(page: Any) -> str:
    return page.slug


def _by_name(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda each: sort_key(each.name))


ORGANISATIONS = (
    Column("sleutel", "De naam in het adres. Daaraan herkent een tweede keer haar.", "riec-voorbeeld"),
    Column("naam", "De hele naam.", "RIEC (voorbeeld)"),
    Column("korte_naam", "Bijvoorbeeld: OM.", "RIEC"),
    Column("soort", "Naam of sleutel van een soort organisatie.", "samenwerkingsverband"),
    Column("website", "Een adres dat met https:// begint.", "https://www.example.nl/"),
    Column("omschrijving", "Hooguit 600 tekens.", "Brengt informatie bij elkaar."),
)


def _organisation_fields() -> list[Field]:
    kinds = _terms("Soort organisatie", OrganisationKind, "name")
    key, name, short_name, kind, website, description = ORGANISATIONS
    return [
        text(key, "slug", key=True, needed=True),
        text(name, "name", needed=True),
        text(short_name, "short_name"),
        record(kind, "kind", kinds, _key, needed=True),
        text(website, "website"),
        text(description, "description"),
    ]


MUNICIPALITIES = (
    Column("cbs_code", "GM en vier cijfers. Daaraan herkent een tweede keer haar.", "GM0202"),
    Column("naam", "Zoals de gemeente zelf schrijft.", "Arnhem"),
    Column("naam_in_adres", "Met kleine letters en streepjes.", "arnhem"),
    Column("district", "Titel van een district, of zijn naam in het adres.", "gelderland-midden"),
    Column("kolom", "Plaats op de vakjeskaart, van west naar oost.", ""),
    Column("rij", "Plaats op de vakjeskaart, van noord naar zuid.", ""),
    VALID_FROM,
    VALID_TO,
    Column("opgegaan_in", "Naam of CBS-code van de nieuwe gemeente.", ""),
)


def _municipality_fields() -> list[Field]:
    code, name, slug, district, column, row, valid_from, valid_to, successor = MUNICIPALITIES
    return [
        text(code, "code", key=True, needed=True),
        text(name, "name", needed=True),
        text(slug, "slug", needed=True),
        record(district, "district", _pages("District", DistrictPage), _slug, needed=True),
        number(column, "tile_x"),
        number(row, "tile_y"),
        day(valid_from, "valid_from"),
        day(valid_to, "valid_to"),
        record(successor, "successor", _municipalities(), lambda each: each.code),
    ]


PLANS = (
    Column("gemeente", "Naam of CBS-code.", "Arnhem"),
    Column("eerste_jaar", "Met de gemeente samen herkent een tweede keer daaraan het plan.", "2026"),
    Column("laatste_jaar", "Tot en met dit jaar.", "2029"),
    Column("themas", "Titels van thema's met voorrang, met | ertussen.", "ondermijning"),
    Column("toelichting", "Eén zin voor de lezer.", ""),
)


def _plan_fields() -> list[Field]:
    municipality, first, last, themes, note = PLANS
    return [
        record(municipality, "municipality", _municipalities(), lambda each: each.code, key=True, needed=True),
        number(first, "first_year", key=True, needed=True),
        number(last, "last_year", needed=True),
        records(themes, "themes", _pages("Thema", ThemePage), _slug),
        text(note, "note"),
    ]


BODIES = (
    Column("sleutel", "De naam in het adres. Daaraan herkent een tweede keer het orgaan.", "bbg"),
    Column("titel", "De hele naam.", "Bestuurlijke begeleidingsgroep (voorbeeld)"),
    Column("korte_naam", "Bijvoorbeeld: BBG.", "BBG"),
    Column("soort", "Naam of sleutel van een soort orgaan.", "begeleidingsgroep"),
    Column("niveau", "lokaal, districtelijk of regionaal.", "regionaal"),
    Column(
        "hoort_bij", "Sleutel van het orgaan waar het onder staat. Alleen bij een nieuw orgaan. Leeg: bovenaan.", ""
    ),
    Column("in_een_zin", "Met lidwoord.", "de BBG"),
    Column("na_een_rol", "Zoals het na een rol staat.", "van de BBG"),
    Column("getal", "enkelvoud of meervoud.", "enkelvoud"),
    Column("inleiding", "Hooguit 400 tekens.", ""),
    Column("contactrol", "Een rol, geen naam.", ""),
    Column("functiemailbox", "Het adres van een team of functie.", ""),
    VALID_FROM,
    VALID_TO,
    PUBLISH,
)


def _body_fields() -> list[Field]:
    kinds = _terms("Soort orgaan", BodyKind, "name")
    key, title, short_name, kind, tier, _parent, phrase, phrase_of, number_, introduction, role, email = BODIES[:12]
    valid_from, valid_to, _publish = BODIES[12:]
    return [
        Field(key, "slug", str, key=True, needed=True),
        text(title, "title", needed=True),
        text(short_name, "short_name"),
        record(kind, "kind", kinds, _key, needed=True),
        option(tier, "tier", {tier.value: tier.value for tier in NetworkBodyPage.Tier}, needed=True),
        text(phrase, "phrase", needed=True),
        text(phrase_of, "phrase_of", needed=True),
        option(number_, "number", NUMBERS),
        text(introduction, "introduction"),
        text(role, "contact_role"),
        text(email, "contact_email"),
        day(valid_from, "valid_from"),
        day(valid_to, "valid_to"),
    ]


RELATIONS = (
    Column("van", "Sleutel, titel of korte naam van een orgaan.", "bbg"),
    Column("handelende_rol", "Sleutel van een rol. Leeg: het orgaan zelf.", ""),
    Column("getal_van_de_rol", "enkelvoud of meervoud.", ""),
    Column("werkwoord", "Sleutel van een werkwoord.", "richting-geven"),
    Column("naar", "Sleutel, titel of korte naam van een ander orgaan.", "expertgroepen"),
    VALID_FROM,
    VALID_TO,
)


def _relation_fields() -> list[Field]:
    from_body, role, number_, verb, to_body, valid_from, valid_to = RELATIONS
    bodies, shown = _bodies()
    return [
        record(from_body, "from_body", bodies, shown, key=True, needed=True),
        record(role, "acting_role", _terms("Rol", Role, "singular", "plural"), _key, key=True),
        option(number_, "acting_number", NUMBERS),
        record(verb, "verb", _terms("Werkwoord", RelationVerb), _key, key=True, needed=True),
        record(to_body, "to_body", bodies, shown, key=True, needed=True),
        day(valid_from, "valid_from", key=True),
        day(valid_to, "valid_to"),
    ]


MEMBERSHIPS = (
    Column("orgaan", "Sleutel, titel of korte naam van het orgaan.", "bbg"),
    Column("organisatie", "Naam of sleutel. Of vul de rol en het andere orgaan in.", "om"),
    Column("rol", "Sleutel van een rol in een ander orgaan.", ""),
    Column("getal_van_de_rol", "enkelvoud of meervoud.", ""),
    Column("ander_orgaan", "Het orgaan waarin die rol bestaat.", ""),
    Column("als_wie", "Sleutel van een hoedanigheid. Leeg: gewoon lid.", ""),
    Column("volgorde", "Een getal; het laagste staat voorop.", "1"),
    VALID_FROM,
    VALID_TO,
)


def _membership_fields() -> list[Field]:
    body, organisation, role, number_, other, capacity, order, valid_from, valid_to = MEMBERSHIPS
    bodies, shown = _bodies()
    organisations = Choices(
        "Organisatie", Organisation.objects.all(), lambda each: (each.slug, each.name, each.short_name)
    )
    return [
        record(body, "body", bodies, shown, key=True, needed=True),
        record(organisation, "organisation", organisations, _slug, key=True),
        record(role, "member_role", _terms("Rol", Role, "singular", "plural"), _key, key=True),
        option(number_, "member_number", NUMBERS),
        record(other, "member_body", bodies, shown, key=True),
        record(capacity, "capacity", _terms("Hoedanigheid", Capacity, "name"), _key, key=True),
        number(order, "sort_order", empty=0),
        day(valid_from, "valid_from", key=True),
        day(valid_to, "valid_to"),
    ]


# In the order in which they build on each other.
SHEETS = {
    sheet.key: sheet
    for sheet in (
        Sheet(
            "organisaties", _("Organisaties"), Organisation, _organisation_fields,
            lambda: _by_name(Organisation.objects.select_related("kind")), ORGANISATIONS,
        ),
        Sheet(
            "gemeenten", _("Gemeenten"), Municipality, _municipality_fields,
            lambda: _by_name(Municipality.objects.select_related("district", "successor")), MUNICIPALITIES,
        ),
        Sheet(
            "plannen", _("Veiligheidsplannen"), SafetyPlan, _plan_fields,
            lambda: SafetyPlan.objects.select_related("municipality").order_by("municipality__code", "first_year"),
            PLANS,
        ),
        Sheet(
            "organen", _("Organen"), NetworkBodyPage, _body_fields,
            lambda: _own(NetworkBodyPage).select_related("kind").order_by("path"), BODIES, is_page=True,
        ),
        Sheet(
            "relaties", _("Relaties"), BodyRelation, _relation_fields,
            lambda: BodyRelation.objects.select_related("from_body", "acting_role", "verb", "to_body"), RELATIONS,
        ),
        Sheet(
            "deelnames", _("Deelnames"), Membership, _membership_fields,
            lambda: Membership.objects.select_related(
                "body", "organisation", "member_role", "member_body", "capacity"
            ), MEMBERSHIPS,
        ),
    )
}  # fmt: skip

"""The bodies of the network with their organisations, relations and memberships."""

from typing import Any

from django.utils.text import slugify
from wagtail.models import Page

from home.setup.blocks import body
from home.setup.content import ContentError, Record
from home.setup.pages import set_values
from home.setup.records import save
from home.setup.region import PreparedSite
from home.setup.terms import add_term
from network.models import BodyRelation, Capacity, Membership, NetworkBodyPage, Organisation


def add_organisations(organisations: Record, site: PreparedSite) -> None:
    """Add the organisations that are missing."""
    known = {organisation.slug: organisation for organisation in Organisation.objects.all()}
    for record in organisations.tables("organisaties"):
        key = record.text("key")
        site.report.add("Organisaties", new=key not in known)
        if key not in known:
            logo = record.optional_text("logo")
            known[key] = Organisation(
                logo_id=site.references.id_of("afbeelding", logo, record.place) if logo else None,
                name=record.text("name"),
                short_name=record.text("short_name"),
                slug=key,
                kind_id=site.references.id_of("organisatiesoort", record.text("kind"), record.place),
                website=record.text("website"),
                description=record.text("description"),
            )
            save(known[key], record.place)
        site.references.add("organisatie", key, known[key].pk)


def add_bodies(records: list[Record], site: PreparedSite) -> list[tuple[Record, NetworkBodyPage]]:
    """Add a page for each body, as a draft; a body of a larger whole stands below it."""
    bodies: dict[str, NetworkBodyPage] = {}
    for record in records:
        key, parent_key = record.text("key"), record.optional_text("parent")
        if parent_key is not None and parent_key not in bodies:
            raise ContentError(
                f"{record.place}: 'parent' noemt '{parent_key}', maar dat orgaan staat niet eerder in het bestand."
            )
        parent: Page = bodies[parent_key] if parent_key else site.main_pages["netwerk"]
        page = NetworkBodyPage(
            title=record.text("title"),
            slug=record.text("slug"),
            introduction=record.text("introduction"),
            short_name=record.text("short_name"),
            kind_id=site.references.id_of("orgaansoort", record.text("kind"), record.place),
            tier=record.text("tier"),
            phrase=record.table("phrase").text(site.language),
            phrase_of=record.table("phrase_of").text(site.language),
            number=record.text("number"),
            contact_role=record.text("contact_role"),
            contact_email=record.text("contact_email"),
            valid_to=record.optional_day("valid_to"),
        )
        bodies[key] = site.pages.add(parent, page, key, record.place, kind="Netwerkorganen")
    return [(record, bodies[record.text("key")]) for record in records]


def fill_body(page: NetworkBodyPage, record: Record, site: PreparedSite) -> None:
    """Publish the page of a body with its text."""
    blocks = body(record.text("key"), record.tables("body"), site.references)
    values = {"body": blocks, **site.management(record)}
    site.pages.fill(page, record.place, values)


def add_facts(network: Record, site: PreparedSite) -> None:
    """Add relations and memberships of bodies that this run made; those of others are the editors'."""
    _add_relations(network.tables("relaties"), site)
    _add_memberships(network.tables("lidmaatschappen"), site)


def _add_relations(records: list[Record], site: PreparedSite) -> None:
    for record in records:
        from_body = site.references.id_of("pagina", record.text("from"), record.place)
        to_body = site.references.id_of("pagina", record.text("to"), record.place)
        new = site.pages.is_new(from_body) or site.pages.is_new(to_body)
        site.report.add("Relaties", new=new)
        if new:
            relation = BodyRelation(
                from_body_id=from_body,
                to_body_id=to_body,
                verb_id=site.references.id_of("werkwoord", record.text("verb"), record.place),
                **_role(record, "acting", site),
            )
            save(relation, record.place)


def _add_memberships(records: list[Record], site: PreparedSite) -> None:
    for number, record in enumerate(records, start=1):
        body_id = site.references.id_of("pagina", record.text("body"), record.place)
        new = site.pages.is_new(body_id)
        site.report.add("Deelnames", new=new)
        if not new:
            continue
        membership = Membership(body_id=body_id, sort_order=number)
        if "organisation" in record:
            organisation = record.text("organisation")
            membership.organisation_id = site.references.id_of("organisatie", organisation, record.place)
            membership.capacity = _capacity(record, site)
        else:
            # Who holds the role follows from the other body, so no capacity says it again.
            membership.member_body_id = site.references.id_of("pagina", record.text("of_body"), record.place)
            set_values(membership, _role(record, "member", site))
        save(membership, record.place)


def _role(record: Record, prefix: str, site: PreparedSite) -> dict[str, Any]:
    if "role" not in record:
        return {}
    role = site.references.id_of("rol", record.text("role"), record.place)
    return {f"{prefix}_role_id": role, f"{prefix}_number": record.text("role_number")}


def _capacity(record: Record, site: PreparedSite) -> Capacity:
    texts = record.table("role_text")
    names = {locale: {"name": texts.text(locale.language_code)} for locale in site.locales}
    key = slugify(texts.text(site.language))[:60].strip("-")
    capacity, _new = add_term(Capacity, key, names, record.place)
    return capacity

"""Safety plans of municipalities."""

from districts.models import SafetyPlan
from home.setup.content import Record
from home.setup.records import save
from home.setup.region import PreparedSite
from themes.models import ThemePage


def add_plans(records: list[Record], site: PreparedSite) -> None:
    """Add the plans that are missing; references know a plan by the key of its publication."""
    known = {(plan.municipality_id, plan.first_year): plan for plan in SafetyPlan.objects.all()}
    for record in records:
        municipality = site.references.id_of("gemeente", record.text("municipality"), record.place)
        place = (municipality, record.number("from_year"))
        site.report.add("Veiligheidsplannen", new=place not in known)
        if place not in known:
            known[place] = SafetyPlan(
                municipality_id=municipality,
                first_year=place[1],
                last_year=record.number("to_year"),
                note=record.text("note"),
            )
            themes = [site.references.id_of("pagina", key, record.place) for key in record.texts("themes")]
            known[place].themes = ThemePage.objects.filter(pk__in=themes)
            save(known[place], record.place)
        if publication := record.optional_text("publication"):
            site.references.add("veiligheidsplan", publication, known[place].pk)

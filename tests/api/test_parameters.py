"""Query parameters: all errors at once, and none of them passed over."""

import pytest
from wagtail.models import Locale

pytestmark = pytest.mark.django_db


def errors(problem: dict) -> dict[str, str]:
    return {error["parameter"]: error["melding"] for error in problem["errors"]}


def test_all_wrong_parameters_are_named_at_once(site, ask):
    problem = ask(
        "/paginas?pagina=0&paginaGrootte=101&sorteer=kleur&taal=xx&soort=auto&velden=id,kleur&onbekend=1", status=400
    )
    assert errors(problem) == {
        "onbekend": "Deze parameter bestaat niet. Wel: gewijzigdSinds, onder, pagina, paginaGrootte, soort, "
        "sorteer, taal, velden, zoek.",
        "pagina": "Dit moet minstens 1 zijn.",
        "paginaGrootte": "Dit mag hoogstens 100 zijn.",
        "soort": errors(problem)["soort"],
        "sorteer": "Kies uit: relevantie, pad, titel, -titel, bijgewerktOp, -bijgewerktOp.",
        "taal": "Deze taal heeft de site niet. Kies uit: nl, en, de.",
        "velden": errors(problem)["velden"],
    }
    assert errors(problem)["soort"].startswith("Onbekende soort: auto. Kies uit: ")
    assert errors(problem)["velden"].startswith("Onbekend veld: kleur. Kies uit: ")


def test_a_wrong_value_in_a_list_is_told_under_its_own_name(site, ask):
    problem = ask("/publicaties?jaar=2026&jaar=abc", status=400)
    assert errors(problem) == {"jaar": "Dit moet een geheel getal zijn."}


@pytest.mark.parametrize(
    "address",
    [
        "/themas", "/districten", "/gemeenten", "/netwerkorganen", "/netwerk", "/organisaties", "/publicaties",
        "/paginas", "/paginas/1", "/navigatie", "/paginas/op-pad?pad=/", "/gemeenten/GM0001",
    ],
)  # fmt: skip
def test_an_unknown_parameter_is_refused_everywhere(site, ask, address):
    mark = "&" if "?" in address else "?"
    assert set(errors(ask(f"{address}{mark}thema_id=1", status=400))) == {"thema_id"}


def test_english_names_of_the_code_are_not_parameters(site, ask):
    assert set(errors(ask("/themas?page=1&page_size=5", status=400))) == {"page", "page_size"}


def test_a_parameter_that_stands_twice_is_refused_unless_it_may(site, ask):
    assert errors(ask("/themas?pagina=1&pagina=2", status=400)) == {
        "pagina": "Deze parameter mag maar één keer voorkomen."
    }
    assert ask("/publicaties?jaar=2025&jaar=2026")["aantal"] == 0


def test_a_missing_path_is_named(site, ask):
    assert errors(ask("/paginas/op-pad", status=400)) == {"pad": "Deze parameter is verplicht."}


@pytest.mark.parametrize("path", ["themas", "//elders.example/", "https://elders.example/"])
def test_a_path_starts_at_the_root(site, ask, path):
    assert set(errors(ask("/paginas/op-pad", status=400, pad=path))) == {"pad"}


@pytest.mark.parametrize("value", ["x", "1.5", "99999999999999999999999"])
def test_a_page_number_is_a_whole_number(site, ask, value):
    assert set(errors(ask(f"/themas?pagina={value}", status=400))) == {"pagina"}


def test_a_date_is_a_date(site, ask):
    assert errors(ask("/netwerk?peildatum=gisteren", status=400)) == {
        "peildatum": "Geef een datum als jaar-maand-dag, bijvoorbeeld 2026-11-23."
    }


def test_a_language_without_a_locale_is_refused(site, ask):
    Locale.objects.filter(language_code="de").delete()
    assert errors(ask("/navigatie?taal=de", status=400)) == {"taal": "Deze taal heeft de site nog niet."}


@pytest.mark.parametrize("value", ["%00", "a%00b"])
def test_a_null_character_is_no_failure(site, client, value):
    for address in ("publicaties?zoek=", "publicaties?thema=", "gemeenten?district=", "paginas/op-pad?pad=/"):
        assert client.get(f"/api/v1/{address}{value}").status_code == 400
    for address in ("gemeenten/", "organisaties/"):
        assert client.get(f"/api/v1/{address}{value}").status_code == 404

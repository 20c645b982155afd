"""A publication's page, its files, and publications on other pages."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Locale

from cms.rendering.files import size_text
from home.models import HomePage
from kennisbank.models import KennisbankPage, PublicationFile, PublicationType
from network.models import Organisation, OrganisationKind
from tests.cms.factories import make_document, make_private, make_site, private_collection
from tests.districts.factories import (
    make_district,
    make_district_index,
    make_municipality,
    make_municipality_index,
    make_plan,
    make_theme,
    make_theme_index,
)
from tests.kennisbank.factories import add_file, make_audience, make_kennisbank, make_publication, make_type
from tests.network.factories import translate_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    _site, home = make_site()
    return home


@pytest.fixture
def kennisbank(home: HomePage) -> KennisbankPage:
    return make_kennisbank(home)


def make_organisation(name: str = "RIEC Oost") -> Organisation:
    kind, _created = OrganisationKind.objects.get_or_create(
        key="partner", locale=Locale.objects.get(language_code="nl"), defaults={"name": "Partner"}
    )
    return Organisation.objects.create(name=name, slug=name.lower().replace(" ", "-"), kind=kind)


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def section(page: str, key: str) -> str:
    return page[page.index(f'id="{key}"') :].split("</section>")[0]


def facts(page: str) -> dict[str, list[str]]:
    found = {}
    for item in re.findall(r"<dt[^>]*>(.*?)</div>", section(page, "over"), re.DOTALL):
        term, *values = [re.sub(r"<[^>]+>", "", part).strip() for part in re.split(r"<dd[^>]*>", item)]
        found[term] = values
    return found


def test_tells_what_it_is_and_what_it_is_about(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    theme = make_theme(make_theme_index(home))
    district = make_district(make_district_index(home))
    make_municipality_index(home)
    zwolle, almelo = make_municipality(district, "Zwolle"), make_municipality(district, "Almelo")
    page = make_publication(
        kennisbank, themes=[theme], districts=[district], municipalities=[zwolle, almelo], audiences=[make_audience()],
        organisations=[make_organisation()], safety_plan=make_plan(zwolle, years=(2023, 2026)), document_language="en",
    )  # fmt: skip
    html = read(client, page.url)
    assert facts(html) == {
        "Soort": ["Factsheet"],
        "Datum": ["2 maart 2026"],
        "Taal": ["Engels"],
        "Thema&#x27;s": ["Ondermijning"],
        "Districten": ["Twente"],
        "Gemeenten": ["Almelo, Zwolle"],
        "Veiligheidsplan": ["Zwolle 2023–2026"],
        "Uitgegeven door": ["RIEC Oost"],
        "Voor wie": ["Adviseurs veiligheid"],
    }
    for address in ("/themas/ondermijning/", district.url, "/gemeenten/almelo/", "/kennisbank/?type=factsheet"):
        assert f'href="{address}"' in section(html, "over")


def head(client: Client, path: str) -> list[str]:
    found = re.findall(r'<(h1|p) class="page-head__(?:title|introduction)[^"]*"(?: lang="(\w+)")?>', read(client, path))
    assert [tag for tag, _language in found] == ["h1", "p"]
    return [language for _tag, language in found]


def test_says_in_which_language_title_and_summary_are(kennisbank: KennisbankPage, client: Client) -> None:
    dutch = make_publication(kennisbank, "Over leegstand", introduction="Wat te doen.")
    english = make_publication(kennisbank, "Online fraud", introduction="Helping.", document_language="en")
    assert head(client, dutch.url) == ["", ""]
    assert head(client, english.url) == ["en", "en"]
    answer = client.get("/api/v1/paginas/op-pad", {"pad": english.url}).json()
    assert (answer["taal"], answer["tekstTaal"]) == ("nl", "en")
    translated = translate_page(dutch, "en", title="On vacancy", introduction="What to do.")
    assert head(client, translated.url) == ["", ""]


def test_does_not_name_a_hidden_theme(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    theme = make_theme(make_theme_index(home), "Geheim thema")
    page = make_publication(kennisbank, themes=[theme])
    make_private(theme)
    assert "Geheim thema" not in read(client, page.url)


def test_lists_the_files_in_the_order_of_the_editor(kennisbank: KennisbankPage, client: Client) -> None:
    page = make_publication(kennisbank, document_language="en")
    add_file(page, make_document("Bijlage"), sort_order=2)
    add_file(page, make_document("Het stuk", b"x" * 1_234_000), version="2.0", sort_order=1)
    html = section(read(client, page.url), "bestanden")
    names = re.findall(r'lang="en" hreflang="en">([^<]+)</a>', html)
    assert names == ["Het stuk, versie 2.0", "Bijlage"]
    assert "1,2 MB" in html
    assert "PDF" in html


def test_does_not_list_a_document_of_a_private_collection(kennisbank: KennisbankPage, client: Client) -> None:
    page = make_publication(kennisbank)
    add_file(page, make_document("Besloten stuk", collection=private_collection()))
    html = read(client, page.url)
    assert "Besloten stuk" not in html
    assert 'id="bestanden"' not in html


@pytest.mark.parametrize(
    ("size", "text"), [(0, ""), (300, "1 kB"), (340_000, "340 kB"), (1_234_000, "1,2 MB"), (25_000_000, "25,0 MB")]
)
def test_tells_sizes_in_dutch(size: int, text: str) -> None:
    with translation.override("nl"):
        assert size_text(size) == text


def test_a_replaced_publication_names_the_newer_one(kennisbank: KennisbankPage, client: Client) -> None:
    newer = make_publication(kennisbank, "Factsheet 2026")
    older = make_publication(kennisbank, "Factsheet 2024", replaced_by=newer)
    html = read(client, older.url)
    assert "Deze publicatie is vervangen door een nieuwere." in html
    assert re.search(rf'href="{newer.url}"[^>]*>Factsheet 2026</a>', html)


def test_does_not_name_a_newer_one_that_is_a_draft(kennisbank: KennisbankPage, client: Client) -> None:
    newer = make_publication(kennisbank, "Factsheet 2026")
    older = make_publication(kennisbank, "Factsheet 2024", replaced_by=newer)
    newer.unpublish()
    html = read(client, older.url)
    assert "vervangen" not in html
    assert "Factsheet 2026" not in html
    assert "vervangen" not in read(client, "/kennisbank/").lower()


def test_a_publication_cannot_replace_itself(kennisbank: KennisbankPage) -> None:
    page = make_publication(kennisbank)
    page.replaced_by = page
    with pytest.raises(ValidationError, match="zichzelf niet vervangen"):
        page.full_clean()


def test_keeps_its_type_in_the_language_of_the_site(kennisbank: KennisbankPage) -> None:
    source = make_type()
    english = source.copy_for_translation(Locale.objects.get(language_code="en"))
    english.save()
    assert make_publication(kennisbank, publication_type=english).publication_type == source


def test_refuses_a_type_that_only_another_language_has(kennisbank: KennisbankPage) -> None:
    locale = Locale.objects.get(language_code="en")
    english = PublicationType.objects.create(key="memo", name="Memo", name_plural="Memos", locale=locale)
    with pytest.raises(ValidationError, match="bestaat niet in de taal van de site"):
        make_publication(kennisbank, publication_type=english)


def test_a_theme_shows_its_newest_and_the_way_to_all(
    home: HomePage, kennisbank: KennisbankPage, client: Client
) -> None:
    theme = make_theme(make_theme_index(home))
    newest = make_publication(kennisbank, "Nieuwste", themes=[theme], publication_date=date(2026, 9, 1))
    make_publication(kennisbank, "Vervangen stuk", themes=[theme], replaced_by=newest)
    make_publication(kennisbank, "Ander onderwerp")
    for number in range(6):
        make_publication(kennisbank, f"Stuk {number}", themes=[theme])
    part = section(read(client, theme.url), "publicaties")
    shown = re.findall(r'class="card__link"[^>]*>([^<]+)</a>', part)
    assert shown == ["Nieuwste", *(f"Stuk {number}" for number in (5, 4, 3, 2, 1))]
    assert 'href="/kennisbank/?thema=ondermijning"' in part


def test_a_district_and_a_municipality_show_theirs(home: HomePage, kennisbank: KennisbankPage, client: Client) -> None:
    district = make_district(make_district_index(home))
    make_municipality_index(home)
    zwolle = make_municipality(district, "Zwolle")
    make_publication(kennisbank, "Over Twente", districts=[district])
    make_publication(kennisbank, "Over Zwolle", municipalities=[zwolle], safety_plan=make_plan(zwolle))
    assert "Over Twente" in section(read(client, district.url), "publicaties")
    part = section(read(client, "/gemeenten/zwolle/"), "publicaties")
    assert re.findall(r'class="card__link"[^>]*>([^<]+)</a>', part) == ["Over Zwolle"]


@pytest.mark.parametrize("number", [2, 8])
def test_costs_the_same_queries_whatever_it_shows(
    number: int, home: HomePage, kennisbank: KennisbankPage, client: Client, django_assert_max_num_queries: Callable
) -> None:
    themes, districts = make_theme_index(home), make_district_index(home)
    make_municipality_index(home)
    chosen = [make_theme(themes, f"Thema {count}") for count in range(number)]
    areas = [make_district(districts, f"District {count}") for count in range(number)]
    places = [make_municipality(area, f"Plaats {count}") for count, area in enumerate(areas)]
    page = make_publication(
        kennisbank, themes=chosen, districts=areas, municipalities=places, safety_plan=make_plan(places[0]),
        audiences=[make_audience(f"Doelgroep {count}") for count in range(number)],
        organisations=[make_organisation(f"Partner {count}") for count in range(number)],
        replaced_by=make_publication(kennisbank, "Nieuwer"),
    )  # fmt: skip
    for _count in range(number):
        add_file(page)
    client.get(page.url)
    with django_assert_max_num_queries(27):
        assert client.get(page.url).status_code == 200


def test_a_preview_shows_choices_that_are_not_saved(home: HomePage, kennisbank: KennisbankPage) -> None:
    page = make_publication(kennisbank)
    page.themes = [make_theme(make_theme_index(home))]
    page.organisations = [make_organisation()]
    page.audiences = [make_audience()]
    page.files = [PublicationFile(document=make_document("Nieuw stuk"))]
    html = page.make_preview_request().render().content.decode()
    for text in ("Ondermijning", "RIEC Oost", "Adviseurs veiligheid", "Nieuw stuk"):
        assert text in html

"""The region file and the demo content agree with themselves: keys resolve, counts are right, texts are complete.

Pure Python: what the loaders make of it is tested elsewhere.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

Record = dict[str, Any]

HOME = Path(__file__).resolve().parents[2] / "home"
DEMO = HOME / "demo"
LANGUAGES = ("nl", "en", "de")
ALLOWED_TAGS = {"p", "ul", "ol", "li", "h3", "strong", "em", "a"}
BLOCK_FIELDS = {
    "heading": {"text", "level"},
    "paragraph": {"html"},
    "image": {"image", "caption"},
    "quote": {"text", "source"},
    "callout": {"tone", "title", "html"},
    "links": {"title", "items"},
    "page_cards": {"title", "items"},
    "publications": {"title", "mode"},
    "accordion": {"title", "items"},
    "steps": {"title", "items"},
    "timeline": {"title", "items"},
    "key_figures": {"title", "items"},
    "table": {"caption", "columns", "rows"},
    "contact": {"title", "role", "email"},
    "download": {"file", "title", "description"},
    "form": {"form"},
    "overview": {"title", "piece", "display"},
}


def read(path: Path) -> Record:
    return tomllib.loads(path.read_text(encoding="utf-8"))


REGION = read(HOME / "regions" / "oost-nederland.toml")
HOMEPAGE = read(DEMO / "home.toml")
THEMES = read(DEMO / "themas.toml")["themas"]
DISTRICTS = read(DEMO / "districten.toml")["districten"]
NETWORK = read(DEMO / "netwerk.toml")
BODIES = NETWORK["organen"]
ORGANISATIONS = read(DEMO / "organisaties.toml")["organisaties"]
PUBLICATIONS = read(DEMO / "publicaties.toml")["publicaties"]
PLANS = read(DEMO / "plannen.toml")["plannen"]
IMAGES = read(DEMO / "afbeeldingen.toml")["afbeeldingen"]
TRANSLATIONS = read(DEMO / "vertalingen.toml")["paginas"]
CURRENT_MUNICIPALITIES = [record for record in REGION["gemeenten"] if "valid_to" not in record]


def keys(records: list[Record]) -> set[str]:
    found = [record["key"] for record in records]
    assert len(found) == len(set(found)), [key for key, count in Counter(found).items() if count > 1]
    return set(found)


def region_keys(table: str) -> set[str]:
    return keys(REGION[table])


DUTCH_PAGES: dict[str, Record] = {
    record["key"]: record for record in (*REGION["hoofdpaginas"], *REGION["startpaginas"], *THEMES, *BODIES)
}
DUTCH_PAGES |= {record["key"]: {**record, "introduction": record["summary"]} for record in PUBLICATIONS}
DUTCH_PAGES |= {f"district-{record['key']}": record for record in DISTRICTS}
DUTCH_PAGES["home"] = HOMEPAGE


def pages() -> list[tuple[str, Record]]:
    translated = [(f"{record['key']}/{record['locale']}", record) for record in TRANSLATIONS]
    return [*DUTCH_PAGES.items(), *translated]


def blocks() -> Iterator[tuple[str, Record]]:
    for name, page in pages():
        for block in page.get("body", []):
            yield name, block


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


class TagChecker(HTMLParser):
    """Collects the tags and link targets of a fragment, and refuses one that is not closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.seen.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
        assert all(name == "href" for name, _ in attrs), attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], tag
        self.open.pop()


def test_the_region_has_76_municipalities_spread_over_five_districts() -> None:
    assert Counter(record["district"] for record in CURRENT_MUNICIPALITIES) == {
        "ijsselland": 11,
        "twente": 14,
        "noord-en-oost-gelderland": 22,
        "gelderland-midden": 15,
        "gelderland-zuid": 14,
    }
    assert {record["district"] for record in REGION["gemeenten"]} == region_keys("districten")


@pytest.mark.parametrize("field", ["code", "naam", "slug"])
def test_municipalities_are_unique_by(field: str) -> None:
    assert len({record[field] for record in REGION["gemeenten"]}) == len(REGION["gemeenten"])


def test_municipalities_have_a_cbs_code_and_a_tile_of_their_own() -> None:
    assert all(re.fullmatch(r"GM\d{4}", record["code"]) for record in REGION["gemeenten"])
    assert len({(record["x"], record["y"]) for record in CURRENT_MUNICIPALITIES}) == 76
    assert all(record["x"] >= 0 and record["y"] >= 0 for record in CURRENT_MUNICIPALITIES)


def test_a_merged_municipality_names_a_successor_that_exists() -> None:
    current = {record["code"]: record for record in CURRENT_MUNICIPALITIES}
    merged = [record for record in REGION["gemeenten"] if "valid_to" in record]
    assert merged
    for record in merged:
        successor = current[record["opvolger"]]
        assert successor["district"] == record["district"]
        assert successor.get("valid_from", record["valid_to"]) == record["valid_to"]


@pytest.mark.parametrize(
    "table", ["documentsoorten", "rollen", "orgaansoorten", "werkwoorden", "doelgroepen", "organisatiesoorten"]
)
def test_every_term_has_the_same_forms_in_every_language(table: str) -> None:
    for record in REGION[table]:
        forms = [set(record[language]) for language in LANGUAGES]
        assert forms[0] == forms[1] == forms[2], record["key"]
        assert all(strings(record)), record["key"]


def test_every_verb_pattern_names_both_bodies_once() -> None:
    for verb in REGION["werkwoorden"]:
        for language in LANGUAGES:
            assert set(verb[language]) == {"enkelvoud", "meervoud", "omgekeerd_enkelvoud", "omgekeerd_meervoud"}
            for form, pattern in verb[language].items():
                first = "{naar}" if form.startswith("omgekeerd") else "{van}"
                assert pattern.startswith(first), (verb["key"], pattern)
                assert pattern.count("{van}") == pattern.count("{naar}") == 1, (verb["key"], pattern)


def test_the_demo_is_as_large_as_promised() -> None:
    assert len(keys(THEMES)) == 6
    assert keys(DISTRICTS) == region_keys("districten")
    assert len(keys(ORGANISATIONS)) >= 10
    assert len(keys(PUBLICATIONS)) >= 32
    districts = {record["slug"]: record["district"] for record in CURRENT_MUNICIPALITIES}
    planned = Counter(districts[name] for name in {record["municipality"] for record in PLANS})
    assert sum(planned.values()) >= 30
    assert set(planned) == region_keys("districten")
    assert min(planned.values()) >= 5


def test_page_keys_are_used_once() -> None:
    expected = len(REGION["hoofdpaginas"]) + len(REGION["startpaginas"])
    expected += len(THEMES) + len(BODIES) + len(PUBLICATIONS) + len(DISTRICTS)
    assert len(DUTCH_PAGES) == expected


@pytest.mark.parametrize(
    "records", [THEMES, BODIES, PUBLICATIONS, DISTRICTS], ids=["themes", "bodies", "kb", "districts"]
)
def test_slugs_are_unique_and_plain(records: list[Record]) -> None:
    slugs = [record["slug"] for record in records]
    assert len(set(slugs)) == len(slugs)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs)


def test_every_page_has_a_title_and_a_short_introduction() -> None:
    for name, page in pages():
        assert page["title"], name
        # The search page shows what the site's texts say about searching.
        shortest = 0 if name.startswith("zoeken/") else 1
        assert shortest <= len(page["introduction"]) <= 300, (name, len(page["introduction"]))


def test_every_text_is_filled_and_clean() -> None:
    for name, page in pages():
        for text in strings(page.get("body", [])):
            assert text.strip() or text == "", name
            assert "lorem" not in text.lower(), (name, text)
            assert "  " not in text.strip("\n"), (name, text)


def test_html_is_simple_closed_and_links_to_what_exists() -> None:
    for name, page in pages():
        for fragment in (text for text in strings(page) if "<" in text):
            checker = TagChecker()
            checker.feed(fragment)
            checker.close()
            assert not checker.open, (name, checker.open)
            assert checker.seen <= ALLOWED_TAGS, (name, checker.seen - ALLOWED_TAGS)
            for link in checker.links:
                if link.startswith("pagina:"):
                    assert link.removeprefix("pagina:") in DUTCH_PAGES, (name, link)
                else:
                    assert re.fullmatch(r"mailto:[^@]+@voorbeeld\.example", link), (name, link)


def test_mail_addresses_are_examples() -> None:
    sources = [HOME / "regions" / "oost-nederland.toml", *DEMO.glob("*.toml")]
    for path in sources:
        for address in re.findall(r"[\w.-]+@[\w.-]+\w", path.read_text(encoding="utf-8")):
            assert address.endswith("@voorbeeld.example"), (path.name, address)


def test_every_block_has_its_fields() -> None:
    for name, block in blocks():
        assert BLOCK_FIELDS[block["type"]] <= set(block), (name, block)
        if block["type"] == "heading":
            assert block["level"] in (2, 3, 4), name
        if block["type"] == "callout":
            assert block["tone"] in ("info", "tip", "warning"), name


def test_heading_levels_never_skip() -> None:
    for name, page in pages():
        level = 1
        for block in page.get("body", []):
            if block["type"] == "heading":
                assert block["level"] <= max(level, 1) + 1, (name, block["text"])
                level = block["level"]


def test_every_image_has_an_alt_or_is_decorative() -> None:
    for name, block in blocks():
        if block["type"] == "image":
            assert bool(block.get("alt")) != bool(block.get("decorative")), name


def test_pages_and_publications_in_blocks_exist() -> None:
    for name, block in blocks():
        if block["type"] == "page_cards":
            assert set(block["items"]) <= set(DUTCH_PAGES), name
        if block["type"] == "links":
            for item in block["items"]:
                assert item["title"], (name, item)
                assert ("page" in item) != ("url" in item), (name, item)
                assert item.get("page", "home") in DUTCH_PAGES, (name, item)
        if block["type"] == "publications" and block["mode"] == "chosen":
            assert block["items"], name
            assert set(block["items"]) <= keys(PUBLICATIONS), name
        if block["type"] == "publications" and block["mode"] == "filter":
            assert block["max"] > 0, name
            assert block.get("theme", THEMES[0]["key"]) in keys(THEMES), name
            assert block.get("document_type", "factsheet") in region_keys("documentsoorten"), name


def test_images_exist_and_stay_light() -> None:
    for record in IMAGES:
        path = DEMO / "images" / record["file"]
        assert path.is_file(), record["file"]
        assert path.stat().st_size < 150_000, record["file"]
    used = {page["image"] for _, page in pages() if "image" in page}
    used |= {block["image"] for _, block in blocks() if block["type"] == "image"}
    assert used <= keys(IMAGES)


def test_themes_refer_to_an_expert_group_that_exists() -> None:
    expert_groups = {record["key"] for record in BODIES if record.get("parent") == "expertgroepen"}
    assert {record["expert_group"] for record in THEMES} == expert_groups
    assert all(len(record["roles"]) >= 4 and record["approach"] and record["situation"] for record in THEMES)


def test_districts_refer_to_a_dvo_of_their_own() -> None:
    consultations = {record["key"]: record["district"] for record in BODIES if record.get("parent") == "dvos"}
    assert {record["dvo"]: record["key"] for record in DISTRICTS} == consultations


def test_bodies_refer_to_what_exists() -> None:
    known = keys(BODIES)
    for body in BODIES:
        assert body["kind"] in region_keys("orgaansoorten"), body["key"]
        assert body["tier"] in ("lokaal", "districtelijk", "regionaal"), body["key"]
        assert body["article"] in ("de", "het", ""), body["key"]
        assert body["number"] in ("enkelvoud", "meervoud"), body["key"]
        assert body.get("parent", "bbg") in known, body["key"]
        assert body.get("district", "twente") in region_keys("districten"), body["key"]
        assert body.get("theme", THEMES[0]["key"]) in keys(THEMES), body["key"]
        assert set(body["phrase"]) == set(body["phrase_of"]) == set(LANGUAGES), body["key"]
        assert body["phrase"]["nl"].startswith(f"{body['article']} ".lstrip()), body["key"]


def test_relations_refer_to_what_exists_and_stand_once() -> None:
    seen = Counter((r["from"], r.get("role"), r["verb"], r["to"]) for r in NETWORK["relaties"])
    assert max(seen.values()) == 1
    for relation in NETWORK["relaties"]:
        assert {relation["from"], relation["to"]} <= keys(BODIES), relation
        assert relation["verb"] in region_keys("werkwoorden"), relation
        if "role" in relation:
            assert relation["role"] in region_keys("rollen"), relation
            assert relation["role_number"] in ("enkelvoud", "meervoud"), relation


def test_every_body_has_members_and_each_stands_once() -> None:
    memberships = NETWORK["lidmaatschappen"]
    seen = Counter((m["body"], m.get("organisation"), m.get("of_body")) for m in memberships)
    assert max(seen.values()) == 1
    assert {m["body"] for m in memberships} == keys(BODIES)
    for membership in memberships:
        assert ("organisation" in membership) != ("of_body" in membership), membership
        if "organisation" in membership:
            assert membership["organisation"] in keys(ORGANISATIONS), membership
        else:
            assert membership["role"] in region_keys("rollen"), membership
            assert membership["of_body"] in keys(BODIES), membership
        assert set(membership["role_text"]) == set(LANGUAGES), membership


def test_organisations_have_a_kind_and_a_safe_address() -> None:
    for record in ORGANISATIONS:
        assert record["kind"] in region_keys("organisatiesoorten"), record["key"]
        assert record["website"] == "" or record["website"].startswith("https://"), record["key"]


def test_publications_refer_to_what_exists() -> None:
    municipalities = {record["slug"] for record in CURRENT_MUNICIPALITIES}
    for record in PUBLICATIONS:
        assert record["type"] in region_keys("documentsoorten"), record["key"]
        assert set(record["themes"]) <= keys(THEMES), record["key"]
        assert set(record["districts"]) <= keys(DISTRICTS), record["key"]
        assert set(record["municipalities"]) <= municipalities, record["key"]
        assert set(record["organisations"]) <= keys(ORGANISATIONS), record["key"]
        assert set(record["audiences"]) <= region_keys("doelgroepen"), record["key"]
        assert record["language"] in LANGUAGES, record["key"]
        assert record["responsible"] in region_keys("groepen"), record["key"]
        assert record["date"] < record["review_date"], record["key"]


def test_a_replaced_publication_leads_to_a_newer_one_of_its_kind_that_holds() -> None:
    known = {record["key"]: record for record in PUBLICATIONS}
    replaced = [record for record in PUBLICATIONS if "vervangen_door" in record]
    assert replaced
    for record in replaced:
        successor = known[record["vervangen_door"]]
        assert successor["type"] == record["type"], record["key"]
        assert successor["date"] > record["date"], record["key"]
        assert "vervangen_door" not in successor, record["key"]


def test_every_filter_of_the_kennisbank_has_something_to_choose() -> None:
    def number_for(field: str) -> Counter[str]:
        values = (record[field] for record in PUBLICATIONS)
        return Counter(name for value in values for name in (value if isinstance(value, list) else [value]))

    assert set(number_for("type")) == region_keys("documentsoorten")
    assert set(number_for("audiences")) == region_keys("doelgroepen")
    assert min(number_for("themes")[key] for key in keys(THEMES)) >= 5
    assert min(number_for("districts")[key] for key in region_keys("districten")) >= 5
    assert len(number_for("municipalities")) >= 15
    assert len(number_for("organisations")) >= 10
    assert {record["date"].year for record in PUBLICATIONS} == {2023, 2024, 2025, 2026}
    languages = number_for("language")
    assert languages["nl"] > 20
    assert min(languages["en"], languages["de"]) >= 2


def test_files_exist_once_and_stay_light() -> None:
    named = [file["file"] for record in PUBLICATIONS for file in record["files"]]
    assert len(named) == len(set(named))
    assert {path.name for path in (DEMO / "files").iterdir()} == set(named)
    assert {Path(name).suffix for name in named} == {".pdf", ".docx", ".odt", ".ods", ".pptx", ".xlsx"}
    sizes = [(DEMO / "files" / name).stat().st_size for name in named]
    assert max(sizes) < 500_000
    assert sum(sizes) < 6_000_000
    assert any(len(record["files"]) > 1 for record in PUBLICATIONS)


def test_plans_belong_to_a_municipality_and_choose_existing_themes() -> None:
    publications = {record["key"]: record for record in PUBLICATIONS}
    for plan in PLANS:
        assert plan["municipality"] in {record["slug"] for record in CURRENT_MUNICIPALITIES}
        assert plan["from_year"] < plan["to_year"]
        assert plan["note"].startswith("Voorbeeld")
        assert 2 <= len(plan["themes"]) <= 4
        assert set(plan["themes"]) <= keys(THEMES)
        if "publication" in plan:
            publication = publications[plan["publication"]]
            assert publication["type"] == "veiligheidsplan"
            assert publication["municipalities"] == [plan["municipality"]]
            assert f"{plan['from_year']}–{plan['to_year']}" in publication["title"]
            assert set(publication["themes"]) == set(plan["themes"])
    assert sum("publication" in plan for plan in PLANS) >= 3


def test_a_municipality_renews_its_plan_when_the_former_has_ended() -> None:
    periods: dict[str, list[tuple[int, int]]] = {}
    for plan in PLANS:
        periods.setdefault(plan["municipality"], []).append((plan["from_year"], plan["to_year"]))
    assert any(len(found) > 1 for found in periods.values())
    assert any(max(end for _start, end in found) < 2026 for found in periods.values())
    for municipality, found in periods.items():
        for former, later in pairwise(sorted(found)):
            assert later[0] == former[1] + 1, municipality


def test_translations_have_the_shape_of_their_dutch_page() -> None:
    overviews = {"themas", "districten", "gemeenten", "prioriteiten", "netwerk", "partners", "zoeken"}
    whole = {"home", "mensenhandel", "ondermijning", "district-twente"}
    assert {(r["key"], r["locale"]) for r in TRANSLATIONS} == {
        (key, locale) for key in overviews | whole for locale in ("en", "de")
    }
    untranslated = {"key", "locale", "image", "responsible", "review_date", "contact_email", "expert_group", "dvo"}
    for record in TRANSLATIONS:
        if record["key"] in overviews:
            continue
        source = DUTCH_PAGES[record["key"]]
        assert set(record) - untranslated == set(source) - untranslated, record["key"]
        for mine, dutch in zip(record.get("body", []), source.get("body", []), strict=True):
            assert (mine["type"], set(mine)) == (dutch["type"], set(dutch)), record["key"]
        for parts in ("roles", "facts"):
            assert len(record.get(parts, [])) == len(source.get(parts, [])), record["key"]


def test_the_demo_shows_every_block_that_needs_no_outside_file() -> None:
    shown = {block["type"] for _name, block in blocks()}
    # A video needs a platform's or a file of its own; the demo asks nothing of others.
    assert shown == set(BLOCK_FIELDS)


def test_main_pages_stand_in_every_language() -> None:
    assert [record["soort"] for record in REGION["hoofdpaginas"]] == [
        "home",
        "themas",
        "kennisbank",
        "districten",
        "netwerk",
        "gemeenten",
        "partners",
    ]
    for record in REGION["hoofdpaginas"]:
        assert set(record["en"]) == set(record["de"]) == {"slug", "title", "introduction"}


def test_the_accessibility_page_gives_no_status() -> None:
    page = DUTCH_PAGES["toegankelijkheid"]
    text = " ".join(strings(page)).lower()
    assert "noemt daarom geen status" in text
    assert not re.search(r"status [a-e]\b|voldoet (volledig|gedeeltelijk)|eerste maatregelen genomen", text)

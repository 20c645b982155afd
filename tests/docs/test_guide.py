"""The editor's guide: every word on the screen that it names is there, and whoever works on the site can read it."""

import gettext
import importlib.util
import re
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from cms import guide
from cms.blocks.registry import registered_blocks
from cms.models import User
from deploy.local import ROOT

FOLDER = ROOT / "docs" / "redactie"
PAGES = sorted(FOLDER.glob("*.md"))
# Written before the rule that bold words are words of the screen; tests/home/test_rights.py holds it to the screens.
WITHOUT_RULE = {"rollen.md"}
# Bold as the first words of a list; one page has so many that it is left out.
LABELS_OF_LISTS = {"duidelijke-taal.md"}
FOR_THE_RHYTHM = {
    "vet", "Links", "Bovenaan", "Verkeerd gepubliceerd?", "Iets verwijderd?", "Persoonsgegevens online gezet?",
    "Doet de website vreemd?",
}  # fmt: skip
APPS = ["cms", "network", "themes", "districts", "kennisbank", "home"]
MOST_OF_A_PICTURE, MOST_OF_ALL = 120_000, 1_200_000


def text(name: str) -> str:
    return (FOLDER / name).read_text(encoding="utf-8")


@cache
def words_of_the_screen() -> tuple[set[str], list[re.Pattern]]:
    """All that the admin can say in Dutch: as it is, and as patterns where something is filled in."""
    texts: set[str] = set()
    for package in ("django", "wagtail", "wagtail_localize", "cms"):
        spec = importlib.util.find_spec(package)
        assert spec
        assert spec.origin
        for catalog in Path(spec.origin).parent.rglob("locale/nl/LC_MESSAGES/*.mo"):
            with catalog.open("rb") as stream:
                texts |= {value for value in gettext.GNUTranslations(stream)._catalog.values() if value}
    for app in APPS:
        for file in (ROOT / app).rglob("*.py"):
            strings = re.findall(r'_\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)', file.read_text(encoding="utf-8"))
            texts |= {"".join(re.findall(r'"((?:[^"\\]|\\.)*)"', string)) for string in strings}
        for file in (ROOT / app).rglob("*.html"):
            texts |= set(re.findall(r'{% translate "([^"]+)"', file.read_text(encoding="utf-8")))
    texts = {found.strip() for found in texts}
    filled = re.compile(r"%\(\w+\)s|%s|\{\w*\}")
    patterns = [
        re.compile("(.+)".join(map(re.escape, filled.split(found))), re.IGNORECASE)
        for found in texts
        if filled.search(found) and len(re.sub(r"\W", "", filled.sub("", found))) > 6
    ]
    return {found.casefold() for found in texts}, patterns


def is_on_the_screen(word: str) -> bool:
    words, patterns = words_of_the_screen()
    return word.casefold() in words or any(pattern.fullmatch(word) for pattern in patterns)


@pytest.mark.parametrize("page", [page for page in PAGES if page.name not in WITHOUT_RULE | LABELS_OF_LISTS], ids=str)
def test_words_in_bold_are_words_of_the_screen(page: Path) -> None:
    named = {" ".join(word.split()) for word in re.findall(r"\*\*(.+?)\*\*", page.read_text(encoding="utf-8"), re.S)}
    assert {word for word in named - FOR_THE_RHYTHM if not is_on_the_screen(word)} == set()


def test_a_word_that_no_screen_shows_would_be_noticed() -> None:
    assert is_on_the_screen("Vindbaarheid")
    assert is_on_the_screen("Publicatie intrekken")
    assert not is_on_the_screen("Indienen voor controle")


def test_every_block_is_in_the_guide_with_when_to_choose_it_and_when_not() -> None:
    rows = re.findall(r"^\| \*\*(.+?)\*\* \| (.+?) \| (.+?) \|$", text("blokken.md"), re.M)
    labels = sorted(str(block.label) for block in registered_blocks().values())
    assert sorted(row[0] for row in rows) == labels


def test_the_start_page_leads_to_every_chapter() -> None:
    linked = re.findall(r"\]\(([\w-]+\.md)\)", text("README.md"))
    assert sorted(linked) == [page.name for page in PAGES if page.name != "README.md"]


def test_every_page_stays_short() -> None:
    assert {page.name for page in PAGES if len(page.read_text(encoding="utf-8").splitlines()) > 120} == set()


def test_every_picture_is_used_described_and_small() -> None:
    used = {
        (source, described)
        for page in PAGES
        for described, source in re.findall(r"!\[(.*?)\]\((.+?)\)", page.read_text(encoding="utf-8"))
    }
    assert {source for source, described in used if len(described) < 20} == set()
    pictures = sorted((FOLDER / "beelden").iterdir())
    assert {f"beelden/{picture.name}" for picture in pictures} == {source for source, _described in used}
    assert {picture.name for picture in pictures if picture.stat().st_size > MOST_OF_A_PICTURE} == set()
    assert sum(picture.stat().st_size for picture in pictures) < MOST_OF_ALL


@pytest.mark.django_db
def test_every_role_reads_the_whole_guide_in_the_admin(client: Client) -> None:
    call_command("inrichten", "--regio", "oost-nederland", stdout=StringIO())
    assert len(guide.chapters()) == len(PAGES)
    for role in ("Redactie", "Eindredactie", "Vertalers", "Beheer"):
        user = User.objects.create_user(role, f"{role}@voorbeeld.example", "geheim")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        dashboard = client.get(reverse("wagtailadmin_home")).content.decode()
        assert reverse("handleiding_start") in dashboard, role
        assert ("Een publicatie toevoegen" in dashboard) == (role != "Vertalers"), role
        for chapter in guide.chapters():
            answer = client.get(chapter.url)
            assert answer.status_code == 200, (role, chapter.slug)
            for picture in re.findall(r'<img src="([^"]+)"', answer.content.decode()):
                assert client.get(picture).status_code == 200, (role, picture)


def test_chapters_stand_in_the_order_of_the_start_page() -> None:
    slugs = [chapter.slug for chapter in guide.chapters()]
    assert slugs[0] == ""
    assert slugs[1:] == [name.removesuffix(".md") for name in re.findall(r"\]\(([\w-]+\.md)\)", text("README.md"))]


def test_a_heading_can_be_linked_to() -> None:
    assert guide.anchor("Welke plannen lopen af?") == "welke-plannen-lopen-af"
    chapter = next(each for each in guide.chapters() if each.slug == "gemeenten")
    assert '<h2 id="welke-plannen-lopen-af">' in guide._html(chapter.file, chapter.file.stat().st_mtime)

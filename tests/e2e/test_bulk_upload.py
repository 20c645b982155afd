"""An editor brings files into the Kennisbank in a real browser: many at once, and a newer one for an older."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import RunningSite
from tests.e2e.test_editor import log_in, logins

__all__ = ["logins"]


@pytest.fixture
def editor(running_site: RunningSite, browser: Browser, logins):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    page = context.new_page()
    log_in(page, running_site, next(login for role, login in logins.items() if "eindredact" in role.lower()))
    yield page
    context.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    made = [tmp_path / f"verslag_buurtoverleg-{number:02d}.txt" for number in range(1, 13)]
    for number, path in enumerate(made):
        path.write_text(
            # Of this test alone: the site knows a file again.
            f"Verslag {number} van {tmp_path.name}. "
            + "De gemeente en de politie spraken over de veiligheid in de buurt. " * 50
        )
    return made


def begin(page: Page, site: RunningSite, *files: Path) -> None:
    page.goto(f"{site.django}/admin/publicaties/")
    page.get_by_role("link", name="Bestanden toevoegen").click()
    page.get_by_label("Kies bestanden").set_input_files([str(path) for path in files])


def rows(page: Page):
    return page.get_by_role("list", name="Bestanden in deze upload").get_by_role("listitem")


def test_an_editor_publishes_a_dozen_files_at_once(
    running_site: RunningSite, editor: Page, visitor: Page, files, tmp_path
):
    program = tmp_path / "rekenblad.exe"
    program.write_bytes(b"MZ\x90\x00")
    begin(editor, running_site, *files, program)
    expect(editor.locator("[data-upload-status]")).to_have_text(
        "13 van 13 bestanden verstuurd. Niet gelukt: 1.", timeout=60_000
    )
    expect(rows(editor)).to_have_count(13)
    refused = rows(editor).filter(has_text="rekenblad.exe")
    expect(refused.locator(".vn-upload__error")).not_to_be_empty()
    refused.get_by_role("button", name="Weghalen").click()
    expect(rows(editor)).to_have_count(12)

    editor.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    # Three are sent at a time, so any of them may come first.
    title = editor.get_by_role("row").filter(has_text="verslag_buurtoverleg-01.txt").get_by_label("Titel")
    expect(title).to_have_value("Verslag buurtoverleg 01")
    title.fill("Verslag van het eerste buurtoverleg")
    editor.get_by_role("button", name="Maak de publicaties").click()
    expect(editor.get_by_text("Bij 12 bestanden klopt iets nog niet.")).to_be_focused()
    editor.get_by_label("Soort").select_option(label="Vergaderstuk")
    editor.get_by_label("Ondermijning", exact=True).check()
    editor.get_by_label("Publiceren").check()
    editor.get_by_role("button", name="Maak de publicaties").click()
    expect(editor.get_by_text("Alles is klaar.")).to_be_visible(timeout=120_000)
    expect(editor.get_by_role("cell", name="Gepubliceerd")).to_have_count(12)

    visitor.goto(f"{running_site.django}/kennisbank/verslag-van-het-eerste-buurtoverleg/")
    expect(visitor.locator("h1")).to_have_text("Verslag van het eerste buurtoverleg")
    expect(visitor.locator("main a[href*='/documenten/']").first).to_be_visible()


def test_a_file_that_is_there_already_is_told(running_site: RunningSite, editor: Page):
    known = Path(__file__).parents[2] / "home/demo/files/factsheet-explosies.pdf"
    begin(editor, running_site, known)
    expect(rows(editor)).to_contain_text("Dit bestand staat al in de Kennisbank als", timeout=30_000)
    editor.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    expect(editor.get_by_label("Wat wordt het?")).to_have_value("overslaan")


def test_files_can_be_dropped_anywhere_on_the_screen(running_site: RunningSite, editor: Page, files: list[Path]):
    editor.goto(f"{running_site.django}/admin/publicaties/")
    editor.get_by_role("link", name="Bestanden toevoegen").click()
    zone = editor.locator(".vn-upload__zone")
    over = re.compile("vn-upload__zone--over")
    words = editor.evaluate_handle(
        "() => { const sent = new DataTransfer(); sent.setData('text/plain', 'Losse tekst'); return sent; }"
    )
    editor.dispatch_event("main", "dragover", {"dataTransfer": words})
    expect(zone).not_to_have_class(over)
    editor.dispatch_event("main", "drop", {"dataTransfer": words})

    dropped = editor.evaluate_handle(
        """files => {
            const sent = new DataTransfer();
            files.forEach(([name, text]) => sent.items.add(new File([text], name, { type: "text/plain" })));
            return sent;
        }""",
        [[path.name, path.read_text()] for path in files[3:5]],
    )
    editor.dispatch_event("main", "dragover", {"dataTransfer": dropped})
    expect(zone).to_have_class(over)
    editor.dispatch_event("main", "dragleave", {"dataTransfer": dropped})
    expect(zone).not_to_have_class(over)
    editor.dispatch_event("main", "dragover", {"dataTransfer": dropped})
    editor.dispatch_event("main", "drop", {"dataTransfer": dropped})
    expect(zone).not_to_have_class(over)
    expect(rows(editor)).to_have_count(2)
    for path in files[3:5]:
        expect(rows(editor).filter(has_text=path.name)).to_contain_text("Klaar", timeout=30_000)


def test_an_upload_that_breaks_off_can_be_tried_again_and_stopped(
    running_site: RunningSite, editor: Page, files: list[Path]
):
    broken = re.compile(r"/kennisbank/bestanden/\d+/bestand/$")
    editor.route(broken, lambda route: route.abort())
    begin(editor, running_site, files[0])
    row = rows(editor)
    expect(row).to_contain_text("Het versturen is niet gelukt.")
    expect(editor.get_by_role("link", name="Verder: beschrijf de bestanden")).to_be_hidden()
    editor.unroute(broken)
    row.get_by_role("button", name="Probeer opnieuw").click()
    expect(row).to_contain_text("Klaar")

    editor.route(broken, lambda route: None)
    editor.get_by_label("Kies bestanden").set_input_files(str(files[1]))
    waiting = rows(editor).filter(has_text=files[1].name)
    waiting.get_by_role("button", name="Stop").click()
    expect(waiting).to_contain_text("Gestopt")
    expect(waiting.get_by_role("button", name="Probeer opnieuw")).to_be_focused()


def test_an_upload_goes_on_where_it_was_left(running_site: RunningSite, editor: Page, files: list[Path]):
    begin(editor, running_site, files[2])
    expect(rows(editor)).to_contain_text("Klaar", timeout=30_000)
    editor.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    editor.get_by_label("Samenvatting").fill("Wat er besproken is.")
    editor.get_by_role("button", name="Bewaar en ga later verder").click()
    expect(editor.locator(".messages")).to_contain_text("Bewaard.")
    editor.goto(f"{running_site.django}/admin/kennisbank/bestanden/")
    earlier = editor.get_by_role("region", name="Ga verder met een eerdere upload")
    earlier.get_by_role("link").first.click()
    editor.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    expect(editor.get_by_label("Samenvatting")).to_have_value("Wat er besproken is.")
    editor.get_by_role("link", name="Gooi deze upload weg").click()
    editor.get_by_role("button", name="Gooi de upload weg").click()
    expect(editor.locator(".messages")).to_contain_text("De upload is weggegooid.")


def test_the_upload_works_without_script(running_site: RunningSite, browser: Browser, editor: Page, files: list[Path]):
    state = editor.context.storage_state()
    plain: BrowserContext = browser.new_context(storage_state=state, java_script_enabled=False, locale="nl-NL")
    page = plain.new_page()
    page.goto(f"{running_site.django}/admin/kennisbank/bestanden/")
    page.get_by_label("Kies bestanden").set_input_files([str(path) for path in files[4:6]])
    page.get_by_role("button", name="Bestanden versturen").click()
    expect(rows(page)).to_have_count(2)
    page.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    page.get_by_label("Soort").select_option(label="Vergaderstuk")
    for action in page.get_by_label("Wat wordt het?").all():
        action.select_option("nieuw")
    page.get_by_role("button", name="Maak de publicaties").click()
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_text("Alles is klaar.")).to_be_visible()
    plain.close()


def test_a_newer_file_takes_the_place_of_another_at_the_same_address(
    running_site: RunningSite, editor: Page, visitor: Page, files: list[Path], tmp_path: Path
):
    begin(editor, running_site, files[7])
    expect(rows(editor)).to_contain_text("Klaar", timeout=30_000)
    editor.get_by_role("link", name="Verder: beschrijf de bestanden").click()
    editor.get_by_label("Titel").fill("Verslag dat verandert")
    editor.get_by_label("Soort").select_option(label="Vergaderstuk")
    editor.get_by_label("Wat wordt het?").select_option("nieuw")
    editor.get_by_label("Publiceren").check()
    editor.get_by_role("button", name="Maak de publicaties").click()
    editor.get_by_role("link", name="Verslag dat verandert").click()
    visitor.goto(f"{running_site.django}/kennisbank/verslag-dat-verandert/")
    address = visitor.locator("main a[href*='/documenten/']").first.get_attribute("href")
    before = visitor.request.get(f"{running_site.django}{address}").text()

    editor.get_by_role("link", name="Vervang door nieuwe versie").click()
    newer = tmp_path / "verslag met besluiten.txt"
    newer.write_text("Verslag met de besluiten erbij.")
    editor.get_by_label("Nieuw bestand").set_input_files(str(newer))
    editor.get_by_label("Wat is er veranderd?").fill("Besluiten toegevoegd")
    editor.get_by_role("button", name="Vervang het bestand").click()
    expect(editor.locator(".messages")).to_contain_text("De nieuwe versie staat op haar plaats.")
    expect(editor.get_by_role("heading", name="Nu: versie 2")).to_be_visible()
    assert visitor.request.get(f"{running_site.django}{address}").text() == newer.read_text()
    visitor.reload()
    expect(visitor.get_by_text("Besluiten toegevoegd")).to_be_visible()

    editor.get_by_role("button", name="Zet versie 1 terug").click()
    expect(editor.locator(".messages")).to_contain_text("Versie 1 staat er weer.")
    assert visitor.request.get(f"{running_site.django}{address}").text() == before

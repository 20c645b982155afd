"""`make schermbeelden`: the pictures of the editor's guide, of a demo site on a database of its own."""

from __future__ import annotations

import contextlib
import io
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from deploy.local import ROOT, chromium
from deploy.local.content import REGION
from deploy.local.postgres import DEVELOPMENT, Server
from deploy.local.rehearsal import databases
from deploy.local.site import answers
from deploy.local.steps import StepError, run, step, told

PICTURES = ROOT / "docs" / "redactie" / "beelden"
# The viewport; a screen whose interesting part is less gives its own height.
WIDTH, HEIGHT = 1280, 800
# How wide the admin's menu is: most pictures begin beside it.
MENU = 200
QUALITY = 72
START_SECONDS = 60.0
ARGUMENTS = [
    "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--hide-scrollbars", "--force-color-profile=srgb",
]  # fmt: skip
# What changes with the hour, or has nothing to do with what is shown.
STILL = "*, *::before, *::after {animation: none !important; transition: none !important; caret-color: transparent}"
# Finds what screens are of, by name: numbers of records differ from one demo to the next.
FIND = """
import django; django.setup()
from wagtail.models import Site
from cms.search.missed import note_missed
for words, number in (("nachtopvang", 7), ("drone boven evenement", 4), ("wapenvergunning", 3), ("e-bike lenen", 2)):
    for _each in range(number):
        note_missed(Site.objects.get(is_default_site=True).pk, "nl", words)
from wagtail.images import get_image_model
from wagtail.models import Locale, Page
from cms.models import Banner, Form, Navigation
from network.models import BodyRelation
from themes.models import ThemePage
dutch = Locale.objects.get(language_code="nl")
theme = ThemePage.objects.filter(locale=dutch, live=True).order_by("path").first()
print(
    theme.pk,
    theme.get_translation(Locale.objects.get(language_code="en")).pk,
    Page.objects.get(locale=dutch, depth=2).pk,
    get_image_model().objects.exclude(focal_point_x=None).order_by("title").first().pk,
    Banner.objects.get(locale=dutch).pk,
    Navigation.objects.get(locale=dutch).pk,
    Form.objects.filter(locale=dutch).order_by("title").first().pk,
    BodyRelation.objects.exclude(acting_role=None).order_by("from_body__path", "verb__key", "to_body__path").first().pk,
    theme.url,
)
"""


@dataclass(frozen=True)
class Site:
    """The running demo, and the ids of the records that are shown."""

    address: str
    theme: str
    translation: str
    home: str
    image: str
    banner: str
    navigation: str
    form: str
    relation: str
    theme_path: str

    def edit(self, model: str, number: str) -> str:
        """The address of the screen in which a record is changed."""
        return f"/admin/snippets/{model}/edit/{number}/"


@dataclass(frozen=True)
class Screen:
    """A picture: who looks (a demo account, or a visitor where empty) at which address, and what is done first."""

    name: str
    user: str
    path: str
    prepare: Callable[[Page, Site], None] = lambda page, site: None
    height: int = HEIGHT
    left: int = MENU
    top: int = 0


def write(page: Page, site: Site) -> None:
    """Write a page, as an editor does."""
    page.fill("#id_title", "Samen rond de jaarwisseling (voorbeeld)")
    page.fill(
        "#id_introduction",
        "Gemeenten, politie en brandweer bereiden de jaarwisseling samen voor. Hier leest u hoe zij dat doen.",
    )
    add_block(page, "Kop")
    page.locator("input[name$='-text']").first.fill("Wie doet wat?")
    add_block(page, "Alinea")
    page.locator("[data-streamfield-child] .public-DraftEditor-content").last.click()
    page.keyboard.type("De gemeente maakt een plan. De politie houdt toezicht. De brandweer geeft advies.")
    page.wait_for_url("**/edit/")  # it saves itself
    page.wait_for_selector("text=Opgeslagen")
    page.evaluate("document.activeElement.blur()")
    page.locator("role=tab[name=Inhoud]").hover()
    page.mouse.wheel(0, -5000)


def add_block(page: Page, name: str) -> None:
    """Choose a block below those that are there."""
    page.locator("button.c-sf-add-button").last.click()
    page.locator(f".w-combobox__option:has-text('{name}')").first.click()
    page.wait_for_timeout(300)


def choose_block(page: Page, site: Site) -> None:
    """Open the list of blocks."""
    page.locator("button.c-sf-add-button").first.click()
    page.wait_for_selector(".w-combobox__option")


def preview(page: Page, site: Site) -> None:
    """Open the preview of the page that was written, and wait until it is there."""
    open_written(page, site)
    page.click("button[aria-label='Toon/verberg voorvertoning']")
    # Wagtail fills a second frame while the first is still there.
    page.frame_locator("[data-side-panel=preview] iframe >> nth=-1").locator("h1").wait_for()
    page.wait_for_timeout(1000)


def publish(page: Page, site: Site) -> None:
    """Hand the written page in; then open what an editor in chief can do with it."""
    open_written(page, site)
    unfold_actions(page)
    page.click("footer button:has-text('Stuur door naar')")
    page.wait_for_load_state()
    log_in(page, site, "eindredacteur")
    open_written(page, site)
    unfold_actions(page)


def unfold_actions(page: Page) -> None:
    """Open the menu beside the button that saves."""
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.wait_for_timeout(300)


def history(page: Page, site: Site) -> None:
    """Approve the written page, and look back."""
    open_written(page, site)
    unfold_actions(page)
    page.click("footer button:has-text('Goedkeuren en publiceren')")
    page.wait_for_load_state()
    open_written(page, site)
    page.click("[aria-label='Geschiedenis']")
    page.wait_for_load_state()


def open_written(page: Page, site: Site) -> None:
    """Open the page that `write` wrote: the newest below the home page."""
    page.goto(f"{site.address}/admin/pages/{site.home}/?ordering=-latest_revision_created_at")
    page.locator("td.title a:has-text('jaarwisseling')").first.click()
    page.wait_for_selector("#id_title")
    page.wait_for_timeout(500)


def screens(site: Site) -> list[Screen]:
    """All pictures, in an order in which what one did is there for the next."""
    editor, chief = "redacteur", "eindredacteur"
    new_page = f"/admin/pages/add/home/contentpage/{site.home}/"
    return [
        Screen("dashboard", chief, "/admin/", left=0),
        Screen("blokken", editor, new_page, choose_block),
        Screen("pagina-bewerken", editor, new_page, write, left=0),
        Screen("voorvertoning", editor, "/admin/", preview),
        Screen("publiceren", editor, "/admin/", publish),
        Screen("geschiedenis", chief, "/admin/", history, height=520),
        Screen("publicaties", chief, "/admin/publicaties/", height=620),
        Screen("waarover", chief, "/admin/publicaties/", new_publication, height=640),
        # Beside the field for the file, whose button Chromium writes in its own language.
        Screen("afbeelding", chief, f"/admin/images/{site.image}/", height=620, left=735, top=70),
        Screen("relatie", chief, site.edit("network/bodyrelation", site.relation), height=920, top=180),
        Screen("veiligheidsplannen", chief, "/admin/snippets/districts/safetyplan/", height=560),
        Screen("hoofdmenu", chief, site.edit("cms/navigation", site.navigation), top=140),
        Screen("mededeling", chief, site.edit("cms/banner", site.banner), height=960, top=140),
        Screen("formulier", chief, site.edit("cms/form", site.form)),
        Screen("vertalen", "vertaler", f"/admin/pages/{site.translation}/edit/"),
        Screen("zoekvragen", chief, "/admin/rapporten/zoekvragen/", height=480),
        Screen("zoekvraag-proberen", chief, "/admin/zoeken/proberen/?zoek=boa%27s+in+gemeenten&taal=nl", height=1240),
        Screen("thema", "", site.theme_path, left=0),
        Screen("zoeken", "", "/zoeken/?zoek=ondermijning", results, left=0),
    ]


def new_publication(page: Page, site: Site) -> None:
    """Begin a publication, at what it is about."""
    page.click("text=Publicatie toevoegen")
    page.wait_for_selector("#id_title")
    page.click("role=tab[name=Waarover]")


def results(page: Page, site: Site) -> None:
    """Go down to what was found."""
    page.evaluate("document.querySelector('main h2').scrollIntoView()")


def log_in(page: Page, site: Site, user: str) -> None:
    """Log in as a demo account, whose password is in home/demo/inloggegevens.toml."""
    page.context.clear_cookies()
    page.goto(f"{site.address}/admin/login/")
    page.fill("[name=username]", user)
    page.fill("[name=password]", f"voorbeeld-{user}")
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "login" not in url)


def photograph(browser: Browser, site: Site) -> None:
    """Make all pictures."""
    for screen in screens(site):
        with step(screen.name):
            context = browser.new_context(
                viewport={"width": WIDTH, "height": screen.height},
                locale="nl-NL",
                timezone_id="Europe/Amsterdam",
                reduced_motion="reduce",
            )
            context.set_default_timeout(30_000)
            page = context.new_page()
            if screen.user:
                log_in(page, site, screen.user)
            page.goto(site.address + screen.path, wait_until="load")
            screen.prepare(page, site)
            page.add_style_tag(content=STILL) if screen.user else None
            page.wait_for_timeout(700)
            size = {"width": WIDTH - screen.left, "height": screen.height - screen.top}
            shown = {"x": screen.left, "y": screen.top, **size}
            save(page.screenshot(clip=shown), PICTURES / f"{screen.name}.webp")  # type: ignore[arg-type]
            context.close()


def save(png: bytes, file: Path) -> None:
    """Write a picture small."""
    Image.open(io.BytesIO(png)).convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)


@contextlib.contextmanager
def running(database: str, folder: Path) -> Iterator[Site]:
    """A demo site under gunicorn, on a database of its own."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(folder),
    }

    def python(*arguments: str) -> str:
        return run([sys.executable, *arguments], cwd=ROOT, environment=environment)

    with step("Migrations"):
        python("manage.py", "migrate", "--noinput")
    with step("Demo content"):
        python("manage.py", "inrichten", "--regio", REGION)
        python("manage.py", "demo")
        python("manage.py", "rebuild_references_index", "--verbosity", "0")
        python("manage.py", "update_index", "--verbosity", "0")
    ids = python("-c", FIND).split()
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "cms.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            wait_for(port, process, folder / "log")
            yield Site(f"http://127.0.0.1:{port}", *ids)
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    """Wait until the site answers. Raises StepError with what it said where it does not."""
    until = time.monotonic() + START_SECONDS
    while not answers(port):
        if process.poll() is not None or time.monotonic() > until:
            raise StepError(f"The site did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.2)


def main() -> None:
    server = Server(DEVELOPMENT)
    name = f"screenshots_{os.getpid()}"
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        told(),
        server.lease(),
        databases(server, name),
        tempfile.TemporaryDirectory(prefix="cms-screenshots-") as folder,
        running(server.url(name), Path(folder)) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=str(chromium.ensure()), args=ARGUMENTS)
        try:
            photograph(browser, site)
        finally:
            browser.close()


if __name__ == "__main__":
    main()

"""Does the bare project work? Run in a process and on a database of its own: `python -m tests.plugin_site.smoke`."""

import os

import django


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.plugin_site.settings"
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    _site()
    _pages()
    _api()
    _admin()
    print("The bare project works.")


def _site() -> None:
    from wagtail.models import Locale, Page, Site
    from wagtail.rich_text import RichText

    from home.models import ContentPage, HomePage
    from themes.models import ThemeIndexPage, ThemePage

    root = Page.get_first_root_node()
    home = HomePage(title="Onze site", slug="onze-site", slogan="Samen", locale=Locale.get_default())
    root.add_child(instance=home)
    Site.objects.update_or_create(is_default_site=True, defaults={"hostname": "localhost", "root_page": home})
    body = [("paragraph", RichText("<p>Een alinea.</p>"))]
    for parent, page in (
        (home, ContentPage(title="Over ons", body=body)),
        (home, ThemeIndexPage(title="Thema's")),
    ):
        parent.add_child(instance=page)
        page.save_revision().publish()
    theme = ThemePage(title="Ondermijning", introduction="Wat er speelt.")
    ThemeIndexPage.objects.get().add_child(instance=theme)
    theme.save_revision().publish()


def _pages() -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    for address, text in (
        ("/", "Onze site"),
        ("/over-ons/", "Een alinea."),
        ("/themas/ondermijning/", "Wat er speelt."),
        ("/van-ons/", "Van het project zelf"),
        ("/sitemap.xml", "/themas/ondermijning/"),
        ("/robots.txt", "Sitemap:"),
        ("/nieuw.atom", "Ondermijning"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        assert text in answer.content.decode(), address
    missing = client.get("/bestaat-niet/")
    assert missing.status_code == 404
    assert "Deze pagina bestaat niet" in missing.content.decode()
    assert not client.cookies


def _api() -> None:
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    page = client.get("/api/v1/paginas/op-pad?pad=/themas/ondermijning/").json()
    assert (page["soort"], page["titel"]) == ("thema", "Ondermijning")
    assert client.get("/api/v1/themas").json()["aantal"] == 1
    assert client.get("/api/v1/openapi.json").json()["openapi"].startswith("3.1")
    assert client.get("/api/v1/themas?x=1").status_code == 400


def _admin() -> None:
    from django.contrib.auth import get_user_model
    from django.test import Client
    from django.urls import reverse

    from home.models import ContentPage
    from themes.models import ThemeIndexPage

    get_user_model().objects.create_superuser("beheer", "beheer@voorbeeld.example", "een lang wachtwoord")
    client = Client(headers={"host": "localhost"})
    assert client.get("/admin/").status_code == 302
    client.post("/admin/login/", {"username": "beheer", "password": "een lang wachtwoord"})
    page = ContentPage.objects.get()
    for address in (
        "/admin/",
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:add", args=["themes", "themepage", ThemeIndexPage.objects.get().pk]),
        reverse("inzendingen"),
        reverse("zoekvragen"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)


if __name__ == "__main__":
    main()

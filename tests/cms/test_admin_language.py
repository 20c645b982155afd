"""The admin speaks Dutch: our own names, and the strings that Wagtail's translation package leaves in English."""

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import polib
import pytest
import wagtail_localize
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext, override
from django.utils.translation.template import templatize
from wagtail.models import Locale
from wagtail.snippets.models import get_snippet_models

from cms.apps import ContentAppConfig
from cms.models import Banner, User
from tests.cms.factories import make_site

PACKAGE = Path(wagtail_localize.__file__).parent
GETTEXT = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}
# Words that are the same in both languages.
SAME = {"Status", "Machine", "Source", "Website"}
ENGLISH = re.compile(
    r"\b(the|and|you|your|this|with|from|add|edit|view|delete|page|pages|user|users|choose|select|search|save|all|"
    r"name|has|have|are|not|group|groups|locale|locales|translation|translations|language|title|email|upload|order|"
    r"published|draft|submitted|history|image|images|created|updated|back|close|show|hide|enabled|disabled|default|"
    r"password|first|last|active|required|settings|collection|unpublish|publish|move|copy|lock|unlock|approve|can)\b",
    re.IGNORECASE,
)


def _calls(source: str) -> Iterator[str]:
    """The first argument of every call of gettext in Python source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in GETTEXT and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _in_template(file: Path) -> Iterator[str]:
    """As Django's makemessages sees a template: not quite Python, so calls are looked up one by one."""
    source = templatize(file.read_text(encoding="utf-8"), origin=str(file))
    for found in re.finditer(
        r"""\bn?gettext\(u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b_\(("[^"]*"|'[^']*')\)""", source
    ):
        yield ast.literal_eval(found[1] or found[2])


def strings_of_the_package() -> set[str]:
    """Every string that wagtail-localize asks a translation of, in Python and templates."""
    found: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        if not {"tests", "test", "migrations", "management"} & set(file.relative_to(PACKAGE).parts):
            found.update(_calls(file.read_text(encoding="utf-8")))
    for file in PACKAGE.rglob("templates/**/*.html"):
        found.update(_in_template(file))
    return {text for text in found if text.strip()}


def strings_of_the_editor() -> set[str]:
    """Every string that the translation editor's script asks a translation of."""
    script = (PACKAGE / "static/wagtail_localize/js/wagtail-localize.js").read_text(encoding="utf-8")
    return {ast.literal_eval(text) for text in re.findall(r'\w\(\)\(("(?:[^"\\]|\\.)*")\)', script)}


def test_every_string_of_wagtail_localize_is_dutch() -> None:
    strings = strings_of_the_package()
    assert len(strings) > 80, "the strings are not found any more"
    with override("nl"):
        english = sorted(text for text in strings if _translated(text) == text and text not in SAME)
    assert not english


def _translated(text: str) -> str:
    # Not every Python looks for a text that has a plural when it is asked for without.
    found = gettext(text)
    return found if found != text else ngettext(text, text, 1)


def test_every_string_of_the_translation_editor_is_dutch() -> None:
    strings = strings_of_the_editor()
    assert len(strings) > 40, "the strings are not found any more"
    catalogue = polib.mofile(str(PACKAGE / "locale/nl/LC_MESSAGES/djangojs.mo"))
    dutch = {entry.msgid for entry in catalogue if entry.msgstr}
    assert not sorted(strings - dutch)


def test_our_dutch_strings_win_from_those_of_other_packages() -> None:
    with override("nl"):
        assert gettext("Locales") == "Talen"
        assert gettext("Default") == "Standaard"


def our_models() -> list[type]:
    own = {config.label for config in apps.get_app_configs() if isinstance(config, ContentAppConfig)}
    return [model for model in apps.get_models() if model._meta.app_label in own]


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_our_models_and_fields_have_dutch_names(model: type) -> None:
    """Django's own name of a field is its English name in code, so a field without a name gives itself away."""
    options = model._meta
    with override("nl"):
        assert options.original_attrs.get("verbose_name"), "a name in Dutch"
        assert options.original_attrs.get("verbose_name_plural"), "a plural in Dutch"
        assert not ENGLISH.search(str(options.verbose_name))
        for field in options.local_fields + options.local_many_to_many:
            if not field.editable or field.auto_created or field.name in FOREIGN_FIELDS:
                continue
            texts = [str(field.verbose_name), str(field.help_text)]
            assert not [text for text in texts if ENGLISH.search(text)], field.name
            assert field._verbose_name, f"{field.name} has no name of its own"


# Fields of abstract models of Wagtail, which translates their names, and links to the parent.
FOREIGN_FIELDS = {
    "page_ptr", "translation_key", "locale", "live", "latest_revision", "live_revision", "page", "image", "filter_spec",
    "focal_point_key", "focal_point_x", "focal_point_y",
    "focal_point_width", "focal_point_height",
    "sort_order", "file", "width", "height", "collection", "uploaded_by_user", "tags",
}  # fmt: skip


@pytest.fixture
def editor(client: Client, db: None) -> Client:
    make_site()
    client.force_login(User.objects.create_superuser("beheer", "beheer@voorbeeld.example", "geheim"))
    return client


def visible(html: str) -> list[str]:
    """The texts of a screen, and those that are read out or shown on hovering."""
    screen = BeautifulSoup(html, "html.parser")
    for hidden in screen(["script", "style", "svg", "template"]):
        hidden.decompose()
    names = ("aria-label", "title", "placeholder")
    named = [str(part[name]) for name in names for part in screen.find_all(attrs={name: True})]
    return [" ".join(text.split()) for text in [*screen.stripped_strings, *named]]


# No word of these is Dutch too.
SENTENCES = re.compile(r"\b(the|and|you|your|this|with|are|not|has|have|can|to|been|which|there)\b")
SCREENS = [
    "wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_account", "wagtailimages:index",
    "wagtailimages:add", "wagtaildocs:index", "wagtailadmin_reports:site_history", "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:aging_pages", "wagtailadmin_workflows:index", "wagtailadmin_collections:index",
    "wagtailusers_users:index", "wagtailusers_groups:index", "wagtailusers_groups:add", "wagtaillocales:index",
    "wagtaillocales:add", "wagtailsites:index", "wagtailredirects:index", "wagtail_localize:translations_report",
    "publicaties:index", "organen:index", "handleiding_start",
]  # fmt: skip


@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_has_no_english_sentence(name: str, editor: Client) -> None:
    answer = editor.get(reverse(name))
    assert answer.status_code == 200
    assert not [text for text in visible(answer.content.decode()) if SENTENCES.search(text)]


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model._meta.label)
def test_lists_and_forms_of_records_have_no_english_sentence(model: type, editor: Client) -> None:
    for screen in ("list", "add"):
        answer = editor.get(reverse(model.snippet_viewset.get_url_name(screen)))
        assert not [text for text in visible(answer.content.decode()) if SENTENCES.search(text)]


def test_the_group_form_names_rights_in_dutch(editor: Client) -> None:
    texts = visible(editor.get(reverse("wagtailusers_groups:add")).content.decode())
    assert "Toevoegen: relatie" in texts
    assert "Publiceren" in texts
    assert not [text for text in texts if text.startswith("Can ")]


def test_the_login_screen_is_ours_and_dutch(client: Client, db: None) -> None:
    html = client.get(reverse("wagtailadmin_login")).content.decode()
    assert "Wachtwoord" in html
    assert "Password" not in html
    assert "Inloggen bij Veiligheidsnetwerk" in html
    assert "vn-mark" in html
    assert "Wagtail" not in re.sub(r"<(script|noscript)\b.*?</\1>", "", html, flags=re.DOTALL)


def test_the_list_of_languages_counts_in_dutch(editor: Client) -> None:
    html = editor.get(reverse("wagtaillocales:index")).content.decode()
    assert Locale.objects.count() == 3
    assert re.search(r"\d pagina", html)
    assert "pages" not in "".join(visible(html))


def test_columns_of_the_list_of_banners_have_names(editor: Client) -> None:
    Banner.objects.create(title="Let op", locale=Locale.get_default())
    texts = visible(editor.get(reverse(Banner.snippet_viewset.get_url_name("list"))).content.decode())
    assert "Ernst" in texts
    assert "method" not in texts


def test_how_long_ago_something_was_is_said_in_dutch() -> None:
    with override("nl"):
        assert naturaltime(timezone.now() - timedelta(minutes=2)).split() == ["2", "minuten", "geleden"]

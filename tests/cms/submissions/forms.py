"""A form with a field of each kind, on a page, and what a browser sends of it."""

import json
import re
from dataclasses import dataclass
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from cms.models import Form
from home.models import ContentPage
from tests.cms.factories import make_content_page, make_form, make_site


def question(kind: str, label: str, *, required: bool = False, choices: tuple[str, ...] = (), **values: Any) -> dict:
    """Give the stored form of a question; its key is the label's first word."""
    key = label.split()[0].lower()
    given = [{"type": "item", "id": f"{key}-{each.lower()}", "value": each} for each in choices]
    more = {"choices": given} if choices else {}
    return {
        "type": kind,
        "id": key,
        "value": {"label": label, "help_text": values.pop("help_text", ""), "required": required, **more},
    }


QUESTIONS = [
    question("text", "Naam van uw organisatie", help_text="Zoals in het register"),
    question("long_text", "Vraag aan het netwerk", required=True),
    question("email", "Mailadres", required=True),
    question("telephone", "Telefoon"),
    question("date", "Datum van het voorval"),
    question("choice", "Soort vraag", required=True, choices=("Advies", "Melding")),
    question("choices", "Onderwerpen", choices=("Zorg", "Jeugd")),
    question("yes_no", "Terugbellen?"),
]
RIGHT = {
    "veld-vraag": "Hoe meld ik mij aan?",
    "veld-mailadres": "jan@voorbeeld.example",
    "veld-soort": "soort-advies",
}


@dataclass
class Shown:
    """A form on a page."""

    form: Form
    page: ContentPage

    def filled(self, client: Client, **values: Any) -> dict[str, Any]:
        """Give what a browser sends: hidden fields as the page has them, and `values` by the keys of fields."""
        html = client.get(self.page.url).content.decode()
        hidden = {field["name"]: field["value"] for field in soup(html).select("main form input[type=hidden]")}
        return {**hidden, "website": "", **RIGHT, **{f"veld-{key}": value for key, value in values.items()}}

    def send(self, client: Client, headers: dict[str, str] | None = None, **values: Any) -> Any:
        """Send the form from its own page, as a browser does."""
        sent = {"origin": "http://testserver", **(headers or {})}
        return client.post(self.page.url, self.filled(client, **values), headers=sent)


def show_form(questions: list[dict] | None = None, title: str = "Stel uw vraag", **values: Any) -> Shown:
    """Make a form and a page that shows it."""
    _site, home = make_site()
    form = make_form(title, questions=questions or QUESTIONS, **values)
    number = ContentPage.objects.count()
    body = json.dumps([{"type": "form", "id": "f", "value": {"form": form.pk}}])
    return Shown(form, make_content_page(home, f"Contact {number}", body=body))


def soup(html: str | bytes) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def text_of(element: Any) -> str:
    """Give what a reader sees of an element."""
    return re.sub(r"\s+", " ", element.get_text(" ")).strip()

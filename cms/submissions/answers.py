"""Whether answers fit the questions, with a message a reader understands where they do not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext as _

from cms.blocks.form_fields import FormField
from cms.submissions.state import Answers

LONGEST = {"tekst": 500, "email": 254, "telefoon": 30, "datum": 10, "tekstvlak": 5000}
# Digits with the usual signs between them.
_TELEPHONE = RegexValidator(r"^\+?[\d\s()./-]{6,30}$")
_EMAIL = EmailValidator()


@dataclass
class Checked:
    """What was answered, as somebody reads it: {key: texts}; and what is wrong: {key: message}."""

    answers: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def check(fields: Sequence[FormField], given: Answers) -> Checked:
    """Check the answers to each field, in the active language. Keys that are no field's are left out."""
    checked = Checked()
    for each in fields:
        values = [value.replace("\0", "").replace("\r\n", "\n").strip() for value in given.get(each.key, ())]
        values = list(dict.fromkeys(value for value in values if value))
        error = _error(each, values)
        if error:
            checked.errors[each.key] = error
        checked.answers[each.key] = _readable(each, values)
    return checked


def _error(each: FormField, values: list[str]) -> str:
    if not values:
        return _missing(each) if each.required else ""
    if each.kind in ("keuze", "meerkeuze", "ja-nee"):
        known = {choice.value for choice in each.choices}
        if not set(values) <= known or (each.kind != "meerkeuze" and len(values) > 1):
            return _("Kies een van de antwoorden.")
        return ""
    value = values[0]
    longest = LONGEST[each.kind]
    if len(value) > longest:
        return _("Maak dit korter: er passen %(number)d tekens in.") % {"number": longest}
    judge = _JUDGES.get(each.kind)
    return judge(value) if judge else ""


def _missing(each: FormField) -> str:
    if each.kind == "meerkeuze":
        return _("Kies minstens één antwoord.")
    if each.kind in ("keuze", "ja-nee"):
        return _("Kies een antwoord.")
    return _("Vul dit in.")


def _email_error(value: str) -> str:
    try:
        _EMAIL(value)
    except ValidationError:
        return _("Vul een e-mailadres in, zoals naam@voorbeeld.nl.")
    return ""


def _telephone_error(value: str) -> str:
    try:
        _TELEPHONE(value)
    except ValidationError:
        return _("Vul een telefoonnummer in, zoals 026 123 45 67.")
    return ""


def _date_error(value: str) -> str:
    return "" if parse_date(value) else _("Vul een datum in, zoals 23-11-2026.")


def parse_date(value: str) -> date | None:
    """Give the day, as a browser's date field sends it or as people write it."""
    for pattern in ("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return datetime.strptime(value, pattern).date()
        except ValueError:
            continue
    return None


_JUDGES: dict[str, Callable[[str], str]] = {
    "email": _email_error,
    "telefoon": _telephone_error,
    "datum": _date_error,
}


def _readable(each: FormField, values: list[str]) -> list[str]:
    labels = {choice.value: choice.label for choice in each.choices}
    return [labels.get(value, value) for value in values]

"""Accounts with known passwords, one per role; only where the settings allow it."""

from django.conf import settings
from django.contrib.auth.models import Group

from cms.models import User
from home.setup.content import ContentError, Record
from home.setup.report import Report

NOT_ALLOWED = "Demo-accounts hebben een bekend wachtwoord. Ze bestaan alleen waar DEMO_LOGINS_ALLOWED aan staat."


def allowed() -> bool:
    """Say whether the settings allow accounts with known passwords."""
    return bool(getattr(settings, "DEMO_LOGINS_ALLOWED", False))


def login_rows(logins: Record) -> list[dict[str, str]]:
    """Give role, user name and password of each account. Raises ContentError where they are not allowed."""
    if not allowed():
        raise ContentError(NOT_ALLOWED)
    return [
        {name: record.text(name) for name in ("rol", "gebruikersnaam", "wachtwoord")}
        for record in logins.tables("inloggegevens")
    ]


def add_logins(logins: Record, groups: dict[str, Group], report: Report) -> None:
    """Make the accounts that are missing."""
    for record in logins.tables("inloggegevens"):
        if record.text("groep") not in groups:
            raise ContentError(f"{record.place}: er is geen groep met de sleutel '{record.text('groep')}'.")
        name = record.text("gebruikersnaam")
        new = not User.objects.filter(username=name).exists()
        report.add("Demo-accounts", new=new)
        if new:
            user = User.objects.create_user(name, password=record.text("wachtwoord"), first_name=record.text("rol"))
            user.groups.add(groups[record.text("groep")])

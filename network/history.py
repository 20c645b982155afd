"""The network on another day: which days there are to choose, and what an address asks for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from cms.models.period import Period
from cms.rendering.build import date_text
from cms.rendering.context import RenderContext
from cms.rendering.links import page_path
from cms.rendering.values import Link
from cms.sections import Moments, Option
from network.models import NetworkPage
from network.statements import Fact, Words, statement_of

# The key in the address: /netwerk/?op=2026-01-01
NAME = "op"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class AskedMoment:
    """The day that the network is shown as of. `wrong` is what an address asked for that is no day."""

    day: date
    is_other: bool = False
    wrong: str = ""


def asked_moment(context: RenderContext) -> AskedMoment:
    """Give the day that the address asks for; today where it asks for none or for what is no day."""
    today = timezone.localdate()
    asked = context.asked(NAME).strip()
    if not asked:
        return AskedMoment(today)
    day = day_from(asked)
    if day is None:
        return AskedMoment(today, is_other=True, wrong=asked)
    return AskedMoment(day, is_other=True)


def day_from(text: str) -> date | None:
    """Give the day that is written as JJJJ-MM-DD, else None."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None


def day_of(body: Period, today: date | None = None) -> date:
    """Give the day to show a body as of: today, else its last day, or its first where it has yet to begin."""
    today = today or timezone.localdate()
    if body.valid_to and body.valid_to <= today:
        return body.valid_to - ONE_DAY
    return body.valid_from if body.valid_from and body.valid_from > today else today


def period_notice(body: Period) -> str:
    """Give the words above the page of a body that is not there today, else nothing."""
    today = timezone.localdate()
    if body.valid_to and body.valid_to <= today:
        return gettext("Dit orgaan bestaat niet meer sinds %(day)s. U leest hoe het op de laatste dag was.") % {
            "day": date_text(body.valid_to)
        }
    if body.valid_from and body.valid_from > today:
        return gettext("Dit orgaan begint op %(day)s.") % {"day": date_text(body.valid_from)}
    return ""


def moments(page: NetworkPage, asked: AskedMoment, words: Words, facts: Iterable[Fact]) -> Moments | None:
    """Give the choice of days on which something changed that the public sees; None where nothing ever did.

    The newest comes first, and last the situation before all changes.
    """
    days = change_days(words, facts)
    if not days and not asked.is_other:
        return None
    today = timezone.localdate()
    chosen = asked.day if asked.is_other and not asked.wrong else None
    listed = set(days) | ({chosen} if chosen else set())
    options = [Option(value="", label=gettext("Vandaag"), selected=chosen is None)]
    options += [
        Option(value=day.isoformat(), label=date_text(day), selected=day == chosen)
        for day in sorted(listed, reverse=True)
    ]
    address = page_path(page)
    return Moments(
        action=address,
        name=NAME,
        label=gettext("Het netwerk op een andere dag"),
        options=options,
        submit_label=gettext("Toon"),
        message=_message(asked, today),
        today=Link(title=gettext("Naar het netwerk van vandaag"), url=address) if asked.is_other else None,
    )


def _message(asked: AskedMoment, today: date) -> str:
    if asked.wrong:
        return gettext(
            "“%(text)s” is geen datum. Schrijf een datum als 2026-12-31. U ziet het netwerk van vandaag."
        ) % {"text": asked.wrong[:40]}
    if not asked.is_other:
        return ""
    words = (
        gettext("Zo is het netwerk vanaf %(day)s, voor zover nu bekend is.")
        if asked.day > today
        else gettext("Zo was het netwerk op %(day)s.")
    )
    return words % {"day": date_text(asked.day)}


def change_days(words: Words, facts: Iterable[Fact]) -> list[date]:
    """Give the days on which a public body began or ended, or one of `facts` that the public may know.

    The day before the first stands among them where something ended then: that had been there all along.
    """
    spoken = [fact for fact in facts if words.knew(statement_of(fact))]
    periods = [(each.valid_from, each.valid_to) for each in (*words.ever.values(), *spoken)]
    days = {day for period in periods for day in period if day}
    if any(begin is None and end == min(days) for begin, end in periods if end):
        days.add(min(days) - ONE_DAY)
    return sorted(days)

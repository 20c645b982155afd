"""What readers looked for in vain, counted by day. Nothing about who did, and nothing that looks like somebody's data.

No rule knows names of people from other words: that is why questions are kept for a while only, and can be deleted.
"""

import logging
import re
import unicodedata
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cms.models import MissedSearch
from cms.search.analysis import fold

logger = logging.getLogger(__name__)

DAYS_KEPT = 90
# So many different questions a day: a robot must not fill the table.
MOST_A_DAY = 1000
LONGEST, MOST_WORDS = 60, 8
# Telephone numbers, dates of birth, citizen service numbers, bank accounts, addresses on the internet.
_MOST_DIGITS = 5
_PERSONAL = re.compile(
    r"""
    \b(?:https?|www)\b
    | \b[1-9]\d{3}\ ?[a-z]{2}\ ?[-/]?\ ?\d                  # a postcode with the number of a house
    | \b[1-9]\d{3}[a-z]{2}\b                                # a postcode
    | (?:straat|laan|weg|plein|gracht|singel|kade|dijk|hof|park)\ \d+
    | \b(?:dhr|mw|mevr|mevrouw|meneer|mijnheer|geboren|bsn)\b
    | \b(?=[a-z0-9-]*\d)[a-z0-9]{1,3}-[a-z0-9]{2,3}-[a-z0-9]{1,3}\b     # a number plate
    """,
    re.VERBOSE,
)
# One statement; 0.1 ms. What is too old goes along, whether or not somebody tidies up each night.
_COUNT = """
WITH gone AS (DELETE FROM cms_missedsearch WHERE day < %(oldest)s)
INSERT INTO cms_missedsearch (site_id, language, words, day, number)
SELECT %(site)s, %(language)s, %(words)s, %(day)s, 1
WHERE (SELECT count(*) FROM cms_missedsearch WHERE day = %(day)s) < %(most)s OR EXISTS (
    SELECT FROM cms_missedsearch
    WHERE site_id = %(site)s AND language = %(language)s AND words = %(words)s AND day = %(day)s
)
ON CONFLICT (site_id, language, words, day) DO UPDATE SET number = least(cms_missedsearch.number + 1, 1000000)
"""


def note_missed(site_id: int, language: str, words: str) -> None:
    """Count a question that found nothing. Never raises: a search goes on when this fails."""
    question = kept(words)
    if not question:
        return
    today = timezone.localdate()
    values: dict[str, Any] = {
        "site": site_id,
        "language": language[:5],
        "words": question,
        "day": today,
        "oldest": oldest_day(today),
        "most": MOST_A_DAY,
    }
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
    except DatabaseError:
        # Without the question: logs are kept elsewhere, and for longer.
        logger.warning("A search in vain was not counted", exc_info=True)


def kept(words: str) -> str:
    """Give the question as it is counted, the same for however it was typed; "" of one that is not kept."""
    whole = " ".join(fold(unicodedata.normalize("NFKC", words)).replace("\x00", " ").split())
    # A spreadsheet would take what begins so for a formula.
    question = whole.lstrip("=+-@ ")
    if "@" in whole or not 2 <= len(question) <= LONGEST or len(question.split()) > MOST_WORDS:
        return ""
    if not any(map(str.isalpha, question)) or sum(map(str.isdigit, question)) > _MOST_DIGITS:
        return ""
    return "" if _PERSONAL.search(question) else question


def oldest_day(today: date | None = None) -> date:
    """Give the first day that is kept."""
    return (today or timezone.localdate()) - timedelta(days=DAYS_KEPT - 1)


def remove_old() -> int:
    """Delete what was kept long enough; give how many rows that were."""
    number, _by_model = MissedSearch.objects.filter(day__lt=oldest_day()).delete()
    return number

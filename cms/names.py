"""The Dutch order of names: the database has no rules for it."""

import re
import unicodedata
from functools import lru_cache

# Articles and prepositions before the main name: De Wolden sorts under W, 's-Hertogenbosch under H.
PREFIX = re.compile(
    r"^(?:(?:van|op|aan|bij|in)\s+)?(?:de|den|der|het|'t|'s|ten|ter|te|van|op|aan|bij|in)(?:\s+|-)", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def sort_key(name: str) -> tuple[str, str]:
    """Give a key that ignores accents and case, takes IJ at the start of a word for Y, and skips a prefix."""
    plain = name.strip().replace("’", "'").replace("‘", "'")
    main = PREFIX.sub("", plain, count=1) or plain
    main = re.sub(r"\bIJ", "Y", main)
    folded = unicodedata.normalize("NFKD", main)
    return "".join(letter for letter in folded if not unicodedata.combining(letter)).casefold(), plain

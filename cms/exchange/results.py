"""What a report of an import says, row by row."""

from dataclasses import dataclass, field
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "nieuw"
    CHANGED = "bijwerken"
    SAME = "ongewijzigd"
    WRONG = "fout"


@dataclass
class Result:
    """What a report says of a row; `words` are the changes, or what is wrong and how to mend it."""

    number: int
    title: str
    outcome: Outcome
    words: list[str] = field(default_factory=list)

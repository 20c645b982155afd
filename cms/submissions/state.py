"""How it went with a form that a reader sent: what the page shows in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus

Answers = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FormState:
    """A form that was sent, or that came back: `answers` as they were typed, `errors` a message a field's key.

    `message` says what is wrong with the whole. `retry_after` is in seconds.
    """

    form_id: int
    status: HTTPStatus
    answers: Answers = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str = ""
    retry_after: int = 0

    @classmethod
    def done(cls, form_id: int) -> "FormState":
        """Give the state of a form that was sent."""
        return cls(form_id, HTTPStatus.CREATED)

    @property
    def sent(self) -> bool:
        """Whether the reader is done."""
        return self.status == HTTPStatus.CREATED

"""The one error of the embedded PostgreSQL: its text is for the person at the keyboard."""

from deploy.local.steps import StepError


class PostgresError(StepError):
    """What is wrong, where, and what to do about it."""

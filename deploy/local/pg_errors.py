"""The one error of the embedded PostgreSQL: its text is for the person at the keyboard."""


class PostgresError(Exception):
    """What is wrong, where, and what to do about it."""

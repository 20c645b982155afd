"""Saving what a data file describes; what the models refuse is told with the place in the file."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from home.setup.content import ContentError


def save(record: Model, place: str) -> None:
    """Check the record and save it. Raises ContentError with the messages of the model."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise refused(record, error, place) from error
    record.save()


def refused(record: Model, error: ValidationError, place: str) -> ContentError:
    """Give the error for a record that the model refuses."""
    name = record._meta.verbose_name
    if hasattr(error, "error_dict"):
        reasons = [f"{field}: {' '.join(messages)}" for field, messages in error.message_dict.items()]
    else:
        reasons = list(error.messages)
    return ContentError(f"{place}: {name} '{record}' klopt niet. {'; '.join(reasons)}")

"""The title that an uploaded file begins with: readers see it, so the bare name of the file will not do."""

import re
from pathlib import PurePath
from typing import Any

from django.db import models

# "v3", "versie 1.2", "definitief", "(1)" at the end say which copy of the file it is, not what it is about.
_WHICH_COPY = re.compile(
    r"(?:\b(?:v|versie|version) ?\d+(?:[. ]\d)*|\b(?:def|definitief|final|kopie|copy)|\(\d+\))$", re.IGNORECASE
)


def readable_title(file_name: str) -> str:
    """Give words for the name of a file: "factsheet_leegstand-v3.pdf" becomes "Factsheet leegstand"."""
    stem = PurePath(file_name).stem
    # Who writes spaces in a name means a hyphen where there is one.
    words = stem.replace("_", " ") if " " in stem else re.sub("[_-]", " ", stem)
    title = " ".join(words.split())
    while (shorter := _WHICH_COPY.sub("", title).rstrip(" -–,")) not in ("", title):
        title = shorter
    return title[:1].upper() + title[1:]


class TitledUpload(models.Model):
    """A file with a title. Wagtail's upload forms fill in the name of the file; a title of one's own is left alone."""

    class Meta:
        abstract = True

    title: Any
    file: Any

    def save(self, *args: Any, **kwargs: Any) -> None:
        name = PurePath(self.file.name or "")
        if self._state.adding and self.title in (name.name, name.stem):
            self.title = readable_title(name.name)
        super().save(*args, **kwargs)

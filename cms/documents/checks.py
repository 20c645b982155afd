"""Refuses files that the library does not take, by name and by content. Every way in asks this."""

import re
import unicodedata
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat

from cms.documents import kinds, process, reasons
from cms.documents.kinds import FileKind, NotTakenError

# What the database has room for.
_LONGEST_NAME = 100
# The longest that any computer can have stored it under.
_LONGEST_ANYWHERE = 255
_RESERVED = re.compile(r"(con|prn|aux|nul|clock\$|com\d|lpt\d)(\..*)?", re.IGNORECASE)
# Also before another extension: "rapport.exe.pdf" is a programme to who leaves the last one off.
_PROGRAM = re.compile(
    r"\.(exe|scr|pif|bat|cmd|msi|msix|jar|jse?|vbs|vbe|ps1|wsf|wsh|hta|cpl|lnk|dll|php\d?|phtml)(?=\.|$)", re.IGNORECASE
)


def check_upload(file: File, name: str | None = None) -> FileKind:
    """Give the kind of a file that may come into the library. Raises ValidationError with what is wrong in Dutch.

    `name` where the file does not know its own. Leaves the file at its beginning; the name is not changed:
    `clean_name` gives the one to keep it under.
    """
    name = clean_name(file.name if name is None else name)
    _check_size(file, settings_limit())
    content: Any = file
    try:
        kind = kinds.kind_of(content, name)
    except NotTakenError as error:
        raise ValidationError(str(reasons.REFUSED[error.reason]), code=error.reason) from error
    _check_extension(name, kind)
    if not kind.is_video:
        _check_size(file, readable_limit())
    if kind.extension == "pdf":
        _check_pdf(content)
    return kind


def allowed_kinds() -> list[FileKind]:
    """Give the kinds that the site takes: all that the library knows, unless WAGTAILDOCS_EXTENSIONS names fewer."""
    wanted = getattr(settings, "WAGTAILDOCS_EXTENSIONS", None)
    return [kind for kind in kinds.KINDS.values() if not wanted or kind.extension in wanted]


def settings_limit() -> int:
    """Give the most bytes of any file: WAGTAILDOCS_MAX_UPLOAD_SIZE, which Wagtail's own screens ask too."""
    return getattr(settings, "WAGTAILDOCS_MAX_UPLOAD_SIZE", None) or 5 * kinds.READABLE_SIZE


def readable_limit() -> int:
    """Give the most bytes of a file that is no video."""
    return min(kinds.READABLE_SIZE, settings_limit())


def clean_name(name: str | None) -> str:
    """Give the name to keep a file under, in composed characters and at most 100 of them.

    Raises ValidationError for a name that hides what the file is or where it goes.
    """
    name = unicodedata.normalize("NFC", name or "")
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp") for sign in name) or re.search(
        r"[/\\:]", name
    ):
        raise ValidationError(str(reasons.TRICKY_NAME), code="name")
    if not any(map(str.isalnum, name)) or not any(map(str.isalnum, PurePosixPath(name).stem)):
        raise ValidationError(str(reasons.NO_NAME), code="name")
    if len(name) > _LONGEST_ANYWHERE:
        raise ValidationError(str(reasons.LONG_NAME) % {"length": len(name)}, code="name")
    if name != name.rstrip(". ") or name.startswith("."):
        raise ValidationError(str(reasons.TRICKY_NAME), code="name")
    if _RESERVED.fullmatch(name):
        raise ValidationError(str(reasons.RESERVED_NAME) % {"name": name}, code="name")
    if program := _PROGRAM.search(name):
        raise ValidationError(str(reasons.DOUBLE_NAME) % {"extension": program[1].lower()}, code="name")
    path = PurePosixPath(" ".join(name.split()))
    # Room for what a storage adds to a name that is taken.
    stem = path.stem[: _LONGEST_NAME - 8 - len(path.suffix)].rstrip(". ")
    return stem + path.suffix.lower()


def _check_size(file: File, most: int) -> None:
    size = file.size or 0
    if not size:
        raise ValidationError(str(reasons.REFUSED["empty"]), code="empty")
    if size > most:
        # As Wagtail's screens write it.
        words = {"size": filesizeformat(size), "most": filesizeformat(most)}
        raise ValidationError(str(reasons.TOO_LARGE) % words, code="too_large")


def _check_extension(name: str, kind: FileKind) -> None:
    allowed = allowed_kinds()
    extension = PurePosixPath(name).suffix.lstrip(".")
    if not extension:
        raise ValidationError(str(reasons.NO_EXTENSION) % {"right": kind.extension}, code="extension")
    known = [each for each in allowed if extension in each.extensions]
    if kind not in allowed or not known:
        names = ", ".join(each.extension for each in allowed)
        words = {"extension": extension if not known else kind.extension, "allowed": names}
        raise ValidationError(str(reasons.NOT_ALLOWED) % words, code="extension")
    if kind not in known:
        words = {"extension": extension, "right": kind.extension}
        raise ValidationError(str(reasons.WRONG_EXTENSION) % words, code="extension")


def _check_pdf(file: Any) -> None:
    """Look inside, in a child process: a hostile PDF may take its reader down."""
    outcome = process.run(file, "controleer", "pdf", wall_seconds=20)
    reason = outcome.reason if outcome.end == "done" else "slow" if outcome.end == "too_big" else "damaged"
    if reason:
        raise ValidationError(str(reasons.REFUSED[reason]), code=reason)

"""What a file says of itself: its title and language, once the worker has read it."""

import re

from cms.models import CMSDocument
from cms.models.upload import readable_title
from kennisbank.models.pages import DOCUMENT_LANGUAGES

# What programs write into a file when nobody gave it a title.
_NO_TITLE = re.compile(
    r"(untitled|naamloos|(word )?document|microsoft|presentation|presentatie|powerpoint|layout|cover|omslag|"
    r"title|titel)\b.{0,20}$|.*\.(docx?|pptx?|xlsx?|odt|ods|odp|indd|pdf|qxd|pub|rtf|tmp)$",
    re.IGNORECASE,
)
_PROGRAM = re.compile(r"^Microsoft (Word|PowerPoint|Excel) ?- ?", re.IGNORECASE)
_SHORTEST, _LONGEST = 8, 150


def guessed_title(document: CMSDocument | None, name: str) -> str:
    """Give the title that the file itself declares, where that can be one; else words for its name."""
    declared = " ".join(_PROGRAM.sub("", document.declared_title if document else "").split())
    sensible = _SHORTEST <= len(declared) <= _LONGEST and " " in declared and not _NO_TITLE.match(declared)
    return declared if sensible else readable_title(name)


def guessed_language(document: CMSDocument | None) -> str:
    """Give the language of the file, "" where it is not known or not one that a publication can have."""
    code = document.language[:2] if document and document.language else ""
    return code if code in dict(DOCUMENT_LANGUAGES) else ""

"""Reads one file in a process of its own with hard limits: `python -m cms.documents.child lees|controleer <extension>`.

The file comes on standard input, lines of JSON go out. The last has the key "end"; a process that dies leaves it out.
No Django here: it starts in a tenth of a second and knows no secret.
"""

import importlib
import json
import os
import resource
import sys
from typing import BinaryIO

from cms.documents import limits
from cms.documents.cleaning import legible
from cms.documents.language import guess_language
from cms.documents.parts import Facts

READERS = {
    "pdf": "pdf", "docx": "openxml", "pptx": "openxml", "xlsx": "openxml", "odt": "opendocument", "odp": "opendocument",
    "ods": "opendocument", "html": "html", "txt": "plain", "csv": "plain",
}  # fmt: skip


def restrain() -> None:
    """Let this process have no more than the limits, and write no file."""
    resource.setrlimit(resource.RLIMIT_CPU, (limits.CPU_SECONDS, limits.CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))


def read(file: BinaryIO, extension: str) -> None:
    """Print facts and parts of a file, and at the end its language and how it went."""
    reader = importlib.import_module(f"cms.documents.formats.{READERS[extension]}")
    characters, end = 0, {"end": "done"}
    sample: list[str] = []
    try:
        for piece in reader.read(file, extension):
            if isinstance(piece, Facts):
                _say({"facts": piece.values})
                continue
            text = piece.text[: limits.CHARACTERS - characters]
            characters += len(text)
            if text:
                _say({"number": piece.number, "label": piece.label[:200], "text": text})
            if sum(map(len, sample)) < 100_000:
                sample.append(text)
            if characters >= limits.CHARACTERS:
                raise limits.TooBigError("characters")
    except limits.TooBigError as error:
        end = {"end": "too_big", "reason": error.reason}
    _say({"facts": {"language": guess_language(sample)}})
    if end["end"] == "done" and not any(map(legible, sample)):
        end = {"end": "no_text", "reason": "illegible" if characters else ""}
    _say(end)


def _say(value: dict) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=True) + "\n")


def main() -> None:
    job, extension = sys.argv[1:]
    file: BinaryIO = sys.stdin.buffer
    restrain()
    try:
        if job == "controleer":
            pdf = importlib.import_module("cms.documents.formats.pdf")
            _say({"end": "done", "reason": pdf.trouble(file)})
        else:
            read(file, extension)
    except limits.UnreadableError as error:
        _say({"end": "failed", "reason": error.reason})
    except limits.TooBigError as error:
        _say({"end": "too_big", "reason": error.reason})
    except MemoryError:
        _say({"end": "too_big", "reason": "memory"})
    except RecursionError:
        _say({"end": "failed", "reason": "damaged"})
    sys.stdout.flush()
    # What a library does at its end is of no use, and may still fail.
    os._exit(0)


if __name__ == "__main__":
    main()

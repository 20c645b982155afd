"""The zip packages that Office and ODF files are: written the same each time."""

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path


def write_package(path: Path, files: Mapping[str, bytes], moment: datetime) -> None:
    """Write the files in this order. ODF asks that `mimetype` is first and not compressed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def unpacked(content: bytes) -> dict[str, bytes]:
    """Give the files in a package by name, in order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}

"""The demo's pictures and documents. A file that is there already is recognised by its content."""

import hashlib
from pathlib import Path

from django.core.files.base import ContentFile

from cms.models import CMSDocument, CMSImage
from cms.rendering.pictures import make_all_sizes
from home.setup.blocks import References
from home.setup.content import ContentError, Record
from home.setup.demo.source import DEMO
from home.setup.report import Report

# The part of a picture around its focal point that a crop keeps, in pixels of a picture of 1600 x 900.
_FOCAL_WIDTH, _FOCAL_HEIGHT = 480, 320


def add_images(images: Record, references: References, report: Report) -> None:
    """Add the pictures that are missing, each with its description, credit and focal point."""
    credit = images.text("credit")
    known = dict(CMSImage.objects.values_list("file_hash", "pk"))
    for record in images.tables("afbeeldingen"):
        content = _content("images", record.text("file"), record.place)
        file_hash = _hash(content)
        report.add("Afbeeldingen", new=file_hash not in known)
        if file_hash not in known:
            image = CMSImage(
                title=record.text("title"),
                description=record.text("description")[:255],
                credit=credit,
                file=ContentFile(content, name=record.text("file")),
                file_size=len(content),
                file_hash=file_hash,
                focal_point_x=record.number("focal_x"),
                focal_point_y=record.number("focal_y"),
                focal_point_width=_FOCAL_WIDTH,
                focal_point_height=_FOCAL_HEIGHT,
            )
            image.save()
            known[file_hash] = image.pk
        references.add("afbeelding", record.text("key"), known[file_hash])


def add_documents(publication: Record, references: References, report: Report) -> None:
    """Add the files of a publication that are missing; references know them by file name."""
    for record in publication.tables("files"):
        name = record.text("file")
        content = _content("files", name, record.place)
        file_hash = _hash(content)
        known = CMSDocument.objects.filter(file_hash=file_hash).first()
        report.add("Documenten", new=known is None)
        if known is None:
            known = CMSDocument(
                title=record.text("title"),
                file=ContentFile(content, name=name),
                file_size=len(content),
                file_hash=file_hash,
            )
            known.save()
        references.add("bestand", name, known.pk)


def make_renditions() -> None:
    """Make all sizes of all pictures. Those in AVIF, which take long, come from the worker."""
    make_all_sizes(CMSImage.objects.values_list("pk", flat=True))


def _content(folder: str, name: str, place: str) -> bytes:
    path: Path = DEMO / folder / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise ContentError(f"{place}: het bestand {folder}/{name} ontbreekt in home/demo.") from error


def _hash(content: bytes) -> str:
    # What Wagtail keeps with a file, to warn an editor who uploads it again.
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()

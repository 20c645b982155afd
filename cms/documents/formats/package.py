"""Zip files with XML in them, as office formats are: read member by member, never more than the limits allow."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cms.documents import limits
from cms.documents.cleaning import clean
from cms.documents.kinds import NotTakenError, open_zip
from cms.documents.parts import Facts

_TITLE = "{http://purl.org/dc/elements/1.1/}title"


class Package:
    """An office file. Raises UnreadableError where it is damaged, TooBigError where it unpacks to too much."""

    def __init__(self, file: BinaryIO) -> None:
        try:
            names, self.zip = open_zip(file)
        except NotTakenError as error:
            raise limits.UnreadableError("damaged") from error
        if len(names) > limits.ZIP_MEMBERS:
            raise limits.TooBigError("unpacked")
        self.names = frozenset(names)

    def events(self, name: str, *, starts: bool = False) -> Iterator[tuple[str, Any]]:
        """Give the elements of a member as they are read: ("end", element), and ("start", element) where asked.

        Nothing where there is no such member. The caller clears elements that it is done with.
        """
        if name not in self.names:
            return
        try:
            with self._open(name) as member:
                yield from iterparse(member, events=("start", "end") if starts else ("end",))
        except DefusedXmlException as error:
            raise limits.UnreadableError("hostile") from error
        except (ParseError, zipfile.BadZipFile, EOFError, OSError, ValueError, LookupError) as error:
            raise limits.UnreadableError("damaged") from error
        except (NotImplementedError, zlib.error) as error:
            # A way of packing that nobody uses, or none at all.
            raise limits.UnreadableError("damaged") from error

    def _open(self, name: str) -> IO[bytes]:
        member = self.zip.getinfo(name)
        if member.file_size > limits.ZIP_MEMBER_BYTES:
            raise limits.TooBigError("unpacked")
        if member.file_size > limits.ZIP_RATIO_FROM and member.file_size > limits.ZIP_RATIO * member.compress_size:
            raise limits.TooBigError("unpacked")
        if member.flag_bits & 1:
            raise limits.UnreadableError("password")
        return self.zip.open(name)

    def numbered(self, pattern: str) -> list[str]:
        """Give the names of members in which `pattern` has one number, in the order of those numbers."""
        found = [(int(match[1]), name) for name in self.names if (match := re.fullmatch(pattern, name))]
        return [name for _number, name in sorted(found)]


def titles(package: Package, name: str) -> Iterator[Facts]:
    """Give the title that the member `name` declares, where it does: in all these formats an element of Dublin Core."""
    for _event, element in package.events(name):
        if element.tag == _TITLE and (title := clean((element.text or "")[:1000])[:300]):
            yield Facts({"declared_title": title})
            return


def local(element: Any) -> str:
    """Give the name of an element without its namespace: the strict variant of a format has others."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Any, name: str) -> str:
    """Give an attribute whatever its namespace; "" where there is none."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""

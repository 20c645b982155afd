"""What a file is, by its content. Knows no Django: the child process that reads files uses it too."""

import codecs
import io
import re
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

MEGABYTE = 1024 * 1024
# Above this a file other than a video is refused; the limit on everything is a setting.
READABLE_SIZE = 100 * MEGABYTE


@dataclass(frozen=True)
class FileKind:
    """A kind of file that the library takes. `part_kind` is a value of PartKind; "" where there is no text to read."""

    extension: str
    media_type: str
    part_kind: str = ""
    also: tuple[str, ...] = ()

    @property
    def extensions(self) -> tuple[str, ...]:
        return (self.extension, *self.also)

    @property
    def is_video(self) -> bool:
        return self.media_type.startswith("video/")


_OPENXML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."
KINDS = {
    kind.extension: kind
    for kind in (
        FileKind("pdf", "application/pdf", "page"),
        FileKind("docx", f"{_OPENXML}wordprocessingml.document", "section"),
        FileKind("pptx", f"{_OPENXML}presentationml.presentation", "slide"),
        FileKind("xlsx", f"{_OPENXML}spreadsheetml.sheet", "sheet"),
        FileKind("odt", f"{_ODF}text", "section"),
        FileKind("odp", f"{_ODF}presentation", "slide"),
        FileKind("ods", f"{_ODF}spreadsheet", "sheet"),
        FileKind("html", "text/html", "section", ("htm",)),
        FileKind("txt", "text/plain", "section"),
        FileKind("csv", "text/csv", "section"),
        FileKind("vtt", "text/vtt"),
        FileKind("mp4", "video/mp4", also=("m4v",)),
        FileKind("webm", "video/webm"),
    )
}
BY_MEDIA_TYPE = {kind.media_type: kind for kind in KINDS.values()}


class NotTakenError(Exception):
    """The content is of no kind that the library takes. `reason` is a key of `reasons.REFUSED`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_EXECUTABLE = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
               b"\xca\xfe\xba\xbe", b"\x00asm", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00", b"!<arch>\n")  # fmt: skip
_ARCHIVE = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF\x00",
            b"\x04\x22\x4d\x18", b"\x1f\x9d", b"xar!", b"PK\x05\x06", b"PK\x07\x08")  # fmt: skip
_IMAGE = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The first lines of scripts for a shell, PHP, Windows, PowerShell and the Windows Script Host.
_SCRIPT = re.compile(
    rb"\s*(#!|<\?php|<%|@echo off|@?setlocal\b|rem\s+\w+ +--|param\s*\(|set-executionpolicy|on error resume next"
    rb"|<job\b|<package\b|<hta:|\[InternetShortcut\]|Windows Registry Editor)",
    re.IGNORECASE,
)
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|title|meta|h1|div|p|table)\b", re.IGNORECASE)
_SVG = re.compile(rb"<(svg\b|!doctype\s+svg\b)", re.IGNORECASE)
# What runs when somebody opens a saved web page. Linear on any input: it looks at no tag as a whole.
_ACTIVE_HTML = re.compile(
    rb"<\s{0,9}(script|object|embed|applet|iframe|frame)\b|=\s{0,9}[\"']?\s{0,9}(javascript|vbscript)\s{0,9}:"
    rb"|[\s\"'/]on(abort|after|anim|auto|before|begin|blur|can|change|click|close|context|copy|cue|cut|dbl|drag|drop|end"
    rb"|error|focus|form|full|got|hash|input|invalid|key|load|lost|message|mouse|page|paste|play|pointer|pop|progress"
    rb"|repeat|reset|resize|scroll|search|seek|select|show|start|storage|submit|time|toggle|touch|transition|unload|volume"
    rb"|wait|wheel)[a-z]{0,20}\s{0,9}=",
    re.IGNORECASE,
)
_BOM = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 64 * 1024


def kind_of(file: BinaryIO, name: str = "") -> FileKind:
    """Give the kind of a file. The name only tells plain text from CSV, which content cannot.

    Leaves the file at its beginning. Raises NotTakenError, with the reason, for everything else.
    """
    file.seek(0)
    head = file.read(_HEAD)
    try:
        return _kind(file, head, name.lower())
    finally:
        file.seek(0)


def _kind(file: BinaryIO, head: bytes, name: str) -> FileKind:
    if not head.strip(b"\x00 \t\r\n"):
        raise NotTakenError("empty")
    # Readers of PDF look for its first line in the first kilobyte; only rubbish and tricks stand before it.
    if head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"%PDF-"):
        return KINDS["pdf"]
    if head.startswith(b"PK\x03\x04"):
        return _zip_kind(file)
    if head.startswith(_OLE2):
        raise NotTakenError(_ole2_reason(file))
    if head.startswith(_EXECUTABLE):
        raise NotTakenError("executable")
    bzip2 = head.startswith(b"BZh") and head[4:10] == b"1AY&SY"
    if bzip2 or head.startswith(_ARCHIVE) or head[257:262] == b"ustar":
        raise NotTakenError("archive")
    if head.startswith(b"{\\rtf"):
        raise NotTakenError("old_office")
    if head[4:8] == b"ftyp":
        if head[8:12] in (b"avif", b"heic", b"heix", b"mif1"):
            raise NotTakenError("image")
        return KINDS["mp4"]
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        if b"webm" in head[:64]:
            return KINDS["webm"]
        raise NotTakenError("unknown")
    # A text may well begin with "BM", as a bitmap does.
    bitmap = head.startswith(b"BM") and _looks_binary(head)
    if bitmap or head.startswith(_IMAGE) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        raise NotTakenError("image")
    return _text_kind(file, head, name)


def _text_kind(file: BinaryIO, head: bytes, name: str) -> FileKind:
    plain = _plain(head)
    if _looks_binary(plain):
        raise NotTakenError("unknown")
    start = _after_preamble(plain)
    if _SVG.match(start):
        raise NotTakenError("svg")
    if _SCRIPT.match(plain):
        raise NotTakenError("script")
    if _HTML.match(start):
        file.seek(0)
        if _ACTIVE_HTML.search(_plain(file.read(READABLE_SIZE))):
            raise NotTakenError("active_html")
        return KINDS["html"]
    if plain.startswith((b"WEBVTT\n", b"WEBVTT\r", b"WEBVTT ")) or plain.strip() == b"WEBVTT":
        return KINDS["vtt"]
    if name.endswith((".html", ".htm")):
        raise NotTakenError("not_html")
    return KINDS["csv" if name.endswith(".csv") else "txt"]


def _plain(text: bytes) -> bytes:
    """Give text as UTF-8 without a mark, where a mark says what it is; else as it is."""
    for mark, encoding in _BOM:
        if text.startswith(mark):
            return text.decode(encoding, "replace").lstrip("\ufeff").encode()
    return text


def _after_preamble(text: bytes) -> bytes:
    """Give what stands after the declaration and the comments that XML and HTML may begin with."""
    text = text.lstrip()
    for _each in range(100):
        for opening, closing in ((b"<!--", b"-->"), (b"<?xml", b"?>")):
            if text.startswith(opening):
                text = text.partition(closing)[2].lstrip()
                break
        else:
            return text
    return text


def _looks_binary(head: bytes) -> bool:
    """Tell whether this is no text. A few NULs come from careless exports; many come from a binary format."""
    odd = sum(head.count(byte) for byte in (*range(9), *range(14, 27), *range(28, 32)))
    return odd > max(8, len(head) // 100)


# ---- Office formats: both families are zip files


def _zip_kind(file: BinaryIO) -> FileKind:
    names, package = open_zip(file)
    with package:
        lower = [each.lower() for each in names]
        if "mimetype" in names:
            return _open_document_kind(package, names)
        if "[content_types].xml" in lower:
            return _open_xml_kind(package, names[lower.index("[content_types].xml")], names, lower)
    raise NotTakenError("archive")


def open_zip(file: BinaryIO) -> tuple[list[str], zipfile.ZipFile]:
    """Open a zip file whose table of contents has a size of this world. Raises NotTakenError("damaged")."""
    # zipfile reads that table at once, however large; so look how large it is first.
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 22 - 65535))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22 or int.from_bytes(tail[at + 12 : at + 16], "little") > 4 * MEGABYTE:
        raise NotTakenError("damaged")
    try:
        package = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise NotTakenError("damaged") from error
    return package.namelist(), package


def _member(package: zipfile.ZipFile, name: str, most: int = MEGABYTE) -> bytes:
    try:
        with package.open(name) as member:
            return member.read(most)
    except Exception as error:  # a hostile zip file raises almost anything
        raise NotTakenError("damaged") from error


_MAIN_PARTS = {
    f"{_OPENXML}wordprocessingml.document.main+xml": "docx",
    f"{_OPENXML}presentationml.presentation.main+xml": "pptx",
    f"{_OPENXML}presentationml.slideshow.main+xml": "pptx",
    f"{_OPENXML}spreadsheetml.sheet.main+xml": "xlsx",
}


def _open_xml_kind(package: zipfile.ZipFile, table: str, names: list[str], lower: list[str]) -> FileKind:
    types = _member(package, table).decode("utf-8", "replace")
    if "macroenabled" in types.lower() or any("vbaproject" in name or "/macrosheets/" in name for name in lower):
        raise NotTakenError("macros")
    if any("/activex/" in name for name in lower):
        raise NotTakenError("macros")
    left = 64 * MEGABYTE
    for name in names:
        # "Package" objects are whole files of any kind that open on a double click.
        if "oleobject" in name.lower():
            content = _member(package, name, left)
            left -= len(content)
            if left <= 0 or "\x01Ole10Native".encode("utf-16-le") in content:
                raise NotTakenError("embedded")
    for content_type, extension in _MAIN_PARTS.items():
        if f'"{content_type}"' in types or f"'{content_type}'" in types:
            return KINDS[extension]
    raise NotTakenError("other_office" if "officedocument" in types else "archive")


def _open_document_kind(package: zipfile.ZipFile, names: list[str]) -> FileKind:
    media_type = _member(package, "mimetype", 200).decode("ascii", "replace").strip()
    kind = BY_MEDIA_TYPE.get(media_type)
    if kind is None or not media_type.startswith(_ODF):
        raise NotTakenError("other_office" if media_type.startswith(_ODF) else "archive")
    if "encrypted-package" in names or b"encryption-data" in _member(package, "META-INF/manifest.xml", 4 * MEGABYTE):
        raise NotTakenError("password")
    for name in names:
        folder, _slash, rest = name.partition("/")
        file = rest.rpartition("/")[2]
        if folder == "Scripts" and file:
            raise NotTakenError("macros")
        if folder == "Basic" and file and not re.fullmatch(r"(script|dialog)-l[bc]\.xml", file):
            raise NotTakenError("macros")
    return kind


def _ole2_reason(file: BinaryIO) -> str:
    """Tell a locked modern file from an old one: Office wraps what has a password in the container of old formats."""
    file.seek(0)
    content = file.read(8 * MEGABYTE)
    return "password" if "EncryptedPackage".encode("utf-16-le") in content else "old_office"

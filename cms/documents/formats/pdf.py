"""PDF: text a page, what it says of its own accessibility, and what in it makes it unwelcome. By PDFium."""

import base64
import ctypes
import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import pypdfium2
import pypdfium2.raw as pdfium

from cms.documents.cleaning import clean
from cms.documents.limits import PAGES, TooBigError, UnreadableError
from cms.documents.parts import Facts, Part

_NAME = re.compile(rb"/[^\s/<>\[\]()%]*#[0-9A-Fa-f]{2}[^\s/<>\[\]()%]*")
# The kind of an action may stand in an object of its own.
_SCRIPT = re.compile(rb"(?:/S|\bobj)\s*/JavaScript\b")
_LAUNCH = re.compile(rb"(?:/S|\bobj)\s*/Launch\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/(\w+Decode|Fl|AHx|A85|LZW|RL)\b")
_PDF_UA = re.compile(rb"pdfuaid:part\s*(=\s*[\"']|>)\s*[1-9]")
# More than enough for the objects of 3,000 pages.
_UNPACKED = 64 * 1024 * 1024
# Attachments that do something when opened; others, such as the data behind a table, are welcome.
_DANGEROUS = re.compile(
    r"\.(exe|dll|com|scr|pif|msi|msix|bat|cmd|ps1|vbs?|vbe|jse?|wsf|wsh|hta|lnk|jar|sh|py|reg|cpl|iso|img|docm|xlsm|pptm)$",
    re.IGNORECASE,
)


def read(file: BinaryIO, _extension: str) -> Iterator[Facts | Part]:
    """Give the facts and the text of every page, up to the limit."""
    content = file.read()
    document = _open(content)
    pages = len(document)
    yield Facts({"page_count": pages, **_accessibility(document, content)})
    text_layer = False
    for index in range(min(pages, PAGES)):
        text = clean(_page_text(document, index))
        text_layer = text_layer or bool(text)
        if text:
            yield Part(index + 1, text)
    yield Facts({"text_layer": text_layer})
    if pages > PAGES:
        raise TooBigError("pages")


def trouble(file: BinaryIO) -> str:
    """Give why the library does not take this PDF: a key of `reasons.REFUSED`; "" where it does."""
    content = file.read()
    try:
        document = _open(content)
    except UnreadableError as error:
        return error.reason
    try:
        objects = _objects(_rewritten(document)) + b"\n" + _objects(content)
    except pypdfium2.PdfiumError:
        return "damaged"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document.raw) > 0 or _SCRIPT.search(objects):
        return "pdf_script"
    if _LAUNCH.search(objects):
        return "pdf_launch"
    for index in range(min(document.count_attachments(), 1000)):
        if _DANGEROUS.search(document.get_attachment(index).get_name().strip(" .\x00")):
            return "embedded"
    return ""


def _open(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        # Without pages PDFium refuses a file and calls it a success.
        reasons = {pdfium.FPDF_ERR_PASSWORD: "password", pdfium.FPDF_ERR_SUCCESS: "no_pages"}
        raise UnreadableError(reasons.get(error.err_code, "damaged")) from error


def _page_text(document: pypdfium2.PdfDocument, index: int) -> str:
    """Give the text of a page; "" of a page that is damaged, for the others may be whole."""
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        return ""
    text_page = pdfium.FPDFText_LoadPage(page)
    try:
        characters = pdfium.FPDFText_CountChars(text_page) if text_page else 0
        if characters <= 0:
            return ""
        # One unit more for the NUL at the end; a sign beyond the basic plane takes two.
        room = 2 * characters + 1
        units = (ctypes.c_ushort * room)()
        written = pdfium.FPDFText_GetText(text_page, 0, characters, units)
        return bytes(memoryview(units).cast("B")[: 2 * max(0, written - 1)]).decode("utf-16-le", "replace")
    finally:
        if text_page:
            pdfium.FPDFText_ClosePage(text_page)
        pdfium.FPDF_ClosePage(page)


def _accessibility(document: pypdfium2.PdfDocument, content: bytes) -> dict:
    size = pdfium.FPDFCatalog_GetLanguage(document.raw, None, 0)
    units = (ctypes.c_ushort * max(1, size // 2))()
    pdfium.FPDFCatalog_GetLanguage(document.raw, units, size)
    language = bytes(memoryview(units).cast("B")).decode("utf-16-le", "replace").rstrip("\x00")
    return {
        "tagged": bool(document.is_tagged()),
        "declared_title": clean(document.get_metadata_value("Title"))[:300],
        "declared_language": clean(language)[:20],
        "claims_pdf_ua": bool(_PDF_UA.search(_metadata(content))),
    }


def _metadata(content: bytes) -> bytes:
    return b"\n".join(_streams(content, rb"/Metadata\b")) + b"\n".join(
        re.findall(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", content, re.DOTALL)
    )


def _rewritten(document: pypdfium2.PdfDocument) -> bytes:
    """Give the file as PDFium would save it: all that a reader reaches, unlocked, out of packed objects, plain."""
    out = io.BytesIO()
    document.save(out, flags=pdfium.FPDF_REMOVE_SECURITY)
    return out.getvalue()


def _objects(content: bytes) -> bytes:
    """Give what stands outside streams and in packed objects, with names written plainly: there actions stand.

    Of the file itself too: another reader may mend what is broken in it otherwise than PDFium, and find other objects.
    """
    outside, at = [], 0
    for stream in _STREAM.finditer(content):
        if stream.start() < at:
            continue
        outside.append(content[at : stream.start()])
        end = content.find(b"endstream", stream.end())
        at = end if end >= 0 else len(content)
    outside.append(content[at:])
    return _plain_names(b"\n".join([*outside, *_streams(content, rb"/ObjStm\b")]))


def _plain_names(text: bytes) -> bytes:
    return _NAME.sub(lambda name: re.sub(rb"#([0-9A-Fa-f]{2})", lambda code: bytes([int(code[1], 16)]), name[0]), text)


def _streams(content: bytes, wanted: bytes) -> Iterator[bytes]:
    """Give the streams whose dictionary has the name `wanted`, unpacked; none that are locked or broken."""
    left = _UNPACKED
    for stream in _STREAM.finditer(content):
        before = content[max(0, stream.start() - 1000) : stream.start()]
        dictionary = _plain_names(before[before.rfind(b"obj") :])
        if not re.search(wanted, dictionary):
            continue
        end = content.find(b"endstream", stream.end())
        unpacked = content[stream.end() : end if end >= 0 else len(content)]
        try:
            for name in _FILTER.findall(dictionary):
                unpacked = _unpacked(name, unpacked, left)
        except (ValueError, zlib.error):
            continue
        left -= len(unpacked)
        yield unpacked
        if left <= 0:
            raise TooBigError("unpacked")


def _unpacked(name: bytes, packed: bytes, most: int) -> bytes:
    """Undo one filter. Raises ValueError or zlib.error where that cannot be done."""
    if name in (b"FlateDecode", b"Fl"):
        return zlib.decompressobj().decompress(packed, most)
    if name in (b"ASCIIHexDecode", b"AHx"):
        digits = b"".join(packed.partition(b">")[0].split())
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))
    if name in (b"ASCII85Decode", b"A85"):
        return base64.a85decode(packed.partition(b"~>")[0])
    raise ValueError(name)

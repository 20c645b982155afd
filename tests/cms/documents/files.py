"""Small files of every kind, made on the spot. `tests/cms/documents/hostile.py` has those that mean harm."""

import io
import zipfile
import zlib
from collections.abc import Sequence

DUTCH = "De wijkagent en de gemeente werken samen aan een veilige straat, maar dat gaat niet vanzelf."


def make_pdf(
    *pages: str,
    catalog: bytes = b"",
    objects: Sequence[bytes] = (),
    trailer: bytes = b"",
    font: bytes = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    title: str = "",
) -> bytes:
    """Give a PDF with a line of text a page. `objects` get the numbers from 10 up, pages stand behind them."""
    first = 10 + len(objects)
    kids = b" ".join(b"%d 0 R" % (first + 2 * index) for index in range(len(pages)))
    numbered = {
        1: b"<</Type/Catalog/Pages 2 0 R %s>>" % catalog,
        2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        3: font,
        4: b"<</Title(%s)>>" % title.encode("latin-1"),
        **{10 + index: content for index, content in enumerate(objects)},
    }
    for index, text in enumerate(pages):
        lines = b"".join(
            b"(%s) Tj T* " % line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
            for line in text.split("\n")
        )
        numbered[first + 2 * index] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 2000 800]/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>"
            % (first + 2 * index + 1)
        )
        numbered[first + 2 * index + 1] = stream(b"BT /F 12 Tf 14 TL 40 700 Td " + lines + b"ET")
    out, places = io.BytesIO(), {}
    out.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    for number, content in numbered.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    out.write(b"trailer\n<</Size %d/Root 1 0 R/Info 4 0 R %s>>\n" % (max(numbered) + 1, trailer))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream(content: bytes, dictionary: bytes = b"", *, packed: bool = False) -> bytes:
    """Give a stream object of a PDF."""
    if packed:
        content, dictionary = zlib.compress(content), dictionary + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (dictionary, len(content), content)


def make_zip(members: dict[str, bytes | str]) -> bytes:
    """Give a zip file; "mimetype" is stored plainly, as ODF asks."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return out.getvalue()


_MAIN = {
    "docx": ("word/document.xml", "wordprocessingml.document"),
    "pptx": ("ppt/presentation.xml", "presentationml.presentation"),
    "xlsx": ("xl/workbook.xml", "spreadsheetml.sheet"),
}


def make_openxml(extension: str, members: dict[str, bytes | str], *, main_type: str = "") -> bytes:
    """Give a DOCX, PPTX or XLSX with these members beside the two that each has."""
    part, kind = _MAIN[extension]
    main_type = main_type or f"application/vnd.openxmlformats-officedocument.{kind}.main+xml"
    return make_zip(
        {
            "[Content_Types].xml": f'<Types><Override PartName="/{part}" ContentType="{main_type}"/></Types>',
            "_rels/.rels": f'<r><Relationship Id="r1" Type="x/officeDocument" Target="{part}"/></r>',
            **members,
        }
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_docx(*paragraphs: str, extra: dict[str, bytes | str] | None = None) -> bytes:
    """Give a DOCX; a paragraph that begins with "# " is a heading."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Kop1"/></w:pPr><w:r><w:t>{text[2:]}</w:t></w:r></w:p>'
        if text.startswith("# ")
        else f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"
        for text in paragraphs
    )
    styles = f'<w:styles {W}><w:style w:styleId="Kop1"><w:name w:val="heading 1"/></w:style></w:styles>'
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return make_openxml("docx", {"word/document.xml": document, "word/styles.xml": styles, **(extra or {})})


_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'


def make_pptx(*slides: tuple[str, str]) -> bytes:
    """Give a PPTX of slides (title, text)."""
    members: dict[str, bytes | str] = {}
    for number, (title, text) in enumerate(slides, start=1):
        members[f"ppt/slides/slide{number}.xml"] = (
            f'<p:sld {_P} {_A}><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><p:txBody><a:p><a:t>{title}</a:t></a:p>'
            f"</p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp></p:sld>"
        )
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    members["ppt/presentation.xml"] = f"<p:presentation {_P} {_R}>{ids}</p:presentation>"
    members["ppt/_rels/presentation.xml.rels"] = _relations("slides/slide", len(slides))
    return make_openxml("pptx", members)


def make_xlsx(sheets: dict[str, list[list[str]]], *, dimension: str = "A1") -> bytes:
    """Give an XLSX; texts stand in the cells themselves."""
    members: dict[str, bytes | str] = {}
    for number, rows in enumerate(sheets.values(), start=1):
        cells = "".join(
            "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
        )
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet><dimension ref="{dimension}"/><sheetData>{cells}</sheetData></worksheet>'
        )
    names = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="rId{n}"/>' for n, name in enumerate(sheets, start=1))
    members["xl/workbook.xml"] = f"<workbook {_R}>{names}</workbook>"
    members["xl/_rels/workbook.xml.rels"] = _relations("worksheets/sheet", len(sheets))
    return make_openxml("xlsx", members)


def _relations(target: str, number: int) -> str:
    each = "".join(f'<Relationship Id="rId{n}" Target="{target}{n}.xml"/>' for n in range(1, number + 1))
    return f"<Relationships>{each}</Relationships>"


_ODF = (
    'xmlns:office="o" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)


def make_odf(kind: str, body: str, extra: dict[str, bytes | str] | None = None, manifest: str = "") -> bytes:
    """Give an ODF file; `kind` is text, spreadsheet or presentation."""
    return make_zip(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_ODF}>{body}</office:document-content>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
            **(extra or {}),
        }
    )


def make_odt(*paragraphs: str) -> bytes:
    """Give an ODT; a paragraph that begins with "# " is a heading."""
    return make_odf(
        "text",
        "".join(
            f'<text:h text:outline-level="1">{text[2:]}</text:h>'
            if text.startswith("# ")
            else f"<text:p>{text}</text:p>"
            for text in paragraphs
        ),
    )


def make_ods(sheets: dict[str, list[list[str]]]) -> bytes:
    rows = {
        name: "".join(
            "<table:table-row>"
            + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
            + "</table:table-row>"
            for row in cells
        )
        for name, cells in sheets.items()
    }
    body = "".join(f'<table:table table:name="{name}">{cells}</table:table>' for name, cells in rows.items())
    return make_odf("spreadsheet", body)


def make_odp(*slides: str) -> bytes:
    body = "".join(
        f'<draw:page draw:name="Dia {n}"><text:p>{text}</text:p></draw:page>' for n, text in enumerate(slides, 1)
    )
    return make_odf("presentation", body)

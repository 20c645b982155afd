"""Files that mean harm or are broken, made on the spot; small on disk, however large they claim to be."""

import io
import zipfile
import zlib

from tests.cms.documents.files import W, make_docx, make_openxml, make_pdf, make_xlsx, make_zip, stream

_ENTITIES = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' if n else '<!ENTITY lol0 "lol">' for n in range(10))


def zip_bomb() -> bytes:
    """A DOCX of 300 kB whose text unpacks to 300 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        with zipfile.ZipFile(io.BytesIO(make_docx("Tekst"))) as honest:
            for name in honest.namelist():
                if name != "word/document.xml":
                    package.writestr(name, honest.read(name))
        with package.open("word/document.xml", "w") as member:
            member.write(f"<w:document {W}><w:body>".encode())
            piece = b"<w:p><w:r><w:t>bom</w:t></w:r></w:p>" * 30_000
            for _time in range(280):
                member.write(piece)
            member.write(b"</w:body></w:document>")
    return out.getvalue()


def lying_zip_bomb() -> bytes:
    """The same, that says of itself to be small."""
    content = bytearray(zip_bomb())
    real = zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml").file_size.to_bytes(4, "little")
    at = content.rfind(real)
    content[at : at + 4] = (1000).to_bytes(4, "little")
    return bytes(content)


def nested_bomb() -> bytes:
    """A zip file in a zip file in a zip file, as a DOCX."""
    content = b"\0" * 10_000_000
    for depth in range(6):
        content = make_zip({f"{depth}-{copy}.zip": content for copy in range(3)})
    return make_docx("Tekst", extra={"word/embeddings/inner.zip": content})


def pdf_bomb() -> bytes:
    """A PDF of a few kB whose page is packed three times over and unpacks to gigabytes."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"(bom) Tj " * 100_000) for _time in range(1_300)) + packer.flush()
    content = zlib.compress(zlib.compress(once, 9), 9)
    page = b"<</Length %d/Filter[/FlateDecode/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (
        len(content),
        content,
    )
    whole = make_pdf("x")
    return whole.replace(whole[whole.index(b"<</Length") : whole.index(b"endstream") + 9], page)


def pdf_of_many_pages(number: int) -> bytes:
    return make_pdf(*(f"Pagina {page} van het rapport over ondermijning" for page in range(1, number + 1)))


def pdf_pages_in_a_circle() -> bytes:
    """The tree of pages holds itself."""
    return make_pdf("x").replace(b"/Kids[10 0 R]/Count 1", b"/Kids[2 0 R 2 0 R]/Count 9999999")


def pdf_without_pages() -> bytes:
    return make_pdf()


def pdf_without_unicode() -> bytes:
    """Letters of a font that does not say which they are."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/FirstChar 1/LastChar 3/Widths[1 1 1]"
        b"/CharProcs<<>>/Encoding<</Differences[1/g1/g2/g3]>>>>"
    )
    return make_pdf("\x01\x02\x03\x01\x02", font=font)


def encrypted_pdf() -> bytes:
    """A PDF that asks for a password: its keys fit no password at all."""
    encrypt = b"<</Filter/Standard/V 2/R 3/Length 128/P -3904/O<%s>/U<%s>>>" % (b"ab" * 32, b"cd" * 32)
    return make_pdf("Geheim", objects=[encrypt], trailer=b"/Encrypt 10 0 R/ID[<00><00>]")


def scripted_pdf(*, packed: bool = False, hidden: bool = False) -> bytes:
    """A PDF that runs a script when it opens; its name written with a code, or in a packed object, where asked."""
    action = b"<</S/J#61vaScript/JS(app.alert\\(1\\))>>" if hidden else b"<</S /JavaScript/JS(app.alert\\(1\\))>>"
    if packed:
        held = stream(b"20 0 " + action, b"/Type/ObjStm/N 1/First 5", packed=True)
        return make_pdf("Tekst", objects=[held])
    return make_pdf("Tekst", catalog=b"/OpenAction 10 0 R", objects=[action])


def launching_pdf() -> bytes:
    return make_pdf("Tekst", catalog=b"/OpenAction<</S/Launch/F(cmd.exe)>>")


def pdf_with_program() -> bytes:
    """A PDF with an attachment that Windows would run."""
    return make_pdf(
        "Tekst",
        catalog=b"/Names<</EmbeddedFiles<</Names[(factuur.exe) 10 0 R]>>>>",
        objects=[b"<</Type/Filespec/F(factuur.exe)/UF(factuur.exe)/EF<</F 11 0 R>>>>", stream(b"MZ")],
    )


def billion_laughs() -> bytes:
    text = f"<!DOCTYPE x [{_ENTITIES}]><w:document {W}><w:p><w:t>&lol9;</w:t></w:p></w:document>"
    return make_openxml("docx", {"word/document.xml": text})


def file_reading_docx() -> bytes:
    """XML that asks for a file of the server."""
    entity = '<!ENTITY leak SYSTEM "file:///etc/passwd">'
    text = f"<!DOCTYPE x [{entity}]><w:document {W}><w:p><w:t>&leak;</w:t></w:p></w:document>"
    return make_openxml("docx", {"word/document.xml": text})


def long_docx() -> bytes:
    """A DOCX with ten million characters."""
    return make_docx(*("Ondermijning in het buitengebied vraagt aandacht. " * 20 for _paragraph in range(10_000)))


def endless_paragraph() -> bytes:
    """A DOCX with one word of six million letters."""
    return make_docx("a" * 6_000_000)


def deep_docx() -> bytes:
    """A DOCX with a hundred thousand elements in each other."""
    text = f"<w:document {W}>" + "<w:p>" * 100_000 + "</w:p>" * 100_000 + "</w:document>"
    return make_openxml("docx", {"word/document.xml": text})


def wide_xlsx() -> bytes:
    """A sheet that says to have a million rows, with one cell."""
    return make_xlsx({"Blad": [["Arnhem"]]}, dimension="A1:XFD1048576")


def long_xlsx() -> bytes:
    """A sheet that does have a million rows."""
    rows = "<row><c><v>1</v></c></row>" * 1_000_000
    relations = '<r><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></r>'
    workbook = '<workbook xmlns:r="r"><sheet name="Blad" r:id="rId1"/></workbook>'
    return make_openxml(
        "xlsx",
        {
            "xl/workbook.xml": workbook,
            "xl/_rels/workbook.xml.rels": relations,
            "xl/worksheets/sheet1.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>",
        },
    )


def docx_of_many_members() -> bytes:
    return make_docx("Tekst", extra={f"word/media/{number}.png": b"" for number in range(25_000)})


def encrypted_docx() -> bytes:
    """What Office makes of a DOCX with a password: a container of the old kind."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def old_doc() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le") + b"\0" * 600


def macro_docx() -> bytes:
    return make_docx("Tekst", extra={"word/vbaProject.bin": b"\0"})


def docx_with_program() -> bytes:
    """A DOCX with a "package": a file that opens on a double click."""
    return make_docx("Tekst", extra={"word/embeddings/oleObject1.bin": "\x01Ole10Native".encode("utf-16-le") + b"MZ"})


def tar() -> bytes:
    return b"rapport.txt".ljust(257, b"\0") + b"ustar\x0000" + b"\0" * 1000

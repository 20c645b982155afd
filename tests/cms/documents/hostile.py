"""Files that mean harm or are broken, made on the spot; small on disk, however large they claim to be."""

import hashlib
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


LAUNCH = b"<</S/Launch/F(cmd.exe)>>"
SCRIPT = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"


def pdf_acting_after_a_stream(action: bytes, *, link: bool = False) -> bytes:
    """A PDF with an action behind a stream, as most have: when it opens, or when somebody clicks on a link."""
    if not link:
        return make_pdf("Tekst", catalog=b"/OpenAction 11 0 R", objects=[stream(b"abc"), action])
    annotation = b"<</Type/Annot/Subtype/Link/Rect[0 0 100 100]/A 11 0 R>>"
    content = make_pdf("Tekst", objects=[stream(b"abc"), action, annotation])
    return content.replace(b"/Type/Page/Parent", b"/Type/Page/Annots[12 0 R]/Parent")


def pdf_acting_behind_a_word(action: bytes) -> bytes:
    """A PDF whose text in an object looks like the begin of a stream, with the action behind it."""
    return make_pdf("Tekst", catalog=b"/X(stream\n)/OpenAction 10 0 R", objects=[action, stream(b"abc")])


def pdf_with_a_kind_apart() -> bytes:
    """A PDF whose action has its kind in an object of its own."""
    return make_pdf("Tekst", catalog=b"/OpenAction<</S 10 0 R/F(cmd.exe)>>", objects=[b"/Launch"])


def pdf_acting_in_a_loose_pack(action: bytes) -> bytes:
    """A PDF with an action in packed objects that no table names, packed twice."""
    content = zlib.compress(b"20 0 " + action).hex().encode() + b">"
    dictionary = b"/Type/ObjStm/N 1/First 5/Filter[/ASCIIHexDecode /FlateDecode]"
    return make_pdf("Tekst", objects=[stream(content, dictionary)])


def _rc4(key: bytes, content: bytes) -> bytes:
    box, j, out = list(range(256)), 0, bytearray()
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    i = j = 0
    for byte in content:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def packed_pdf(action: bytes = b"", *, locked: bool = False) -> bytes:
    """A PDF with all objects packed, as Word and Acrobat make; where asked under a password that only owners need."""
    padding = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    rights, identity = (-4).to_bytes(4, "little", signed=True), b"0123456789abcdef"
    owner = _rc4(hashlib.md5(b"eigenaar" + padding[:24], usedforsecurity=False).digest()[:5], padding)
    key = hashlib.md5(padding + owner + rights + identity, usedforsecurity=False).digest()[:5]

    def sealed(number: int, content: bytes) -> bytes:
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0", usedforsecurity=False).digest()[:10]
        return _rc4(own, content) if locked else content

    held = {
        1: b"<</Type/Catalog/Pages 2 0 R%s>>" % (b"/OpenAction 4 0 R" if action else b""),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>",
        4: action or b"null",
    }
    head, body = b"", b""
    for number, content in held.items():
        head += b"%d %d " % (number, len(body))
        body += content + b" "
    out, places = b"%PDF-1.7\n", {}
    pack = sealed(5, zlib.compress(head + body))
    encrypt = b"<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        owner.hex().encode(),
        _rc4(key, padding).hex().encode(),
    )
    objects = {
        5: stream(pack, b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(held), len(head))),
        6: encrypt,
    }
    for number, content in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = [(0, 0, 255), *((2, 5, place) for place in range(4)), (1, places[5], 0), (1, places[6], 0), (1, len(out), 0)]
    table = b"".join(bytes([kind]) + place.to_bytes(3, "big") + bytes([index]) for kind, place, index in rows)
    trailer = b"/Type/XRef/W[1 3 1]/Size 8/Root 1 0 R/ID[<%s><%s>]" % ((identity.hex().encode(),) * 2)
    table = stream(table, trailer + (b"/Encrypt 6 0 R" if locked else b""))
    return out + b"7 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, len(out))


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


def file_reading_title() -> bytes:
    """The same, in the title."""
    title = '<!DOCTYPE x [<!ENTITY leak SYSTEM "file:///etc/passwd">]><x><title>&leak;</title></x>'
    return make_docx("Tekst", extra={"docProps/core.xml": title})


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

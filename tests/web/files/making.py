"""Files for tests, each made by hand or by the library that would make it."""

import io
import zipfile
from dataclasses import dataclass
from typing import IO

import openpyxl
import pypdfium2
from PIL import Image

WORD = """<?xml version="1.0"?><w:document xmlns:w="x"><w:body><w:p><w:r><w:t>We listen to </w:t></w:r>
<w:r><w:t>young pe</w:t></w:r><w:r><w:t>ople &amp; act.</w:t></w:r></w:p></w:body></w:document>"""
TYPES = """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.{}"/></Types>"""


@dataclass
class Sent:
    """A file as it comes out of a form."""

    stream: IO[bytes]
    filename: str | None = "our work.bin"


def sent(content: bytes, name: str = "our work.bin") -> Sent:
    return Sent(io.BytesIO(content), name)


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), **options: object) -> bytes:
    made = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(made, kind, **options)
    return made.getvalue()


def photo() -> bytes:
    """A JPEG as a phone makes it: turned, with place, time and owner."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "PhoneMaker"
    exif[0x013B] = "Robin Owner"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 57.0, 1.0), 3: "W", 4: (1.0, 9.0, 2.0)})
    return picture("JPEG", exif=exif, comment=b"taken at home")


def pdf(pages: int = 2) -> bytes:
    document = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        document.new_page(200, 300).close()
    made = io.BytesIO()
    document.save(made)
    document.close()
    return made.getvalue()


def zipped(parts: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as whole:
        for name, content in parts.items():
            whole.writestr(name, content)
    return made.getvalue()


def docx(more: dict[str, bytes | str] | None = None, main: str = "") -> bytes:
    types = TYPES.format(main or "wordprocessingml.document.main+xml")
    return zipped({"[Content_Types].xml": types, "word/document.xml": WORD, **(more or {})})


def xlsx() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Attendance"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def odt(more: dict[str, bytes | str] | None = None) -> bytes:
    content = "<office:text><text:p>Our promise</text:p></office:text>"
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content, **(more or {})}, zipfile.ZIP_STORED)


def box(name: bytes, content: bytes = b"") -> bytes:
    return (len(content) + 8).to_bytes(4, "big") + name + content


def film() -> bytes:
    """An MP4 in outline, with the place where it was made."""
    place = box(b"udta", box(b"\xa9xyz", b"\0\x12\x15\xc7+52.9536-001.1505/"))
    return (
        box(b"ftyp", b"isom\0\0\2\0isomiso2")
        + box(b"mdat", b"\1" * 500)
        + box(b"moov", box(b"mvhd", b"\0" * 100) + place)
    )


def posted(fields: dict[str, str], content: bytes, name: str | None) -> tuple[bytes, str]:
    """The body of a form as a browser sends it, and its type.  ``name`` None: no file in it."""
    parts = [(f'name="{key}"', value.encode()) for key, value in fields.items()]
    if name is not None:
        parts.append((f'name="file"; filename="{name}"', content))
    lines = [
        b"--end\r\nContent-Disposition: form-data; " + head.encode() + b"\r\n\r\n" + value + b"\r\n"
        for head, value in parts
    ]
    return b"".join(lines) + b"--end--\r\n", "multipart/form-data; boundary=end"

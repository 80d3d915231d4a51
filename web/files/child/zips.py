"""Office and OpenDocument files are zips: no macros, no locks, no bombs."""

import html
import re
import zipfile
from pathlib import Path
from typing import IO

from web.files.child.saying import No

MOST_PARTS = 5000
MOST_INSIDE = 400 * 1024 * 1024
"""Unpacked.  A text file of 50 MB in a table can well be 300."""
MOST_TIMES = 200
"""Unpacked, so many times its size, once it is large: real ones stay far below."""
SMALL = 20 * 1024 * 1024
MOST_XML = 20 * 1024 * 1024
DEPTH = 2

MAIN_PARTS = {
    "wordprocessingml.document.main+xml": "docx",
    "spreadsheetml.sheet.main+xml": "xlsx",
    "presentationml.presentation.main+xml": "pptx",
    "presentationml.slideshow.main+xml": "pptx",
}
OPEN_DOCUMENTS = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
}
KINDS = frozenset((*MAIN_PARTS.values(), *OPEN_DOCUMENTS.values()))
MACROS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|vbaprojectsignature\w*\.bin)$"
    r"|^(basic|scripts)/|(^|/)(macrosheets|dialogsheets|activex)/",
    re.IGNORECASE,
)
WORDS_IN = re.compile(
    r"^(word/(document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"
    r"|xl/sharedstrings\.xml|xl/worksheets/sheet\d+\.xml|ppt/slides/slide\d+\.xml"
    r"|ppt/notesslides/notesslide\d+\.xml|content\.xml|styles\.xml)$",
    re.IGNORECASE,
)
BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


def kind_of(file: Path) -> str:
    try:
        with zipfile.ZipFile(file) as whole:
            return _kind(whole)
    except BROKEN as error:
        raise No("broken") from error


def _kind(whole: zipfile.ZipFile) -> str:
    _refuse_bombs(whole)
    if any(part.flag_bits & 1 for part in whole.infolist()):
        raise No("locked")
    names = set(whole.namelist())
    if "mimetype" in names:
        kind = OPEN_DOCUMENTS.get(_read(whole, "mimetype", 200).decode("ascii", "replace").strip())
    elif "[Content_Types].xml" in names:
        kind = _office(_read(whole, "[Content_Types].xml", MOST_XML).decode("utf-8", "replace"))
    else:
        raise No("zip")
    if kind is None:
        raise No("unknown")
    _refuse_locked(whole, names)
    _refuse_macros(whole, DEPTH)
    return kind


def _office(types: str) -> str | None:
    if "macroenabled" in types.lower() or "vbaproject" in types.lower():
        raise No("macros")
    return next((kind for part, kind in MAIN_PARTS.items() if part in types), None)


def _refuse_bombs(whole: zipfile.ZipFile) -> None:
    parts = whole.infolist()
    packed = sum(part.compress_size for part in parts)
    unpacked = sum(part.file_size for part in parts)
    times = unpacked / max(packed, 1)
    if (
        len(parts) > MOST_PARTS
        or unpacked > MOST_INSIDE
        or (unpacked > SMALL and times > MOST_TIMES)
    ):
        raise No("bomb")
    if not parts or min(part.header_offset for part in parts) != 0:
        raise No("broken")


def _refuse_locked(whole: zipfile.ZipFile, names: set[str]) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in _read(whole, manifest, MOST_XML):
        raise No("locked")


def _refuse_macros(whole: zipfile.ZipFile, depth: int) -> None:
    """Also in what is embedded: a table in a document is an Office file of its own."""
    for part in whole.infolist():
        if MACROS.search(part.filename) and not part.is_dir():
            raise No("macros")
    for part in whole.infolist():
        if _is_zip(whole, part):
            _look_inside(whole, part, depth)


def _is_zip(whole: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    if part.file_size < 22 or part.filename.lower().endswith((".xml", ".rels")):
        return False
    with whole.open(part) as stream:
        return stream.read(4) == b"PK\x03\x04"


def _look_inside(whole: zipfile.ZipFile, part: zipfile.ZipInfo, depth: int) -> None:
    if depth == 0:
        raise No("bomb")
    with whole.open(part) as stream, zipfile.ZipFile(_seekable(stream)) as inner:
        _refuse_bombs(inner)
        _refuse_macros(inner, depth - 1)


def _seekable(stream: IO[bytes]) -> IO[bytes]:
    from tempfile import TemporaryFile

    kept = TemporaryFile()  # noqa: SIM115 - the inner zip reads it; it ends with the process
    while piece := stream.read(1024 * 1024):
        kept.write(piece)
    kept.seek(0)
    return kept


def _read(whole: zipfile.ZipFile, name: str, most: int) -> bytes:
    with whole.open(name) as stream:
        return stream.read(most)


def read(file: Path, most: int) -> str:
    """The words, in the order of the parts."""
    found: list[str] = []
    try:
        with zipfile.ZipFile(file) as whole:
            for name in sorted(filter(WORDS_IN.match, whole.namelist())):
                found.append(plain(_read(whole, name, MOST_XML).decode("utf-8", "replace")))
                if sum(map(len, found)) > most:
                    break
    except BROKEN as error:
        raise No("broken") from error
    return "\n".join(found)[:most]


def plain(xml: str) -> str:
    """Words are cut across tags at will: only the end of a paragraph, cell or line ends a word."""
    ended = re.sub(
        r"</(?:w:p|a:p|text:p|text:h|si|c|table:table-cell)>|<(?:w:|a:)?(?:br|tab)\b", "\n<", xml
    )
    return html.unescape(re.sub(r"<[^<>]*>?", "", ended))

"""PDFs by pdfium: how many pages, what they look like, what words they hold."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image

from web.files.child.saying import No

SIDE = 1200
"""Pixels of a page image's longer side: text of 10 points can be read on a phone, enlarged."""
PASSWORD = "password"  # noqa: S105 - what pdfium's error says


@contextmanager
def opened(file: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError as error:
        raise No("locked" if PASSWORD in str(error).lower() else "broken") from error
    with closing(document):
        yield document


def look(file: Path, most_pages: int) -> dict[str, int]:
    with opened(file) as document:
        pages = len(document)
        if pages == 0:
            raise No("broken")
        if pages > most_pages:
            raise No("pages", has=pages, most=most_pages)
        try:
            document[0].close()
        except pypdfium2.PdfiumError as error:
            raise No("broken") from error
        return {"pages": pages}


def draw(file: Path, folder: Path, most: int) -> int:
    """Page images ``1.webp`` and on; each is there whole or not at all."""
    with opened(file) as document:
        for number in range(min(len(document), most)):
            try:
                picture = _picture(document, number)
            except pypdfium2.PdfiumError:
                return number
            made = folder / "page.part"
            picture.save(made, "WEBP", quality=80)
            made.rename(folder / f"{number + 1}.webp")
        return min(len(document), most)


def _picture(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    with closing(document[number]) as page:
        longer = max(*page.get_size(), 1)
        with closing(page.render(scale=SIDE / longer, may_draw_forms=False)) as bitmap:
            return bitmap.to_pil().convert("RGB")


def read(file: Path, most: int) -> str:
    found: list[str] = []
    with opened(file) as document:
        for number in range(len(document)):
            try:
                with closing(document[number]) as page, closing(page.get_textpage()) as text:
                    found.append(text.get_text_bounded())
            except pypdfium2.PdfiumError:
                continue
            if sum(map(len, found)) > most:
                break
    return "\n".join(found)[:most]

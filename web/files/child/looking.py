"""The three things the child can be asked for.  It loads only what it needs, as it is soon over."""

from pathlib import Path
from typing import Any

from web.files.child import recordings, sniffing, texts, zips
from web.files.kinds import PICTURES


def look(file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    """What it is.  ``cleaned`` in the folder, where it must be there, is what is to be kept."""
    kind = sniffing.kind_of(file)
    facts: dict[str, Any] = {"kind": kind}
    if kind == "pdf":
        from web.files.child import pdfs

        return facts | pdfs.look(file, limits["most_pages"])
    if kind in PICTURES:
        from web.files.child import pictures

        return facts | pictures.look(file, kind, folder)
    recordings.look(file, kind, folder)
    return facts


def draw(file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    """The pages of a PDF, as ``1.webp`` and on."""
    from web.files.child import pdfs

    return {"drawn": pdfs.draw(file, folder, limits["preview_pages"])}


def read(file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    """Its words, into ``words``; of pictures and recordings none."""
    kind, most = sniffing.kind_of(file), limits["most_words"]
    if kind == "pdf":
        from web.files.child import pdfs

        words = pdfs.read(file, most)
    elif kind == "text":
        words = texts.read(file, most)
    else:
        words = zips.read(file, most) if kind in zips.KINDS else ""
    (folder / "words").write_text(words, "utf-8", errors="replace")
    return {}

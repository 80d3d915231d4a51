"""Which kinds of files are taken.  What a file is, its first bytes decide, never its name."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    mime: str
    extensions: tuple[str, ...]
    """The first is the one a download gets whose own name has none of them."""


KINDS = {
    "pdf": Kind("application/pdf", (".pdf",)),
    "docx": Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)
    ),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "pptx": Kind(
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        (".pptx", ".ppsx"),
    ),
    "odt": Kind("application/vnd.oasis.opendocument.text", (".odt",)),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    "odp": Kind("application/vnd.oasis.opendocument.presentation", (".odp",)),
    "jpeg": Kind("image/jpeg", (".jpg", ".jpeg")),
    "png": Kind("image/png", (".png",)),
    "gif": Kind("image/gif", (".gif",)),
    "webp": Kind("image/webp", (".webp",)),
    "text": Kind("text/plain; charset=utf-8", (".txt", ".csv", ".md")),
    "mp3": Kind("audio/mpeg", (".mp3",)),
    "wav": Kind("audio/wav", (".wav",)),
    "ogg": Kind("application/ogg", (".ogg", ".oga", ".opus", ".ogv")),
    "mp4": Kind("video/mp4", (".mp4", ".m4a", ".m4v", ".mov", ".3gp")),
    "webm": Kind("video/webm", (".webm", ".mkv", ".weba")),
}
PICTURES = frozenset({"jpeg", "png", "gif", "webp"})
ACCEPT = ",".join(end for kind in KINDS.values() for end in kind.extensions)
"""For a file field's ``accept``."""

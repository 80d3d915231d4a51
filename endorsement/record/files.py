"""The evidence files of an archive: which, under what names, and how each is opened."""

from collections.abc import Iterator
from functools import partial

from endorsement.models import EvidenceItem, EvidenceVersion
from endorsement.record.names import safe_name
from endorsement.record.zipping import Entry
from web.files.kinds import KINDS
from web.files.store import Store, content_key

FOLDER = "evidence"


def path_of(item: EvidenceItem, version: EvidenceVersion) -> str | None:
    """Where it lies in the archive; None for what is no file, or may not be opened."""
    file = version.file
    if file is None or version.removed_at is not None or not file.is_ready:
        return None
    name = safe_name(version.file_name, KINDS[file.kind].extensions[0])
    return f"{FOLDER}/{item.reference} {version.number} {name}"


def entries(items: list[EvidenceItem], store: Store) -> Iterator[Entry]:
    """``store`` is handed over: it is read when the request is over, and the session with it."""
    for item in items:
        for version in item.versions:
            path = path_of(item, version)
            if path is not None and version.file is not None:
                opened = partial(store.read, content_key(version.file.sha256))
                yield Entry(path, opened, packed=version.file.kind != "text")

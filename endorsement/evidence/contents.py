"""What one version of an item holds, and its digest."""

import hashlib
from dataclasses import dataclass

from endorsement.models.evidence import FILE, LINK, STATEMENT, VISIT
from web.files.receiving import Checked


@dataclass(frozen=True)
class Content:
    kind: str
    text: str = ""
    address: str = ""
    checked: Checked | None = None

    @property
    def digest(self) -> str:
        """By it the same content is found again; empty where there is none to compare."""
        if self.checked is not None:
            return self.checked.sha256
        said = self.text or self.address
        return hashlib.sha256(said.encode()).hexdigest() if said else ""

    @property
    def file_name(self) -> str:
        return self.checked.name if self.checked is not None else ""


def words(text: str) -> Content:
    return Content(STATEMENT, text=text)


def link(address: str) -> Content:
    return Content(LINK, address=address)


def at_visit() -> Content:
    return Content(VISIT)


def file(checked: Checked) -> Content:
    """One that web.files took, and whose words were read for what is not kept."""
    return Content(FILE, checked=checked)

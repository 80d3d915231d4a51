"""Publishing a document as a version that never changes, and finding the newest.

A file is judged by what it says, not by its bytes: a comment that is put right is no new version.
A key never disappears and never changes its meaning, since other rows name it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from web.audit import record

MOST = 200


class CodeTaken(Exception):
    """Another text was published under this code.  The message is for whoever loads the file."""


class KeysGone(Exception):
    """The text leaves out keys of earlier versions and does not say that they are retired."""

    def __init__(self, sentence: str, keys: dict[str, str]):
        lines = "\n\n".join(f'[[retired]]\nkey = "{k}"\nname = "{n}"' for k, n in keys.items())
        super().__init__(f"{sentence} If these are to go, say so in the file:\n\n{lines}")
        self.keys = keys
        """What is left out, with what it was called."""


class CodeReused(Exception):
    """A retired key stands for something else.  The message is for whoever wrote it."""


@dataclass(frozen=True)
class Versions:
    """The versions of one kind of document.  ``model``: a table whose rows have ``code``,
    ``title``, ``language``, ``text``, ``published_at``, ``agreed_by``, ``agreed_on`` and
    ``fingerprint``."""

    model: Any
    document: Callable[[Any], Any]
    """Of a row."""
    named: Callable[[Any], dict[str, str]]
    """By key, all that other rows point to, with what it is called."""
    never_disappears: str
    """A sentence that says which keys stay."""
    never_had: str
    """What never had a key: "no standard", "nothing"."""

    @property
    def _newest_first(self) -> tuple[Any, ...]:
        return self.model.published_at.desc(), self.model.id.desc()

    def newest(self, session: Session) -> Any:
        return session.scalar(select(self.model).order_by(*self._newest_first).limit(1))

    def by_code(self, session: Session, code: str) -> Any:
        return session.scalar(select(self.model).where(self.model.code == code))

    def all(self, session: Session) -> list[Any]:
        """Newest first; there are a handful."""
        wanted = select(self.model).order_by(*self._newest_first)
        return list(session.scalars(wanted.limit(MOST)))

    def code_is_taken(self, session: Session, code: str) -> bool:
        wanted = select(self.model.id).where(func.lower(self.model.code) == code.lower())
        return session.scalar(wanted.limit(1)) is not None

    def free_code(self, session: Session, year: int) -> str:
        """The year, or with a number where there is such a version: "2027", "2027-2"."""
        code, number = str(year), 2
        while self.code_is_taken(session, code):
            code, number = f"{year}-{number}", number + 1
        return code

    def publish(self, session: Session, document: Any, *, by: Any, at: datetime) -> Any:
        """Publish it, or return None when it stands already.  Raises CodeTaken, KeysGone,
        CodeReused."""
        standing = self.by_code(session, document.code)
        if standing is not None:
            if standing.fingerprint == document.fingerprint:
                return None
            raise CodeTaken(
                f"The version {document.code} was published with another text, and a published "
                "version never changes. Give the new text a code of its own."
            )
        self.keep_the_keys(document, [self.document(row) for row in self.all(session)])
        version = self.model(
            **{name: getattr(document, name) for name in ("code", "title", "language")},
            **{name: getattr(document, name) for name in ("agreed_by", "agreed_on")},
            text=document.model_dump(mode="json"),
            published_at=at,
            fingerprint=document.fingerprint,
        )
        session.add(version)
        session.flush()
        record(session, version, "publish", by=by, at=at)
        return version

    def keep_the_keys(self, document: Any, earlier: Sequence[Any]) -> None:
        """Raises KeysGone or CodeReused.  ``earlier``: all versions, newest first."""
        gone = self.left_out(document, earlier)
        if gone:
            raise KeysGone(self.never_disappears, gone)
        retired = {r.key.casefold(): r for version in earlier for r in version.retired}
        for key, name in self.named(document).items():
            was = retired.get(key.casefold())
            if was is not None and was.name != name:
                raise CodeReused(
                    f"{was.key} stands for “{was.name}”, which was retired. "
                    f"Give “{name}” a code that {self.never_had} ever had."
                )

    def left_out(self, document: Any, earlier: Sequence[Any]) -> dict[str, str]:
        """Of all keys there ever were, those it neither has nor names as retired, with names."""
        kept = {*self.named(document), *(one.key for one in document.retired)}
        told: dict[str, str] = {}
        for version in reversed(earlier):
            told |= {one.key: one.name for one in version.retired}
            told |= self.named(version)
        return {key: name for key, name in told.items() if key not in kept}

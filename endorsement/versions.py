"""Publishing the framework as a version that never changes, and finding the newest.

A file is judged by what it says, not by its bytes: a comment that is put right is no new version.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from charter.queries import current_charter
from endorsement.framework import Framework
from endorsement.framework.reading import read
from endorsement.models import FrameworkVersion
from web import clock
from web.audit import record
from web.settings import ROOT

DEFAULT = ROOT / "content" / "framework.toml"


class CodeTaken(Exception):
    """Another text was published under this code.  The message is for whoever loads the file."""


class StandardsGone(Exception):
    """The text leaves out standards of earlier versions without saying that they are retired."""

    def __init__(self, keys: dict[str, str]):
        lines = "\n\n".join(f'[[retired]]\nkey = "{k}"\nname = "{n}"' for k, n in keys.items())
        super().__init__(
            "The code of a standard never disappears. If these are to go, say so in the file:\n\n"
            f"{lines}"
        )
        self.keys = keys
        """What is left out, with what it was called."""


class CodeReused(Exception):
    """A retired standard's key stands for something else.  The message is for whoever wrote it."""


def as_text(framework: Framework) -> dict[str, Any]:
    """All of it, as JSON holds it."""
    return framework.model_dump(mode="json")


def publish(
    session: Session, framework: Framework, *, by: Any, at: datetime
) -> FrameworkVersion | None:
    """Publish it, or return None when it stands already.  Raises CodeTaken, StandardsGone,
    CodeReused."""
    standing = session.scalar(
        select(FrameworkVersion).where(FrameworkVersion.code == framework.code)
    )
    if standing is not None:
        if standing.fingerprint == framework.fingerprint:
            return None
        raise CodeTaken(
            f"The version {framework.code} was published with another text, and a published "
            "version never changes. Give the new text a code of its own."
        )
    keep_the_keys(framework, [v.framework for v in all_versions(session)])
    version = FrameworkVersion(
        code=framework.code,
        title=framework.title,
        language=framework.language,
        text=as_text(framework),
        published_at=at,
        agreed_by=framework.agreed_by,
        agreed_on=framework.agreed_on,
        fingerprint=framework.fingerprint,
    )
    session.add(version)
    session.flush()
    record(session, version, "publish", by=by, at=at)
    return version


def keep_the_keys(framework: Framework, earlier: Sequence[Framework]) -> None:
    """Raises StandardsGone or CodeReused.  ``earlier``: all versions, newest first."""
    gone = left_out(framework, earlier)
    if gone:
        raise StandardsGone(gone)
    retired = {r.key.casefold(): r for version in earlier for r in version.retired}
    for standard in framework.standards:
        was = retired.get(standard.key.casefold())
        if was is not None and was.name != standard.name:
            raise CodeReused(
                f"{was.key} stands for “{was.name}”, which was retired. "
                f"Give “{standard.name}” a code that no standard ever had."
            )


def left_out(framework: Framework, earlier: Sequence[Framework]) -> dict[str, str]:
    """Of all keys there ever were, those that it neither has nor names as retired, with names."""
    kept = {*framework.by_key, *(one.key for one in framework.retired)}
    told: dict[str, str] = {}
    for version in reversed(earlier):
        told |= {one.key: one.name for one in version.retired}
        told |= {standard.key: standard.name for standard in version.standards}
    return {key: name for key, name in told.items() if key not in kept}


def load_default(session: Session) -> None:
    """The framework the portal starts with, when it has none."""
    if session.scalar(select(FrameworkVersion.id).limit(1)) is None:
        publish(session, read(DEFAULT), by="system:content load", at=clock.now())


def unknown_commitments(session: Session, framework: Framework) -> dict[str, list[str]]:
    """By standard, the charter's commitments it names that today's charter does not have."""
    charter = current_charter(session)
    known = {c.key for c in charter.commitments} if charter else set()
    missing = {s.key: [key for key in s.charter if key not in known] for s in framework.standards}
    return {key: named for key, named in missing.items() if named and charter}


def newest(session: Session) -> FrameworkVersion | None:
    """The version that new assessments are made against."""
    return session.scalar(
        select(FrameworkVersion)
        .order_by(FrameworkVersion.published_at.desc(), FrameworkVersion.id.desc())
        .limit(1)
    )


def by_code(session: Session, code: str) -> FrameworkVersion | None:
    return session.scalar(select(FrameworkVersion).where(FrameworkVersion.code == code))


def all_versions(session: Session) -> list[FrameworkVersion]:
    """Newest first; there are a handful."""
    wanted = select(FrameworkVersion).order_by(
        FrameworkVersion.published_at.desc(), FrameworkVersion.id.desc()
    )
    return list(session.scalars(wanted.limit(200)))

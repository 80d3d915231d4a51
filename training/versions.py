"""Publishing the pathways as a version that never changes, and finding the newest.

A file is judged by what it says, not by its bytes: a comment that is put right is no new version.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.models import PathwayVersion
from training.pathways import Pathways
from training.pathways.reading import read
from web import clock
from web.audit import record
from web.settings import ROOT

DEFAULT = ROOT / "content" / "pathways.toml"
NEWEST_FIRST = (PathwayVersion.published_at.desc(), PathwayVersion.id.desc())


class CodeTaken(Exception):
    """Another text was published under this code.  The message is for whoever loads the file."""


class KeysGone(Exception):
    """The text leaves out modules or roles of earlier versions and does not say that they go."""

    def __init__(self, keys: dict[str, str]):
        lines = "\n\n".join(f'[[retired]]\nkey = "{k}"\nname = "{n}"' for k, n in keys.items())
        super().__init__(
            "The code of a module or a role never disappears: people’s records name it. If these "
            f"are to go, say so in the file:\n\n{lines}"
        )
        self.keys = keys
        """What is left out, with what it was called."""


class CodeReused(Exception):
    """A retired key stands for something else.  The message is for whoever wrote it."""


def as_text(pathways: Pathways) -> dict[str, Any]:
    """All of it, as JSON holds it."""
    return pathways.model_dump(mode="json")


def publish(
    session: Session, pathways: Pathways, *, by: Any, at: datetime
) -> PathwayVersion | None:
    """Publish them, or return None when they stand already.  Raises CodeTaken, KeysGone,
    CodeReused."""
    standing = by_code(session, pathways.code)
    if standing is not None:
        if standing.fingerprint == pathways.fingerprint:
            return None
        raise CodeTaken(
            f"The version {pathways.code} was published with another text, and a published "
            "version never changes. Give the new text a code of its own."
        )
    keep_the_keys(pathways, [v.pathways for v in all_versions(session)])
    version = PathwayVersion(
        code=pathways.code,
        title=pathways.title,
        language=pathways.language,
        text=as_text(pathways),
        published_at=at,
        agreed_by=pathways.agreed_by,
        agreed_on=pathways.agreed_on,
        fingerprint=pathways.fingerprint,
    )
    session.add(version)
    session.flush()
    record(session, version, "publish", by=by, at=at)
    return version


def keep_the_keys(pathways: Pathways, earlier: Sequence[Pathways]) -> None:
    """Raises KeysGone or CodeReused.  ``earlier``: all versions, newest first."""
    gone = left_out(pathways, earlier)
    if gone:
        raise KeysGone(gone)
    retired = {r.key.casefold(): r for version in earlier for r in version.retired}
    for key, name in _named(pathways).items():
        was = retired.get(key.casefold())
        if was is not None and was.name != name:
            raise CodeReused(
                f"{was.key} stands for “{was.name}”, which was retired. "
                f"Give “{name}” a code that nothing ever had."
            )


def left_out(pathways: Pathways, earlier: Sequence[Pathways]) -> dict[str, str]:
    """Of all keys there ever were, those it neither has nor names as retired, with names."""
    kept = {*_named(pathways), *(one.key for one in pathways.retired)}
    told: dict[str, str] = {}
    for version in reversed(earlier):
        told |= {one.key: one.name for one in version.retired}
        told |= _named(version)
    return {key: name for key, name in told.items() if key not in kept}


def _named(pathways: Pathways) -> dict[str, str]:
    """Whatever people's records point to by its key."""
    modules = {module.key: module.name for module in pathways.modules}
    return modules | {role.key: role.name for role in pathways.roles}


def load_default(session: Session) -> None:
    """The pathways the portal starts with, when it has none."""
    if session.scalar(select(PathwayVersion.id).limit(1)) is None:
        publish(session, read(DEFAULT), by="system:content load", at=clock.now())


def newest(session: Session) -> PathwayVersion | None:
    """The version by which everybody's training is looked at today."""
    return session.scalar(select(PathwayVersion).order_by(*NEWEST_FIRST).limit(1))


def by_code(session: Session, code: str) -> PathwayVersion | None:
    return session.scalar(select(PathwayVersion).where(PathwayVersion.code == code))


def all_versions(session: Session) -> list[PathwayVersion]:
    """Newest first; there are a handful."""
    return list(session.scalars(select(PathwayVersion).order_by(*NEWEST_FIRST).limit(200)))

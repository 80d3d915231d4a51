"""Publishing the framework as a version that never changes, and finding the newest.

A file is judged by what it says, not by its bytes: a comment that is put right is no new version.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from endorsement.framework import Framework
from endorsement.models import FrameworkVersion
from web.audit import record


class CodeTaken(Exception):
    """Another text was published under this code.  The message is for whoever loads the file."""


class StandardsGone(Exception):
    """The text leaves out standards of the version before without saying that they are retired."""


def as_text(framework: Framework) -> dict[str, Any]:
    """All of it, as JSON holds it."""
    return framework.model_dump(mode="json")


def publish(
    session: Session, framework: Framework, *, by: Any, at: datetime
) -> FrameworkVersion | None:
    """Publish it, or return None when it stands already.  Raises CodeTaken."""
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


def newest(session: Session) -> FrameworkVersion | None:
    """The version that new assessments are made against."""
    return session.scalar(
        select(FrameworkVersion).order_by(FrameworkVersion.published_at.desc()).limit(1)
    )


def by_code(session: Session, code: str) -> FrameworkVersion | None:
    return session.scalar(select(FrameworkVersion).where(FrameworkVersion.code == code))


def all_versions(session: Session) -> list[FrameworkVersion]:
    """Newest first; there are a handful."""
    wanted = select(FrameworkVersion).order_by(FrameworkVersion.published_at.desc()).limit(200)
    return list(session.scalars(wanted))

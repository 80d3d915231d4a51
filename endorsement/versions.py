"""Publishing the framework as a version that never changes, and finding the newest."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from charter.queries import current_charter
from endorsement.framework import Framework
from endorsement.framework.reading import read
from endorsement.models import FrameworkVersion
from web import clock
from web.drafting.versions import CodeReused, CodeTaken, KeysGone, Versions
from web.settings import ROOT

DEFAULT = ROOT / "content" / "framework.toml"


VERSIONS = Versions(
    model=FrameworkVersion,
    document=lambda version: version.framework,
    named=lambda framework: {standard.key: standard.name for standard in framework.standards},
    never_disappears="The code of a standard never disappears.",
    never_had="no standard",
)
publish = VERSIONS.publish
keep_the_keys = VERSIONS.keep_the_keys
by_code = VERSIONS.by_code
all_versions = VERSIONS.all


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
    found: FrameworkVersion | None = VERSIONS.newest(session)
    return found


__all__ = ["CodeReused", "CodeTaken", "KeysGone"]

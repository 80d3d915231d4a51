"""Publishing the pathways as a version that never changes, and finding the newest."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.models import PathwayVersion
from training.pathways import Pathways
from training.pathways.reading import read
from web import clock
from web.drafting.versions import CodeReused, CodeTaken, KeysGone, Versions
from web.settings import ROOT

DEFAULT = ROOT / "content" / "pathways.toml"


def _named(pathways: Pathways) -> dict[str, str]:
    """Whatever people's records point to by its key."""
    modules = {module.key: module.name for module in pathways.modules}
    return modules | {role.key: role.name for role in pathways.roles}


VERSIONS = Versions(
    model=PathwayVersion,
    document=lambda version: version.pathways,
    named=_named,
    never_disappears=("The code of a module or a role never disappears: people’s records name it."),
    never_had="nothing",
)
publish = VERSIONS.publish
keep_the_keys = VERSIONS.keep_the_keys
by_code = VERSIONS.by_code
all_versions = VERSIONS.all


def load_default(session: Session) -> None:
    """The pathways the portal starts with, when it has none."""
    if session.scalar(select(PathwayVersion.id).limit(1)) is None:
        publish(session, read(DEFAULT), by="system:content load", at=clock.now())


def newest(session: Session) -> PathwayVersion | None:
    """The version by which everybody's training is looked at today."""
    found: PathwayVersion | None = VERSIONS.newest(session)
    return found


__all__ = ["CodeReused", "CodeTaken", "KeysGone"]

"""The framework for everybody: each version at its own address for good, and each standard."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, url_for

from charter.queries import current_charter
from endorsement import versions
from endorsement.framework import Standard
from endorsement.models import FrameworkVersion
from web.access import allow, anyone, published
from web.database import db
from web.pages import show
from web.publishing import once_an_edition

bp = Blueprint("quality", __name__, url_prefix="/quality")


@dataclass(frozen=True)
class InVersion:
    """One standard, as one version has it."""

    version: FrameworkVersion
    standard: Standard


def newest(_person: Any) -> FrameworkVersion:
    """A portal whose content was never loaded says that it is closed."""
    found = _all()
    return found[0] if found else abort(503)


def version_from_url(_person: Any, code: str) -> FrameworkVersion | None:
    return next((version for version in _all() if version.code == code), None)


def standard_from_url(person: Any, code: str, key: str) -> InVersion | None:
    version = version_from_url(person, code)
    standard = version.framework.by_key.get(key) if version else None
    return InVersion(version, standard) if version and standard else None


def _all() -> list[FrameworkVersion]:
    """Newest first."""
    return once_an_edition(("framework",), lambda: versions.all_versions(db()))


def addresses() -> Iterator[str]:
    """For search engines: each version, and the standards of the one that stands."""
    for number, version in enumerate(_all()):
        if number == 0:
            yield url_for("quality.everything")
            for one in version.framework.standards:
                yield url_for("quality.standard", code=version.code, key=one.key)
        yield url_for("quality.framework_version", code=version.code)


@bp.get("/")
@published
@allow(anyone, on=newest)
def everything(version: FrameworkVersion) -> Response:
    """The areas, what is looked at in each, and the levels in plain words."""
    return _page(version)


@bp.get("/<code>")
@published
@allow(anyone, on=version_from_url)
def framework_version(version: FrameworkVersion) -> Response:
    """An earlier version stays at its address, and says that there is a newer one."""
    return _page(version)


def _page(version: FrameworkVersion) -> Response:
    found = _all()
    return show(
        "endorsement/public/framework.html",
        version=version,
        framework=version.framework,
        address=lambda one: url_for(".standard", code=version.code, key=one.key),
        earlier=found[0].id != version.id,
        others=[other for other in found if other.id != version.id],
    )


@bp.get("/<code>/<key>")
@published
@allow(anyone, on=standard_from_url)
def standard(at: InVersion) -> Response:
    """One standard: what each point looks like, and how a young person could tell."""
    charter = once_an_edition(("charter",), lambda: current_charter(db()))
    titles = {c.key: c.title for c in charter.commitments} if charter else {}
    return show(
        "endorsement/public/standard.html",
        version=at.version,
        framework=at.version.framework,
        standard=at.standard,
        back=url_for(".framework_version", code=at.version.code),
        earlier=_all()[0].id != at.version.id,
        promises=[(key, titles[key]) for key in at.standard.charter if key in titles],
    )

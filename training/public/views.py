"""The pathways for everybody: each version at its own address for good, each role, each module."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, url_for

from training import versions
from training.models import PathwayVersion
from training.pathways import Module, Role
from web.access import allow, anyone, published
from web.database import db
from web.pages import show
from web.publishing import once_an_edition

bp = Blueprint("pathways", __name__, url_prefix="/training")


@dataclass(frozen=True)
class RoleInVersion:
    version: PathwayVersion
    role: Role


@dataclass(frozen=True)
class ModuleInVersion:
    version: PathwayVersion
    module: Module


def newest(_person: Any) -> PathwayVersion:
    """A portal whose content was never loaded says that it is closed."""
    found = _all()
    return found[0] if found else abort(503)


def version_from_url(_person: Any, code: str) -> PathwayVersion | None:
    return next((version for version in _all() if version.code == code), None)


def role_from_url(person: Any, code: str, key: str) -> RoleInVersion | None:
    version = version_from_url(person, code)
    role = version.pathways.role_by_key.get(key) if version else None
    return RoleInVersion(version, role) if version and role else None


def module_from_url(person: Any, code: str, key: str) -> ModuleInVersion | None:
    version = version_from_url(person, code)
    module = version.pathways.by_key.get(key) if version else None
    return ModuleInVersion(version, module) if version and module else None


def _all() -> list[PathwayVersion]:
    """Newest first."""
    return once_an_edition(("pathways",), lambda: versions.all_versions(db()))


def addresses() -> Iterator[str]:
    """For search engines: each version, and the modules and roles of the one that stands."""
    for number, version in enumerate(_all()):
        if number == 0:
            yield url_for("pathways.everything")
            for role in version.pathways.roles:
                yield url_for("pathways.role", code=version.code, key=role.key)
            for module in version.pathways.modules:
                yield url_for("pathways.module", code=version.code, key=module.key)
        yield url_for("pathways.pathways_version", code=version.code)


@bp.get("/")
@published
@allow(anyone, on=newest)
def everything(version: PathwayVersion) -> Response:
    """The stages with their modules, the roles, the side routes."""
    return _page(version)


@bp.get("/<code>")
@published
@allow(anyone, on=version_from_url)
def pathways_version(version: PathwayVersion) -> Response:
    """An earlier version stays at its address, and says that there is a newer one."""
    return _page(version)


def _page(version: PathwayVersion) -> Response:
    others = [other for other in _all() if other.id != version.id]
    return _show("training/public/pathways.html", version, others=others)


@bp.get("/<code>/roles/<key>")
@published
@allow(anyone, on=role_from_url)
def role(at: RoleInVersion) -> Response:
    """What one role needs, stage by stage."""
    return _show("training/public/role.html", at.version, role=at.role)


@bp.get("/<code>/<key>")
@published
@allow(anyone, on=module_from_url)
def module(at: ModuleInVersion) -> Response:
    """One module: what one learns, how long it takes and lasts, how to get it."""
    pathways, key = at.version.pathways, at.module.key
    asked_of = [role for role in pathways.roles if key in pathways.asked_of(role.key)]
    page = "training/public/module.html"
    return _show(page, at.version, module=at.module, asked_of=asked_of)


def _show(template: str, version: PathwayVersion, **more: Any) -> Response:
    return show(
        template,
        version=version,
        pathways=version.pathways,
        earlier=_all()[0].id != version.id,
        **more,
    )

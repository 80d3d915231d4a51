"""Every version of the charter at its own address for good, and what changed between any two."""

from flask import Response, abort, request
from flask_babel import gettext as _

from charter.models import CharterVersion
from charter.public.views import bp, version_from_url
from charter.versions import changes, queries
from web.access import allow, anyone, published, reading
from web.database import db
from web.pages import show


@bp.get("/charter/versions/<code>")
@published
@allow(anyone, on=version_from_url)
def charter_version(version: CharterVersion) -> Response:
    """An earlier version stays at its address, and says that there is a newer one."""
    found = queries.versions(db())
    return show(
        "charter/public/charter.html",
        version=version,
        newest=found[0],
        earlier=found[0].id != version.id,
        before=queries.before(found, version),
    )


@bp.get("/charter/versions/<code>/changes")
@reading("since")
@published
@allow(anyone, on=version_from_url)
def charter_changes(version: CharterVersion) -> Response:
    """Since the version before, or since any other: ``?since=2026``."""
    found = queries.versions(db())
    code = request.args.get("since")
    older = queries.before(found, version)
    if code is not None:
        older = next((v for v in found if v.code == code and v.id != version.id), None)
    if older is None:
        abort(404, description=_("There is no other version to compare it with."))
    return show(
        "charter/public/changes.html",
        version=version,
        older=older,
        newest=found[0],
        others=[v for v in found if v.id not in (version.id, older.id)],
        changes=changes.between(older, version),
    )

"""For whoever watches the service: is it alive, can it work?"""

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError

from web import clock
from web.access import allow, anyone
from web.database import db
from web.mail.sending import oldest_waiting

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@allow(anyone)
def live() -> Response:
    return jsonify(status="alive")


@bp.get("/ready")
@allow(anyone)
def ready() -> tuple[Response, int]:
    """503 while the database does not answer or mail has waited too long."""
    waited = _outbox_minutes()
    late = current_app.extensions["settings"].outbox_late_minutes
    checks = {"database": waited is not None, "outbox": waited is not None and waited <= late}
    good = all(checks.values())
    words = {name: "well" if well else "not well" for name, well in checks.items()}
    return jsonify(status="ready" if good else "not ready", checks=words), 200 if good else 503


def _outbox_minutes() -> float | None:
    """How long the oldest mail has waited since it was due; None when the database cannot say."""
    try:
        oldest = oldest_waiting(db())
    except SQLAlchemyError:
        return None
    return (clock.now() - oldest).total_seconds() / 60 if oldest else 0

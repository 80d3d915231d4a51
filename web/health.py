"""For whoever watches the service: is it alive, can it work?"""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from web import clock
from web.access import allow, anyone
from web.database import db
from web.files import scanning
from web.files.store import store
from web.mail.sending import oldest_waiting

bp = Blueprint("health", __name__, url_prefix="/health")


@bp.get("/live")
@allow(anyone)
def live() -> Response:
    return jsonify(status="alive")


@bp.get("/ready")
@allow(anyone)
def ready() -> tuple[Response, int]:
    """503 while database or store do not answer, or a mail or a virus scan has waited too long."""
    mail, scan = _minutes_since(oldest_waiting), _minutes_since(scanning.oldest_waiting)
    late = current_app.extensions["settings"].outbox_late_minutes
    checks = {
        "database": mail is not None,
        "outbox": mail is not None and mail <= late,
        "files": store().is_well(),
        "scan": scan is not None and scan <= late,
    }
    good = all(checks.values())
    words = {name: "well" if well else "not well" for name, well in checks.items()}
    return jsonify(status="ready" if good else "not ready", checks=words), 200 if good else 503


def _minutes_since(oldest_of: Callable[[Session], datetime | None]) -> float | None:
    """How long the oldest of them has waited; None when the database cannot say."""
    try:
        oldest = oldest_of(db())
    except SQLAlchemyError:
        return None
    return (clock.now() - oldest).total_seconds() / 60 if oldest else 0

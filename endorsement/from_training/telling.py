"""Who is told that an essential fell: the leads in their weekly mail, the Charter team at its desk.

Numbers are told, never who is behind them.
"""

from collections.abc import Iterable
from datetime import datetime

from flask import Blueprint
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from werkzeug import Response

from accounts.models import LEAD
from accounts.queries.colleagues import people_by_organisation
from accounts.rules import is_officer
from endorsement.from_training.falling import Fall, fallen
from endorsement.models import EssentialFall
from web import clock
from web.access import allow
from web.contributions import Queue, Reminder, Waiting
from web.database import db
from web.pages import long_date, show

bp = Blueprint("essentials", __name__, url_prefix="/team/essentials")


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """Those whose time is over come first: they have stood longest."""
    page = "endorsement/from_training/fallen.html"
    return show(page, falls=fallen(db(), clock.now()))


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """To each lead once when it falls, and once more when the time is over."""
    falls = fallen(session, at)
    leads = people_by_organisation(session, {fall.organisation.id for fall in falls}, LEAD)
    for fall in falls:
        for person_id in leads.get(fall.organisation.id, ()):
            yield Reminder(
                person_id=person_id,
                key=f"fell:{fall.submission.reference}:{fall.standard}:{_step(fall)}",
                sentence=_sentence(fall),
                endpoint="assessing.standard",
                values={"slug": fall.organisation.slug, "key": fall.standard},
                by=clock.begins(fall.grace_until),
            )


def _step(fall: Fall) -> str:
    return f"{fall.fell_at:%Y%m%d}:{'over' if fall.over else 'fell'}"


def _sentence(fall: Fall) -> str:
    known = {
        "name": fall.organisation.name,
        "standard": fall.name,
        "day": long_date(fall.grace_until),
    }
    if fall.over:
        return _(
            "%(name)s: “%(standard)s” is still below what you sent. If you hold an award, it now "
            "has a condition.",
            **known,
        )
    return _(
        "%(name)s: “%(standard)s” is below what you sent. You have until %(day)s to put it right.",
        **known,
    )


def waiting(session: Session, _at: datetime) -> Waiting:
    wanted = select(func.count(), func.min(EssentialFall.fell_at))
    count, since = session.execute(wanted.where(EssentialFall.mended_at.is_(None))).one()
    return Waiting(count, since)


queue = Queue(_l("Essentials that fell"), "essentials.everything", is_officer, waiting)

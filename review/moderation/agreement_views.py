"""How far assessors agree: for lead assessors and the Charter team."""

from typing import Any

from flask import Blueprint, current_app
from werkzeug import Response

from endorsement import versions
from review import rules
from review.moderation import agreement
from review.moderation import agreement_queries as queries
from steering import queries as steering
from web import clock
from web.access import Verdict, allow, me
from web.database import db
from web.pages import show

bp = Blueprint("agreement", __name__, url_prefix="/agreement")


def sees_agreement(person: Any, *_: object) -> Verdict:
    """Never while a reading of their own is still to be sent: figures would steer it."""
    if True not in (rules.is_officer(person), rules.is_lead_assessor(person)):
        return "Only lead assessors and the Charter team see this."
    if queries.has_unsent(db(), person):
        return "Send your own reading first. You see this again when nothing of yours is unsent."
    return True


def may_ask_for_it(person: Any, *_: object) -> Verdict:
    """For the navigation, which asks no database."""
    either = True in (rules.is_officer(person), rules.is_lead_assessor(person))
    return either or "Only lead assessors and the Charter team see this."


@bp.get("/")
@allow(sees_agreement)
def everything() -> Response:
    scheme, now = current_app.extensions["scheme"], clock.now()
    tied = steering.organisations_barred(db(), me(), now, scheme)
    rated, version = queries.rated(db(), now, tied), versions.newest(db())
    standards = version.framework.standards if version else ()
    pairs = agreement.by_pair(rated)
    return show(
        "review/moderation/agreement.html",
        standards={s.key: s for s in standards},
        agreed=agreement.by_standard(rated, [s.key for s in standards]),
        pairs=pairs,
        halves=sorted({a.about for found in pairs.values() for a in found}),
        names=queries.names(db(), {person for pair in pairs for person in pair}),
        enough=agreement.ENOUGH,
        fewest=agreement.FEWEST_CASES,
        years=queries.YEARS,
    )

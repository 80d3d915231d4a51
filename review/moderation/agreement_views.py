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
from web.paging import page_asked

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
    version = versions.newest(db())
    standards = version.framework.standards if version else ()
    pairs = queries.pairs(db(), now, tied, page_asked())
    together = [(one, other) for one, other, *_names in pairs]
    by_pair = agreement.by_pair(queries.rated(db(), now, tied, together), together)
    return show(
        "review/moderation/agreement.html",
        standards={s.key: s for s in standards},
        agreed=agreement.by_standard(queries.read(db(), now, tied), [s.key for s in standards]),
        pairs=pairs,
        by_pair=by_pair,
        halves=sorted({a.about for found in by_pair.values() for a in found}),
        enough=agreement.ENOUGH,
        fewest=agreement.FEWEST_CASES,
        years=queries.YEARS,
    )

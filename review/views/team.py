"""The Charter team's list of cases, and one of them."""

from flask import Blueprint, current_app, request
from werkzeug import Response

from review import loading, queries
from review.allocation import rules, showing
from review.models import Case
from review.next_steps import next_steps
from review.rules import is_officer
from review.states import UNDECIDED
from steering import queries as steering
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("team_cases", __name__, url_prefix="/team/cases")


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """What is due soonest first; all of it, or only what is not decided."""
    waits = request.args.get("show") != "all"
    wanted = UNDECIDED if waits else None
    cases = queries.cases(db(), page_asked(), states=wanted, apart_from=_tied())
    return show("review/cases.html", cases=cases, waits=waits)


@bp.get("/<reference>")
@allow(is_officer, on=loading.team_case)
def one(case: Case) -> Response:
    at, scheme = clock.now(), current_app.extensions["scheme"]
    return show(
        "review/case.html",
        case=case,
        parts=showing.parts(case, at, scheme),
        not_counting=showing.not_counting(case),
        still_needed=rules.still_needed(case),
        takes_parts=rules.takes_parts(case) is True,
        steps=next_steps(case, me()),
    )


def _tied() -> set[int]:
    """Organisations whose cases are not this officer's to know of."""
    return steering.organisations_barred(db(), me(), clock.now(), current_app.extensions["scheme"])

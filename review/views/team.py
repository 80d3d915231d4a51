"""The Charter team's list of cases, and one of them."""

from flask import Blueprint, request
from werkzeug import Response

from review import loading, queries
from review.models import Case
from review.rules import is_officer
from review.states import UNDECIDED
from web.access import allow
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("team_cases", __name__, url_prefix="/team/cases")


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    """What is due soonest first; all of it, or only what is not decided."""
    waits = request.args.get("show") != "all"
    cases = queries.cases(db(), page_asked(), states=UNDECIDED if waits else None)
    return show("review/cases.html", cases=cases, waits=waits)


@bp.get("/<reference>")
@allow(is_officer, on=loading.team_case)
def one(case: Case) -> Response:
    return show("review/case.html", case=case)

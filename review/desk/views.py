"""What an assessor has to read: their queue, and one case."""

from flask import Blueprint
from werkzeug import Response

from review import loading, queries
from review.models import Case
from review.rules import assesses_it, is_assessor
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("assess", __name__, url_prefix="/assess")


@bp.get("/")
@allow(is_assessor)
def queue() -> Response:
    return show("review/desk/queue.html", cases=queries.of_assessor(db(), me(), page_asked()))


@bp.get("/<reference>")
@allow(assesses_it, on=loading.assessed_case)
def case(case: Case) -> Response:
    return show("review/desk/case.html", case=case)

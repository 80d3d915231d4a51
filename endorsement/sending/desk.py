"""The Charter team's side: what was sent, and the sealed record."""

from flask import Blueprint, request, url_for
from werkzeug import Response

from endorsement.models import Submission
from endorsement.sending import loading, queries
from endorsement.sending.rules import is_officer
from endorsement.sending.views import record_page
from web.access import allow
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("sending_desk", __name__, url_prefix="/team/submissions")


@bp.get("/")
@allow(is_officer)
def queue() -> Response:
    """What was sent, newest first; all of it, or only what waits."""
    waits = request.args.get("show") != "all"
    return show(
        "endorsement/sending/desk.html",
        submissions=queries.sent(db(), page_asked(), waits=waits),
        waits=waits,
    )


@bp.get("/<reference>")
@allow(is_officer, on=loading.sent)
def record(submission: Submission) -> Response:
    return record_page(submission, url_for(".queue"))

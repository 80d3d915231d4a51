"""For the organisation: where its case stands, whose turn it is, and until when."""

from flask import Blueprint
from werkzeug import Response

from endorsement.assessing.views import MINE
from endorsement.rules import may_see_quality
from review import loading
from review.models import Case
from web.access import allow
from web.pages import show

bp = Blueprint("own_case", __name__)


@bp.get(f"{MINE}/cases/<reference>")
@allow(may_see_quality, on=loading.own_case)
def case(case: Case) -> Response:
    return show("review/own_case.html", case=case, organisation=case.organisation)

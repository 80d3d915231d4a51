"""The Charter team's pages for the framework's versions: the list, the draft, its moves."""

from flask import Blueprint, Response

from accounts.rules import is_officer
from endorsement.drafting import loading, queries
from endorsement.drafting.pages import PAGES
from endorsement.models import FrameworkDraft
from web.access import allow
from web.database import db
from web.drafting.views import DRAFT
from web.pages import show

bp = Blueprint("frameworks", __name__, url_prefix="/team/quality")
PAGES.add_to(bp)


@bp.get(f"{DRAFT}/changes")
@allow(is_officer, on=loading.draft)
def what_changed(draft: FrameworkDraft) -> Response:
    """Against the version it was begun from, and who stands on that one."""
    count, names = queries.standing_on(db(), draft.based_on)
    page = "endorsement/drafting/changes.html"
    return show(page, count=count, names=names, **PAGES.known(draft))

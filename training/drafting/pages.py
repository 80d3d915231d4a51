"""What the pages of all drafts need to know of the pathways'."""

from typing import Any

from accounts.rules import is_officer
from training.drafting.kind import PATHWAYS
from training.models import PathwayDraft
from training.pathways import Pathways, changes
from web.drafting.views import Pages


def _more(draft: PathwayDraft, pathways: Pathways) -> dict[str, Any]:
    return {"pathways": pathways, "changes": changes.between(draft.based_on.pathways, pathways)}


PAGES = Pages(
    kind=PATHWAYS,
    rule=is_officer,
    list_page="training/drafting/everything.html",
    draft_page="training/drafting/draft.html",
    publish_page="training/drafting/publish.html",
    file_name="pathways",
    more=_more,
)

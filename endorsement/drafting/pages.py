"""What the pages of all drafts need to know of the framework's."""

from typing import Any

from accounts.rules import is_officer
from endorsement.drafting.kind import FRAMEWORKS
from endorsement.framework import Framework, changes
from endorsement.models import FrameworkDraft
from web.drafting.views import Pages


def _more(draft: FrameworkDraft, framework: Framework) -> dict[str, Any]:
    found = changes.between(draft.based_on.framework, framework)
    return {
        "framework": framework,
        "changes": found,
        "kinds": {key: change.kind for key, change in found.by_key().items()},
        "gone": found.of(changes.GONE),
    }


PAGES = Pages(
    kind=FRAMEWORKS,
    rule=is_officer,
    list_page="endorsement/drafting/everything.html",
    draft_page="endorsement/drafting/draft.html",
    publish_page="endorsement/drafting/publish.html",
    file_name="framework",
    more=_more,
)

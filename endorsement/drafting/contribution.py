"""What drafts of the framework hand to the factory."""

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from endorsement.drafting import preview_views, queries, writing_views
from endorsement.drafting.kind import FRAMEWORKS
from endorsement.drafting.views import bp
from web.contributions import NavigationEntry, Queue
from web.drafting.keeping import Keeping

__all__ = ["bp", "preview_views", "writing_views"]

queue = Queue(
    _l("The quality framework: agreed, to publish"),
    "frameworks.everything",
    is_officer,
    queries.drafts_to_publish,
)
navigation = NavigationEntry(_l("The quality framework"), "frameworks.everything", is_officer)
THINGS = {
    "framework_approval": _l("a yes of the steering group to a draft of the framework"),
    "framework_draft": _l("a draft of the framework"),
    "framework_draft_event": _l("a step of a draft of the framework"),
}
keeping = Keeping(
    kind=FRAMEWORKS,
    key="framework-drafts",
    title=_l("Versions of the quality framework you worked on"),
    why=_l("So that it can be shown how the framework came about. It is kept with it."),
    stays=_l("What you did to versions of the quality framework stays, without your name."),
    name="drafts of the framework",
    what=_l("Drafts of the quality framework that were thrown away"),
)
my_data, erasure, retention = keeping.my_data, keeping.erasure, keeping.retention

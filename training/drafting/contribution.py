"""What drafts of the pathways add to training's contribution."""

from functools import partial

from flask_babel import lazy_gettext as _l

from accounts.rules import is_officer
from training.drafting.effects import FREED, HAS, LATER, OWES, SOONER
from training.drafting.kind import PATHWAYS
from training.drafting.views import bp
from web.contributions import NavigationEntry, Queue
from web.drafting import queries
from web.drafting.keeping import Keeping

blueprints = (bp,)
queue = Queue(
    _l("The training pathways: agreed, to publish"),
    "pathway_drafts.everything",
    is_officer,
    partial(queries.to_publish, PATHWAYS),
)
navigation = NavigationEntry(_l("The training pathways"), "pathway_drafts.everything", is_officer)
THINGS = {
    "pathway_approval": _l("a yes of the steering group to a draft of the training pathways"),
    "pathway_draft": _l("a draft of the training pathways"),
    "pathway_draft_event": _l("a step of a draft of the training pathways"),
}
GLOBALS = {
    "pathway_effects": {
        OWES: _l("They have to do it now"),
        HAS: _l("They have it now"),
        FREED: _l("They need it no more"),
        SOONER: _l("It runs out sooner for them"),
        LATER: _l("It runs out later for them"),
    }
}
keeping = Keeping(
    kind=PATHWAYS,
    key="pathway-drafts",
    title=_l("Versions of the training pathways you worked on"),
    why=_l("So that it can be shown how the pathways came about. It is kept with them."),
    stays=_l("What you did to versions of the training pathways stays, without your name."),
    name="drafts of the pathways",
    what=_l("Drafts of the training pathways that were thrown away"),
)
my_data, erasure, retention = keeping.my_data, keeping.erasure, keeping.retention

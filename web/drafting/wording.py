"""A draft's states and steps in plain words."""

from flask_babel import lazy_gettext as _l

from web.drafting.states import APPROVED, DISCARDED, DRAFT, PUBLISHED, TAGS

WORDS = {
    DRAFT: _l("Being written"),
    APPROVED: _l("Agreed by the steering group"),
    PUBLISHED: _l("Published"),
    DISCARDED: _l("Thrown away"),
}
HAPPENED = {
    "begin": _l("Begun"),
    "approve": _l("The steering group’s approval recorded"),
    "change": _l("Changed, so the approval fell away"),
    "publish": _l("Published"),
    "publish as example": _l("Published as example text"),
    "discard": _l("Thrown away"),
}
GLOBALS = {"draft_states": WORDS, "draft_happened": HAPPENED, "draft_tags": TAGS}

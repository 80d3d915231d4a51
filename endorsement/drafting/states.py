"""The states of a draft of the framework, in plain words."""

from flask_babel import lazy_gettext as _l

DRAFT = "draft"
APPROVED = "approved"
PUBLISHED = "published"
DISCARDED = "discarded"

ALL_STATES = (DRAFT, APPROVED, PUBLISHED, DISCARDED)
OPEN_STATES = (DRAFT, APPROVED)
"""It may still be changed; there is one such draft at most."""

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

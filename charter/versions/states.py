"""The states of a draft, in plain words."""

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
    APPROVED: _l("Agreed by young people"),
    PUBLISHED: _l("Published"),
    DISCARDED: _l("Thrown away"),
}
HAPPENED = {
    "begin": _l("Begun"),
    "approve": _l("Young people's approval recorded"),
    "change": _l("Changed, so the approval fell away"),
    "publish": _l("Published"),
    "publish as example": _l("Published as example text"),
    "discard": _l("Thrown away"),
}

HANDS, PAPER, TALK, ONLINE = "hands", "paper", "talk", "online"
HOW_DECIDED = {
    HANDS: _l("A show of hands"),
    PAPER: _l("A vote on paper"),
    ONLINE: _l("A vote online"),
    TALK: _l("They talked until they agreed"),
}
"""How a group of young people decided."""

"""How an assessor's part in a case stands: plain words for models, rules and pages."""

PROPOSED, ASKED, ACCEPTED, SENT = "proposed", "asked", "accepted", "sent"
DECLINED, REPLACED, RECUSED = "declined", "replaced", "recused"
STANDING = (PROPOSED, ASKED, ACCEPTED, SENT)
"""They have, or may get, a part in the case."""
HAVE_A_PART = (ASKED, ACCEPTED, SENT)
"""They know of the case: whoever is only proposed does not."""
OVER = (DECLINED, REPLACED, RECUSED)

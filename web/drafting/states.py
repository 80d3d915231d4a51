"""The states of a draft."""

DRAFT = "draft"
APPROVED = "approved"
PUBLISHED = "published"
DISCARDED = "discarded"

ALL_STATES = (DRAFT, APPROVED, PUBLISHED, DISCARDED)
OPEN_STATES = (DRAFT, APPROVED)
"""It may still be changed; there is one such draft at most."""
TAGS = {DRAFT: "govuk-tag--light-blue", APPROVED: "govuk-tag--green"}

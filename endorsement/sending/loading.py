"""From an address to the submission it names, or None where it is not the person's to know of."""

from typing import Any

from accounts.rules import is_officer
from endorsement.assessing.loading import organisation as own_organisation
from endorsement.assessing.loading import writing
from endorsement.assessing.queries import hold, open_assessment
from endorsement.models import Assessment, Submission
from endorsement.sending import queries
from web.database import db


def to_send(person: Any, slug: str) -> Assessment | None:
    """The open one.  For sending, the organisation is held first and then the assessment, as all
    do who need both: what is taken away to protect somebody is then either not sealed, or found
    among what was (endorsement.evidence.removing)."""
    within = own_organisation(person, slug)
    if within is None:
        return None
    if writing():
        hold(db(), within.id)
    return open_assessment(db(), within, lock=writing())


def submission(person: Any, slug: str, reference: str) -> Submission | None:
    """For the organisation's own people."""
    within = own_organisation(person, slug)
    if within is None:
        return None
    found = queries.by_reference(db(), reference, lock=writing())
    return found if found is not None and found.organisation_id == within.id else None


def sent(person: Any, reference: str) -> Submission | None:
    """For the Charter team: what was sent, it may read."""
    if is_officer(person) is not True:
        return None
    return queries.by_reference(db(), reference)

"""From an address to the thing it names, or None where it is not the person's to know of."""

from typing import Any

from flask import abort, request

from accounts.models import Membership
from accounts.queries import organisation_by_slug
from accounts.queries.colleagues import standing_membership
from accounts.views.loaders import to_its_address
from training.models import TrainingRecord
from training.records import looking, queries
from training.records.looking import Look
from web import clock
from web.database import READING, db


def mine(person: Any, **_more: Any) -> Look:
    """A portal whose content was never loaded says that it is closed."""
    return looking.look(db(), person, clock.today()) or abort(503)


def membership(person: Any, slug: str) -> Membership | None:
    """Of one's own, while the organisation is open."""
    organisation = organisation_by_slug(db(), slug)
    if organisation is None or organisation.state == "closed":
        return None
    found = standing_membership(db(), organisation, person)
    if found is not None:
        to_its_address(organisation, slug)
    return found


def record(person: Any, reference: str) -> TrainingRecord | None:
    """One's own.  For writing its owner is locked first, as everywhere."""
    found = queries.by_reference(db(), reference)
    if found is None or found.practitioner.person_id != person.id:
        return None
    if request.method in READING:
        return found
    queries.hold(db(), found.practitioner)
    return queries.by_reference(db(), reference, lock=True)


def certificate(person: Any, reference: str) -> TrainingRecord | None:
    found = record(person, reference)
    return found if found is not None and found.file is not None else None

"""From an address to the award it names, or None where it is not the person's to know of."""

from typing import Any

from flask import current_app

from endorsement.assessing.loading import organisation as own_organisation
from endorsement.assessing.loading import writing
from review.award import levels, queries
from review.award.levels import Shown
from review.models import Award
from review.rules import is_officer
from steering import queries as steering
from web import clock
from web.database import db


def public(_person: Any, slug: str) -> Shown | None:
    """Of an organisation that is in public; also when it is not current, which is then said."""
    return levels.shown(slug)


def team(person: Any, reference: str) -> Award | None:
    """An officer who is tied to the organisation leaves it to another."""
    if is_officer(person) is not True:
        return None
    award = queries.by_reference(db(), reference, lock=writing())
    if award is None:
        return None
    scheme = current_app.extensions["scheme"]
    return None if steering.is_barred(db(), person, award, clock.now(), scheme) else award


def own(person: Any, slug: str) -> Any:
    return own_organisation(person, slug)

"""From an address to an action of the plan, or None where it is not the person's to know of."""

from typing import Any

from endorsement.assessing.loading import organisation, writing
from endorsement.models import ImprovementAction
from endorsement.plan import queries
from web.database import db


def action(person: Any, slug: str, reference: str) -> ImprovementAction | None:
    within = organisation(person, slug)
    if within is None:
        return None
    return queries.action_by_reference(db(), within, reference, lock=writing())

"""From rows to the facts that training.status looks at."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Row

from training import status
from training.models import PractitionerRole, TrainingRecord
from training.states import CLAIMED, COUNTS, PRIOR


def of_records(records: Iterable[TrainingRecord | Row[Any]]) -> Iterator[status.Record]:
    """Whole rows, or what a statement read of their columns."""
    for record in records:
        if record.state in CLAIMED:
            yield status.Record(
                record.module, record.completed_on, _kind(record), record.state in COUNTS
            )


def _kind(record: TrainingRecord | Row[Any]) -> status.Kind:
    if record.how == PRIOR:
        return status.Kind.PRIOR
    return status.Kind.UPDATE if record.is_update else status.Kind.COMPLETED


def of_roles(roles: Iterable[PractitionerRole]) -> set[str]:
    """The keys of those that stand."""
    return {role.role for role in roles if role.stands}

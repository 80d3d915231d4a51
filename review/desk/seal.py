"""How a reading is sealed when it is sent, and whether it still is what was sealed.

The seal is SHA-256 over the canonical JSON of what was rated and why, standard by standard, and
the audit chain holds the seal.  Private notes are not in it: they are taken away one day.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from endorsement.sending.seal import canonical
from review.models import Allocation


def digest_of(reference: str, readings: Iterable[Any]) -> str:
    """``reference``: the allocation's, so that no seal fits another's reading."""
    told = [
        [r.standard, r.rating, r.does_not_apply, r.reason]
        for r in sorted(readings, key=lambda reading: reading.standard)
    ]
    return hashlib.sha256(b"reading\n" + canonical([reference, told])).hexdigest()


def changed_since_sealed(session: Session) -> Iterator[str]:
    """For ``flask audit verify``: a sentence for each reading that is not what was sent."""
    wanted = (
        select(Allocation)
        .where(Allocation.seal.is_not(None))
        .options(selectinload(Allocation.readings), joinedload(Allocation.case))
        .order_by(Allocation.id)
        .execution_options(yield_per=200, populate_existing=True)
    )
    for allocation in session.scalars(wanted):
        if digest_of(allocation.reference, allocation.readings) != allocation.seal:
            yield (
                f"allocation:{allocation.id}: a reading of {allocation.case.reference} is not what"
                " was sealed when it was sent."
            )

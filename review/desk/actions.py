"""Writing a reading and sending it.  Each raises Refused where it may not be.

The caller holds the case (review.desk.loading): whoever takes it back meanwhile waits.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement.framework import Standard
from review import rules as case_rules
from review.desk import owed, queries, rules, seal
from review.models import Allocation, Reading
from review.moves import make
from review.parts import SENT
from review.states import DESK
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, insist

FIELDS = ("rating", "does_not_apply", "reason", "private_note")


@dataclass(frozen=True)
class Said:
    """What an assessor says of one standard."""

    rating: int | None = None
    does_not_apply: bool = False
    reason: str = ""
    private_note: str = ""


def write(
    session: Session, reader: Any, standard: Standard, said: Said, *, by: Any, at: datetime
) -> None:
    """Kept as it is typed.  It is theirs alone until they send it, so the chain says nothing."""
    insist(rules.may_write(by, reader))
    claim = reader.claims.get(standard.key)
    if said.does_not_apply and not (claim and claim["does_not_apply"]):
        raise Refused(["Nobody said that this does not apply, so rate it."])
    reading = _reading(session, reader, standard, at)
    changed = [name for name in FIELDS if getattr(reading, name) != getattr(said, name)]
    for name in changed:
        setattr(reading, name, getattr(said, name))
    if changed:
        reading.changed_at = at
    session.flush()


def _reading(session: Session, reader: Any, standard: Standard, at: datetime) -> Reading:
    found: Reading | None = reader.readings.get(standard.key)
    if found is None:
        found = Reading(allocation_id=reader.mine.id, standard=standard.key, changed_at=at)
        found.rating, found.does_not_apply, found.reason, found.private_note = None, False, "", ""
        session.add(found)
        reader.readings[standard.key] = found
    return found


def left(reader: Any) -> dict[str, str]:
    """What must be done before it can be sent: by standard, what is missing."""
    return owed.all_missing(reader.standards, reader.framework.top, reader.claims, reader.readings)


def send(session: Session, reader: Any, *, by: Any, at: datetime, scheme: Scheme) -> None:
    """Seal it.  The last one in moves the case on."""
    insist(rules.may_write(by, reader))
    if any(q.closed_at is None and q.asked_by_id == by.id for q in reader.case.questions):
        raise Refused(["A question of yours is open. Wait for the answer, or take it back."])
    if left(reader):
        raise Refused(["Rate each standard, and give a reason where one is owed."])
    mine: Allocation = reader.mine
    session.flush()
    sealed = seal.digest_of(mine.reference, queries.readings_of(session, mine).values())
    mine.state, mine.sent_at, mine.seal = SENT, at, sealed
    session.flush()
    record(session, mine, "send", by=by, at=at)
    go_on_when_all_is_in(session, reader.case, at=at, scheme=scheme)


def go_on_when_all_is_in(session: Session, case: Any, *, at: datetime, scheme: Scheme) -> None:
    if case.state == DESK and case_rules.all_sent(case) is True:
        make(session, "all read", case, by=case_rules.PORTAL, at=at, scheme=scheme)

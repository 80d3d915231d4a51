"""An account goes because nobody uses it; what its owner learned is kept for as long as promised.

Training is kept while somebody belongs to an organisation and for years after, an account for
months after its last use (docs/decisions/0027).  So it becomes what a lead enters for a volunteer
without an account: it carries the name and the address, and whoever shows that the address is
theirs claims it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.retention import BY
from training.models import Practitioner, PractitionerRole
from training.passport import actions as passport
from training.records import actions, queries
from web import credentials
from web.audit import record
from web.audit.chain import name_of


def stays(practitioner: Practitioner, by: Any) -> bool:
    """Not where its owner asked for it to go, nor where nobody could claim it."""
    person = practitioner.person
    if by != BY or person is None or not practitioner.records:
        return False
    return person.has_mailbox and person.confirmed_at is not None


def let_go(session: Session, practitioner: Practitioner, *, by: Any, at: datetime) -> None:
    """What its owner alone could give, links and badges and choices, goes with the account."""
    person = practitioner.person
    assert person is not None  # noqa: S101 - ``stays`` asked
    queries.hold(session, practitioner)
    credentials.forget(session, name_of(practitioner), by=by, at=at)
    passport.forget_all(session, practitioner, by=by, at=at)
    for shown in list(practitioner.shown):
        record(session, shown, "hide", by=by, at=at)
        session.delete(shown)
    for role in practitioner.roles:
        _without_membership(session, role, by, at)
    practitioner.name, practitioner.email = person.name, person.email
    practitioner.entered_by_id = practitioner.entered_by_id or person.id
    practitioner.person, practitioner.claimed_at = None, None
    session.flush()
    session.expire(practitioner, ["shown", "roles"])
    record(session, practitioner, "stay without an account", by=by, at=at)


def _without_membership(session: Session, role: PractitionerRole, by: Any, at: datetime) -> None:
    """What they do there goes on until a lead says that it does not."""
    if not role.stands:
        actions.end_role(session, role, by=by, at=at)
    role.membership = None
    role.may_check_since = role.let_check_by_id = None
    session.flush()
    record(session, role, "stay without an account", by=by, at=at)

"""From a statement to a record, once it is known which module and whose it is."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.queries import person_by_email
from accounts.rules import is_officer
from training.models import (
    LearningActivity,
    LearningActor,
    LearningPlatform,
    LearningStatement,
    Practitioner,
)
from training.models.xapi import KEPT, LEFT
from training.pathways import Pathways
from training.records import queries as records
from training.records import writing
from training.records.writing import Entered, EnteredAlready
from training.states import ONLINE
from training.xapi import queries
from training.xapi.tokens import digest_of, new_token
from web.audit import record
from web.workflow import Refused, insist

BY = "system:xapi"
BATCHES = 50
"""Of what waits so much is settled in one go."""


# What an officer says


def issue(session: Session, name: str, *, by: Any, at: datetime) -> tuple[LearningPlatform, str]:
    """A platform, and its token: this is the only time that anybody sees it."""
    insist(is_officer(by))
    token = new_token()
    made = LearningPlatform(
        name=name, token_digest=digest_of(token), issued_at=at, issued_by_id=by.id
    )
    session.add(made)
    session.flush()
    record(session, made, "issue", by=by, at=at)
    return made, token


def revoke(session: Session, platform: LearningPlatform, *, by: Any, at: datetime) -> None:
    """From now on its token proves nothing.  What it sent stays."""
    insist(is_officer(by))
    if platform.revoked_at is None:
        platform.revoked_at = at
        session.flush()
        record(session, platform, "revoke", by=by, at=at)


def map_activity(
    session: Session,
    activity: LearningActivity,
    module: str,
    *,
    trusted: bool,
    pathways: Pathways,
    by: Any,
    at: datetime,
) -> None:
    """Which module it is; "": none of ours.  What waited for it goes on.  Raises Refused."""
    insist(is_officer(by))
    if module and module not in pathways.by_key:
        raise Refused([_("Choose a module.")])
    activity.module, activity.trusted = module, bool(module) and trusted
    activity.mapped_at, activity.mapped_by = at, by
    session.flush()
    record(session, activity, "map", by=by, at=at)
    settle(session, at, LearningStatement.activity_id == activity.id)


def settle_actor(
    session: Session, actor: LearningActor, email: str, *, by: Any, at: datetime
) -> None:
    """Whose account it is, by its address; "": nobody of ours.  Raises Refused."""
    insist(is_officer(by))
    person = person_by_email(session, email) if email else None
    if email and (person is None or not _is_known(person)):
        raise Refused([_("No account has this address.")])
    if person is not None and person.id == by.id:
        raise Refused([_("Somebody else on the Charter team decides about your own.")])
    _settle(session, actor, person, by=by, at=at)
    settle(session, at, LearningStatement.actor_id == actor.id)


def _settle(
    session: Session, actor: LearningActor, person: Person | None, *, by: Any, at: datetime
) -> None:
    actor.person, actor.settled_at = person, at
    actor.settled_by_id = getattr(by, "id", None)
    session.flush()
    record(session, actor, "settle", by=by, at=at)


# What follows


def settle(session: Session, at: datetime, *where: Any) -> int:
    """Whatever waits and can be decided now is; returns how many became, or were, a record."""
    kept, seen, hashed = 0, 0, Hashed(session)
    for _batch in range(BATCHES):
        found = queries.waiting_statements(session, *where, LearningStatement.id > seen)
        if not found:
            break
        for statement in found:
            seen = max(seen, statement.id)
            kept += _decide(session, statement, hashed, at)
        session.flush()
    return kept


def _decide(session: Session, statement: LearningStatement, hashed: "Hashed", at: datetime) -> bool:
    activity, actor = statement.activity, statement.actor
    if activity is None or actor is None or activity.mapped_at is None:
        return False
    if not activity.module:
        statement.state = LEFT
        return False
    if actor.settled_at is None:
        person = _who(session, actor, hashed)
        if person is None:
            return False
        _settle(session, actor, person, by=BY, at=at)
    if actor.person is None or not actor.person.active:
        statement.state = LEFT
        return False
    statement.state = KEPT if _write(session, statement, actor.person, at) else LEFT
    return statement.state == KEPT


def _write(session: Session, statement: LearningStatement, person: Person, at: datetime) -> bool:
    activity: Any = statement.activity
    said = Entered(activity.module, statement.day, ONLINE, statement.platform.name)
    mine = _practitioner(session, person, at)
    try:
        writing.arrived(session, mine, said, trusted=activity.trusted, by=activity.mapped_by, at=at)
    except EnteredAlready:
        return True
    except Refused:
        return False
    return True


def _practitioner(session: Session, person: Person, at: datetime) -> Practitioner:
    found = records.practitioner_of(session, person, lock=True)
    if found is not None:
        return found
    made = Practitioner(person=person, began_at=at)
    session.add(made)
    session.flush()
    record(session, made, "begin", by=BY, at=at)
    return made


def _who(session: Session, actor: LearningActor, hashed: "Hashed") -> Person | None:
    """By an address that they showed to be theirs; a shared one is nobody's."""
    person = None
    if actor.kind == "mbox":
        person = person_by_email(session, actor.value)
    elif actor.kind == "mbox_sha1sum":
        person = hashed.person(actor.value)
    return person if person is not None and _is_known(person) else None


def _is_known(person: Person) -> bool:
    return person.active and person.confirmed_at is not None and not person.shared


class Hashed:
    """Everybody by the SHA-1 of "mailto:" and their address; read when first asked for."""

    def __init__(self, session: Session):
        self.session = session
        self.by: Any = None

    def person(self, digest: str) -> Person | None:
        if self.by is None:
            self.by = dict(self._all())
        id_ = self.by.get(digest)
        return self.session.get(Person, id_) if id_ is not None else None

    def _all(self) -> Iterable[tuple[str, int]]:
        wanted = select(Person.id, Person.email, Person.second_email).where(
            Person.active, or_(Person.email.is_not(None), Person.second_email.is_not(None))
        )
        for id_, *addresses in self.session.execute(wanted.order_by(Person.id)):
            for address in filter(None, addresses):
                said = f"mailto:{address}".encode()
                yield hashlib.sha1(said, usedforsecurity=False).hexdigest(), id_


def settle_all(session: Session, at: datetime) -> str:
    """The timed job: whoever confirmed an address since then is known now."""
    return f"{settle(session, at)} records"

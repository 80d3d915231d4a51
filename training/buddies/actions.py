"""Asking another organisation to be a buddy, agreeing, ending it."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import CHECKED, Organisation
from accounts.queries.leading import leads_of
from accounts.queries.merging import hold_both
from accounts.rules import may_lead_organisation
from training.buddies import queries
from training.buddies.workflow import BUDDIES
from training.models import TrainingBuddy
from web.audit import record
from web.mail import post
from web.workflow import Refused, insist, perform


def ask(
    session: Session, organisation: Organisation, buddy: Organisation, *, by: Any, at: datetime
) -> TrainingBuddy:
    """The other's leads are told.  Raises Refused."""
    hold_both(session, organisation, buddy)
    insist(may_lead_organisation(by, organisation))
    if buddy.state != CHECKED or buddy.id == organisation.id:
        raise Refused([_("Choose another organisation.")])
    if queries.between(session, organisation, buddy) is not None:
        raise Refused([_("You are buddies already, or one of you has asked.")])
    made = TrainingBuddy(organisation=organisation, buddy=buddy, asked_at=at, asked_by_id=by.id)
    session.add(made)
    session.flush()
    record(session, made, "ask", by=by, at=at)
    _tell(session, "asked", made, buddy, at)
    return made


def agree(session: Session, agreement: TrainingBuddy, *, by: Any, at: datetime) -> None:
    """Raises Refused."""
    _move(session, "agree", agreement, by, at, agreed_at=at, agreed_by_id=by.id)
    _tell(session, "agreed", agreement, agreement.organisation, at)


def end(session: Session, agreement: TrainingBuddy, *, by: Any, at: datetime) -> None:
    """Taken back, declined or ended; the others are told.  Raises Refused."""
    _move(session, "end", agreement, by, at, ended_at=at, ended_by_id=by.id)
    for one in agreement.both:
        _tell(session, "ended", agreement, one, at, but=by)


def _move(
    session: Session, name: str, agreement: TrainingBuddy, by: Any, at: datetime, **also: Any
) -> None:
    with session.no_autoflush:
        perform(BUDDIES, name, agreement, by=by, at=at)
        for field, value in also.items():
            setattr(agreement, field, value)
    session.flush()
    record(session, agreement, name, by=by, at=at)


def _tell(
    session: Session,
    kind: str,
    agreement: TrainingBuddy,
    told: Organisation,
    at: datetime,
    but: Any = None,
) -> None:
    names = {"ours": told.name, "theirs": agreement.other(told.id).name, "slug": told.slug}
    for lead in leads_of(session, told):
        if lead is not but:
            known: dict[str, Any] = {"person_id": lead.id, "name": lead.name} | names
            post(session, f"training/buddy-{kind}", to=lead.email, at=at, **known)

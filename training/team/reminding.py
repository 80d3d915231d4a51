"""A lead or editor reminds one colleague, or all: a mail, at most once in a week to each."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from training.team.looking import Member, Task
from web.mail import OutboxMail, post
from web.mail.models import DigestReader
from web.pages import long_date

KIND = "training/remind"
AGAIN = timedelta(days=7)


def may_be_reminded(members: Iterable[Member]) -> list[Member]:
    """Who has an account and something to do."""
    return [m for m in members if m.practitioner.person_id is not None and m.tasks()]


def remind(
    session: Session,
    organisation: Organisation,
    members: Sequence[Member],
    *,
    by: Any,
    at: datetime,
) -> list[Member]:
    """Those who are written to now: not whoever was in the last week or wants no reminders."""
    rest = _left_in_peace(session, [m.practitioner.person_id for m in members], at)
    written = [m for m in members if m.practitioner.person_id not in rest]
    for member in written:
        person = member.practitioner.person
        post(
            session,
            KIND,
            to=person.email,
            at=at,
            person_id=person.id,
            name=person.name,
            organisation=organisation.name,
            who=by.name,
            tasks=[_said(task) for task in member.tasks()],
        )
    return written


def reminded_here(
    session: Session, organisation: Organisation, members: Iterable[Member], at: datetime
) -> dict[int | None, datetime]:
    """When each was in the last week, by person.  That another organisation reminds them, and so
    that they work there, is not to be seen."""
    sent = _lately([m.practitioner.person_id for m in members], at).order_by(OutboxMail.id)
    here = (m for m in session.scalars(sent) if m.facts.get("organisation") == organisation.name)
    return {mail.person_id: mail.created_at for mail in here}


def _lately(ids: Sequence[int], at: datetime) -> Select[OutboxMail]:
    return select(OutboxMail).where(
        OutboxMail.person_id.in_(ids), OutboxMail.kind == KIND, OutboxMail.created_at > at - AGAIN
    )


def _left_in_peace(session: Session, ids: Sequence[int], at: datetime) -> set[int | None]:
    """Two who press at once wait in line: the organisation is held."""
    lately = _lately(ids, at).with_only_columns(OutboxMail.person_id)
    off = select(DigestReader.person_id).where(
        DigestReader.person_id.in_(ids), DigestReader.off_since.is_not(None)
    )
    return {*session.scalars(lately), *session.scalars(off)}


def _said(task: Task) -> str:
    name = task.standing.module.name
    return f"{name}: {long_date(task.by)}" if task.by else name

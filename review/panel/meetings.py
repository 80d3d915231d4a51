"""Meetings of the panel: a day, a place, what is on the agenda and who was there."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Person
from review.models import Case, Condition, Meeting, MeetingItem, Presence
from review.panel.asking import VOTING
from web.audit import record
from web.database import holding
from web.workflow import Refused

PLANNED, HELD, CALLED_OFF = "planned", "held", "called off"
MOST = 200


def plan(session: Session, starts_at: datetime, place: str, *, by: Any, at: datetime) -> Meeting:
    made = Meeting(starts_at=starts_at, place=place, state=PLANNED, made_by_id=by.id)
    session.add(made)
    session.flush()
    record(session, made, "plan", by=by, at=at)
    return made


def put_on_agenda(
    session: Session, meeting: Meeting, cases: Collection[Case], *, by: Any, at: datetime
) -> None:
    """These cases and no others, in this order."""
    _insist_planned(meeting)
    wanted = {case.id: case for case in cases}
    for item in [item for item in meeting.items if item.case_id not in wanted]:
        meeting.items.remove(item)
        session.delete(item)
        record(session, item, "take off", by=by, at=at)
    session.flush()
    standing = {item.case_id: item for item in meeting.items}
    for place, case in enumerate(wanted.values(), start=1):
        item = standing.get(case.id) or MeetingItem(meeting=meeting, case=case, place=0)
        if item.place == place:
            continue
        item.place = place
        session.add(item)
        session.flush()
        record(session, item, "put on", by=by, at=at)


def hold(
    session: Session,
    meeting: Meeting,
    present: Collection[tuple[Person, str]],
    notes: str,
    *,
    by: Any,
    at: datetime,
) -> None:
    """Who was there, each with their group, and what the minutes say beside what is known."""
    if meeting.state == CALLED_OFF:
        raise Refused(["This meeting was called off."])
    wanted = {person.id: (person, group) for person, group in present}
    for row in [row for row in meeting.present if row.person_id not in wanted]:
        meeting.present.remove(row)
        session.delete(row)
        record(session, row, "was not there", by=by, at=at)
    session.flush()
    standing = {row.person_id for row in meeting.present}
    for person, group in (one for id_, one in wanted.items() if id_ not in standing):
        row = Presence(meeting=meeting, person=person, constituency=group)
        session.add(row)
        session.flush()
        record(session, row, "was there", by=by, at=at)
    meeting.state, meeting.notes = HELD, notes
    session.flush()
    record(session, meeting, "hold", by=by, at=at)


def call_off(session: Session, meeting: Meeting, *, by: Any, at: datetime) -> None:
    _insist_planned(meeting)
    meeting.state = CALLED_OFF
    session.flush()
    record(session, meeting, "call off", by=by, at=at)


def _insist_planned(meeting: Meeting) -> None:
    if meeting.state != PLANNED:
        raise Refused(["This meeting is over."])


# Finding


def everything(session: Session) -> Sequence[Meeting]:
    """The latest first."""
    wanted = select(Meeting).options(selectinload(Meeting.items))
    return session.scalars(wanted.order_by(Meeting.starts_at.desc()).limit(MOST)).all()


def by_reference(session: Session, reference: str, *, lock: bool = False) -> Meeting | None:
    wanted = select(Meeting).where(Meeting.reference == reference)
    wanted = wanted.options(
        selectinload(Meeting.items)
        .joinedload(MeetingItem.case)
        .options(
            joinedload(Case.organisation),
            joinedload(Case.submission),
            selectinload(Case.decisions),
            selectinload(Case.ballots),
            selectinload(Case.appeals),
        ),
        selectinload(Meeting.present).joinedload(Presence.person),
    )
    return session.scalar(holding(wanted, Meeting) if lock else wanted)


def item_of(session: Session, case: Case) -> MeetingItem | None:
    """The latest meeting on whose agenda it is; None: it is decided between meetings."""
    wanted = (
        select(MeetingItem)
        .join(MeetingItem.meeting)
        .where(MeetingItem.case_id == case.id, Meeting.state != CALLED_OFF)
        .order_by(Meeting.starts_at.desc())
    )
    return session.scalar(wanted.limit(1))


def waiting(session: Session) -> Sequence[Case]:
    """What can be put on an agenda."""
    wanted = select(Case).where(Case.state.in_(VOTING)).options(joinedload(Case.organisation))
    return session.scalars(wanted.order_by(Case.due_on, Case.id).limit(MOST)).all()


def proposed(session: Session, case: Case) -> Sequence[Condition]:
    """Conditions that the assessors or a member propose."""
    wanted = select(Condition).where(
        Condition.case_id == case.id, Condition.decision_id.is_(None), Condition.state == "open"
    )
    return session.scalars(wanted.order_by(Condition.id).limit(MOST)).all()

"""What the weekly digest says of cases: to those whose turn it is, in the last days and when the
day has passed.  Questions remind by themselves (review.desk), and reports (review.report)."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models.people import LEAD_ASSESSOR, OFFICER
from accounts.queries.people import people_with_role
from review import states
from review.allocation import queries, rules
from review.models import Allocation, Case
from review.parts import ACCEPTED, ASKED, SENT
from steering.models.assessors import ADULT
from web import clock
from web.contributions import Reminder

SOON = timedelta(days=7)
MOST = 5000
TEAMS, LEADS = (states.WAITING, states.STAGED), (states.MODERATION, states.APPEAL)
TOGETHER = (states.VISIT, states.REPORT)
"""What the adult assessors do together."""


def reminders(session: Session, at: datetime) -> Iterator[Reminder]:
    today = clock.london(at).date()
    for part in _parts(session):
        yield from _to_assessor(part, today)
    yield from _to_group(session, TEAMS, OFFICER, "team_cases.one", at)
    yield from _to_group(session, LEADS, LEAD_ASSESSOR, "assess.queue", at)


# Assessors


def _parts(session: Session) -> Sequence[Allocation]:
    wanted = (
        select(Allocation)
        .join(Allocation.case)
        .where(Allocation.state.in_((ASKED, ACCEPTED, SENT)), Case.state.in_(states.WITH_ASSESSORS))
        .options(joinedload(Allocation.case).joinedload(Case.organisation))
        .order_by(Allocation.id)
    )
    return session.scalars(wanted.limit(MOST)).all()


def _to_assessor(part: Allocation, today: date) -> Iterator[Reminder]:
    case, name = part.case, part.case.organisation.name
    if part.state == ASKED:
        yield _part(
            part, "asked", _("%(name)s: can you read it?", name=name), "answering.part", None
        )
        return
    due = rules.reading_due(part)
    if due is not None and (step := _step(due, today)):
        said = _("%(name)s: send your reading.", name=name)
        yield _part(part, step, said, "assess.case", due)
    if part.state == SENT and part.part == ADULT and case.state in TOGETHER:
        yield from _of_case(case, [part.person_id], "assess.case", today)


def _part(part: Allocation, step: str, said: str, endpoint: str, by: date | None) -> Reminder:
    return Reminder(
        person_id=part.person_id,
        key=f"allocation:{part.reference}:{step}",
        sentence=said,
        endpoint=endpoint,
        values={"reference": part.case.reference},
        by=clock.begins(by) if by else None,
    )


# Cases


def _of_case(
    case: Case, people: Collection[int], endpoint: str, today: date, **more: str
) -> Iterator[Reminder]:
    """Each time it comes into a state it is told of anew."""
    step = _step(case.due_on, today) if case.due_on and not case.stopped_on else ""
    if not step or case.due_on is None:
        return
    came = clock.london(case.since).date().isoformat()
    words = states.WORDS[case.state].name
    for person_id in people:
        yield Reminder(
            person_id=person_id,
            key=f"case:{case.reference}:{case.state}:{came}:{step}",
            sentence=_(
                "%(name)s: %(state)s. It is your turn.", name=case.organisation.name, state=words
            ),
            endpoint=endpoint,
            values={"reference": case.reference, **more},
            by=clock.begins(case.due_on),
        )


def _to_group(
    session: Session, where: Collection[str], role: str, endpoint: str, at: datetime
) -> Iterator[Reminder]:
    """What is late, to all who hold a role and have no tie."""
    today = clock.london(at).date()
    wanted = select(Case).where(Case.state.in_(where), Case.due_on < today)
    wanted = wanted.options(joinedload(Case.organisation)).order_by(Case.id).limit(MOST)
    late = session.scalars(wanted).all()
    people = [person.id for person in people_with_role(session, role)] if late else []
    tied = queries.ties(session, people, late, at, current_app.extensions["scheme"])
    for case in late:
        barred = tied.barred(case.organisation_id)
        free = [one for one in people if one not in barred]
        yield from _of_case(case, free, endpoint, today)


def _step(due: date, today: date) -> str:
    if today > due:
        return "late"
    return "soon" if today >= due - SOON else ""

"""The weekly mail of an organisation's editors and leads: an assessor waits for their answer."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import EDITOR, LEAD
from accounts.queries.colleagues import people_by_organisation
from review.models import Case, Question
from review.states import BEFORE_READING, READING
from web import clock
from web.contributions import Reminder

SOON_DAYS = 7
MOST = 2000


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """Once while it is open, once more in its last days."""
    asked = _open(session)
    people = people_by_organisation(session, {q.case.organisation_id for q in asked}, LEAD, EDITOR)
    today = clock.london(at).date()
    for question in asked:
        for person_id in people.get(question.case.organisation_id, ()):
            yield Reminder(
                person_id=person_id,
                key=f"question:{question.reference}:{_step(question, today)}",
                sentence=_(
                    "%(name)s: an assessor asked you something",
                    name=question.case.organisation.name,
                ),
                endpoint="own_questions.answer",
                values={
                    "slug": question.case.organisation.slug,
                    "reference": question.case.reference,
                    "question": question.reference,
                },
                by=clock.begins(question.due_on),
            )


def _step(question: Question, today: date) -> str:
    """More time begins anew."""
    soon = (question.due_on - today).days <= SOON_DAYS
    return f"{question.extended}:{'soon' if soon else 'asked'}"


def _open(session: Session) -> Sequence[Question]:
    wanted = (
        select(Question)
        .join(Question.case)
        .where(Question.closed_at.is_(None), Case.state.in_((*BEFORE_READING, *READING)))
        .options(joinedload(Question.case).joinedload(Case.organisation))
    )
    return session.scalars(wanted.order_by(Question.id).limit(MOST)).all()

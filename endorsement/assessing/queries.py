"""Reading self-assessments."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation
from endorsement.models import Answer, AnswerChange, Assessment, QualityPoint

MOST_CHANGES = 100
MOST_EARLIER = 50


def open_assessment(
    session: Session, organisation: Organisation, *, lock: bool = False
) -> Assessment | None:
    """The one that is being worked on, with its answers."""
    wanted = select(Assessment).where(
        Assessment.organisation_id == organisation.id, Assessment.ended_at.is_(None)
    )
    return _whole(session, wanted, lock)


def by_reference(session: Session, organisation: Organisation, reference: str) -> Assessment | None:
    wanted = select(Assessment).where(
        Assessment.organisation_id == organisation.id, Assessment.reference == reference
    )
    return _whole(session, wanted, False)


def earlier(session: Session, organisation: Organisation) -> Sequence[Assessment]:
    """Those of earlier years, newest first."""
    wanted = select(Assessment).where(
        Assessment.organisation_id == organisation.id, Assessment.ended_at.is_not(None)
    )
    newest = wanted.options(joinedload(Assessment.framework_version))
    return session.scalars(
        newest.order_by(Assessment.ended_at.desc(), Assessment.id.desc()).limit(MOST_EARLIER)
    ).all()


def open_assessments(
    session: Session, organisations: Sequence[Organisation]
) -> dict[int, Assessment]:
    """By the organisation's id, with their answers."""
    wanted = select(Assessment).where(
        Assessment.organisation_id.in_([o.id for o in organisations]),
        Assessment.ended_at.is_(None),
    )
    found = session.scalars(
        wanted.options(joinedload(Assessment.framework_version), selectinload(Assessment.answers))
    )
    return {a.organisation_id: a for a in found}


def points(session: Session, organisation: Organisation) -> Sequence[QualityPoint]:
    """All ratings that were kept for a day, oldest first."""
    wanted = (
        select(QualityPoint)
        .join(Assessment)
        .where(Assessment.organisation_id == organisation.id)
        .options(joinedload(QualityPoint.assessment).joinedload(Assessment.framework_version))
    )
    return session.scalars(wanted.order_by(QualityPoint.at, QualityPoint.id).limit(500)).all()


def changes(
    session: Session, assessment: Assessment, standard: str = "", *, most: int = MOST_CHANGES
) -> Sequence[AnswerChange]:
    """Who changed what, newest first."""
    wanted = (
        select(AnswerChange)
        .join(Answer)
        .where(Answer.assessment_id == assessment.id)
        .options(joinedload(AnswerChange.by), joinedload(AnswerChange.answer))
    )
    if standard:
        wanted = wanted.where(Answer.standard == standard)
    newest = wanted.order_by(AnswerChange.at.desc(), AnswerChange.id.desc())
    return session.scalars(newest.limit(most)).all()


def how_many_changes(session: Session, assessment: Assessment) -> int:
    wanted = select(func.count()).select_from(AnswerChange).join(Answer)
    return session.scalar(wanted.where(Answer.assessment_id == assessment.id)) or 0


def hold(session: Session, organisation_id: int) -> None:
    """Whoever begins, ends or sends an assessment of an organisation waits for the other."""
    wanted = select(Organisation.id).where(Organisation.id == organisation_id)
    session.scalar(wanted.with_for_update(key_share=True))


def _whole(session: Session, wanted: Any, lock: bool) -> Assessment | None:
    whole = wanted.options(
        joinedload(Assessment.framework_version),
        selectinload(Assessment.answers).joinedload(Answer.changed_by),
        joinedload(Assessment.organisation),
    )
    if lock:
        whole = whole.with_for_update(of=Assessment).execution_options(populate_existing=True)
    found: Assessment | None = session.scalar(whole)
    return found

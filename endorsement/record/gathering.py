"""Loading all that an organisation has here of its quality: a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation
from endorsement.models import (
    Answer,
    Assessment,
    EvidenceItem,
    EvidenceVersion,
    HelpOffer,
    ImprovementAction,
    Submission,
)
from endorsement.plan.queries import actions_of


@dataclass(frozen=True)
class Taken:
    organisation: Organisation
    assessments: Sequence[Assessment]
    """The newest first: the open one, if there is one."""
    actions: Sequence[ImprovementAction]
    offers: Sequence[HelpOffer]
    evidence: Sequence[EvidenceItem]
    submissions: Sequence[Submission]


def taken(session: Session, organisation: Organisation) -> Taken:
    return Taken(
        organisation,
        _assessments(session, organisation),
        actions_of(session, organisation),
        _offers(session, organisation),
        _evidence(session, organisation),
        _submissions(session, organisation),
    )


def _assessments(session: Session, organisation: Organisation) -> Sequence[Assessment]:
    return _all(
        session,
        Assessment,
        organisation,
        joinedload(Assessment.framework_version),
        selectinload(Assessment.answers).selectinload(Answer.changes),
        selectinload(Assessment.points),
    )[::-1]


def _offers(session: Session, organisation: Organisation) -> Sequence[HelpOffer]:
    return _all(session, HelpOffer, organisation)


def _evidence(session: Session, organisation: Organisation) -> Sequence[EvidenceItem]:
    return _all(
        session,
        EvidenceItem,
        organisation,
        selectinload(EvidenceItem.links),
        selectinload(EvidenceItem.versions).joinedload(EvidenceVersion.file),
    )


def _submissions(session: Session, organisation: Organisation) -> Sequence[Submission]:
    return _all(
        session,
        Submission,
        organisation,
        joinedload(Submission.framework_version),
        selectinload(Submission.items),
        selectinload(Submission.events),
    )


def _all(session: Session, model: Any, organisation: Organisation, *options: Any) -> Sequence[Any]:
    wanted = select(model).where(model.organisation_id == organisation.id).options(*options)
    return session.scalars(wanted.order_by(model.id)).all()

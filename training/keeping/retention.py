"""For how long training is kept (web.retention).

Records: some years after the last membership, never while a member.  What employers said of their
own checks: months after leaving.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from accounts.models import Membership, Organisation
from training.models import Practitioner, PractitionerRole, TrainingRecord
from training.records import actions, writing
from web.contributions import RetentionRule
from web.database import holding
from web.months import months_before

BY = "system:retention"
MOST = 200


def _kept() -> Any:
    return current_app.extensions["scheme"].retention


# Records


def _over(at: datetime) -> Any:
    """Nothing of theirs stood, and nothing was entered, since then."""
    before = months_before(at, 12 * _kept().training_years)
    belonged = select(Membership.id).where(
        Membership.person_id == Practitioner.person_id,
        or_(Membership.ended_at.is_(None), Membership.ended_at >= before),
    )
    over = func.coalesce(PractitionerRole.ended_at, Organisation.closed_at)
    did = (
        select(PractitionerRole.id)
        .join(Organisation, Organisation.id == PractitionerRole.organisation_id)
        .where(
            PractitionerRole.practitioner_id == Practitioner.id,
            PractitionerRole.membership_id.is_(None),
            or_(over.is_(None), over >= before),
        )
    )
    learned = select(TrainingRecord.id).where(
        TrainingRecord.practitioner_id == Practitioner.id, TrainingRecord.entered_at >= before
    )
    return select(Practitioner).where(
        Practitioner.began_at < before, ~belonged.exists(), ~did.exists(), ~learned.exists()
    )


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _over(at).with_only_columns(Practitioner.id).order_by(Practitioner.id)
    return session.scalars(wanted.limit(MOST)).all()


def _take_away(session: Session, practitioner_id: int, at: datetime) -> None:
    wanted = _over(at).where(Practitioner.id == practitioner_id)
    found = session.scalar(holding(wanted, Practitioner))
    if found is not None:
        writing.forget(session, found, by=BY, at=at)


# The employer's own checks


def _left(at: datetime) -> Any:
    before = months_before(at, _kept().employer_checks_months)
    return (
        select(PractitionerRole)
        .outerjoin(Membership, Membership.id == PractitionerRole.membership_id)
        .where(PractitionerRole.checks_on.is_not(None))
        .where(or_(PractitionerRole.ended_at < before, Membership.ended_at < before))
    )


def _checks_due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _left(at).with_only_columns(PractitionerRole.id).order_by(PractitionerRole.id)
    return session.scalars(wanted.limit(MOST)).all()


def _take_checks(session: Session, role_id: int, at: datetime) -> None:
    wanted = _left(at).where(PractitionerRole.id == role_id)
    found = session.scalar(holding(wanted, PractitionerRole))
    if found is not None:
        actions.forget_checks(session, found, by=BY, at=at)


retention = (
    RetentionRule(
        name="training",
        what=_l("Training records, and the certificates with them"),
        due=_due,
        take_away=_take_away,
        kept=lambda kept: _(
            "%(n)s years after you last belonged to an organisation. An account that nobody uses "
            "goes before that; with the same email address you can have your training back.",
            n=kept.training_years,
        ),
    ),
    RetentionRule(
        name="employer-checks",
        what=_l("That an employer’s own checks were finished, and when"),
        due=_checks_due,
        take_away=_take_checks,
        kept=lambda kept: _("%(n)s months after leaving", n=kept.employer_checks_months),
    ),
)

"""Finding young people's seats."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session, joinedload

from steering.models import YouthSeat
from steering.youth.names import key_of
from web.contributions import Waiting
from web.database import holding
from web.months import months_before

MOST = 500


def named(session: Session, name: str) -> YouthSeat | None:
    """By the name they sign in with."""
    wanted = select(YouthSeat).where(YouthSeat.name_key == key_of(name))
    return session.scalar(wanted.options(joinedload(YouthSeat.person)))


def with_code(
    session: Session, digest: str, at: datetime, *, lock: bool = False
) -> YouthSeat | None:
    """Whom a code is for, while it is good."""
    wanted = select(YouthSeat).where(
        YouthSeat.code_digest == digest, YouthSeat.code_expires_at > at
    )
    return session.scalar(holding(wanted, YouthSeat) if lock else wanted)


def of_person(session: Session, person: Any) -> YouthSeat | None:
    return session.scalar(select(YouthSeat).where(YouthSeat.person_id == person.id))


def supported_by(session: Session, person: Any) -> Sequence[YouthSeat]:
    """Those that stand, by the day they were made."""
    wanted = select(YouthSeat).where(
        YouthSeat.supporter_id == person.id, YouthSeat.ended_at.is_(None)
    )
    whole = wanted.options(joinedload(YouthSeat.person)).order_by(YouthSeat.id)
    return session.scalars(whole.limit(MOST)).all()


def by_reference(session: Session, reference: str, *, lock: bool = False) -> YouthSeat | None:
    wanted = select(YouthSeat).where(YouthSeat.reference == reference)
    return session.scalar(holding(wanted, YouthSeat) if lock else wanted)


def everyone(session: Session) -> Sequence[YouthSeat]:
    """Who waits first, then the others, the newest first; ended ones last."""
    wanted = (
        select(YouthSeat)
        .where(YouthSeat.erased_at.is_(None))
        .options(joinedload(YouthSeat.person), joinedload(YouthSeat.supporter))
        .order_by(
            YouthSeat.ended_at.is_not(None),
            YouthSeat.joined_at.is_(None),
            YouthSeat.activated_at.is_not(None),
            YouthSeat.id.desc(),
        )
    )
    return session.scalars(wanted.limit(MOST)).all()


def waiting(session: Session, _at: datetime) -> Waiting:
    """Who waits for an officer: to be let in, for help, for a reset."""
    since = func.min(
        func.coalesce(YouthSeat.help_asked_at, YouthSeat.reset_supporter_at, YouthSeat.joined_at)
    )
    wanted = select(func.count(), since).where(
        YouthSeat.ended_at.is_(None),
        or_(
            and_(YouthSeat.joined_at.is_not(None), YouthSeat.activated_at.is_(None)),
            YouthSeat.help_asked_at.is_not(None),
            and_(YouthSeat.reset_supporter_at.is_not(None), YouthSeat.reset_officer_at.is_(None)),
        ),
    )
    count, oldest = session.execute(wanted).one()
    return Waiting(count, oldest)


def over(at: datetime, months: int) -> Any:
    """Ended so long ago that name, passphrase and ties go."""
    return select(YouthSeat).where(
        YouthSeat.ended_at < months_before(at, months), YouthSeat.erased_at.is_(None)
    )

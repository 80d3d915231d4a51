"""What is kept of what platforms sent about a person, and for how long."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session, joinedload

from training.models import LearningActivity, LearningActor, LearningPlatform, LearningStatement
from training.xapi.queries import MOST
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, RetentionRule
from web.database import holding
from web.months import months_before

BY = "system:retention"
THINGS = {
    "learning_platform": _l("a learning platform that may send to us"),
    "learning_activity": _l("a course of a learning platform"),
    "learning_actor": _l("how a learning platform names somebody"),
}


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    rows = [*_named(session, person), *_did(session, person)]
    if rows:
        yield DataSection(
            "learning-platforms",
            _("Learning platforms"),
            _(
                "So that what you finish there comes into your training record, and so that it "
                "is known who decided what. The Charter team sees it."
            ),
            rows,
        )


def _named(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(LearningActor).where(LearningActor.person_id == person.id)
    whole = wanted.options(joinedload(LearningActor.platform))
    for one in session.scalars(whole.order_by(LearningActor.id).limit(MOST)):
        yield _row(one.platform.name, _("It calls you: %(name)s", name=one.value), one.settled_at)


def _did(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    """What an officer arranged."""
    given = select(LearningPlatform).where(LearningPlatform.issued_by_id == person.id)
    for platform in session.scalars(given.order_by(LearningPlatform.id).limit(MOST)):
        yield _row(platform.name, _("You gave it a token"), platform.issued_at)
    mapped = select(LearningActivity).where(LearningActivity.mapped_by_id == person.id)
    whole = mapped.options(joinedload(LearningActivity.platform))
    for course in session.scalars(whole.order_by(LearningActivity.id).limit(MOST)):
        what = _("You said which module “%(course)s” is", course=course.name or course.address)
        yield _row(course.platform.name, what, course.mapped_at)
    settled = select(LearningActor).where(LearningActor.settled_by_id == person.id)
    said = settled.options(joinedload(LearningActor.platform))
    for actor in session.scalars(said.order_by(LearningActor.id).limit(MOST)):
        yield _row(actor.platform.name, _("You said who somebody is"), actor.settled_at)


def _row(platform: str, what: str, at: datetime | None) -> dict[str, Any]:
    return {_("Platform"): platform, _("What"): what, _("When"): at}


def _erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    mine = or_(LearningActor.person_id == person.id, LearningActor.value.in_(person.emails))
    for actor in session.scalars(select(LearningActor).where(mine)).all():
        _forget(session, actor, by, at)


def _forget(session: Session, actor: LearningActor, by: Any, at: datetime) -> None:
    session.execute(delete(LearningStatement).where(LearningStatement.actor_id == actor.id))
    forget_values(session, actor)
    record(session, actor, "forget", by=by, at=at)
    session.delete(actor)
    session.flush()


erasure = Erasure(erase=_erase)


def _old(at: datetime) -> Any:
    """Nobody knows who it is, or they are nobody of ours, and it is long ago."""
    months = current_app.extensions["scheme"].retention.learning_months
    return select(LearningActor).where(
        LearningActor.person_id.is_(None), LearningActor.seen_at < months_before(at, months)
    )


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = _old(at).with_only_columns(LearningActor.id).order_by(LearningActor.id)
    return session.scalars(wanted.limit(MOST)).all()


def _take_away(session: Session, actor_id: int, at: datetime) -> None:
    wanted = _old(at).where(LearningActor.id == actor_id)
    actor = session.scalar(holding(wanted, LearningActor))
    if actor is not None:
        _forget(session, actor, BY, at)


def _since(session: Session, actor_id: int) -> datetime | None:
    return session.scalar(select(LearningActor.seen_at).where(LearningActor.id == actor_id))


retention = RetentionRule(
    name="learning platforms",
    what=_l("What learning platforms sent of people we do not know"),
    due=_due,
    take_away=_take_away,
    since=_since,
    kept=lambda kept: _("%(n)s months", n=kept.learning_months),
)

"""What the weekly digest says to somebody of their own training: what runs out, in time to act.

Who wants no reminders gets none; what they need stays on their own page, whatever they chose.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Person
from training import versions
from training.models import Practitioner, TrainingRecord
from training.records import looking
from training.states import COUNTS
from training.status import Standing, Status
from web import clock
from web.contributions import Reminder
from web.pages import long_date

LAST_DAY = "0"


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """To each practitioner with an account, the latest step that is true of each module."""
    version = versions.newest(session)
    if version is None:
        return
    today = clock.london(at).date()
    days = current_app.extensions["scheme"].clocks.training.reminders_days_before
    people = _people(session)
    found = looking.pictures(session, version.pathways, people, today)
    for id_, picture in found.items():
        for standing in picture.modules.values():
            step = step_of(standing, today, days)
            if step is not None:
                yield _reminder(people[id_], standing, step, today)


def _people(session: Session) -> dict[int, int]:
    """By the practitioner's id the person's, of those who learned something that counts."""
    wanted = (
        select(Practitioner.id, Person.id)
        .select_from(Practitioner)
        .join(Person, Person.id == Practitioner.person_id)
        .where(Person.active)
        .where(
            select(TrainingRecord.id)
            .where(TrainingRecord.practitioner_id == Practitioner.id)
            .where(TrainingRecord.state.in_(COUNTS))
            .exists()
        )
    )
    return dict(session.execute(wanted.order_by(Practitioner.id)).all())


def step_of(standing: Standing, today: date, days: Collection[int]) -> str | None:
    """The latest of these days before its end that has come; nothing for what is dealt with.

    A place that is booked in time and a record that waits for its check need no reminder.  What
    ran out is told of where it is needed, and only as long as that is so.
    """
    if standing.until is None or standing.waiting or not days:
        return None
    if standing.booked_on is not None and standing.booked_on <= max(standing.until, today):
        return None
    if standing.until <= today:
        told = standing.until == today or (standing.required and standing.status is Status.EXPIRED)
        return LAST_DAY if told and 0 in days else None
    if not standing.status.counts:
        return None
    passed = [n for n in days if (standing.until - today).days <= n]
    return str(min(passed)) if passed else None


def _reminder(person_id: int, standing: Standing, step: str, today: date) -> Reminder:
    until: Any = standing.until
    return Reminder(
        person_id=person_id,
        key=f"module:{standing.module.key}:{until.isoformat()}:{step}",
        sentence=sentence(standing, step, today),
        endpoint="my_training.pathway",
        by=clock.begins(until),
    )


def sentence(standing: Standing, step: str, today: date) -> str:
    return " ".join(_parts(standing, step, today))


def _parts(standing: Standing, step: str, today: date) -> Iterator[str]:
    known = {"name": _called(standing), "day": long_date(standing.until or today)}
    if step != LAST_DAY:
        yield _("“%(name)s” runs out on %(day)s.", **known)
        yield _help(standing, early=(standing.until or today).toordinal() - today.toordinal() > 14)
        return
    if standing.until == today:
        yield _("“%(name)s” runs out today.", **known)
    else:
        yield _("“%(name)s” ran out on %(day)s.", **known)
    yield _("If you have done it again, add it. If not, your page shows where to begin.")


def _called(standing: Standing) -> str:
    """What is owed: the update, or the whole of it."""
    update = standing.module.update
    if standing.update_by is not None and update is not None:
        return f"{standing.module.name}: {update.name}"
    return standing.module.name


def _help(standing: Standing, *, early: bool) -> str:
    if not standing.required:
        return _("You do not need it for what you do now. Do it again if you want to keep it.")
    if early:
        return _("There is time: look for a session that suits you.")
    return _("Book a place, or ask your lead how to get one.")

"""What the weekly digest says of pledges: that one is due, or about to run out."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, aliased

from accounts.models import LEAD, Membership, Organisation, Person
from charter.actions import last_chance
from charter.models import Pledge
from charter.states import DUE, LIVE, SENT
from web import clock
from web.contributions import Reminder
from web.pages import long_date
from web.scheme import Scheme

LAST = "last"
"""The step before it runs out; the others are numbers of days before it is due."""


def reminders(session: Session, at: datetime) -> Iterator[Reminder]:
    """To each lead, the latest step that is true today; nothing once a renewal is sent."""
    scheme: Scheme = current_app.extensions["scheme"]
    today = clock.london(at).date()
    for pledge, organisation, person_id in session.execute(_to_remind(today, scheme)):
        step, until = _step(pledge, today, scheme)
        if not step or until is None:
            continue
        yield Reminder(
            person_id=person_id,
            key=f"pledge:{pledge.reference}:{step}",
            sentence=_sentence(step, organisation.name, until),
            endpoint="pledging.pledge",
            values={"slug": organisation.slug},
            by=clock.begins(until),
        )


def _to_remind(today: date, scheme: Scheme):  # type: ignore[no-untyped-def] # a join of three
    soon = today + timedelta(days=max(scheme.clocks.charter.reminders_days_before, default=0))
    renewal = aliased(Pledge)
    sent = select(renewal.id).where(renewal.renews_id == Pledge.id, renewal.state == SENT).exists()
    wanted = (
        select(Pledge, Organisation, Membership.person_id)
        .join(Organisation, Organisation.id == Pledge.organisation_id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(Person, Person.id == Membership.person_id)
    )
    return wanted.where(
        or_(Pledge.state == DUE, and_(Pledge.state == LIVE, Pledge.due_on <= soon)),
        Organisation.state != "closed",
        Membership.role == LEAD,
        Membership.ended_at.is_(None),
        Person.active,
        ~sent,
    ).order_by(Pledge.id, Membership.id)


def _step(pledge: Pledge, today: date, scheme: Scheme) -> tuple[str, date | None]:
    """The latest step whose day has come, and the day it leads up to."""
    clocks, due_on = scheme.clocks.charter, pledge.due_on
    if due_on is None:
        return "", None
    if today >= due_on:
        until = last_chance(pledge, scheme)
        if today > until:  # the worker was off: it lapses at its next run
            return "", None
        if today >= until - timedelta(days=clocks.lapse_reminder_days_before):
            return LAST, until
        return ("0", until) if 0 in clocks.reminders_days_before else ("", None)
    passed = [n for n in clocks.reminders_days_before if (due_on - today).days <= n]
    return (str(min(passed)), due_on) if passed else ("", None)


def _sentence(step: str, name: str, until: date) -> str:
    day = long_date(until)
    if step == LAST:
        return _(
            "The pledge of %(name)s runs out after %(day)s. Renew it to stay on the register.",
            name=name,
            day=day,
        )
    if step == "0":
        return _(
            "The pledge of %(name)s is due again. Send its renewal by %(day)s.", name=name, day=day
        )
    return _(
        "The pledge of %(name)s is due again on %(day)s. You can renew it now.", name=name, day=day
    )

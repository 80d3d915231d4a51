"""What is kept of a person's requests, offers and new names, what erasing takes, how long."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.asking import CLOCK, HANDOVERS, REQUESTS, WAITING
from accounts.happened import in_words
from accounts.models import (
    TO_LEAD,
    LeadHandover,
    MembershipRequest,
    Organisation,
    OrganisationEvent,
    OrganisationRename,
)
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, RetentionRule
from web.database import hold, holding
from web.months import months_before
from web.workflow import perform

BY = "system:retention"
MOST = 300

STATES = {
    "waiting": _l("waits"),
    "accepted": _l("accepted"),
    "declined": _l("declined"),
    "withdrawn": _l("taken back"),
    "run out": _l("nobody answered"),
    "set aside": _l("ended, because the organisation became part of another"),
    "made": _l("stands, to be looked at"),
    "seen": _l("stands"),
}


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "asked",
        _("What you asked organisations"),
        _(
            "To join, to lead, or for a new name. Those who answer read it. We delete it "
            "%(years)s years after the answer.",
            years=_years(),
        ),
        [*_requests(session, person), *_offers(session, person), *_names(session, person)],
    )
    yield DataSection(
        "organisation history",
        _("What happened in your organisations"),
        _(
            "Who joined, left and led. Its people and the Charter team read it. It is kept as the "
            "organisation’s history; without your name once your account is deleted."
        ),
        _history(session, person),
    )


def _requests(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = _theirs(person).options(joinedload(MembershipRequest.organisation))
    for asked in session.scalars(wanted):
        yield {
            _("Organisation"): asked.organisation.name,
            _("You asked"): _("to lead it") if asked.wants == TO_LEAD else _("to join it"),
            _("You wrote"): asked.note,
            _("On"): asked.asked_at,
            _("Answer"): str(STATES[asked.state]),
            _("Answered"): asked.answered_at,
        }


def _offers(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    for offer in session.scalars(_offered(person).options(joinedload(LeadHandover.organisation))):
        mine = offer.from_id == person.id
        yield {
            _("Organisation"): offer.organisation.name,
            _("You asked"): _("a colleague to lead it") if mine else _("you were asked to lead it"),
            _("On"): offer.asked_at,
            _("Answer"): str(STATES[offer.state]),
            _("Answered"): offer.answered_at,
        }


def _names(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(OrganisationRename).where(OrganisationRename.asked_by_id == person.id)
    for rename in session.scalars(wanted.order_by(OrganisationRename.id)):
        yield {
            _("Organisation"): rename.before,
            _("You asked"): _("for the name “%(name)s”", name=rename.after),
            _("On"): rename.asked_at,
            _("Answer"): str(STATES[rename.state]),
            _("Answered"): rename.answered_at,
        }


def _history(session: Session, person: Any) -> list[dict[str, Any]]:
    event = OrganisationEvent
    wanted = (
        select(event, Organisation.name)
        .join(Organisation, Organisation.id == event.organisation_id)
        .where(or_(event.person_id == person.id, event.by_id == person.id))
        .order_by(event.id)
        .options(joinedload(event.person), joinedload(event.by))
    )
    rows = session.execute(wanted)
    return [
        {_("Organisation"): name, _("On"): line.at, _("What"): in_words(line)}
        for line, name in rows
    ]


# Erasing


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """What waits ends, and nobody reads any more what they wrote."""
    for asked in session.scalars(holding(_theirs(person))):
        if asked.state == WAITING:
            perform(REQUESTS, "withdraw", asked, by=person, at=at)
        asked.note = ""
        forget_values(session, asked)
        record(session, asked, "erase", by=by, at=at)
    for offer in session.scalars(holding(_offered(person))):
        if offer.state == WAITING:
            perform(HANDOVERS, "run out", offer, by=CLOCK, at=at)
            record(session, offer, "erase", by=by, at=at)


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not _history(session, person):
        return []
    return [_("The history of your organisations, without your name.")]


def _theirs(person: Any) -> Any:
    wanted = select(MembershipRequest).where(MembershipRequest.person_id == person.id)
    return wanted.order_by(MembershipRequest.id)


def _offered(person: Any) -> Any:
    either = or_(LeadHandover.from_id == person.id, LeadHandover.to_id == person.id)
    return select(LeadHandover).where(either).order_by(LeadHandover.id)


# Keeping no longer


def _years() -> int:
    return int(current_app.extensions["scheme"].retention.withdrawn_or_refused_years)


Answered = tuple[type[MembershipRequest | LeadHandover], int]
"""Which kind of asking, and its id."""


def _before(at: datetime) -> datetime:
    return months_before(at, 12 * _years())


def _answered_long_ago(session: Session, at: datetime) -> Sequence[Answered]:
    found: list[Answered] = []
    for model in (MembershipRequest, LeadHandover):
        wanted = select(model.id).where(model.answered_at < _before(at)).order_by(model.id)
        found += [(model, id_) for id_ in session.scalars(wanted.limit(MOST))]
    return found


def _take_away(session: Session, which: Answered, at: datetime) -> None:
    answered = hold(session, *which)
    if answered is None or answered.answered_at is None or answered.answered_at >= _before(at):
        return
    forget_values(session, answered)
    record(session, answered, "forget", by=BY, at=at)
    session.delete(answered)


erasure = Erasure(erase=erase, keeps=keeps)
retention = RetentionRule(
    "requests to organisations",
    _l("Requests to join or lead an organisation"),
    _answered_long_ago,
    _take_away,
    since=lambda session, which: session.get_one(*which).asked_at,
    kept=lambda kept: _("%(n)s years after the answer", n=kept.withdrawn_or_refused_years),
)

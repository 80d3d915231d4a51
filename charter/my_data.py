"""What charter holds of a person, for "Your data" (web.my_data)."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from charter.models import (
    Pledge,
    PledgeAction,
    PledgeEvent,
    PledgeNote,
    PledgeOutcome,
    Suspension,
)
from charter.states import HAPPENED, HOW_IT_WENT
from web.contributions import DataSection

THINGS = {
    "charter_draft": _l("a draft of the charter"),
    "charter_draft_event": _l("a step of a draft of the charter"),
    "charter_session": _l("a charter session"),
    "charter_session_event": _l("a step of a charter session"),
    "charter_version": _l("a version of the charter"),
    "commitment": _l("a promise of the charter"),
    "draft_commitment": _l("a promise of a draft"),
    "pledge": _l("a pledge"),
    "pledge_action": _l("what a pledge says of a promise"),
    "pledge_event": _l("a step of a pledge"),
    "pledge_note": _l("a note on a pledge"),
    "pledge_outcome": _l("how a promise went"),
    "pledge_project": _l("a project of a pledge"),
    "suspension": _l("a pause of a pledge"),
    "worker_pledge": _l("a worker’s own pledge"),
    "worker_pledge_event": _l("a step of a worker’s own pledge"),
    "youth_approval": _l("young people’s yes to a draft"),
}
"""By table, what the record of somebody's acts calls it."""


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "pledges",
        _("Your part in pledges"),
        _(
            "So that it is known who wrote, sent and decided. Your colleagues and the Charter "
            "team see it. A pledge is the organisation’s record and stays with it; without your "
            "account’s name once that is deleted."
        ),
        [
            *_begun(session, person),
            *_written(session, person),
            *_moved(session, person),
            *_noted(session, person),
            *_looked_back(session, person),
            *_appealed(session, person),
        ],
    )


def _begun(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    """Begun by them, or naming their address as the one to ask."""
    theirs = or_(Pledge.began_by_id == person.id, Pledge.contact_email.in_(person.emails))
    wanted = select(Pledge).where(theirs).order_by(Pledge.id)
    for pledge in session.scalars(wanted.options(joinedload(Pledge.organisation))):
        row = _of(pledge) | {_("When"): pledge.began_at}
        if pledge.began_by_id == person.id:
            row[_("What")] = _("You began it")
        if pledge.contact_email in person.emails:
            row[_("Named as the one to ask")] = f"{pledge.contact_name}, {pledge.contact_email}"
        yield row


def _written(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(PledgeAction).where(PledgeAction.changed_by_id == person.id)
    whole = wanted.options(
        joinedload(PledgeAction.pledge).joinedload(Pledge.organisation),
        joinedload(PledgeAction.commitment),
    )
    for action in session.scalars(whole.order_by(PledgeAction.id)):
        what = _("You wrote on “%(title)s”", title=action.commitment.title)
        yield _of(action.pledge) | {
            _("When"): action.changed_at,
            _("What"): what,
            _("Text"): action.text,
        }


def _moved(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(PledgeEvent).where(PledgeEvent.by_id == person.id)
    whole = wanted.options(joinedload(PledgeEvent.pledge).joinedload(Pledge.organisation))
    for event in session.scalars(whole.order_by(PledgeEvent.id)):
        yield _of(event.pledge) | {
            _("When"): event.at,
            _("What"): HAPPENED.get(event.verb, event.verb),
            _("Text"): event.note or None,
        }


def _noted(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(PledgeNote).where(PledgeNote.written_by_id == person.id)
    whole = wanted.options(joinedload(PledgeNote.pledge).joinedload(Pledge.organisation))
    for note in session.scalars(whole.order_by(PledgeNote.id)):
        yield _of(note.pledge) | {
            _("When"): note.written_at,
            _("What"): _("You asked for something to be mended"),
            _("Text"): note.text,
        }


def _looked_back(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(PledgeOutcome).where(PledgeOutcome.changed_by_id == person.id)
    whole = wanted.options(joinedload(PledgeOutcome.pledge).joinedload(Pledge.organisation))
    for outcome in session.scalars(whole.order_by(PledgeOutcome.id)):
        yield _of(outcome.pledge) | {
            _("When"): outcome.changed_at,
            _("What"): _("You said how a promise went: %(how)s", how=HOW_IT_WENT[outcome.how]),
            _("Text"): outcome.text or None,
        }


def _appealed(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(Suspension).where(Suspension.appealed_by_id == person.id)
    whole = wanted.options(joinedload(Suspension.pledge).joinedload(Pledge.organisation))
    for pause in session.scalars(whole.order_by(Suspension.id)):
        yield _of(pause.pledge) | {
            _("When"): pause.appealed_at,
            _("What"): _("You asked us to look again"),
            _("Text"): pause.appeal or None,
        }


def _of(pledge: Pledge) -> dict[str, Any]:
    return {_("Organisation"): pledge.organisation.name, _("Pledge"): pledge.reference}

"""What is held of the steering group's people: for "Your data", erasure, merging organisations."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from steering import queries
from steering.models import AssessorTerm, SeatTerm, Tie
from steering.words import KINDS, PARTS, TIES
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, MergePart
from web.database import holding


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "steering-terms",
        _("Your part in the steering group"),
        _("So that it is known who may read and vote. It is kept, without your name once your "
          "account is deleted."),
        [_term(term) for term in queries.terms_of(session, person)],
    )  # fmt: skip
    yield DataSection(
        "steering-ties",
        _("What ties you to organisations"),
        _("So that you get no papers about them. You and the Charter team see it. It goes with "
          "your account."),
        [_tie(tie) for tie in _all_ties(session, person)],
        "my_steering.everything" if queries.terms_of(session, person) else "",
    )  # fmt: skip


def _term(term: Any) -> dict[str, Any]:
    as_what = KINDS[term.kind] if isinstance(term, AssessorTerm) else PARTS[term.part]
    last = term.current_until if isinstance(term, AssessorTerm) else term.ends_on
    return {
        _("As"): str(as_what),
        _("For"): (term.seat.body or None) if isinstance(term, SeatTerm) else None,
        _("Until"): last,
        _("Decided"): term.decision,
        _("Ended"): term.ended_at,
        _("Why it ended"): term.ended_why or None,
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        _("Organisation"): tie.organisation.name,
        _("What"): str(TIES[tie.kind]),
        _("Ended"): tie.over_on,
        _("Noted"): tie.noted_at,
        _("Noted by"): _("you") if tie.noted_by_id == tie.person_id else _("the Charter team"),
        _("Taken back"): tie.taken_back_at,
    }


def _all_ties(session: Session, person: Any) -> Sequence[Tie]:
    wanted = select(Tie).where(Tie.person_id == person.id).order_by(Tie.id)
    return session.scalars(wanted).all()


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not queries.terms_of(session, person):
        return []
    return [_("When somebody held a seat or assessed, without your name: decisions stand on it.")]


def forget_ties(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    for tie in _all_ties(session, person):
        forget_values(session, tie)
        session.delete(tie)
        record(session, tie, "remove", by=by, at=at)


# Merging two organisations


def _nothing(*_: Any) -> Sequence[str]:
    return []


def _ties_to(session: Session, organisation: Organisation) -> Sequence[Tie]:
    wanted = select(Tie).where(Tie.organisation_id == organisation.id).order_by(Tie.id)
    return session.scalars(holding(wanted)).all()


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    """Whoever was tied to the one that goes is tied to the one that stays."""
    there = {(t.person_id, t.kind) for t in _ties_to(session, stays) if t.taken_back_at is None}
    moved = [t for t in _ties_to(session, goes) if (t.person_id, t.kind) not in there]
    _move(session, moved, stays, "merge", by, at)
    return {"ties": [tie.id for tie in moved]}


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    moved = [tie for tie in _ties_to(session, stays) if tie.id in memo["ties"]]
    _move(session, moved, goes, "undo merge", by, at)


def _move(
    session: Session, ties: Sequence[Tie], to: Organisation, verb: str, by: Any, at: datetime
) -> None:
    for tie in ties:
        tie.organisation = to
        session.flush()
        record(session, tie, verb, by=by, at=at)


erasure = Erasure(keeps=keeps, erase=forget_ties)
merging = MergePart("ties", _nothing, _nothing, merge, undo)

"""What is kept of agreements about a person, and what merging does to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from accounts.models import Organisation
from training.buddies import actions, queries
from training.models import TrainingBuddy
from web.audit import record
from web.contributions import DataSection, MergePart

THINGS = {
    "training_buddy": _l("an agreement of two organisations that check each other’s training")
}
Row = dict[str, Any]


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "training-buddies",
        _("Buddy organisations"),
        _(
            "So that it is known who agreed that another organisation checks training. It stays, "
            "without your name once your account is gone."
        ),
        [row for one in queries.done_by(session, person) for row in _rows(one, person)],
    )


def _rows(one: TrainingBuddy, person: Any) -> Iterable[Row]:
    did = (
        (_("You asked"), one.asked_at, one.asked_by_id),
        (_("You agreed"), one.agreed_at, one.agreed_by_id),
        (_("You ended it"), one.ended_at, one.ended_by_id),
    )
    between = _("%(one)s and %(other)s", one=one.organisation.name, other=one.buddy.name)
    for what, at, by_id in did:
        if by_id == person.id:
            yield {_("What"): what, _("When"): at, _("Between"): between}


# Merging two organisations


def _nothing(*_asked: Any) -> Sequence[str]:
    return []


def _merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> Row:
    """They go along; with itself, or twice with the same one, nobody is a buddy."""
    memo = []
    for one in queries.held_of(session, goes):
        memo.append({"id": one.id, "state": one.state, "version": one.version})
        other = one.other(goes.id)
        if other is stays or queries.between(session, stays, other) is not None:
            actions.end(session, one, by=by, at=at)
        else:
            _move(session, one, goes, stays, "merge", by, at)
    return {"buddies": memo}


def _undo(
    session: Session, stays: Organisation, goes: Organisation, memo: Row, *, by: Any, at: datetime
) -> None:
    """What was ended since, by a lead, stays so."""
    for was in memo["buddies"]:
        one = session.get(TrainingBuddy, was["id"])
        if one is None:
            continue
        if goes not in one.both:
            _move(session, one, stays, goes, "undo merge", by, at)
        elif one.is_over and one.version == was["version"] + 1:
            one.state, one.ended_at, one.ended_by_id = was["state"], None, None
            session.flush()
            record(session, one, "undo merge", by=by, at=at)


def _move(
    session: Session,
    one: TrainingBuddy,
    was: Organisation,
    becomes: Organisation,
    verb: str,
    by: Any,
    at: datetime,
) -> None:
    if one.organisation is was:
        one.organisation = becomes
    else:
        one.buddy = becomes
    session.flush()
    record(session, one, verb, by=by, at=at)


merging = MergePart("training buddies", _nothing, _nothing, _merge, _undo)

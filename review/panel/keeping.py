"""What somebody did on the panel: as they read it, and what erasing them takes away."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from review import forgetting
from review.models import Ballot, Case, Presence, Vote
from review.panel.asking import ASIDE, can_vote
from review.panel.ties import take_out
from review.panel.wording import vote_words
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure
from web.retention_rows import of_rows

BY = "system:retention"
MOST = 300
STANDINGS = {
    "open": _l("you can vote"),
    "aside": _l("you stood aside"),
    "recused": _l("a tie bars you"),
}


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "panel",
        _("Your votes on the panel"),
        _(
            "So that a decision can be proved. Nobody else sees how you voted before the vote is "
            "closed; after it, votes are shown by group. They are kept with the decision, and "
            "without your name once your account is deleted. What you wrote why only you see; we "
            "delete it a year after the decision."
        ),
        [row for ballot in _ballots(session, person) for row in _rows(ballot)],
    )
    yield DataSection(
        "panel-meetings",
        _("Meetings of the panel you were at"),
        _("For the minutes. The chair and the Charter team see it. Young members are not named."),
        [
            {_("Meeting"): there.meeting.starts_at, _("Where"): there.meeting.place}
            for there in _meetings(session, person)
        ],
    )


def _meetings(session: Session, person: Any) -> Sequence[Presence]:
    wanted = select(Presence).where(Presence.person_id == person.id).order_by(Presence.id)
    return session.scalars(wanted.options(joinedload(Presence.meeting))).all()


def _ballots(session: Session, person: Any) -> Sequence[Ballot]:
    wanted = (
        select(Ballot)
        .where(Ballot.person_id == person.id)
        .options(
            joinedload(Ballot.case).joinedload(Case.organisation),
            joinedload(Ballot.case).joinedload(Case.submission),
            selectinload(Ballot.votes),
        )
    )
    return session.scalars(wanted.order_by(Ballot.id)).all()


def _rows(ballot: Ballot) -> Iterable[dict[str, Any]]:
    about = {_("Organisation"): ballot.case.organisation.name, _("Asked"): ballot.asked_at}
    if not ballot.votes:
        yield about | {_("What"): str(STANDINGS[ballot.standing])}
    for vote in ballot.votes:
        what = f"for:{vote.level}" if vote.level else vote.choice
        yield about | {
            _("When"): vote.cast_at,
            _("What"): vote_words(ballot.case, what),
            _("With conditions"): vote.with_conditions,
            _("Text"): vote.reason or None,
            _("Replaced"): vote.replaced_at,
        }


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """Votes that were counted stay, without the reasons; who did not vote yet stands aside."""
    scheme = current_app.extensions["scheme"]
    for ballot in _ballots(session, person):
        for vote in ballot.votes:
            if vote.reason:
                _forget(session, vote, by, at)
        if can_vote(ballot):
            take_out(session, ballot, ASIDE, by=by, at=at, scheme=scheme)


def _forget(session: Session, vote: Vote, by: Any, at: datetime) -> None:
    forget_values(session, vote)
    vote.reason = ""
    session.flush()
    record(session, vote, "forget", by=by, at=at)


def keeps(session: Session, person: Any) -> Sequence[str]:
    found = []
    if _ballots(session, person):
        found.append(_("How you voted on the panel, without your name and your reasons."))
    if _meetings(session, person):
        found.append(_("That somebody of your group was at a meeting, without your name."))
    return found


erasure = Erasure(erase=erase, keeps=keeps)

# Forgetting


def _over(at: datetime) -> Select[Vote]:
    """Why somebody voted so, in cases that are over."""
    wanted = select(Vote).join(Vote.ballot).join(Ballot.case)
    return wanted.where(Vote.reason != "", *forgetting.over(at))


def _reason_goes(session: Session, vote: Vote, at: datetime) -> None:
    _forget(session, vote, BY, at)


retention = of_rows(
    "words about votes",
    _l("Why somebody on the panel voted as they did"),
    Vote,
    over=_over,
    forget=_reason_goes,
    kept=forgetting.kept,
    most=MOST,
)

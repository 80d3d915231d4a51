"""What somebody did on the panel: as they read it, and what erasing them takes away."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from review.models import Ballot, Case
from review.panel.asking import ASIDE, can_vote
from review.panel.ties import take_out
from review.panel.wording import vote_words
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure

STANDINGS = {"open": "you can vote", "aside": "you stood aside", "recused": "a tie bars you"}


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "panel",
        _("Your votes on the panel"),
        _(
            "So that a decision can be proved. Nobody else sees how you voted before the vote is "
            "closed; after it, votes are shown by group. They are kept with the decision; without "
            "your name and your reasons once your account is deleted."
        ),
        [row for ballot in _ballots(session, person) for row in _rows(ballot)],
    )


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
        yield about | {_("What"): STANDINGS[ballot.standing]}
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
                forget_values(session, vote)
                vote.reason = ""
                session.flush()
                record(session, vote, "erase", by=by, at=at)
        if can_vote(ballot):
            take_out(session, ballot, ASIDE, by=by, at=at, scheme=scheme)


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not _ballots(session, person):
        return []
    return [_("How you voted on the panel, without your name and your reasons.")]


erasure = Erasure(erase=erase, keeps=keeps)

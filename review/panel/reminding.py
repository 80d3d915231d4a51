"""What the weekly digest says of votes that wait."""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Person
from review.models import Ballot, Case, Vote
from review.panel.asking import OPEN, VOTING
from web import clock
from web.contributions import Reminder


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """Each vote that waits is told of twice: while there is time, and once it is late."""
    voted = select(Vote.id).where(Vote.ballot_id == Ballot.id, Vote.replaced_at.is_(None))
    wanted = (
        select(Ballot)
        .join(Ballot.case)
        .join(Ballot.person)
        .where(Ballot.standing == OPEN, Case.state.in_(VOTING), Person.active, ~voted.exists())
        .where((Case.state == "panel") == (Ballot.stage == 1))
        .options(joinedload(Ballot.case).joinedload(Case.organisation))
    )
    today = clock.london(at).date()
    for ballot in session.scalars(wanted.order_by(Ballot.id)):
        due = ballot.case.due_on
        late = due is not None and due < today
        yield Reminder(
            person_id=ballot.person_id,
            key=f"ballot:{ballot.reference}:{'late' if late else 'waits'}",
            sentence=_("%(name)s waits for your vote", name=ballot.case.organisation.name),
            endpoint="panel.pack_page",
            values={"reference": ballot.case.reference},
            by=clock.begins(due) if due is not None else None,
        )

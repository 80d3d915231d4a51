"""Sealing and sending, taking back, removing one part.  Each raises Refused where it may not."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from endorsement.models import Submission, SubmissionEvent, SubmissionItem
from endorsement.sending import queries, seal, telling
from endorsement.sending.following import follow
from endorsement.sending.snapshot import (
    DECLARATION,
    Declared,
    Item,
    Whole,
    items_of,
    items_of_sending,
)
from endorsement.sending.states import DRAFT
from endorsement.sending.workflow import TRANSITIONS
from web import clock
from web.audit import record
from web.references import new_reference, new_salt
from web.workflow import Refused, perform


class SentAlready(Refused):
    """A second click, or another lead, was quicker: ``submission`` is what they sent."""

    def __init__(self, submission: Submission):
        self.submission = submission
        super().__init__([_("Your organisation has sent one already. It waits for an answer.")])


def send(
    session: Session,
    whole: Whole,
    declared: Declared,
    *,
    reached: str | None,
    by: Any,
    at: datetime,
    team: str,
) -> Submission:
    """Seal all of it and send it.  The caller holds the organisation (``assessing.queries.hold``)
    and has asked ``ready``; ``reached`` is the level its own ratings reach."""
    standing = queries.open_submission(session, whole.organisation)
    if standing is not None:
        raise SentAlready(standing)
    declared = replace(declared, reference=new_reference())
    made = _submission(whole, declared, by, at)
    items = items_of_sending(whole, declared, reached, at)
    items += items_of(whole, clock.london(at).date())
    with session.no_autoflush:
        event = perform(TRANSITIONS, "send", made, by=by, at=at)
        made.items = sealed(items)
        made.root = seal.root_of(made.items)
        session.add_all((made, event))
    session.flush()
    for thing in (made, event):
        record(session, thing, "send", by=by, at=at)
    follow(session, "send", made, by=by, at=at)
    telling.tell(session, "send", made, by=by, at=at, team=team)
    return made


def _submission(whole: Whole, declared: Declared, by: Any, at: datetime) -> Submission:
    return Submission(
        reference=declared.reference,
        organisation=whole.organisation,
        assessment=whole.assessment,
        framework_version=whole.assessment.framework_version,
        track=whole.assessment.track,
        level=declared.level,
        state=DRAFT,
        sent_at=at,
        sent_by=by,
        declared_name=declared.name,
        declared_role=declared.role,
    )


def sealed(items: Sequence[Item]) -> list[SubmissionItem]:
    """The rows, numbered from 1, each with a salt of its own."""
    rows = []
    for number, item in enumerate(items, start=1):
        salt = new_salt()
        rows.append(
            SubmissionItem(
                number=number,
                kind=item.kind,
                key=item.key,
                content=item.content,
                salt=salt,
                digest=seal.digest_of(salt, number, item.kind, item.key, item.content),
            )
        )
    return rows


def withdraw(
    session: Session, submission: Submission, *, note: str, by: Any, at: datetime, team: str
) -> None:
    """Taken back by a lead, for as long as nobody has decided.  Raises Refused."""
    with session.no_autoflush:
        event = perform(TRANSITIONS, "withdraw", submission, by=by, at=at, note=note)
        session.add(event)
    session.flush()
    for thing in (submission, event):
        record(session, thing, "withdraw", by=by, at=at)
    follow(session, "withdraw", submission, by=by, at=at)
    telling.tell(session, "withdraw", submission, by=by, at=at, team=team, note=event.note)


def decide(session: Session, submission: Submission, verb: str, *, by: Any, at: datetime) -> None:
    """``decide``: the steering group has; ``reopen``: it takes that back.  Raises Refused."""
    with session.no_autoflush:
        event = perform(TRANSITIONS, verb, submission, by=by, at=at)
        session.add(event)
    session.flush()
    for thing in (submission, event):
        record(session, thing, verb, by=by, at=at)


def remove_item(
    session: Session, submission: Submission, number: int, why: str, *, by: Any, at: datetime
) -> SubmissionItem:
    """Take away the words of one part, for somebody's erasure; its digest stays."""
    item = next((i for i in submission.items if i.number == number), None)
    if item is None:
        raise Refused([_("There is no item %(n)s. It has %(all)s.",
                         n=number, all=len(submission.items))])  # fmt: skip
    if not why.strip():
        raise Refused([_("Say why it is removed.")])
    if item.removed_at is not None:
        raise Refused([_("This item was removed already.")])
    empty(submission, item, why.strip(), at)
    event = SubmissionEvent(
        submission=submission,
        verb="remove",
        before=submission.state,
        after=submission.state,
        at=at,
        by_id=getattr(by, "id", None),
        item=number,
        note=why.strip(),
    )
    session.add(event)
    session.flush()
    for thing in (submission, event):
        record(session, thing, "remove", by=by, at=at)
    return item


def empty(submission: Submission, item: SubmissionItem, why: str, at: datetime) -> None:
    """Without its salt nobody finds the words by trying; what the row itself says goes too."""
    item.content = item.salt = None
    item.removed_at, item.removed_why = at, why
    if item.kind == DECLARATION:
        submission.declared_name = submission.declared_role = ""

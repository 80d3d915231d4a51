"""What is kept of submissions, for how long, and what merging two organisations does to them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation
from endorsement.models import Submission, SubmissionEvent
from endorsement.sending import queries
from endorsement.sending.actions import empty
from endorsement.sending.states import ENDS, HAPPENED, UNDECIDED
from web.audit import record
from web.contributions import DataSection, Erasure, MergePart
from web.months import months_before
from web.retention_rows import of_rows
from web.workflow import Refused

BY = "system:retention"
MOST = 200
OVER = "It had been kept for long enough."

THINGS = {
    "submission": _l("a self-assessment that was sent"),
    "submission_event": _l("a step of a self-assessment that was sent"),
}

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "submissions",
        _("Your part in what was sent to the steering group"),
        _(
            "So that it is known who sent it and who says that it is true. Your colleagues, the "
            "Charter team and who assesses it see it. It is the organisation’s record and is "
            "sealed, so it stays as it is; without your account’s name once that is deleted."
        ),
        [*_sent(session, person), *_moved(session, person)],
    )


def _sent(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(Submission).where(
        or_(Submission.sent_by_id == person.id, Submission.declared_name == person.name)
    )
    mine = wanted.where(_knows(person)).options(joinedload(Submission.organisation))
    for found in session.scalars(mine.order_by(Submission.id)):
        row = _row(found) | {_("When"): found.sent_at}
        if found.sent_by_id == person.id:
            row[_("What")] = _("You sent it")
        if found.declared_name:
            row[_("Named as who declares it")] = f"{found.declared_name}, {found.declared_role}"
        yield row


def _knows(person: Any) -> Any:
    """Another organisation may have named somebody of the same name: that is not theirs to see."""
    theirs = [membership.organisation_id for membership in person.memberships]
    return or_(Submission.sent_by_id == person.id, Submission.organisation_id.in_(theirs))


def _moved(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(SubmissionEvent).where(
        SubmissionEvent.by_id == person.id, SubmissionEvent.verb != "send"
    )
    whole = joinedload(SubmissionEvent.submission).joinedload(Submission.organisation)
    for event in session.scalars(wanted.options(whole).order_by(SubmissionEvent.id)):
        yield _row(event.submission) | {
            _("When"): event.at,
            _("What"): HAPPENED[event.verb],
            _("Text"): event.note or None,
        }


def _row(submission: Submission) -> dict[str, Any]:
    return {_("Organisation"): submission.organisation.name, _("Sent as"): submission.reference}


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not any(section.rows for section in my_data(session, person)):
        return []
    return [
        _(
            "What your organisation sent to the steering group. It is sealed. If something in it "
            "is about you, write to the data protection lead: that part can be taken out."
        )
    ]


erasure = Erasure(keeps=keeps)

# Forgetting


def _over(at: datetime) -> Any:
    """Taken back, and its last move is long ago.  What was decided goes by what came of it
    (review.keeping_sent)."""
    years = current_app.extensions["scheme"].retention.withdrawn_or_refused_years
    later = select(SubmissionEvent.id).where(
        SubmissionEvent.submission_id == Submission.id,
        SubmissionEvent.at >= months_before(at, 12 * years),
    )
    return select(Submission).where(
        Submission.state.in_(ENDS), Submission.words_gone_at.is_(None), ~later.exists()
    )


def take_the_words(session: Session, found: Submission, at: datetime) -> None:
    """Its words and names go; that it was sent, when, and its digests stay."""
    for item in found.items:
        if item.removed_at is None:
            empty(found, item, OVER, at)
    found.words_gone_at = at
    for event in found.events:
        if event.note:
            event.note = ""
            record(session, event, "forget", by=BY, at=at)
    told = SubmissionEvent(
        submission=found, verb="forget", before=found.state, after=found.state, at=at
    )
    session.add(told)
    session.flush()
    for thing in (found, told):
        record(session, thing, "forget", by=BY, at=at)


def _since(session: Session, submission_id: int) -> datetime | None:
    found = session.get(Submission, submission_id, options=[selectinload(Submission.events)])
    return found.events[-1].at if found and found.events else None


retention = of_rows(
    "submissions",
    _l("The words and names of self-assessments that were sent and taken back"),
    Submission,
    over=_over,
    forget=take_the_words,
    kept=lambda kept: _("%(n)s years after that", n=kept.withdrawn_or_refused_years),
    most=MOST,
    since=_since,
)

# Merging two organisations


def obstacles(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    if all(queries.open_submission(session, one) for one in (stays, goes)):
        return [_("Both have sent a self-assessment. One of them takes its own back first.")]
    return []


def preview(session: Session, stays: Organisation, goes: Organisation) -> Sequence[str]:
    count = len(queries.all_of(session, goes))
    if not count:
        return []
    said = ngettext(
        "One self-assessment that %(goes)s sent goes to %(stays)s.",
        "%(num)d self-assessments that %(goes)s sent go to %(stays)s.",
        count,
        goes=goes.name,
        stays=stays.name,
    )
    return [said]


def merge(
    session: Session, stays: Organisation, goes: Organisation, *, by: Any, at: datetime
) -> dict[str, Any]:
    moved = list(queries.all_of(session, goes, lock=True))
    _move(session, moved, stays, "merge", by, at)
    return {"submissions": [submission.id for submission in moved]}


def undo(
    session: Session,
    stays: Organisation,
    goes: Organisation,
    memo: dict[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    """As it was.  Raises Refused when one was sent in between for the one that comes back."""
    moved = [s for s in queries.all_of(session, stays, lock=True) if s.id in memo["submissions"]]
    open_again = any(submission.state in UNDECIDED for submission in moved)
    if open_again and queries.open_submission(session, goes) is not None:
        raise Refused([_("%(name)s has sent a self-assessment since.", name=goes.name)])
    _move(session, moved, goes, "undo merge", by, at)


def _move(
    session: Session,
    submissions: list[Submission],
    to: Organisation,
    verb: str,
    by: Any,
    at: datetime,
) -> None:
    """What was sealed says the name it was sent under; that is how it was."""
    for submission in submissions:
        submission.organisation = to
        session.flush()
        record(session, submission, verb, by=by, at=at)


merging = MergePart("submissions", obstacles, preview, merge, undo)

"""When an essential falls later: noticed each day, told to the leads, and a time to put it right.

Only what was met by the count when it was sealed can fall.  What follows when the time is over is
the award's (review.outcome.falling).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import CLOSED, Organisation
from endorsement.awarded import awards
from endorsement.from_training.bars import fell
from endorsement.models import EssentialFall, Submission, SubmissionItem
from endorsement.sending.snapshot import TRAINING
from endorsement.sending.states import ENDS
from training import versions
from training.team import queries
from training.team.counting import Counts
from web import clock
from web.audit import record
from web.jobs import Job

BY = "system:essentials"
MOST = 5000

Key = tuple[int, str]
"""A submission's id and a standard's key."""


@dataclass(frozen=True)
class Fall:
    """One essential of one organisation that stands below what was sent."""

    submission: Submission
    standard: str
    fell_at: datetime
    grace_until: date
    """The last day to put it right."""
    over: bool
    """That day has passed."""

    @property
    def organisation(self) -> Organisation:
        return self.submission.organisation

    @property
    def name(self) -> str:
        return self.submission.framework_version.framework.by_key[self.standard].name


def fallen(session: Session, at: datetime, organisation: Organisation | None = None) -> list[Fall]:
    """All that stand below today, or those of one; the oldest first.  Reads only, in one
    statement."""
    days = timedelta(days=current_app.extensions["scheme"].clocks.endorsement.grace_days)
    today = clock.london(at).date()
    found = []
    wanted = _open() if organisation is None else _open().where(_is_of(organisation))
    for one in session.scalars(wanted.limit(MOST)):
        until = clock.london(one.fell_at).date() + days
        found.append(Fall(one.submission, one.standard, one.fell_at, until, today > until))
    return found


def _is_of(organisation: Organisation) -> Any:
    theirs = select(Submission.id).where(Submission.organisation_id == organisation.id)
    return EssentialFall.submission_id.in_(theirs)


def _open() -> Any:
    submission = joinedload(EssentialFall.submission)
    return (
        select(EssentialFall)
        .where(EssentialFall.mended_at.is_(None))
        .options(
            submission.joinedload(Submission.organisation),
            submission.joinedload(Submission.framework_version),
        )
        .order_by(EssentialFall.fell_at, EssentialFall.id)
    )


def watch(session: Session, at: datetime) -> str:
    """Once a day: what fell since, and what was put right."""
    before = {(one.submission_id, one.standard): one for one in session.scalars(_open())}
    now = dict(_below(session, clock.london(at).date()))
    for key in now.keys() - before.keys():
        _fall(session, key, at)
    for key in before.keys() - now.keys():
        before[key].mended_at = at
        record(session, before[key], "mend", by=BY, at=at)
    session.flush()
    return f"{len(now.keys() - before.keys())} fell, {len(before.keys() - now.keys())} mended"


def _fall(session: Session, key: Key, at: datetime) -> None:
    made = EssentialFall(submission_id=key[0], standard=key[1], fell_at=at)
    session.add(made)
    session.flush()
    record(session, made, "fall", by=BY, at=at)


def _below(session: Session, today: date) -> Iterator[tuple[Key, Submission]]:
    """What stands below what was sealed of it."""
    standing = _standing(session)
    counts = _counts(session, standing, today)
    for submission, figures in standing:
        here = counts.get(submission.organisation_id)
        for sealed in figures["standards"] if here else ():
            if _essential(submission, sealed["standard"]) and here and fell(sealed, here):
                yield (submission.id, sealed["standard"]), submission


def _essential(submission: Submission, key: str) -> bool:
    standard = submission.framework_version.framework.by_key.get(key)
    return standard is not None and standard.essential


def _standing(session: Session) -> list[tuple[Submission, Mapping[str, Any]]]:
    """Of each organisation that is open the record on which its award stands, or else the newest
    that was not taken back, where its training was counted."""
    has_award = Submission.id.in_(awards().stand_on())
    wanted = (
        select(Submission, SubmissionItem.content)
        .join(Submission.organisation)
        .join(SubmissionItem, SubmissionItem.submission_id == Submission.id)
        .where(SubmissionItem.kind == TRAINING, Submission.state.not_in(ENDS))
        .where(Organisation.state != CLOSED)
        .options(joinedload(Submission.organisation), joinedload(Submission.framework_version))
        .order_by(has_award, Submission.sent_at, Submission.id)
    )
    newest = {s.organisation_id: (s, content) for s, content in session.execute(wanted.limit(MOST))}
    return [(s, told["figures"]) for s, told in newest.values() if told and told["figures"]]


def _counts(
    session: Session, standing: Sequence[tuple[Submission, Mapping[str, Any]]], today: date
) -> dict[int, Counts]:
    version = versions.newest(session)
    if version is None or not standing:
        return {}
    organisations = [submission.organisation for submission, _figures in standing]
    return queries.counts(session, organisations, version.pathways, today, _watched(standing))


def _watched(standing: Iterable[tuple[Submission, Mapping[str, Any]]]) -> set[str]:
    sealed = (one for _submission, figures in standing for one in figures["standards"])
    return {module for one in sealed for module in one["nobody_without"]}


jobs = (Job("essentials that fell", timedelta(hours=24), watch),)

"""Beginning, writing and ending a self-assessment.  Each raises Refused where it may not be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement import rules
from endorsement.assessing import queries
from endorsement.assessing.sittings import note_change
from endorsement.framework import Standard
from endorsement.levels import reached
from endorsement.models import (
    ENDED,
    KEPT,
    Answer,
    Assessment,
    FrameworkVersion,
    QualityPoint,
)
from endorsement.progress import ratings_of, standing_of
from web.audit import record
from web.references import new_reference
from web.workflow import Refused, insist

FIELDS = ("rating", "does_not_apply", "reason", "shown_by", "at_visit", "voices")


@dataclass(frozen=True)
class Said:
    """What an organisation says of one standard."""

    rating: int | None = None
    does_not_apply: bool = False
    reason: str = ""
    shown_by: str = ""
    at_visit: bool = False
    voices: str = ""


def begin(
    session: Session,
    organisation: Organisation,
    version: FrameworkVersion,
    *,
    track: str,
    four_tuesdays: bool = False,
    by: Any,
    at: datetime,
) -> Assessment:
    """The open one: a new one, or the one that somebody began this moment."""
    insist(rules.may_plan(by, organisation))
    queries.hold(session, organisation.id)
    standing = queries.open_assessment(session, organisation)
    if standing is not None:
        return standing
    return _made(session, organisation, version, track, four_tuesdays, None, by, at)


def begin_next_year(
    session: Session, assessment: Assessment, version: FrameworkVersion, *, by: Any, at: datetime
) -> Assessment:
    """End this one as it stands, and go on from its answers, against the given version.

    Standards that the new version does not have stay with the old one.  The plan goes on: its
    actions belong to the organisation.
    """
    insist(rules.may_assess(by, assessment))
    queries.hold(session, assessment.organisation_id)
    keep_point(session, assessment, ENDED, by=by, at=at)
    assessment.ended_at = at
    record(session, assessment, "end", by=by, at=at)
    session.flush()  # one may be open at a time: the database says so
    track = assessment.track
    if track not in {t.key for t in version.framework.tracks}:
        track = version.framework.tracks[0].key
    made = _made(
        session,
        assessment.organisation,
        version,
        track,
        assessment.four_tuesdays,
        assessment,
        by,
        at,
    )
    _carry(session, assessment, made, by, at)
    return made


def choose_track(
    session: Session,
    assessment: Assessment,
    *,
    track: str,
    four_tuesdays: bool,
    by: Any,
    at: datetime,
) -> None:
    """Answers outside the track stay, and count again on the way back."""
    insist(rules.may_assess(by, assessment))
    if (assessment.track, assessment.four_tuesdays) != (track, four_tuesdays):
        assessment.track, assessment.four_tuesdays = track, four_tuesdays
        record(session, assessment, "choose track", by=by, at=at)


def write(
    session: Session,
    assessment: Assessment,
    standard: Standard,
    said: Said,
    *,
    by: Any,
    at: datetime,
) -> Answer:
    """What the organisation says of a standard; what is as it was leaves no trace.

    Two who write in one box meet in the form (web.merging), over an answer that is locked.
    """
    insist(rules.may_assess(by, assessment))
    if said.does_not_apply and not assessment.framework.may_not_apply(standard):
        raise Refused([_("This standard applies to everyone.")])
    answer = _answer(session, assessment, standard, by, at)
    before = {name: getattr(answer, name) for name in FIELDS}
    changed = [name for name in FIELDS if before[name] != getattr(said, name)]
    for name in changed:  # all of them, before the history is read: half of it may not be allowed
        setattr(answer, name, getattr(said, name))
    begins = False
    for name in changed:
        was, now = _plain(before[name]), _plain(getattr(said, name))
        begins |= note_change(session, answer, name, was, now, by=by, at=at)
    if changed:
        answer.changed_at, answer.changed_by_id = at, by.id
        if begins or {"rating", "does_not_apply", "at_visit"} & set(changed):
            record(session, answer, "write", by=by, at=at)
    session.flush()
    return answer


def keep_point(
    session: Session, assessment: Assessment, why: str = KEPT, *, by: Any, at: datetime
) -> QualityPoint:
    """Keep today's ratings, so that the distance can be seen later."""
    level = reached(assessment.framework, assessment.track, standing_of(assessment))
    point = QualityPoint(
        assessment=assessment,
        at=at,
        why=why,
        ratings=ratings_of(assessment),
        level=level.key if level else None,
        by_id=by.id,
    )
    session.add(point)
    session.flush()
    record(session, point, "keep", by=by, at=at)
    return point


def _made(
    session: Session,
    organisation: Organisation,
    version: FrameworkVersion,
    track: str,
    four_tuesdays: bool,
    before: Assessment | None,
    by: Any,
    at: datetime,
) -> Assessment:
    made = Assessment(
        reference=new_reference(),
        organisation=organisation,
        framework_version=version,
        track=track,
        four_tuesdays=four_tuesdays,
        began_at=at,
        began_by_id=by.id,
        carried_from=before,
    )
    session.add(made)
    session.flush()
    record(session, made, "begin", by=by, at=at)
    return made


def _carry(session: Session, earlier: Assessment, made: Assessment, by: Any, at: datetime) -> None:
    """Each answer as it stood; points that the new scale does not have are left to be chosen."""
    framework = made.framework
    for answer in earlier.answers:
        standard = framework.by_key.get(answer.standard)
        if standard is None:
            continue
        keeps = answer.rating is not None and answer.rating <= framework.top
        row = Answer(
            assessment=made,
            standard=answer.standard,
            rating=answer.rating if keeps else None,
            does_not_apply=answer.does_not_apply and framework.may_not_apply(standard),
            reason=answer.reason,
            shown_by=answer.shown_by,
            at_visit=answer.at_visit,
            voices=answer.voices,
            changed_at=answer.changed_at,
            changed_by_id=answer.changed_by_id,
        )
        session.add(row)
        session.flush()
        record(session, row, "carry over", by=by, at=at)


def _answer(
    session: Session, assessment: Assessment, standard: Standard, by: Any, at: datetime
) -> Answer:
    """The row of a standard, made where it is missing."""
    found = next((a for a in assessment.answers if a.standard == standard.key), None)
    if found is not None:
        return found
    made = Answer(
        assessment=assessment,
        standard=standard.key,
        rating=None,
        does_not_apply=False,
        reason="",
        shown_by="",
        at_visit=False,
        voices="",
        changed_at=at,
        changed_by_id=by.id,
    )
    session.add(made)
    session.flush()
    record(session, made, "begin", by=by, at=at)
    return made


def _plain(value: Any) -> str:
    """As the history shows it."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)

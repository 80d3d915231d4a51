"""What two pages for a funder say.  Pure, over what was loaded."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from charter.states import CURRENT
from endorsement import levels, progress
from endorsement.framework import Framework, Level
from endorsement.pictures.profile import Bar, bars, counts

MOST_ACTIONS = 8
"""So many fit on two pages."""
LONGEST = 160


@dataclass(frozen=True)
class Step:
    """One action of the plan, in short."""

    standard: str
    what: str
    by_on: date | None
    overdue: bool


@dataclass(frozen=True)
class Since:
    """The first day whose ratings were kept, to compare with."""

    at: datetime
    level: str | None
    """Its name."""
    points: int
    """In all, on that day, over the standards of today's track."""


@dataclass(frozen=True)
class Summary:
    organisation: Any
    framework: Framework
    track: str
    """Its name."""
    example: bool
    today: date
    level: Level | None
    rated: int
    of: int
    bars: Sequence[Bar]
    spread: Sequence[tuple[str, int]]
    """Each point of the scale by name, and how many standards stand there."""
    points: int
    since: Since | None
    steps: Sequence[Step]
    open: int
    done: int
    pledged_since: date | None


def of(
    assessment: Any,
    kept: Sequence[Any],
    actions: Sequence[Any],
    pledge: Any,
    today: date,
) -> Summary:
    """``kept``: the ratings that were kept, oldest first."""
    framework, track = assessment.framework, assessment.track
    standards, now = framework.on_track(track), progress.ratings_of(assessment)
    first = kept[0] if kept else None
    spread = counts(framework, standards, now)
    open_ones = [action for action in actions if action.open]
    return Summary(
        organisation=assessment.organisation,
        framework=framework,
        track=framework.track(track).name,
        example=assessment.framework_version.example_text,
        today=today,
        level=levels.reached(framework, track, progress.standing_of(assessment)),
        rated=len(now),
        of=len(standards),
        bars=bars(framework, standards, now, first.ratings if first else None),
        spread=[(p.name, n) for p, n in zip(framework.scale, spread, strict=True)],
        points=_points(standards, now),
        since=_since(first, standards) if first else None,
        steps=[_step(framework, action, today) for action in open_ones[:MOST_ACTIONS]],
        open=len(open_ones),
        done=sum(action.done_on is not None for action in actions),
        pledged_since=pledge.signed_since if pledge and pledge.state in CURRENT else None,
    )


def _since(first: Any, standards: Sequence[Any]) -> Since:
    level = first.assessment.framework.level_by_key.get(first.level)
    return Since(first.at, level.name if level else None, _points(standards, first.ratings))


def _points(standards: Sequence[Any], ratings: Any) -> int:
    return sum(ratings.get(standard.key) or 0 for standard in standards)


def _step(framework: Framework, action: Any, today: date) -> Step:
    standard = framework.by_key.get(action.standard)
    late = action.by_on is not None and action.by_on < today
    name = standard.name if standard else action.standard
    return Step(name, shortened(action.what), action.by_on, late)


def shortened(text: str) -> str:
    """On one line, and at a word's end where it is too long."""
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"

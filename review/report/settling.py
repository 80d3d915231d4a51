"""What readings of one standard say together, and what the findings amount to.  Plain Python."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from endorsement.framework import Framework, Level
from endorsement.levels import Standing, open_levels, reaches
from endorsement.progress import NEEDS_ACTION

FAR_APART = 2
"""Points between two readings, from which a lead assessor looks at it."""
REASON, NEXT_STEP, RATING = "reason", "next step", "rating"

Said = tuple[int | None, bool]
"""A rating, or that it does not apply."""


def said(thing: Any) -> Said:
    """``thing``: a reading or a finding."""
    return thing.rating, thing.does_not_apply


def is_rated(thing: Any) -> bool:
    return thing.rating is not None or thing.does_not_apply


def agreed(readings: Iterable[Any]) -> Said | None:
    """What all of them say; None where they differ, or there is none."""
    found = {said(reading) for reading in readings if is_rated(reading)}
    return found.pop() if len(found) == 1 else None


def differ(readings: Iterable[Any]) -> bool:
    return len({said(reading) for reading in readings if is_rated(reading)}) > 1


def points_apart(readings: Iterable[Any]) -> int:
    """Between any two of them.  "Does not apply" stands below the scale's first step, as 0."""
    points = [reading.rating or 0 for reading in readings if is_rated(reading)]
    return max(points) - min(points) if points else 0


def owed(readings: Sequence[Any], finding: Any) -> list[str]:
    """What a finding still needs: a rating; a reason where a reading says otherwise; a next step
    where something is not in place."""
    if not is_rated(finding):
        return [RATING]
    found = []
    others = {said(r) for r in readings if is_rated(r)} - {said(finding)}
    if others and not finding.reason.strip():
        found.append(REASON)
    if finding.rating in NEEDS_ACTION and not finding.next_step.strip():
        found.append(NEXT_STEP)
    return found


def standing_of(findings: Iterable[Any]) -> Standing:
    """By what the panel may go by."""
    found = list(findings)
    return Standing(
        ratings={f.standard: f.final for f in found},
        does_not_apply=frozenset(f.standard for f in found if f.does_not_apply),
    )


def within_reach(
    framework: Framework, track: str, findings: Iterable[Any], sought: str
) -> tuple[Level, ...]:
    """The awards that may be recommended, lowest first: those the findings reach, and none above
    the one that was sought, since nobody has looked for more."""
    standing, found = standing_of(findings), []
    for level in open_levels(framework, track):
        if level.award and reaches(framework, track, level, standing):
            found.append(level)
        if level.key == sought:
            break
    return tuple(found)


def highest(framework: Framework, track: str, findings: Iterable[Any], sought: str) -> str | None:
    levels = within_reach(framework, track, findings, sought)
    return levels[-1].key if levels else None


def following(
    framework: Framework, level: str | None, before: str | None, now: str | None
) -> str | None:
    """The recommendation after findings changed.  Who recommended all that was in reach still
    does; who recommended less keeps to it, as long as it can be reached."""
    if level == before:
        return now
    order = [None, *(known.key for known in framework.levels)]
    return min(level, now, key=order.index)


def may_have_condition(framework: Framework, standard: str, findings: Mapping[str, Any]) -> bool:
    """No condition stands for an essential that is not in place (domain, 4)."""
    known, finding = framework.by_key[standard], findings.get(standard)
    if not known.essential:
        return True
    return finding is not None and finding.final is not None and finding.final not in NEEDS_ACTION

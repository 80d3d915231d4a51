"""Which levels the panel may vote for, as ranks: 0 is the lowest, and NOT_YET below all."""

from dataclasses import replace
from typing import Any

from sqlalchemy.orm import object_session

from endorsement import levels
from endorsement.awarded import awards
from review.panel.counting import NOT_YET
from web import clock


def standing(case: Any) -> levels.Standing:
    """What was found, checked together."""
    findings = case.report.findings if case.report else ()
    return levels.Standing(
        {f.standard: f.final for f in findings},
        frozenset(f.standard for f in findings if f.does_not_apply),
    )


def reached(case: Any) -> Any:
    """The level that the checked ratings reach, or None."""
    return levels.reached(case.framework, case.track, standing(case))


def ladder(case: Any) -> tuple[Any, ...]:
    """Every level that there can be on its track, lowest first."""
    return levels.open_levels(case.framework, case.track)


def rank_of(case: Any, key: str | None) -> int:
    keys = [level.key for level in ladder(case)]
    return keys.index(key) if key in keys else NOT_YET


def most(case: Any) -> int:
    """No more than the ratings reach, and no more than was asked for: only for that was it read,
    called or visited."""
    found = reached(case)
    if found is None:
        return NOT_YET
    rank = min(rank_of(case, found.key), rank_of(case, case.level))
    while rank > NOT_YET and months_to_wait(case, ladder(case)[rank]):
        rank -= 1
    return rank


def months_to_wait(case: Any, level: Any) -> int:
    """For how many months more the award before must be held first.  It is asked on the day of
    the vote; most levels wait for nothing, and then nothing is read."""
    session = object_session(case)
    if level.after is None or session is None:
        return 0
    held = awards().held(session, case.organisation_id, clock.today())
    return levels.months_to_wait(level, replace(standing(case), held=held))


def offered(case: Any) -> tuple[Any, ...]:
    """Those a vote may be for, highest first."""
    return tuple(reversed(ladder(case)[: most(case) + 1]))


def key_at(case: Any, rank: int | None) -> str | None:
    return None if rank is None or rank == NOT_YET else str(ladder(case)[rank].key)


def bar_of(case: Any) -> dict[str, int]:
    """By essential, the point below which no level is reached: no condition may stand for one."""
    lowest = ladder(case)[0]
    found: dict[str, int] = {}
    for rule in case.framework.rules_of(lowest, case.track):
        for standard in levels.meant_by(case.framework, case.track, rule):
            if rule.kind == "every" and standard.essential:
                found[standard.key] = max(rule.at, found.get(standard.key, 0))
    return found


def below_the_bar(case: Any, standard: str) -> bool:
    rating = standing(case).ratings.get(standard)
    bar = bar_of(case).get(standard)
    return bar is not None and (rating is None or rating < bar)

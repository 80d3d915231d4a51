"""What the pages of a self-assessment show, and where their buttons lead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from endorsement import levels, progress, shortest
from endorsement.assessing import queries
from endorsement.assessing.loading import OneStandard
from endorsement.evidence.queries import items_for
from endorsement.framework import Framework, Level, Standard
from endorsement.gaps import Gap, gaps
from endorsement.models import Assessment, ImprovementAction
from endorsement.plan import queries as plan_queries
from endorsement.progress import Line


@dataclass(frozen=True)
class Ahead:
    """A level that is not reached yet: what stands before it, and the shortest way there."""

    level: Level
    gaps: Sequence[Gap]
    way: shortest.Way | None
    """None where no ratings could reach it."""


def overview(
    assessment: Assessment, planned: Sequence[ImprovementAction], today: date
) -> dict[str, Any]:
    framework = assessment.framework
    lines = progress.lines_of(assessment, planned)
    rated = sum(line.rating is not None or line.does_not_apply for line in lines)
    open_ones = [action for action in planned if action.open]
    return {
        "framework": framework,
        "track": framework.track(assessment.track),
        "areas": progress.by_area(framework, lines),
        "evenings": evenings(framework, lines) if assessment.four_tuesdays else [],
        "done": progress.done(lines),
        "rated": rated,
        "all": len(lines),
        "next_line": progress.next_line(lines, _order(assessment)),
        "level": levels.reached(framework, assessment.track, progress.standing_of(assessment)),
        "ahead": next_level(assessment) if rated else None,
        "open_actions": len(open_ones),
        "overdue": sum(a.by_on is not None and a.by_on < today for a in open_ones),
    }


def next_level(assessment: Assessment) -> Ahead | None:
    """The lowest level that its ratings do not reach yet."""
    framework, track = assessment.framework, assessment.track
    standing = progress.standing_of(assessment)
    for level in levels.levels_ahead(framework, track, standing):
        way = shortest.way_to(framework, track, level, standing)
        return Ahead(level, gaps(framework, track, level, standing), way)
    return None


def standard(at: OneStandard, session: Session) -> dict[str, Any]:
    """Beside the form: its neighbours, its plan, who offers help."""
    key = at.standard.key
    found = list(at.framework.on_track(at.assessment.track))
    place = found.index(at.standard) if at.standard in found else None
    return {
        "framework": at.framework,
        "assessment": at.assessment,
        "area": at.framework.area_by_key[at.standard.area],
        "place": place + 1 if place is not None else None,
        "of": len(found),
        "planned": plan_queries.actions_for(session, at.organisation, key),
        "offers": plan_queries.offers_for(session, at.organisation, [key]).get(key, []),
        "evidence": items_for(session, at.organisation.id, key),
        "changes": queries.changes(session, at.assessment, key)[:5],
    }


def onward(at: OneStandard, then: str) -> str:
    """Where to from a standard that is saved, by the button that was pressed."""
    slug = at.organisation.slug
    if then == "list":
        return url_for("assessing.overview", slug=slug)
    if then == "evidence":
        return url_for("assessing.standard", slug=slug, key=at.standard.key, _anchor="evidence")
    keys = _order(at.assessment)
    place = keys.index(at.standard.key) if at.standard.key in keys else len(keys)
    step = place - 1 if then == "back" else place + 1
    if not 0 <= step < len(keys):
        return url_for("assessing.overview", slug=slug)
    return url_for("assessing.standard", slug=slug, key=keys[step])


def evenings(framework: Framework, lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """The framework's first steps: a title each, with its standards."""
    by_key = {line.standard.key: line for line in lines}
    return [
        (title, [by_key[key] for key in keys if key in by_key])
        for title, *keys in framework.first_steps
    ]


def _order(assessment: Assessment) -> list[str]:
    """The standards of its track: the first steps' first where it chose them."""
    found = [s.key for s in assessment.framework.on_track(assessment.track)]
    if not assessment.four_tuesdays:
        return found
    first = [key for _title, *keys in assessment.framework.first_steps for key in keys]
    first = [key for key in dict.fromkeys(first) if key in found]
    return first + [key for key in found if key not in first]


@dataclass(frozen=True)
class Changes:
    """What differs between two versions of the framework, for whoever moves from one to it."""

    new: tuple[Standard, ...]
    reworded: tuple[tuple[Standard, Standard], ...]
    """As it was, as it is."""
    gone: tuple[Standard, ...]

    def __bool__(self) -> bool:
        return bool(self.new or self.reworded or self.gone)


READ = ("name", "statement", "descriptors", "essential")
"""What an organisation goes by when it assesses itself."""


def between(earlier: Framework, later: Framework) -> Changes:
    """Standards are the same by their key."""
    was, now = earlier.by_key, later.by_key
    both = [key for key in now if key in was]
    return Changes(
        new=tuple(s for key, s in now.items() if key not in was),
        reworded=tuple((was[k], now[k]) for k in both if _read(was[k]) != _read(now[k])),
        gone=tuple(s for key, s in was.items() if key not in now),
    )


def _read(standard: Standard) -> tuple[Any, ...]:
    return tuple(getattr(standard, name) for name in READ)

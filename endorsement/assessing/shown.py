"""What the pages of a self-assessment show, and where their buttons lead."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from endorsement import levels, progress, shortest
from endorsement.assessing import queries
from endorsement.assessing.acts import by_sitting
from endorsement.assessing.loading import OneStandard
from endorsement.evidence.queries import items_for
from endorsement.framework import PAGES, Framework, Level, Standard
from endorsement.from_training.bars import Judged, judged
from endorsement.from_training.falling import Fall, fallen
from endorsement.from_training.queries import counts_of
from endorsement.gaps import Gap, gaps
from endorsement.models import Assessment, ImprovementAction
from endorsement.plan import queries as plan_queries
from endorsement.progress import Line
from training import versions as pathways
from training.pathways import Module
from web import clock


@dataclass(frozen=True)
class Evening:
    """One of the framework's first steps."""

    title: str
    lines: Sequence[Line]
    pages: Collection[str]
    """Of ``PAGES``, those it leads to."""


@dataclass(frozen=True)
class Ahead:
    """A level that is not reached yet: what stands before it, and the shortest way there."""

    level: Level
    gaps: Sequence[Gap]
    way: shortest.Way | None
    """None where no ratings could reach it."""


@dataclass(frozen=True)
class Helps:
    """A module of today's pathways that closes a gap."""

    version: str
    module: Module


def overview(
    assessment: Assessment, planned: Sequence[ImprovementAction], today: date, session: Session
) -> dict[str, Any]:
    framework = assessment.framework
    lines = progress.lines_of(assessment, planned)
    rated = sum(line.rating is not None or line.does_not_apply for line in lines)
    open_ones = [action for action in planned if action.open]
    ahead = next_level(assessment) if rated == len(lines) else None
    steps = ahead.way.steps if ahead and ahead.way else ()
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
        "unsure": [line for line in lines if line.does_not_apply],
        "ahead": ahead,
        "helps": helps(session, [step.standard for step in steps]),
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
    found = _order(at.assessment)
    place = found.index(key) if key in found else None
    return {
        "framework": at.framework,
        "assessment": at.assessment,
        "area": at.framework.area_by_key[at.standard.area],
        "place": place + 1 if place is not None else None,
        "of": len(found),
        "planned": plan_queries.actions_for(session, at.organisation, key),
        "offers": plan_queries.offers_for(session, at.organisation, [key]).get(key, []),
        "evidence": items_for(session, at.organisation.id, key),
        "sittings": by_sitting(queries.changes(session, at.assessment, key))[:5],
        "trained": _trained(at, session),
        "fall": _fall(at, session) if at.standard.training else None,
        "helps": helps(session, [at.standard]),
    }


def _fall(at: OneStandard, session: Session) -> Fall | None:
    """Where it stands below what they sent."""
    found = fallen(session, clock.now(), at.organisation)
    return next((fall for fall in found if fall.standard == at.standard.key), None)


def helps(session: Session, standards: Sequence[Standard]) -> dict[str, list[Helps]]:
    """By standard, the modules that close a gap in it: those that the pathways have today."""
    version = pathways.newest(session) if any(s.modules for s in standards) else None
    if version is None:
        return {}
    known = version.pathways.by_key
    return {
        s.key: [Helps(version.code, known[key]) for key in s.modules if key in known]
        for s in standards
    }


def _trained(at: OneStandard, session: Session) -> Judged | None:
    """What the count of the team's training says, where it speaks for this standard."""
    if at.standard.training is None:
        return None
    counts = counts_of(session, at.organisation, at.framework, clock.today())
    return judged(at.framework, counts, at.standard.key)


def onward(at: OneStandard, then: str) -> str:
    """Where to from a standard that is saved, by the button that was pressed."""
    slug = at.organisation.slug
    if then == "list":
        return url_for("assessing.overview", slug=slug)
    if then == "evidence":
        here = url_for("assessing.standard", slug=slug, key=at.standard.key)
        return url_for("evidence.add", slug=slug, standard=at.standard.key, back=here)
    keys = _order(at.assessment)
    place = keys.index(at.standard.key) if at.standard.key in keys else len(keys)
    step = place - 1 if then == "back" else place + 1
    if not 0 <= step < len(keys):
        return url_for("assessing.overview", slug=slug)
    return url_for("assessing.standard", slug=slug, key=keys[step])


def evenings(framework: Framework, lines: Sequence[Line]) -> list[Evening]:
    """The framework's first steps, and what is left after them."""
    by_key = {line.standard.key: line for line in lines}
    found = [
        Evening(title, [by_key[key] for key in keys if key in by_key], set(keys) & set(PAGES))
        for title, *keys in framework.first_steps
    ]
    seen = {line.standard.key for evening in found for line in evening.lines}
    rest = [line for line in lines if line.standard.key not in seen]
    return [*found, Evening(_("After that"), rest, set())] if rest else found


def _order(assessment: Assessment) -> list[str]:
    """The standards of its track: the first steps' first where it chose them."""
    found = [s.key for s in assessment.framework.on_track(assessment.track)]
    if not assessment.four_tuesdays:
        return found
    first = [key for _title, *keys in assessment.framework.first_steps for key in keys]
    first = [key for key in dict.fromkeys(first) if key in found]
    return first + [key for key in found if key not in first]

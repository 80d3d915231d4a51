"""How far a self-assessment is, standard by standard, and what it says of the levels.

Plain Python over a loaded assessment and the organisation's actions: no queries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from endorsement.framework import Area, Framework, Standard
from endorsement.levels import Standing

NOT_STARTED, IN_PROGRESS, DONE = "not started", "in progress", "done"
NEEDS_ACTION = (0, 1)
"""At these points the improvement action is the reason (domain: "The organisation's side")."""


@dataclass(frozen=True)
class Line:
    """One standard, as the overview lists it."""

    standard: Standard
    status: str
    answer: Any = None
    missing: tuple[str, ...] = ()
    """Still owed: "rating", "reason", "action"; "again": its step is done, so look at it again."""

    @property
    def rating(self) -> int | None:
        return self.answer.rating if self.answer is not None else None

    @property
    def does_not_apply(self) -> bool:
        return self.answer is not None and self.answer.does_not_apply


def lines_of(assessment: Any, actions: Iterable[Any] = ()) -> list[Line]:
    """Every standard of its track, in the framework's order."""
    answers = {answer.standard: answer for answer in assessment.answers}
    found = list(actions)
    planned = {action.standard for action in found if action.open}
    finished = {action.standard for action in found if action.done_on is not None}
    return [
        _line(s, answers.get(s.key), s.key in planned, s.key in finished)
        for s in assessment.framework.on_track(assessment.track)
    ]


def by_area(framework: Framework, lines: Iterable[Line]) -> list[tuple[Area, list[Line]]]:
    found = list(lines)
    areas = framework.areas_of(line.standard for line in found)
    return [(area, [x for x in found if x.standard.area == area.key]) for area in areas]


def done(lines: Iterable[Line]) -> int:
    return sum(line.status == DONE for line in lines)


def missing_from(answer: Any, planned: bool) -> tuple[str, ...]:
    """What a standard still owes: a point of the scale, then a reason or an action."""
    if answer is None or (answer.rating is None and not answer.does_not_apply):
        return ("rating",)
    if answer.does_not_apply or answer.rating not in NEEDS_ACTION:
        return () if answer.reason else ("reason",)
    return () if planned else ("action",)


def ratings_of(assessment: Any) -> dict[str, int | None]:
    """By standard of its track; None where it is said not to apply.  Blanks are left out."""
    on_track = {s.key for s in assessment.framework.on_track(assessment.track)}
    return {
        a.standard: a.rating
        for a in assessment.answers
        if a.standard in on_track and (a.rating is not None or a.does_not_apply)
    }


def standing_of(assessment: Any, held: Mapping[str, int] | None = None) -> Standing:
    """As the rules of the levels read it.

    "Does not apply" counts as 0 until an assessor agrees, so no organisation can lift itself.
    """
    ratings = {key: value or 0 for key, value in ratings_of(assessment).items()}
    return Standing(ratings=ratings, held=dict(held or {}))


def next_line(lines: Iterable[Line], order: Iterable[str] = ()) -> Line | None:
    """Where to go on: what is begun first, then what is not, in the given order or the file's."""
    found = list(lines)
    wanted = {key: place for place, key in enumerate(order)}
    found.sort(key=lambda line: wanted.get(line.standard.key, len(wanted)))
    begun = [line for line in found if line.status == IN_PROGRESS]
    return next(iter(begun or [x for x in found if x.status == NOT_STARTED]), None)


def _line(standard: Standard, answer: Any, planned: bool, finished: bool) -> Line:
    missing = missing_from(answer, planned)
    if missing == ("action",) and finished:
        missing = ("again",)
    if not missing:
        return Line(standard, DONE, answer)
    begun = answer is not None and _has_something(answer)
    return Line(standard, IN_PROGRESS if begun else NOT_STARTED, answer, missing)


def _has_something(answer: Any) -> bool:
    return bool(
        answer.rating is not None
        or answer.does_not_apply
        or answer.reason
        or answer.shown_by
        or answer.voices
        or answer.at_visit
    )

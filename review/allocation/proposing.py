"""A proposal for all waiting cases at once, and why it is as it is.  Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from review.allocation.matching import fill
from review.allocation.parts import Candidate, Plan, Together, Wanted
from review.allocation.variety import vary


@dataclass(frozen=True)
class Partner:
    """Another adult who reads the case."""

    key: int
    is_new: bool
    met: int
    """How often the two read a case together before."""


@dataclass(frozen=True)
class Choice:
    """One person for one case, and what spoke for them."""

    case: int
    person: Candidate
    could: int
    """How many of their kind had no tie and room for one more."""
    current: int
    """How many of their kind there are."""
    partners: tuple[Partner, ...]


@dataclass(frozen=True)
class Shortage:
    """Why a case cannot be filled, for one kind of assessor."""

    case: int
    kind: str
    needs: int
    current: int
    tied: int
    """Or had a part in it before."""
    full: int
    """Of the others, those who hold as many cases as they can."""

    @property
    def others_wait_longer(self) -> bool:
        """There are enough for this case alone."""
        return self.current - self.tied - self.full >= self.needs


@dataclass(frozen=True)
class Proposal:
    choices: tuple[Choice, ...]
    shortages: tuple[Shortage, ...]


def propose(
    cases: Sequence[Wanted], people: Sequence[Candidate], together: Together | None = None
) -> Proposal:
    """``cases``: those that wait longest first."""
    together = together or {}
    plan = fill(cases, people)
    vary(plan, cases, people, together)
    known = {one.key: one for one in people}
    wanted = {case.key: case for case in cases}
    choices = tuple(
        _choice(wanted[case], known[key], plan, known, together)
        for case, team in plan.given.items()
        for key in team
    )
    return Proposal(choices, tuple(s for c in plan.unfilled for s in shortages(wanted[c], people)))


def _choice(
    case: Wanted, one: Candidate, plan: Plan, known: Mapping[int, Candidate], together: Together
) -> Choice:
    team = (*plan.given[case.key], *case.staying) if one.kind == "adult" else ()
    partners = tuple(
        Partner(
            key,
            known[key].is_new if key in known else False,
            together.get(frozenset((one.key, key)), 0),
        )
        for key in team
        if key != one.key and (key not in known or known[key].kind == "adult")
    )
    alike = [other for other in known.values() if other.kind == one.kind]
    could = sum(other.key not in case.barred and other.room > 0 for other in alike)
    return Choice(case.key, one, could, len(alike), partners)


def shortages(case: Wanted, people: Sequence[Candidate]) -> list[Shortage]:
    """For the kinds of which there are too few; for all it needs, where others come first."""
    found = [_shortage(case, kind, people) for kind, needs in case.needs.items() if needs]
    return [one for one in found if not one.others_wait_longer] or found


def _shortage(case: Wanted, kind: str, people: Sequence[Candidate]) -> Shortage:
    alike = [one for one in people if one.kind == kind]
    free = [one for one in alike if one.key not in case.barred]
    return Shortage(
        case.key,
        kind,
        case.needs[kind],
        current=len(alike),
        tied=len(alike) - len(free),
        full=sum(one.room == 0 for one in free),
    )

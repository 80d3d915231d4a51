"""Counting sealed votes.  Plain Python: it knows no database, no person and no name of a level.

First the highest level with a majority of the votes cast; a vote for a level is one for every
lower level too.  Then the conditions, by all whose vote is for a level.  Who abstains has cast no
vote and makes no quorum.  The chair's casting vote is one vote more, and so it decides where there
is a tie and nowhere else.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

NOT_YET = -1
"""Below every level."""
ENDORSED, CONDITIONS, NONE = "endorsed", "conditions", "not yet"


@dataclass(frozen=True)
class Cast:
    """One vote: for the level of that rank, or not yet, or neither."""

    group: str
    level: int = NOT_YET
    with_conditions: bool = False
    abstains: bool = False


@dataclass(frozen=True)
class Counted:
    """What the votes say.  A tie is there while the casting vote is missing."""

    level: int | None
    """None: not decided; NOT_YET, or a level's rank."""
    with_conditions: bool | None
    tied_level: int | None = None
    """The level at which as many are for it as against it."""
    tied_conditions: bool = False
    casting: bool = False
    """The casting vote decided."""

    @property
    def tied(self) -> bool:
        return self.tied_level is not None or self.tied_conditions

    @property
    def outcome(self) -> str:
        if self.level == NOT_YET:
            return NONE
        return CONDITIONS if self.with_conditions else ENDORSED


def capped(votes: Iterable[Cast], most: int) -> list[Cast]:
    """Nobody gets a level above the one that the checked ratings reach."""
    return [
        Cast(v.group, min(v.level, most), v.with_conditions and most > NOT_YET, v.abstains)
        for v in votes
    ]


def missing(votes: Iterable[Cast], quorum: Mapping[str, int]) -> dict[str, int]:
    """By group, how many votes are missing; at least one of each is never waived."""
    cast = [vote.group for vote in votes if not vote.abstains]
    short = {group: max(1, count) - cast.count(group) for group, count in quorum.items()}
    return {group: count for group, count in short.items() if count > 0}


def count(votes: Sequence[Cast], most: int, casting: Cast | None = None) -> Counted:
    """``most``: the rank of the highest level there can be.  Whether each group has voted is
    asked before (``missing``)."""
    valid = [vote for vote in capped(votes, most) if not vote.abstains]
    level, tied = _level(valid, most)
    if tied is None and level == NOT_YET:
        return Counted(NOT_YET, None)
    if tied is not None:
        if casting is None:
            return Counted(None, None, tied_level=tied)
        return _with_casting(valid, most, casting)
    return _conditions(valid, level, casting)


def _level(valid: Sequence[Cast], most: int) -> tuple[int, int | None]:
    """The highest rank with a majority, and the one above it that has exactly half."""
    found, tied = NOT_YET, None
    for rank in range(most + 1):
        support = sum(vote.level >= rank for vote in valid)
        if 2 * support > len(valid):
            found = rank
        elif 2 * support == len(valid) and valid:
            tied = rank
    return found, tied


def _with_casting(valid: Sequence[Cast], most: int, casting: Cast) -> Counted:
    (vote,) = capped((casting,), most)
    level, _none = _level([*valid, vote], most)
    if level == NOT_YET:
        return Counted(NOT_YET, None, casting=True)
    decided = _conditions(valid, level, casting)
    return Counted(level, decided.with_conditions, None, decided.tied_conditions, casting=True)


def _conditions(valid: Sequence[Cast], level: int, casting: Cast | None) -> Counted:
    """Everybody whose vote is for a level has a say; "not yet" says nothing of conditions."""
    asked = [vote.with_conditions for vote in valid if vote.level > NOT_YET]
    wanting = sum(asked)
    if 2 * wanting != len(asked):
        return Counted(level, 2 * wanting > len(asked))
    if casting is None or casting.level == NOT_YET:
        return Counted(level, None, tied_conditions=True)
    return Counted(level, casting.with_conditions, casting=True)


def not_worse(result: Counted, floor: Counted | None) -> Counted:
    """An appeal never ends worse than what it is about."""
    if floor is None or _rank(result) >= _rank(floor):
        return result
    return Counted(floor.level, floor.with_conditions, casting=result.casting)


def _rank(result: Counted) -> tuple[int, bool]:
    level = NOT_YET if result.level is None else result.level
    return level, not result.with_conditions


def differs(votes: Sequence[Cast], result: Counted, most: int) -> bool:
    """Whether most of these votes were for something else than what came of it."""
    valid = [vote for vote in capped(votes, most) if not vote.abstains]
    wanted = (result.level, bool(result.with_conditions))
    others = sum((vote.level, vote.with_conditions) != wanted for vote in valid)
    return 2 * others > len(valid)

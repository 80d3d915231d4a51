"""What a passport shows of somebody's training.  Plain Python.

Only what is in date: whoever reads it needs no list of what somebody lacks.  Never where they work,
and nothing of an employer's checks.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from training.rules import ALL
from training.status import Picture, StageStanding, Standing

STAGES = "stages"
EVERYTHING = (ALL, STAGES)


@dataclass(frozen=True)
class Passport:
    stages: Sequence[StageStanding]
    modules: Sequence[Standing]

    @property
    def is_empty(self) -> bool:
        return not self.stages and not self.modules


def passport(seen: Picture, shows: Collection[str]) -> Passport:
    stages = [at for at in seen.stages if at.complete and at.modules] if STAGES in shows else []
    return Passport(stages, [s for s in in_date(seen) if ALL in shows or s.module.key in shows])


def in_date(seen: Picture) -> list[Standing]:
    """With all that has to come before it in date too."""
    return [standing for standing in seen.modules.values() if standing.counts]

"""Which badges somebody should have, from how they stand.  Plain Python."""

from dataclasses import dataclass
from datetime import date

from training.pathways import Pathways, Stage
from training.status import Picture, StageStanding


@dataclass(frozen=True)
class Due:
    """A stage that is complete today."""

    stage: Stage
    until: date | None
    """The last day of all that it needs; None: it never runs out."""


def badges_due(pathways: Pathways, seen: Picture) -> dict[str, Due]:
    """By the stage's key.  All of a stage, whatever their roles need of it."""
    return {
        at.stage.key: Due(at.stage, _until(pathways, seen, at))
        for at in seen.stages
        if at.complete and at.modules
    }


def _until(pathways: Pathways, seen: Picture, at: StageStanding) -> date | None:
    own = {standing.module.key for standing in at.modules}
    needed = own.union(*(pathways.all_before[key] for key in own))
    ends = [end for key in needed if (end := seen.modules[key].until) is not None]
    return min(ends, default=None)

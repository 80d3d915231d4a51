"""What a count of people's training says of a standard.  Plain Python; counts, never a name.

Which standard, which point, how many in a hundred and which modules nobody may lack stands in the
framework.  The portal does not know who is ever alone with young people: of whoever lacks what
nobody may lack it says how many there are, and the organisation answers for the rest.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from endorsement.framework import Framework, Standard, TrainingBar
from training.team.counting import Counts, Lacking


@dataclass(frozen=True)
class Judged:
    """One standard beside the count."""

    standard: Standard
    bar: TrainingBar
    counts: Counts

    @property
    def needed(self) -> int:
        """How many must be in date: the smallest number that is the share asked for."""
        return needed(self.counts.people, self.bar.in_date_percent)

    @property
    def lacking(self) -> list[Lacking]:
        """Of what nobody may lack, what somebody lacks."""
        wanted = self.bar.nobody_without
        return [one for one in self.counts.lacking if one.module in wanted and one.people]

    @property
    def enough(self) -> bool:
        return self.counts.people > 0 and self.counts.in_date >= self.needed

    @property
    def met(self) -> bool:
        return self.enough and not self.lacking


def needed(people: int, percent: int) -> int:
    return -(-people * percent // 100)


def watched(framework: Framework) -> frozenset[str]:
    """The modules of which any standard says that nobody may lack them."""
    bars = [s.training for s in framework.standards if s.training]
    return frozenset(key for bar in bars for key in bar.nobody_without)


def judged(framework: Framework, counts: Counts | None, key: str) -> Judged | None:
    """None where the count says nothing of this standard, or nothing is counted yet."""
    standard = framework.by_key.get(key)
    if standard is None or standard.training is None or counts is None:
        return None
    return Judged(standard, standard.training, counts)


def figures(framework: Framework, counts: Counts | None) -> dict[str, Any] | None:
    """What is sealed of it, as JSON: the counts, and each standard they speak for."""
    found = [judged(framework, counts, standard.key) for standard in framework.standards]
    spoken = [_sealed(one) for one in found if one is not None]
    if counts is None or not spoken:
        return None
    told = asdict(counts) | {"on": counts.on.isoformat()}
    return told | {name: list(told[name]) for name in ("lacking", "roles")} | {"standards": spoken}


def _sealed(one: Judged) -> dict[str, Any]:
    return {
        "standard": one.standard.key,
        "point": one.bar.point,
        "in_date_percent": one.bar.in_date_percent,
        "nobody_without": list(one.bar.nobody_without),
        "needed": one.needed,
        "met": one.met,
    }


def fell(sealed: Mapping[str, Any], counts: Counts) -> bool:
    """Whether what was met when it was sealed is met no more.  ``sealed``: one of its standards."""
    if not sealed["met"]:
        return False
    enough = counts.people > 0 and counts.in_date >= needed(
        counts.people, sealed["in_date_percent"]
    )
    return not enough or any(counts.lack(module) for module in sealed["nobody_without"])

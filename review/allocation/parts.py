"""What an allocation is made of: plain values, so that the rules need no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be given a case."""

    key: int
    kind: str
    held: int = 0
    """Open cases in which they have a part."""
    most: int = 2
    read: int = 0
    """Cases they have read to the end before."""
    practised: bool = False
    """They have sent a practice case."""
    by_training: bool = False
    """They are current on the training route, and not only by a day."""

    @property
    def room(self) -> int:
        return max(0, self.most - self.held)

    @property
    def is_new(self) -> bool:
        return self.read == 0


@dataclass(frozen=True)
class Wanted:
    """A case that looks for people."""

    key: int
    needs: Mapping[str, int]
    """How many it still looks for, by kind."""
    barred: frozenset[int] = frozenset()
    """Who is tied, and who had a part in it already."""
    staying: tuple[int, ...] = ()
    """The adults who have their part."""

    def takes(self, one: Candidate) -> bool:
        return bool(self.needs.get(one.kind)) and one.key not in self.barred


Together = Mapping[frozenset[int], int]
"""How often two read a case together before."""


@dataclass
class Plan:
    """Who is given to which case; a case is filled whole, or not at all."""

    given: dict[int, list[int]] = field(default_factory=dict)
    unfilled: list[int] = field(default_factory=list)

"""The engine of transitions.  Each package has its own table; nothing else assigns a state.

A move says: verb, from which states, to which, by whom, what must hold, whether a note is owed,
whom to tell.  Plain Python: no Flask, no SQLAlchemy.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, Protocol

Verdict = Literal[True] | str
Condition = Callable[[Any], Verdict]
By = Callable[[Any, Any], Verdict]


class Stateful(Protocol):
    state: str

    def happened(self, *, verb: str, before: str, by: Any, at: datetime, note: str) -> Any:
        """Append the event of one move and return it."""


class Refused(Exception):
    """A move that may not be made now.  ``reasons`` are sentences for the person who tried."""

    def __init__(self, reasons: list[str]):
        self.reasons = reasons
        super().__init__(" ".join(reasons))


def insist(verdict: Verdict) -> None:
    """Raise Refused with the rule's sentence, unless it said yes."""
    if verdict is not True:
        raise Refused([verdict])


@dataclass(frozen=True)
class Move:
    name: str
    sources: tuple[str, ...]
    to: str
    by: By
    needs: tuple[Condition, ...] = ()
    note_required: bool = False
    tell: tuple[str, ...] = ()
    """Names of mails; the package that owns the table knows to whom they go."""


Table = Mapping[str, Move]


def move(
    name: str,
    *sources: str,
    to: str,
    by: By,
    needs: tuple[Condition, ...] = (),
    note_required: bool = False,
    tell: tuple[str, ...] = (),
) -> Move:
    return Move(name, sources, to, by, needs, note_required, tell)


def table(*moves: Move) -> Table:
    names = [m.name for m in moves]
    if len(set(names)) != len(names):
        raise ValueError("two moves have one name")
    return {m.name: m for m in moves}


def obstacles(moves: Table, name: str, thing: Stateful, person: Any) -> list[str]:
    """Why the move cannot be made now, in sentences; what is not listed is refused."""
    step = moves[name]
    if thing.state not in step.sources:
        return [f"This cannot be done while it is “{thing.state}”."]
    verdict = step.by(person, thing)
    if verdict is not True:
        return [verdict]
    return [answer for answer in (need(thing) for need in step.needs) if answer is not True]


def perform(
    moves: Table, name: str, thing: Stateful, *, by: Any, at: datetime, note: str = ""
) -> Any:
    """Make the move and append its event, or raise Refused.  Nothing else assigns a state."""
    found = obstacles(moves, name, thing, by)
    step = moves[name]
    if not found and step.note_required and not note.strip():
        found = ["Write a note that says why."]
    if found:
        raise Refused(found)
    before, thing.state = thing.state, step.to
    return thing.happened(verb=name, before=before, by=by, at=at, note=note.strip())


def open_to(moves: Table, thing: Stateful, person: Any) -> list[tuple[Move, list[str]]]:
    """The moves this person sees from here, each with what is missing: the buttons to show."""
    return [
        (step, obstacles(moves, step.name, thing, person))
        for step in moves.values()
        if thing.state in step.sources and step.by(person, thing) is True
    ]


def as_mermaid(moves: Table, start: str, words: Mapping[str, str]) -> str:
    """The diagram in the docs.  ``words`` names each state for people."""
    lines = ["stateDiagram-v2", f"    [*] --> {_id(start)}"]
    lines += [f'    state "{words[s]}" as {_id(s)}' for s in states(moves.values())]
    for step in moves.values():
        lines += [f"    {_id(source)} --> {_id(step.to)}: {step.name}" for source in step.sources]
    return "\n".join(lines) + "\n"


def as_page(title: str, said: str, diagram: str, rows: Iterable[Sequence[object]]) -> str:
    """A page of the docs: the diagram, and a table of what each state means; the first row names
    its columns."""
    head, *others = (f"| {' | '.join(map(str, row))} |" for row in rows)
    rule = "|" + "---|" * (head.count("|") - 1)
    drawn = ["```mermaid", diagram.rstrip(), "```"]
    return "\n".join([f"# {title}", "", said, "", *drawn, "", head, rule, *others, ""])


def states(moves: Iterable[Move]) -> list[str]:
    """Every state a table names, in the order it names them."""
    seen: dict[str, None] = {}
    for step in moves:
        for state in (*step.sources, step.to):
            seen.setdefault(state)
    return list(seen)


def _id(state: str) -> str:
    return state.replace(" ", "_").replace("-", "_")

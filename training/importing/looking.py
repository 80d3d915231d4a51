"""The dry run: every row is looked at, some at a time, and nothing is written but what was found.

The rows of a small sheet are looked at while its sender waits; of a large one the worker goes on.
When it is confirmed each row is looked at once more (``adding``): much can happen in between.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session

from training.importing import judging, people, queries
from training.importing.judging import Judged, Known
from training.importing.queries import FULL_NAME
from training.importing.states import ADD, CANNOT, THERE
from training.models import TrainingImport
from training.pathways import Pathways
from training.records.queries import MOST as MOST_RECORDS
from web import clock

CHUNK = 500
AT_ONCE = 4
"""Chunks that are looked at while somebody waits."""
MOST_NEWCOMERS = 1000


def look(session: Session, it: TrainingImport, pathways: Pathways, at: datetime) -> bool:
    """The next chunk; whether there was one.  The caller holds the import."""
    if not it.is_matched or it.is_looked_at:
        return False
    rows = queries.after(session, it, it.judged_to, CHUNK)
    found = [one for _row, one in judged(session, it, rows, pathways)]
    seen = _Seen.of(session, it, found, at)
    queries.keep(session, it, [_told(one, seen.fate(one)) for one in found])
    it.judged_to = rows[-1].number if rows else it.last
    session.flush()
    return True


def judged(
    session: Session, it: TrainingImport, rows: Sequence[Any], pathways: Pathways
) -> list[tuple[Any, Judged]]:
    """By their own cells, and whom the organisation knows now."""
    known: Known = people.known_to(session, it.organisation, pathways)
    asked = judging.asked_by(
        pathways,
        it.places,
        how=it.how,
        newcomers=bool(it.newcomers_role),
        today=clock.today(),
    )
    return [(row, judging.judge(row.number, row.cells, asked, known)) for row in rows]


def _told(one: Judged, fate: str) -> dict[str, Any]:
    newcomer = one.newcomer if fate == ADD else None
    return {
        "number": one.number,
        "fate": fate,
        "notes": one.notes,
        "mark": shortened(one.mark) if fate == ADD else "",
        "newcomer": shortened_person(newcomer.key) if newcomer else "",
    }


def shortened(text: str) -> str:
    """No name, no address: a mark of 16 letters, by which it is known again."""
    return blake2b(text.encode(), digest_size=8).hexdigest()


def shortened_person(key: str) -> str:
    return f"{key[:1]}:{shortened(key)}"


def full_name(one: Judged) -> FULL_NAME | None:
    """What the record would be, of somebody who has a row of their own already."""
    said, whom = one.entered, one.whom
    if said is None or whom is None or whom.practitioner_id is None:
        return None
    return (whom.practitioner_id, said.module, said.completed_on, said.is_update)


def is_hidden(one: Judged) -> bool:
    """Whether it is there already, the organisation is not to learn."""
    return bool(one.whom and one.entered and one.whom.is_hidden(one.entered.module))


@dataclass
class _Seen:
    """What there is already, in the database and on rows above."""

    marks: set[str]
    newcomers: set[str]
    records: set[FULL_NAME]
    held: Counter[int]
    """How many records each has."""
    may_write_to: int
    """How many people with an address may be entered today."""

    @classmethod
    def of(
        cls, session: Session, it: TrainingImport, found: Sequence[Judged], at: datetime
    ) -> "_Seen":
        marks = [shortened(one.mark) for one in found if one.mark]
        names = {name for one in found if (name := full_name(one)) and not is_hidden(one)}
        return cls(
            queries.marked_before(session, it, it.judged_to, marks),
            queries.newcomers_before(session, it, it.judged_to),
            queries.standing(session, names),
            Counter(queries.how_many_each(session, {name[0] for name in names})),
            letters_left(session, it.begun_by, at),
        )

    def fate(self, one: Judged) -> str:
        """As the rows come, from the top."""
        if not one.can_be_added:
            return CANNOT
        mark, name = shortened(one.mark), full_name(one)
        if mark in self.marks:
            one.notes.append(("", "twice"))
            return THERE
        if name in self.records:
            return THERE
        if (why := self._is_full(one, name)) or (why := self._too_many(one)):
            one.refuse("", why)
            return CANNOT
        self.marks.add(mark)
        return ADD

    def _is_full(self, one: Judged, name: FULL_NAME | None) -> str:
        if name is None or is_hidden(one):
            return ""
        self.held[name[0]] += 1
        return "full" if self.held[name[0]] > MOST_RECORDS else ""

    def _too_many(self, one: Judged) -> str:
        if one.newcomer is None:
            return ""
        key = shortened_person(one.newcomer.key)
        if key in self.newcomers:
            return ""
        if len(self.newcomers) >= MOST_NEWCOMERS:
            return "too many newcomers"
        if key.startswith("e") and self._written_to() >= self.may_write_to:
            return "too many new addresses"
        self.newcomers.add(key)
        return ""

    def _written_to(self) -> int:
        return sum(key.startswith("e") for key in self.newcomers)


def letters_left(session: Session, by: Any, at: datetime) -> int:
    most: int = current_app.extensions["settings"].invitations_a_day
    return most - queries.told_lately(session, by, at)

"""What was confirmed is written, a chunk a commit: a worker that is killed has done what it did.

Records are entered for others by who confirmed it, and wait to be checked, as any that a lead
enters: nobody's own training is checked by themselves.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.queries.organisations import hold as hold_organisation
from accounts.rules import may_lead_organisation
from training.importing import queries
from training.importing.judging import Judged, Newcomer, Whom
from training.importing.looking import (
    CHUNK,
    MOST_NEWCOMERS,
    full_name,
    is_hidden,
    judged,
    letters_left,
)
from training.importing.moving import make
from training.importing.queries import FULL_NAME
from training.importing.states import ADD, ADDED, CANNOT, THERE, UNDER_WAY
from training.models import (
    Practitioner,
    TrainingImport,
    TrainingRecord,
    TrainingRecordEvent,
)
from training.pathways import Pathways
from training.records import actions
from training.records.queries import MOST as MOST_RECORDS
from training.states import AWAITING
from training.team import volunteers
from web.audit.chain import add_many
from web.references import new_reference

VERB = "import"
NO_LIMIT = 10**9
"""Here it is asked for each new person, and only those count who are written to."""


def add(session: Session, number: int, pathways: Pathways, at: datetime) -> bool:
    """The next chunk of one import; whether there was one.  The caller commits."""
    it = held(session, number)
    if it.state != UNDER_WAY:
        return False
    rows = queries.after(session, it, it.done_to, CHUNK)
    if rows:
        _Chunk(session, it, pathways, at).write(rows)
        it.done_to = rows[-1].number
        session.flush()
    if it.done_to >= it.last or not rows:
        make(session, "finish", it, at=at, done_to=it.last, finished_at=at)
    return True


def held(session: Session, number: int) -> TrainingImport:
    """In the order of the pages: the organisation, then the import."""
    it = session.get_one(TrainingImport, number)
    hold_organisation(session, it.organisation)
    return queries.hold(session, number)


@dataclass
class _Chunk:
    session: Session
    it: TrainingImport
    pathways: Pathways
    at: datetime
    made: dict[str, str] = field(default_factory=dict)
    """By the key of somebody who was entered for it, the reference of the practitioner."""

    @property
    def by(self) -> Any:
        return self.it.confirmed_by

    def write(self, rows: Sequence[Any]) -> None:
        wanted = [row for row in rows if row.fate == ADD]
        found = [one for _row, one in judged(self.session, self.it, wanted, self.pathways)]
        added = [one for one in found if one.can_be_added]
        if may_lead_organisation(self.by, self.it.organisation) is not True:
            for one in added:
                one.refuse("", "no lead")
            added = []
        self._begin_people(added)
        references = self._records(self._new(added))
        queries.keep(self.session, self.it, [self._told(one, references) for one in found])

    def _told(self, one: Judged, references: dict[int, str]) -> dict[str, Any]:
        reference = references.get(one.number, "")
        fate = ADDED if reference or is_hidden(one) else THERE
        return {
            "number": one.number,
            "fate": fate if one.can_be_added else CANNOT,
            "notes": one.notes,
            "record": reference,
            "person": self.made.pop(one.owner, ""),
        }

    # Whoever has no row of their own yet

    def _begin_people(self, added: list[Judged]) -> None:
        """Colleagues begin their training with it; new people are entered as volunteers."""
        begun: dict[str, Whom] = {}
        for one in sorted(added, key=_person):
            key = one.owner
            if key in begun:
                one.whom = begun[key]
            elif one.newcomer is not None and (why := self._too_many(one.newcomer)):
                one.refuse("", why)
            elif one.whom is None or one.whom.practitioner_id is None:
                made, seen = self._begun(one), one.whom.seen if one.whom else None
                one.whom = begun[key] = Whom(made.id, made.person_id, seen)
                self.made[one.owner] = made.reference

    def _begun(self, one: Judged) -> Practitioner:
        if one.whom is not None:
            person = self.session.get_one(Person, one.whom.person_id)
            return actions.own(self.session, person, at=self.at, by=self.by)
        assert one.newcomer is not None  # noqa: S101 - whoever is known by nothing cannot be added
        return volunteers.enter(
            self.session, self.it.organisation, one.newcomer.name, one.newcomer.email,
            [self.it.newcomers_role], pathways=self.pathways, by=self.by, at=self.at,
            most_a_day=NO_LIMIT,
        )  # fmt: skip

    def _too_many(self, newcomer: Newcomer) -> str:
        if queries.how_many_made(self.session, self.it) + len(self.made) >= MOST_NEWCOMERS:
            return "too many newcomers"
        if newcomer.email and letters_left(self.session, self.by, self.at) <= 0:
            return "too many new addresses"
        return ""

    # What they learned

    def _new(self, added: Iterable[Judged]) -> list[Judged]:
        """Those that no record stands for yet.  Their owners are held until the commit."""
        named: dict[FULL_NAME, Judged] = {}
        for one in added:
            if one.can_be_added and (name := full_name(one)):
                named.setdefault(name, one)
        owners = {name[0] for name in named}
        queries.hold_practitioners(self.session, owners)
        there = queries.standing(self.session, named)
        full = Counter(queries.how_many_each(self.session, owners))
        return [one for name, one in named.items() if name not in there and _fits(one, name, full)]

    def _records(self, new: Sequence[Judged]) -> dict[int, str]:
        """By the number of its row, the reference of the record that was written."""
        rows = [self._record(one) for one in new]
        who = {"by": self.by, "at": self.at}
        ids = add_many(self.session, TrainingRecord, rows, VERB, **who)
        events = [self._event(id_) for id_ in ids]
        add_many(self.session, TrainingRecordEvent, events, VERB, **who)
        return {one.number: row["reference"] for one, row in zip(new, rows, strict=True)}

    def _record(self, one: Judged) -> dict[str, Any]:
        said, name = one.entered, full_name(one)
        assert said is not None and name is not None  # noqa: S101, PT018 - ``_new`` asked
        return {
            "reference": new_reference(),
            "practitioner_id": name[0],
            "module": said.module,
            "is_update": said.is_update,
            "draw": None,
            "completed_on": said.completed_on,
            "how": said.how,
            "provider": said.provider,
            "words": "",
            "file_id": None,
            "file_name": "",
            "state": AWAITING,
            "entered_at": self.at,
            "entered_by_id": self.by.id,
            "checked_at": None,
            "checked_by_id": None,
            "checked_for_id": None,
            "reason": "",
            "version": 1,
        }

    def _event(self, record_id: int) -> dict[str, Any]:
        return {
            "record_id": record_id,
            "verb": VERB,
            "before": "",
            "after": AWAITING,
            "at": self.at,
            "by_id": self.by.id,
            "note": "",
        }


def _person(one: Judged) -> int:
    """People are held in one order, so that two who need several never wait for each other."""
    return one.whom.person_id or 0 if one.whom else 0


def _fits(one: Judged, name: FULL_NAME, full: Counter[int]) -> bool:
    full[name[0]] += 1
    if full[name[0]] > MOST_RECORDS:
        one.refuse("", "full")
    return one.can_be_added

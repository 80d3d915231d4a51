"""Many cases quickly, each sealed, read twice, reported and put to the panel's vote: rows put
straight into the tables, as tools/bench/register.py does.  For the bench only.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from accounts.actions import people
from accounts.models import OFFICER, Person
from accounts.sign_in.passwords import hashed
from endorsement.models import Assessment, FrameworkVersion, Submission, SubmissionItem
from review import states
from review.models import Allocation, Ballot, Case, CaseEvent, Finding, Reading, Report, Visit
from steering import actions as seats
from steering.models import AssessorTerm
from tools.bench.inside import PASSWORD
from web import clock
from web.database import Database

AT_ONCE = 500
ASSESSORS, FIRST = 60, 1_000_000
"""Besides those who sign in, and the id of the first of them."""
DECIDED = "Founding meeting"
READER, LEAD, MEMBER, YOUTH, CHAIR, TEAM = (
    f"{name}@example.org" for name in ("reader", "lead", "member", "youth", "chair", "officer")
)
PEOPLE = (READER, LEAD, MEMBER, YOUTH, CHAIR, TEAM)
SEATS = {CHAIR: "agency", MEMBER: "voluntary", YOUTH: "youth"}
STATES = (states.DESK, states.PANEL, states.MODERATION, states.ENDORSED, states.ENDORSED)
"""By turns; the first of them is being read."""
LEVEL = "foundation"
REASON = "They showed us the book, and three young people told us how they use it."
VOICES = "Nine of ten say that they know whom to go to."


def fill(app: Flask, cases: int, state: str = "") -> None:
    """``state``: all of them wait there, and nobody has read them; else by turns all states."""
    database: Database = app.extensions["database"]
    with app.app_context(), database.session(writes=True) as session:
        group = _group(session)
        Bulk(session, group, state).add(range(1, cases + 1))
        session.commit()
    database.engine.dispose()


def _group(session: Session) -> dict[str, int]:
    """By address, the ids of those who sign in; the other assessors only have rows."""
    by, at, known = "system:bench", clock.now(), {}
    for email in PEOPLE:
        name = email.partition("@")[0].title()
        known[email] = person = people.register(
            session, name=f"{name} Bench", email=email, password=hashed(PASSWORD), at=at
        )
        people.confirm(session, person, at=at)
    people.appoint(session, known[TEAM], OFFICER, by=by, at=at)
    session.commit()
    term: dict[str, Any] = {
        "began_on": clock.today() - timedelta(days=90),
        "ends_on": _until(),
        "by": by,
    }
    term |= {"decision": DECIDED, "at": at}
    for email, constituency in SEATS.items():
        seat = seats.make_seat(session, constituency, "", by=by, at=at)
        seats.appoint(session, seat, known[email], "member", **term)
    seats.make_chair(session, known[CHAIR], "chair", **term)
    for email in (READER, LEAD):
        seats.appoint_assessor(
            session, known[email], "adult", until=_until(), decision=DECIDED,
            leads=email == LEAD, most_open=20, by=by, at=at,
        )  # fmt: skip
    other_assessors(session)
    session.commit()
    return {email: person.id for email, person in known.items()}


def _until() -> date:
    return clock.today() + timedelta(days=600)


def other_assessors(session: Session) -> None:
    at, connection = clock.now(), session.connection()
    others = range(FIRST, FIRST + ASSESSORS)
    row = {"created_at": at, "confirmed_at": at, "active": True, "version": 1}
    connection.execute(
        insert(Person),
        [
            row | {"id": n, "name": f"Assessor {n}", "email": f"a{n}@example.org"}
            | {"fs_uniquifier": f"a{n}"}
            for n in others
        ],
    )  # fmt: skip
    term = {"kind": "adult", "leads": False, "most_open": 20, "appointed_at": at, "version": 1}
    term |= {"decision": DECIDED, "current_until": _until()}
    connection.execute(insert(AssessorTerm), [term | {"person_id": n} for n in others])


class Bulk:
    """Case, submission, assessment and organisation have the same number."""

    def __init__(self, session: Session, group: dict[str, int], state: str = "", by: int = 1):
        self.session, self.group, self.state, self.by = session, group, state, by
        self.at, self.today = clock.now(), clock.today()
        self.version = session.scalars(select(FrameworkVersion)).one()
        self.standards = self.version.framework.on_track("full")

    def add(self, cases: Sequence[int], *, whole: bool = True) -> None:
        """Cases of these numbers; without ``whole`` as far as lists of them go."""
        kinds: tuple[tuple[Any, Callable[[int], Iterator[dict[str, Any]]]], ...] = (
            (Assessment, self._assessment),
            (Submission, self._submission),
            (Case, self._case),
            (CaseEvent, self._event),
            (Allocation, self._allocations),
            (Report, self._report),
            (Ballot, self._ballots),
        )
        inside = (
            (SubmissionItem, self._items),
            (Reading, self._readings),
            (Visit, self._visit),
            (Finding, self._findings),
        )
        for start in range(0, len(cases), AT_ONCE):
            for model, rows in (*kinds, *(inside if whole else ())):
                numbers = cases[start : start + AT_ONCE]
                self._insert(model, (row for n in numbers for row in rows(n)))
        self.session.commit()

    def _insert(self, model: Any, rows: Iterable[dict[str, Any]]) -> None:
        listed = list(rows)
        if listed:
            self.session.connection().execute(insert(model.__table__), listed)

    def state_of(self, n: int) -> str:
        return self.state or STATES[n % len(STATES)]

    def _is_read(self, n: int) -> bool:
        return self.state_of(n) != states.WAITING

    def _is_reported(self, n: int) -> bool:
        return self.state_of(n) not in (states.WAITING, states.DESK)

    def _assessment(self, n: int) -> Iterator[dict[str, Any]]:
        yield {
            "id": n, "reference": f"Q{n:07}", "organisation_id": n, "track": "full",
            "framework_version_id": self.version.id, "four_tuesdays": False,
            "began_at": self.at, "began_by_id": self.by, "version": 1,
        }  # fmt: skip

    def _submission(self, n: int) -> Iterator[dict[str, Any]]:
        yield {
            "id": n, "reference": f"S{n:07}", "organisation_id": n, "assessment_id": n,
            "framework_version_id": self.version.id, "track": "full", "level": LEVEL,
            "state": "sent", "sent_at": self.at, "sent_by_id": self.by,
            "declared_name": "Joan Price", "declared_role": "Chair", "root": "0" * 64,
            "version": 1,
        }  # fmt: skip

    def _items(self, n: int) -> Iterator[dict[str, Any]]:
        for number, standard in enumerate(self.standards, 1):
            content = {
                "standard": standard.key, "name": standard.name, "area": standard.area,
                "rating": 2, "point": None, "does_not_apply": False, "reason": REASON,
                "shown_by": "", "at_visit": False, "voices": VOICES,
            }  # fmt: skip
            yield {
                "submission_id": n, "number": number, "kind": "answer", "key": standard.key,
                "content": content, "salt": "0" * 32, "digest": "0" * 64,
            }  # fmt: skip

    def _case(self, n: int) -> Iterator[dict[str, Any]]:
        yield {
            "id": n, "reference": f"S{n:07}", "submission_id": n, "organisation_id": n,
            "state": self.state_of(n), "since": self.at - timedelta(days=n % 40),
            "due_on": self.today + timedelta(days=n % 30 - 5), "version": 1,
        }  # fmt: skip

    def _event(self, n: int) -> Iterator[dict[str, Any]]:
        yield {
            "case_id": n, "verb": "open", "before": "", "after": states.WAITING, "at": self.at,
        }  # fmt: skip

    def _assessors_of(self, n: int) -> tuple[int, int]:
        """The one who signs in reads every thirtieth, of what is being read and of the rest."""
        first = self.group[READER] if n % (ASSESSORS // 2) == 0 else FIRST + n % ASSESSORS
        return first, FIRST + (n + 1 + n // ASSESSORS % (ASSESSORS - 1)) % ASSESSORS

    def _allocations(self, n: int) -> Iterator[dict[str, Any]]:
        if not self._is_read(n):
            return
        is_sent = self._is_reported(n)
        for place, person in enumerate(self._assessors_of(n)):
            yield {
                "id": 2 * n + place, "case_id": n, "person_id": person, "part": "adult",
                "state": "sent" if is_sent else "accepted", "asked_at": self.at,
                "answered_at": self.at, "due_on": self.today + timedelta(days=n % 30 - 5),
                "sent_at": self.at if is_sent else None, "seal": "0" * 64 if is_sent else None,
                "version": 1,
            }  # fmt: skip

    def _readings(self, n: int) -> Iterator[dict[str, Any]]:
        if not self._is_read(n):
            return
        for place in (0, 1):
            for number, standard in enumerate(self.standards):
                yield {
                    "allocation_id": 2 * n + place, "standard": standard.key,
                    "rating": 1 + (n + place * number) % 3, "reason": REASON,
                    "changed_at": self.at, "version": 1,
                }  # fmt: skip

    def _visit(self, n: int) -> Iterator[dict[str, Any]]:
        if self._is_reported(n):
            yield {
                "case_id": n, "kind": "visit", "on": self.today, "recorded_by_id": self.by,
                "recorded_at": self.at, "done_at": self.at, "version": 1,
            }  # fmt: skip

    def _report(self, n: int) -> Iterator[dict[str, Any]]:
        if self._is_reported(n):
            yield {
                "id": n, "case_id": n, "summary": REASON, "plain": VOICES, "level": LEVEL,
                "sent_at": self.at, "sent_by_id": self.by, "seal": "0" * 64, "version": 1,
            }  # fmt: skip

    def _findings(self, n: int) -> Iterator[dict[str, Any]]:
        if not self._is_reported(n):
            return
        for number, standard in enumerate(self.standards):
            looked_at = self.state_of(n) == states.MODERATION and number < 3
            yield {
                "report_id": n, "standard": standard.key, "rating": 2, "reason": REASON,
                "looked_at_why": "sample" if looked_at else None, "version": 1,
            }  # fmt: skip

    def _ballots(self, n: int) -> Iterator[dict[str, Any]]:
        if self.state_of(n) == states.PANEL:
            for email, constituency in SEATS.items():
                yield {
                    "case_id": n, "stage": 1, "person_id": self.group[email],
                    "constituency": constituency, "capacity": "member", "standing": "open",
                    "asked_at": self.at, "asked_about_ties_at": self.at, "version": 1,
                }  # fmt: skip

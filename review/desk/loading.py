"""From an address to what an assessor reads there, or None where it is not theirs to know of."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import current_app
from sqlalchemy.orm import Session, object_session

from endorsement.assessing.loading import writing
from endorsement.framework import Framework, Standard
from endorsement.models import EvidenceVersion
from endorsement.sending.evidence import versions_of
from review import rules
from review.desk import queries
from review.models import Allocation, Case, Question, Reading
from steering import queries as steering
from web import clock
from web.database import db


def _session_of(case: Case) -> Session:
    return object_session(case) or db()


@dataclass(frozen=True)
class Reader:
    """Somebody's own part in a case; nothing of anybody else's is here."""

    case: Case
    mine: Allocation

    @property
    def is_young(self) -> bool:
        return self.mine.part == "young"

    @property
    def framework(self) -> Framework:
        framework: Framework = self.case.framework
        return framework

    @cached_property
    def standards(self) -> tuple[Standard, ...]:
        """Those that they read, in the framework's order."""
        found = self.case.standards
        return tuple(s for s in found if not self.is_young or self.framework.young_read(s))

    @cached_property
    def readings(self) -> dict[str, Reading]:
        return queries.readings_of(_session_of(self.case), self.mine)

    @cached_property
    def claims(self) -> Mapping[str, Any]:
        return queries.claims_of(_session_of(self.case), self.case)


@dataclass(frozen=True)
class OnePage:
    """One standard of it."""

    reader: Reader
    standard: Standard

    @property
    def case(self) -> Case:
        return self.reader.case

    @property
    def mine(self) -> Allocation:
        return self.reader.mine

    @property
    def is_young(self) -> bool:
        return self.reader.is_young

    @property
    def said(self) -> Reading | None:
        return self.reader.readings.get(self.standard.key)

    @property
    def claim(self) -> Any:
        return self.reader.claims.get(self.standard.key)


@dataclass(frozen=True)
class OneFile:
    """A file that was sealed, and which of its pages."""

    reader: Reader
    version: EvidenceVersion
    page: int = 1

    @property
    def case(self) -> Case:
        return self.reader.case

    @property
    def mine(self) -> Allocation:
        return self.reader.mine


@dataclass(frozen=True)
class OneQuestion:
    reader: Reader
    question: Question

    @property
    def case(self) -> Case:
        return self.reader.case

    @property
    def mine(self) -> Allocation:
        return self.reader.mine


def reader(person: Any, reference: str) -> Reader | None:
    """Whose part stands and whom no tie bars.  For writing the case is held: it stays as it is."""
    case = queries.to_read(db(), reference, lock=writing())
    mine = rules.allocation_of(person, case) if case is not None else None
    if case is None or mine is None:
        return None
    scheme = current_app.extensions["scheme"]
    if steering.is_barred(db(), person, case, clock.now(), scheme):
        return None
    return Reader(case, mine)


def tied_to(person: Any) -> set[int]:
    """The organisations of whose cases they are not to know."""
    return steering.organisations_barred(
        db(), person, clock.now(), current_app.extensions["scheme"]
    )


def page(person: Any, reference: str, key: str) -> OnePage | None:
    found = reader(person, reference)
    standard = next((s for s in found.standards if s.key == key), None) if found else None
    return OnePage(found, standard) if found and standard else None


def file(person: Any, reference: str, item: str, number: int, page: int = 1) -> OneFile | None:
    """Only what was sealed in this submission, with the bytes that were sealed."""
    found = reader(person, reference)
    sealed = queries.sealed_evidence(db(), found.case, item) if found else None
    if found is None or sealed is None or not may_be_shown(found, sealed.content):
        return None
    version = versions_of(db(), [sealed]).get((item, number))
    if version is None or version.file_id is None:
        return None
    told = sealed.content or {}
    return OneFile(found, version, page) if version.digest == told.get("sha256") else None


def may_be_shown(reader: Reader, content: Any) -> bool:
    """Young assessors see what is of their standards and was marked for them."""
    if content is None:
        return False
    if not reader.is_young:
        return True
    mine = {standard.key for standard in reader.standards}
    return bool(content["youth_may_see"]) and bool(mine & set(content["standards"]))


def question(person: Any, reference: str, question: str) -> OneQuestion | None:
    """One that they asked themselves."""
    found = reader(person, reference)
    asked = found.case.questions if found else ()
    one = next((q for q in asked if q.reference == question), None)
    if found is None or one is None or one.asked_by_id != person.id:
        return None
    return OneQuestion(found, one)

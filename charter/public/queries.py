"""What the public pages read.  Bounded, ordered, and the same number of statements at any size."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import Organisation, Project
from charter.models import (
    CharterVersion,
    Commitment,
    Pledge,
    PledgeAction,
    PledgeProject,
    RegisterEntry,
    RegisterEntryArea,
    RegisterEntryCommitment,
)
from charter.states import CURRENT, PAST
from web.folding import fold

PAGE = 20
MOST_WORDS = 8
LONG_ENOUGH = 5
"""From so many letters on "skatepark" also finds "Skate Park"; "us at" is in too many names."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the register."""

    words: str = ""
    area: str = ""
    commitment: str = ""
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class Found:
    entries: list[RegisterEntry]
    current: int
    not_current: int
    page: int

    @property
    def total(self) -> int:
        return self.current + self.not_current

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))

    @property
    def first(self) -> int:
        return (self.page - 1) * PAGE + 1 if self.total else 0

    @property
    def last(self) -> int:
        return (self.page - 1) * PAGE + len(self.entries)


def version_by_code(session: Session, code: str) -> CharterVersion | None:
    wanted = select(CharterVersion).where(CharterVersion.code == code)
    return session.scalar(wanted.options(selectinload(CharterVersion.commitments)))


def find(session: Session, wanted: Wanted) -> Found:
    """One page of the register."""
    narrowed = _narrowed(select(RegisterEntry), wanted)
    counted = _narrowed(select(RegisterEntry.standing, func.count().label("many")), wanted)
    counted = counted.group_by(RegisterEntry.standing)
    counts = {row.standing: row.many for row in session.execute(counted)}
    start = (wanted.page - 1) * PAGE
    rows = session.scalars(narrowed.order_by(*_order(wanted)).offset(start).limit(PAGE)).all()
    return Found(list(rows), counts.get("current", 0), counts.get("not current", 0), wanted.page)


def _order(wanted: Wanted) -> tuple[Any, ...]:
    if wanted.sort == "newest":
        return (RegisterEntry.pledged_on.desc(), RegisterEntry.organisation_id.desc())
    if wanted.area:
        return (RegisterEntryArea.sort_key, RegisterEntryArea.organisation_id)
    if wanted.commitment:
        return (RegisterEntryCommitment.sort_key, RegisterEntryCommitment.organisation_id)
    return (RegisterEntry.sort_key, RegisterEntry.organisation_id)


def _narrowed(statement: Any, wanted: Wanted) -> Any:
    """Each word must be found, accents, case and "the" aside; or all of them run together."""
    if wanted.area:
        statement = statement.join(
            RegisterEntryArea, RegisterEntryArea.organisation_id == RegisterEntry.organisation_id
        ).where(RegisterEntryArea.area == wanted.area)
    if wanted.commitment:
        statement = statement.join(
            RegisterEntryCommitment,
            RegisterEntryCommitment.organisation_id == RegisterEntry.organisation_id,
        ).where(RegisterEntryCommitment.commitment == wanted.commitment)
    words = [word for word in fold(wanted.words).split() if word != "the"][:MOST_WORDS]
    key, together = RegisterEntry.search_key, "".join(words)
    found = and_(true(), *(key.contains(word, autoescape=True) for word in words))
    if len(together) >= LONG_ENOUGH:
        squeezed = func.replace(key, " ", "")
        found = or_(found, squeezed.contains(together, autoescape=True))
    return statement.where(found)


def everyone(session: Session) -> list[RegisterEntry]:
    """The whole register, for open data."""
    return list(
        session.scalars(
            select(RegisterEntry).order_by(RegisterEntry.sort_key, RegisterEntry.organisation_id)
        )
    )


def how_many(session: Session) -> int:
    """How many organisations have signed and are current."""
    signed = select(func.count()).select_from(RegisterEntry)
    return session.scalar(signed.where(RegisterEntry.standing == "current")) or 0


def entry_by_slug(session: Session, slug: str) -> RegisterEntry | None:
    return session.scalar(select(RegisterEntry).where(RegisterEntry.slug == slug))


def organisation_of(session: Session, entry: RegisterEntry) -> Organisation:
    return session.get_one(Organisation, entry.organisation_id)


def pledge_shown(session: Session, entry: RegisterEntry) -> Pledge | None:
    """The pledge that the public page tells of: the newest that was ever live."""
    wanted = (
        select(Pledge)
        .where(Pledge.organisation_id == entry.organisation_id, Pledge.state.in_(CURRENT + PAST))
        .order_by(Pledge.id.desc())
        .limit(1)
        .options(
            joinedload(Pledge.charter_version),
            selectinload(Pledge.actions).joinedload(PledgeAction.commitment),
            selectinload(Pledge.covered)
            .joinedload(PledgeProject.project)
            .selectinload(Project.places),
        )
    )
    return session.scalar(wanted)


def commitments_of(session: Session, version_id: int) -> list[Commitment]:
    wanted = select(Commitment).where(Commitment.charter_version_id == version_id)
    return list(session.scalars(wanted.order_by(Commitment.number)))

"""What the public pages read.  Bounded, ordered, and the same number of statements at any size."""

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Dialect,
    Integer,
    Result,
    Row,
    Select,
    String,
    Table,
    TypeDecorator,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, load_only, selectinload

from accounts.models import Organisation, Project
from charter.models import (
    CharterVersion,
    Pledge,
    PledgeAction,
    PledgeOutcome,
    PledgeProject,
    RegisterEntry,
    RegisterEntryArea,
    RegisterEntryCommitment,
)
from charter.models.register import RegisterEntryPiece
from charter.public import nearly
from charter.states import CURRENT, PAST, STANDING
from web.folding import fold
from web.paging import Paged

ENTRY, AREA, COMMITMENT, PIECE = (
    model.metadata.tables[model.__tablename__]
    for model in (RegisterEntry, RegisterEntryArea, RegisterEntryCommitment, RegisterEntryPiece)
)


@lru_cache(maxsize=10_000)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


class Keys(TypeDecorator[tuple[str, ...]]):
    """A list of keys, read.  There are few different ones, and reading is slow."""

    impl = String
    cache_ok = True

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[str, ...]:
        return _keys(value or "[]")


PAGE = 20
MOST_WORDS = 8
MOST_MEANT, MOST_NEAR = 5, 60
"""How many names are offered, out of how many that share most letters."""
FEW = 3
"""With so many found, or fewer, somebody else may have been meant."""
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
class Counted:
    """How many of the register's entries fit."""

    current: int
    not_current: int


class Listed(NamedTuple):
    """What a list shows of an entry."""

    slug: str
    name: str
    standing: str
    pledged_on: date
    due_on: date | None
    area_keys: tuple[str, ...]
    commitment_keys: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Found(Paged[Listed]):
    """One page of the register."""

    current: int
    not_current: int


def version_by_code(session: Session, code: str) -> CharterVersion | None:
    wanted = select(CharterVersion).where(CharterVersion.code == code)
    return session.scalar(wanted.options(selectinload(CharterVersion.commitments)))


def count(session: Session, wanted: Wanted) -> Counted:
    """How many fit, on whatever page."""
    words = _words(wanted)
    tables, joined = _joined(bool(wanted.area), bool(wanted.commitment), bool(words))
    standing = tables[0].c.standing
    counted = select(standing, func.count()).where(*joined, *words).group_by(standing)
    counts = {row[0]: row[1] for row in session.execute(counted, _values(wanted))}
    return Counted(counts.get("current", 0), counts.get("not current", 0))


def find(session: Session, wanted: Wanted, counted: Counted) -> Found:
    """One page of the register, out of so many."""
    page = _listed(bool(wanted.area), bool(wanted.commitment), wanted.sort)
    if words := _words(wanted):
        page = page.where(*words)
    rows = [Listed(*row) for row in session.execute(page, _values(wanted))]
    return Found(rows, wanted.page, sum(astuple(counted)), PAGE, **vars(counted))


@dataclass(frozen=True)
class Meant:
    """Somebody whose name is near what was typed."""

    slug: str
    name: str
    standing: str


def meant(session: Session, words: str, known: Iterable[str]) -> list[Meant]:
    """Who may have been meant, except those found already (``known``, by slug): one statement."""
    asked = sorted(nearly.pieces(words))
    if not asked:
        return []
    shared = (
        select(PIECE.c.organisation_id, func.count().label("n"))
        .where(PIECE.c.piece.in_(asked))
        .group_by(PIECE.c.organisation_id)
        .having(func.count() >= max(2, len(asked) // 4))
        .order_by(func.count().desc(), PIECE.c.organisation_id)
        .limit(MOST_NEAR)
        .subquery()
    )
    wanted = select(ENTRY.c.slug, ENTRY.c.name, ENTRY.c.standing).join(
        shared, shared.c.organisation_id == ENTRY.c.organisation_id
    )
    rows = session.execute(wanted.order_by(shared.c.n.desc(), ENTRY.c.sort_key))
    left_out = set(known)
    found = {row.slug: Meant(*row) for row in rows if row.slug not in left_out}
    names = {slug: entry.name for slug, entry in found.items()}
    order = nearly.nearest(words, set(names.values()), MOST_MEANT)
    ranked = sorted(
        (entry for entry in found.values() if entry.name in order),
        key=lambda entry: order.index(entry.name),
    )
    return ranked[:MOST_MEANT]


def _columns(*names: str) -> list[Any]:
    """Of entries, their lists of keys as tuples."""
    lists = {"area_keys", "commitment_keys"}
    columns = ENTRY.c
    return [cast(columns[n], Keys).label(n) if n in lists else columns[n] for n in names]


@cache
def _listed(by_area: bool, by_commitment: bool, sort: str) -> Select[Any]:
    """Made once: to put a statement together takes SQLAlchemy longer than SQLite to answer it."""
    tables, joined = _joined(by_area, by_commitment, entries=True)
    if sort == "newest":
        order: list[Any] = [ENTRY.c.pledged_on.desc(), ENTRY.c.organisation_id.desc()]
    else:
        order = [tables[-1].c.sort_key, tables[-1].c.organisation_id]
    page = select(*_columns(*Listed._fields)).where(*joined).order_by(*order)
    return page.offset(bindparam("start", type_=Integer)).limit(PAGE)


def _joined(by_area: bool, by_commitment: bool, entries: bool) -> tuple[list[Table], list[Any]]:
    """The tables that a search needs, and how they hang together.  Each knows the standing and
    the order, so that counting by area alone asks nothing of the entries."""
    conditions: list[Any] = []
    tables = [ENTRY] if entries or not (by_area or by_commitment) else []
    if by_area:
        tables.append(AREA)
        conditions.append(AREA.c.area == bindparam("area"))
    if by_commitment:
        tables.append(COMMITMENT)
        conditions.append(COMMITMENT.c.commitment == bindparam("commitment"))
    first, *others = tables
    same = (table.c.organisation_id == first.c.organisation_id for table in others)
    return tables, [*same, *conditions]


def _values(wanted: Wanted) -> dict[str, Any]:
    start = (wanted.page - 1) * PAGE
    return {"area": wanted.area, "commitment": wanted.commitment, "start": start}


def _words(wanted: Wanted) -> list[Any]:
    """Each word must be found, accents, case and "the" aside; or all of them run together."""
    words = [word for word in fold(wanted.words).split() if word != "the"][:MOST_WORDS]
    if not words:
        return []
    key, together = ENTRY.c.search_key, "".join(words)
    found = and_(*(key.contains(word, autoescape=True) for word in words))
    if len(together) >= LONG_ENOUGH:
        squeezed = func.replace(key, " ", "")
        found = or_(found, squeezed.contains(together, autoescape=True))
    return [found]


def everyone(session: Session) -> Result[Any]:
    """The whole register, for open data, row by row."""
    shown = _columns(*Listed._fields, "charter_code", "level")
    return session.execute(select(*shown).order_by(ENTRY.c.sort_key, ENTRY.c.organisation_id))


def newest(session: Session, most: int) -> list[Row[Any]]:
    """Who stands on the register now, the one that signed last first."""
    shown = _columns("organisation_id", "slug", "name", "pledged_on", "area_keys")
    wanted = select(*shown).where(ENTRY.c.standing == "current")
    order = (ENTRY.c.pledged_on.desc(), ENTRY.c.organisation_id.desc())
    return list(session.execute(wanted.order_by(*order).limit(most)))


def how_many(session: Session) -> int:
    """Entries in all."""
    return session.scalar(select(func.count()).select_from(ENTRY)) or 0


def slugs(session: Session, *, start: int, most: int) -> list[str]:
    """Of every entry, in an order that does not change when a name does."""
    wanted = select(ENTRY.c.slug).order_by(ENTRY.c.organisation_id)
    return list(session.scalars(wanted.offset(start).limit(most)))


def signed_by_area(session: Session) -> dict[str, int]:
    """How many stand on the register in each area; one in two areas counts in both."""
    wanted = select(AREA.c.area, func.count()).where(AREA.c.standing == "current")
    return {row[0]: row[1] for row in session.execute(wanted.group_by(AREA.c.area))}


BY_SLUG = select(RegisterEntry).where(RegisterEntry.slug == bindparam("slug"))


def entry_by_slug(session: Session, slug: str) -> RegisterEntry | None:
    return session.scalar(BY_SLUG, {"slug": slug})


CONTACT = select(
    Organisation.public_phone,
    Organisation.public_email,
    Organisation.website,
    Organisation.about,
).where(Organisation.id == bindparam("organisation"))


def contact_of(
    session: Session, entry: RegisterEntry
) -> Row[str | None, str | None, str | None, str]:
    """How to reach it, as far as it wants to be reached, and what it says of itself."""
    return session.execute(CONTACT, {"organisation": entry.organisation_id}).one()


SHOWN = (
    select(Pledge)
    .where(Pledge.organisation_id == bindparam("organisation"), Pledge.state.in_(CURRENT + PAST))
    .order_by(Pledge.state.in_(STANDING).desc(), Pledge.id.desc())
    .limit(1)
    .options(
        load_only(
            Pledge.charter_version_id,
            Pledge.signatory_name,
            Pledge.signatory_role,
            Pledge.live_from,
            Pledge.due_on,
            Pledge.renews_id,
        ),
        selectinload(Pledge.outcomes)
        .joinedload(PledgeOutcome.action)
        .joinedload(PledgeAction.commitment),
        selectinload(Pledge.actions).load_only(PledgeAction.commitment_id, PledgeAction.text),
        selectinload(Pledge.covered).joinedload(PledgeProject.project).selectinload(Project.places),
    )
)


def pledge_shown(session: Session, entry: RegisterEntry) -> Pledge | None:
    """The pledge that the public page tells of: the newest that was ever live."""
    return session.scalar(SHOWN, {"organisation": entry.organisation_id})


def version_of(session: Session, pledge: Pledge) -> CharterVersion:
    """The charter it is a pledge to, with its commitments."""
    return session.get_one(
        CharterVersion,
        pledge.charter_version_id,
        options=[selectinload(CharterVersion.commitments)],
    )

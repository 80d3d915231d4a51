"""Finding workers' pledges, and counting them for the public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import Session

from charter.models import ListedWorker, WorkerPledge, WorkerTally
from charter.workers.words import UNCONFIRMED, WITHDRAWN
from web.database import holding
from web.paging import Paged, paged

PAGE = 20
AT_ONCE = 200
_STANDING = select(WorkerPledge).where(WorkerPledge.state != WITHDRAWN)


def standing(session: Session, email: str, *, lock: bool = False) -> WorkerPledge | None:
    """The one pledge of an address that was not taken back."""
    return _one(session, _STANDING.where(WorkerPledge.email == email), lock)


def by_reference(session: Session, reference: str, *, lock: bool = False) -> WorkerPledge | None:
    return _one(session, select(WorkerPledge).where(WorkerPledge.reference == reference), lock)


def of_person(session: Session, person: Any, *, lock: bool = False) -> WorkerPledge | None:
    """The standing pledge of an account: the one it joined, or the one of its address."""
    joined_first = (WorkerPledge.person_id.is_(None), WorkerPledge.id.desc())
    return _one(session, _STANDING.where(_theirs(person)).order_by(*joined_first).limit(1), lock)


def all_of_person(session: Session, person: Any, *, lock: bool = False) -> list[WorkerPledge]:
    """Also those taken back."""
    wanted = select(WorkerPledge).where(_theirs(person)).order_by(WorkerPledge.id)
    wanted = holding(wanted) if lock else wanted
    return list(session.scalars(wanted.limit(50)))


def joined(session: Session, person: Any) -> list[WorkerPledge]:
    """Those that belong to an account, taken back or not."""
    wanted = select(WorkerPledge).where(WorkerPledge.person_id == person.id)
    return list(session.scalars(holding(wanted.order_by(WorkerPledge.id).limit(50))))


def has_joined(session: Session, person: Any) -> bool:
    """Whether a pledge that stands belongs to an account."""
    return any(pledge.state != WITHDRAWN for pledge in joined(session, person))


def _theirs(person: Any) -> Any:
    joined = WorkerPledge.person_id == person.id
    if person.confirmed_at is None:
        return joined
    unjoined = WorkerPledge.person_id.is_(None) & WorkerPledge.email.in_(person.emails)
    return or_(joined, unjoined)  # an address can pass to somebody else; a joined pledge does not


def _one(session: Session, wanted: Select[WorkerPledge], lock: bool) -> WorkerPledge | None:
    return session.scalars(holding(wanted) if lock else wanted).first()


def never_confirmed(before: datetime) -> Select[WorkerPledge]:
    """Pledges that waited for their confirmation since before a moment."""
    return select(WorkerPledge).where(
        WorkerPledge.state == UNCONFIRMED, WorkerPledge.asked_at <= before
    )


def taken_back(before: datetime) -> Select[WorkerPledge]:
    return select(WorkerPledge).where(
        WorkerPledge.state == WITHDRAWN, WorkerPledge.withdrawn_at <= before
    )


def first_of(session: Session, wanted: Select[WorkerPledge]) -> Sequence[int]:
    """The ids of the first few hundred."""
    ids = wanted.with_only_columns(WorkerPledge.id).order_by(WorkerPledge.id)
    return session.scalars(ids.limit(AT_ONCE)).all()


def still_among(
    session: Session, wanted: Select[WorkerPledge], pledge_id: int
) -> WorkerPledge | None:
    return session.scalar(holding(wanted.where(WorkerPledge.id == pledge_id)))


# What everybody sees


class Shown(NamedTuple):
    """What the list shows of a person."""

    first_name: str
    role: str
    area: str
    pledged_on: date


@dataclass(frozen=True)
class Tally:
    pledged: int
    listed: dict[str, int]
    """By area; areas without anybody are not in it."""


def tally(session: Session) -> Tally:
    """How many pledged, and how many of them are listed where."""
    rows = session.execute(select(WorkerTally.area, WorkerTally.pledged, WorkerTally.listed)).all()
    return Tally(sum(row.pledged for row in rows), {r.area: r.listed for r in rows if r.listed})


def listed(session: Session, area: str, page: int, counted: Tally) -> Paged[Shown]:
    """One page of those who are shown: of an area, or of all of them ("")."""
    total = counted.listed.get(area, 0) if area else sum(counted.listed.values())
    values = {"area": area, "start": (page - 1) * PAGE}
    rows = session.execute(_page(bool(area)), values)
    return Paged([Shown(*row) for row in rows], page, total, PAGE)


@cache
def _page(by_area: bool) -> Select[Any]:
    """Made once: putting it together takes longer than answering it."""
    row = ListedWorker.metadata.tables[ListedWorker.__tablename__].c
    wanted = select(*(row[name] for name in Shown._fields)).order_by(row.sort_key, row.pledge_id)
    wanted = wanted.where(row.area == bindparam("area")) if by_area else wanted
    return wanted.offset(bindparam("start", type_=Integer)).limit(PAGE)


def newest_listed(session: Session, page: int) -> Paged[WorkerPledge]:
    """Whom the public list shows, newest first: for the Charter team."""
    wanted = select(WorkerPledge).join(ListedWorker, ListedWorker.pledge_id == WorkerPledge.id)
    return paged(session, wanted.order_by(ListedWorker.pledge_id.desc()), page)


def count(session: Session, area: str) -> tuple[int, int]:
    """Counted anew: how many stand in an area, and how many of them are listed."""
    stand = select(func.count()).where(WorkerPledge.area == area, WorkerPledge.state == "live")
    shown = select(func.count()).where(ListedWorker.area == area)
    return session.scalar(stand) or 0, session.scalar(shown) or 0

"""Finding organisations, and those that may be the same one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from accounts.likeness import is_close, telling_words, web_home
from accounts.models import CLOSED, Membership, Organisation, OrganisationAddress, Person
from web.database import holding
from web.folding import fold
from web.paging import Paged, paged

MOST_COMPARED = 2000
MOST_SHOWN = 10
TWICE = timedelta(minutes=2)
"""The same name sent again by the same person within this is one button pressed twice."""


def organisation_by_slug(session: Session, slug: str, *, lock: bool = False) -> Organisation | None:
    """By today's address, or by one that it had: no other ever gets that.

    ``lock``: whoever else saves it at this moment comes after this transaction.
    """
    earlier = select(OrganisationAddress.organisation_id).where(OrganisationAddress.slug == slug)
    for which in (Organisation.slug == slug, Organisation.id == earlier.scalar_subquery()):
        wanted = select(Organisation).where(which)
        found = session.scalar(holding(wanted) if lock else wanted)
        if found is not None:
            return found
    return None


def hold(session: Session, organisation: Organisation) -> None:
    """Lock it: two leads who act on each other, or invite at once, come one after the other."""
    session.execute(holding(select(Organisation.id).where(Organisation.id == organisation.id)))


def slugs_like(session: Session, base: str, but: Organisation | None = None) -> set[str]:
    """The addresses that begin so and are taken, or ever were; those of ``but`` are its own."""
    address = OrganisationAddress.slug
    wanted = select(address).where(address.startswith(base, autoescape=True))
    if but is not None:
        wanted = wanted.where(OrganisationAddress.organisation_id != but.id)
    return set(session.scalars(wanted.order_by(address)))


def open_organisations(
    session: Session, words: str, but: Organisation, page: int = 1
) -> Paged[Organisation]:
    """Checked and unchecked ones by name, for the Charter team."""
    wanted = select(Organisation).where(Organisation.state != CLOSED, Organisation.id != but.id)
    for word in fold(words).split()[:8]:
        wanted = wanted.where(Organisation.search_key.contains(word, autoescape=True))
    return paged(session, wanted.order_by(Organisation.sort_key, Organisation.id), page, 20)


def organisations_of(session: Session, person: Person, page: int = 1) -> Paged[Membership]:
    """A person's standing memberships, each with its organisation: open ones first, by name."""
    wanted = (
        select(Membership)
        .join(Membership.organisation)
        .where(Membership.person_id == person.id, Membership.ended_at.is_(None))
        .order_by(Organisation.state == CLOSED, Organisation.sort_key, Organisation.id)
        .options(joinedload(Membership.organisation))
    )
    return paged(session, wanted, page)


def organisations_left(session: Session, person: Person) -> list[Organisation]:
    """Those a person once belonged to and does not belong to now, the last left first."""
    mine = select(Membership.organisation_id).where(Membership.person_id == person.id)
    left = mine.where(Membership.ended_at.is_not(None))
    standing = mine.where(Membership.ended_at.is_(None))
    wanted = select(Organisation).where(Organisation.id.in_(left), Organisation.id.not_in(standing))
    return list(session.scalars(wanted.order_by(Organisation.id.desc()).limit(MOST_SHOWN)))


def registered_just_now(
    session: Session, person: Person, name: str, at: datetime
) -> Organisation | None:
    """What the first click of a double click made.  The second waits here for the first."""
    session.execute(holding(select(Person.id).where(Person.id == person.id)))
    wanted = select(Organisation).where(
        Organisation.created_by_id == person.id,
        Organisation.created_at > at - TWICE,
        Organisation.name == name,
    )
    return session.scalars(wanted.order_by(Organisation.id.desc()).limit(1)).first()


# Similar ones


@dataclass
class Similar:
    """Organisations that may be the same one, by what may be told about them."""

    own: list[Organisation] = field(default_factory=list)
    checked: list[Organisation] = field(default_factory=list)
    waiting: int = 0
    """So many unchecked ones: nothing else is told, they are hidden."""

    def __bool__(self) -> bool:
        return bool(self.own or self.checked or self.waiting)


def similar_organisations(
    session: Session,
    person: Person,
    *,
    name: str,
    charity_number: str | None,
    company_number: str | None,
    website: str | None,
) -> Similar:
    """Those with the same number or website, or nearly the same name; closed ones left out."""
    numbers = _same_numbers(charity_number, company_number)
    ids = {
        *near_names(session, name),
        *(
            session.scalars(_open(select(Organisation.id)).where(numbers))
            if numbers is not None
            else ()
        ),
        *_same_website(session, website),
    }
    wanted = select(Organisation).where(Organisation.id.in_(sorted(ids)[:100]))
    found = session.scalars(
        wanted.order_by(Organisation.sort_key, Organisation.id).limit(MOST_SHOWN)
    )
    return _sorted_out(person, list(found))


def _open(wanted: Any) -> Any:
    return wanted.where(Organisation.state != CLOSED).order_by(Organisation.id).limit(MOST_COMPARED)


def _same_numbers(charity: str | None, company: str | None) -> Any:
    """A linked charity (1234567-2) is one with its parent here."""
    same = []
    if charity:
        parent = charity.split("-")[0]
        same += [
            Organisation.charity_number == parent,
            Organisation.charity_number.startswith(f"{parent}-"),
        ]
    if company:
        same.append(Organisation.company_number == company)
    return or_(*same) if same else None


def near_names(session: Session, name: str) -> list[int]:
    """The database narrows by a word or the first letters, difflib decides."""
    folded = fold(name)
    words = [Organisation.search_key.contains(w, autoescape=True) for w in telling_words(name)]
    start = Organisation.search_key.startswith(folded.removeprefix("the ")[:3], autoescape=True)
    near = _open(select(Organisation.id, Organisation.search_key)).where(or_(start, *words))
    same = _open(select(Organisation.id)).where(Organisation.search_key == folded)
    close = [id_ for id_, key in session.execute(near) if is_close(folded, key)]
    return [*session.scalars(same), *close]


def _same_website(session: Session, website: str | None) -> list[int]:
    home = web_home(website)
    if not home:
        return []
    near = _open(select(Organisation.id, Organisation.website)).where(
        Organisation.website.contains(home.split("/")[0], autoescape=True)
    )
    return [id_ for id_, theirs in session.execute(near) if web_home(theirs) == home]


def _sorted_out(person: Person, found: Iterable[Organisation]) -> Similar:
    similar = Similar()
    mine = {m.organisation_id for m in person.memberships if m.ended_at is None}
    for organisation in found:
        if organisation.id in mine:
            similar.own.append(organisation)
        elif organisation.state == "checked":
            similar.checked.append(organisation)
        else:
            similar.waiting += 1
    return similar

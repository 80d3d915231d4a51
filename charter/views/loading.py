"""From an address to the thing it names, or None where it is not the person's to know of."""

from dataclasses import dataclass
from typing import Any

from flask import request

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import is_officer, role_in
from accounts.views.loaders import to_its_address
from charter import parts, queries
from charter.models import Pledge
from web.database import READING, db


@dataclass(frozen=True)
class PartOfPledge:
    """One page of a pledge's task list."""

    pledge: Pledge
    part: parts.Part

    @property
    def organisation(self) -> Organisation:
        return self.pledge.organisation


def _changes() -> bool:
    """Whether this request may change things: then what it loads is locked."""
    return request.method not in READING


def organisation(person: Any, slug: str) -> Organisation | None:
    """For its own people."""
    found = organisation_by_slug(db(), slug, lock=_changes())
    if found is None or role_in(person, found) is None:
        return None
    to_its_address(found, slug)
    return found


def pledge(person: Any, slug: str) -> Pledge | None:
    """The organisation's newest pledge, for its own people."""
    found = organisation_by_slug(db(), slug)
    if found is None or role_in(person, found) is None:
        return None
    to_its_address(found, slug)
    return queries.newest_pledge(db(), found, lock=_changes())


def commitment(person: Any, slug: str, key: str) -> PartOfPledge | None:
    found = pledge(person, slug)
    if found is None:
        return None
    wanted = (p for p in parts.parts_of(found) if p.commitment and p.commitment.key == key)
    part = next(wanted, None)
    return PartOfPledge(found, part) if part is not None else None


def earlier_action(person: Any, slug: str, key: str) -> PartOfPledge | None:
    """The part of a renewal that looks back on what was promised for this commitment."""
    found = pledge(person, slug)
    if found is None:
        return None
    wanted = (p for p in parts.parts_of(found) if p.key == parts.back_key(key))
    part = next(wanted, None)
    return PartOfPledge(found, part) if part is not None else None


def sent_pledge(person: Any, reference: str) -> Pledge | None:
    """For the Charter team, once it was sent: a draft is nobody's business."""
    if is_officer(person) is not True:
        return None
    found = queries.pledge_by_reference(db(), reference, lock=_changes())
    return found if found is not None and found.sent_at is not None else None


def any_organisation(person: Any, slug: str) -> Organisation | None:
    """For the Charter team."""
    if is_officer(person) is not True:
        return None
    found = organisation_by_slug(db(), slug, lock=_changes())
    if found is not None:
        to_its_address(found, slug)
    return found

"""From an address to a record that somebody checks, or None where they are not to know of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask import request

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import CLOSED, is_officer, role_in
from accounts.views.loaders import to_its_address
from training import rules, versions
from training.checking import queries
from training.models import TrainingBuddy, TrainingRecord
from training.pathways import Pathways
from web.access import Verdict
from web.database import READING, db


@dataclass(frozen=True)
class Desk:
    """Where somebody checks: for an organisation, or (None) for the Charter team."""

    organisation: Organisation | None
    """Whose people they are."""
    pathways: Pathways
    buddy: TrainingBuddy | None = None
    """By which agreement somebody of another organisation checks."""
    is_let: bool = False
    """A lead lets this person check who neither leads nor edits."""

    @property
    def slugs(self) -> dict[str, Any]:
        if self.organisation is None:
            return {}
        buddy = {"buddy": self.buddy.reference} if self.buddy is not None else {}
        return {"slug": self.organisation.slug} | buddy

    @property
    def looks_for(self) -> Organisation | None:
        """For which organisation the checker looks."""
        if self.buddy is not None and self.organisation is not None:
            return self.buddy.other(self.organisation.id)
        return self.organisation


@dataclass(frozen=True)
class OneCheck:
    desk: Desk
    record: TrainingRecord
    page: int = 0
    """Of its certificate, counted from 1."""

    @property
    def slugs(self) -> dict[str, Any]:
        return self.desk.slugs | {"reference": self.record.reference}


def may_see_here(person: Any, desk: Desk) -> Verdict:
    """The team's pages."""
    if desk.organisation is None:
        return is_officer(person)
    return rules.may_see_team(person, desk.organisation)


def may_check_here(person: Any, desk: Desk) -> Verdict:
    if desk.is_let and desk.organisation is not None:
        return CLOSED if desk.organisation.state == "closed" else True
    return may_see_here(person, desk)


def own_organisation(person: Any, slug: str, **_more: Any) -> Organisation | None:
    """For its own people alone.  Locked for writing: everybody locks in this order."""
    found = organisation_by_slug(db(), slug, lock=writing())
    if found is None or role_in(person, found) is None:
        return None
    to_its_address(found, slug)
    return found


def desk(person: Any, slug: str | None = None, **_more: Any) -> Desk | None:
    version = versions.newest(db())
    if version is None:
        return None
    if slug is None:
        return Desk(None, version.pathways) if is_officer(person) is True else None
    organisation = own_organisation(person, slug)
    return Desk(organisation, version.pathways) if organisation is not None else None


def checks_desk(person: Any, slug: str | None = None, **more: Any) -> Desk | None:
    """The desk, and whether a lead lets this person stand at it."""
    found = desk(person, slug, **more)
    if found is None or found.organisation is None or may_see_here(person, found) is True:
        return found
    return replace(found, is_let=queries.is_let(db(), person, found.organisation))


@dataclass(frozen=True)
class Door:
    """How one comes to the records of a desk: from an address, and by which rule."""

    desk: Callable[..., Desk | None] = checks_desk
    may: Callable[[Any, Desk], Verdict] = may_check_here

    def may_check(self, person: Any, at: OneCheck) -> Verdict:
        verdict = self.may(person, at.desk)
        return rules.may_check(person, at.record) if verdict is True else verdict

    def one(self, person: Any, reference: str, page: int = 0, **where: Any) -> OneCheck | None:
        at = self.desk(person, **where)
        if at is None:
            return None
        if self.may(person, at) is not True:
            return OneCheck(at, TrainingRecord())  # it says why not; it may not know of any
        found = queries.one(db(), reference, at, lock=writing())
        return OneCheck(at, found, page) if found is not None else None

    def certificate(self, person: Any, reference: str, **where: Any) -> OneCheck | None:
        found = self.one(person, reference, **where)
        if found is None or self.may(person, found.desk) is not True:
            return found
        return found if found.record.file_id is not None else None


one = Door().one


def writing() -> bool:
    return request.method not in READING

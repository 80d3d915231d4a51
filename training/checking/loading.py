"""From an address to a record that somebody checks, or None where they are not to know of it."""

from dataclasses import dataclass
from typing import Any

from flask import request

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import is_officer, role_in
from accounts.views.loaders import to_its_address
from training import rules, versions
from training.checking import queries
from training.models import TrainingRecord
from training.pathways import Pathways
from web.access import Verdict
from web.database import READING, db


@dataclass(frozen=True)
class Desk:
    """Where somebody checks: for an organisation, or (None) for the Charter team."""

    organisation: Organisation | None
    pathways: Pathways

    @property
    def slugs(self) -> dict[str, Any]:
        return {"slug": self.organisation.slug} if self.organisation is not None else {}


@dataclass(frozen=True)
class OneCheck:
    desk: Desk
    record: TrainingRecord
    page: int = 0
    """Of its certificate, counted from 1."""

    @property
    def slugs(self) -> dict[str, Any]:
        return self.desk.slugs | {"reference": self.record.reference}


def may_check_here(person: Any, desk: Desk) -> Verdict:
    if desk.organisation is None:
        return is_officer(person)
    return rules.may_see_team(person, desk.organisation)


def may_check_one(person: Any, at: OneCheck) -> Verdict:
    verdict = may_check_here(person, at.desk)
    return rules.may_check(person, at.record) if verdict is True else verdict


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


def one(person: Any, reference: str, page: int = 0, **where: Any) -> OneCheck | None:
    at = desk(person, **where)
    if at is None:
        return None
    if may_check_here(person, at) is not True:
        return OneCheck(at, TrainingRecord())  # the door says why not; it may not know of any
    found = queries.one(db(), reference, at.organisation, at.pathways, lock=writing())
    return OneCheck(at, found, page) if found is not None else None


def certificate(person: Any, reference: str, page: int = 0, **where: Any) -> OneCheck | None:
    found = one(person, reference, page, **where)
    if found is None or may_check_here(person, found.desk) is not True:
        return found
    return found if found.record.file_id is not None else None


def writing() -> bool:
    return request.method not in READING

"""From an address to the thing it names, or None where it is not the person's to know of."""

from dataclasses import dataclass
from typing import Any

from flask import request

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import role_in
from accounts.views.loaders import to_its_address
from endorsement.evidence import queries
from endorsement.models import EvidenceItem, EvidenceVersion
from web.database import READING, db


@dataclass(frozen=True)
class Adding:
    """To an organisation's library: by words, a link, the visit."""

    organisation: Organisation
    way: str


@dataclass(frozen=True)
class Replacing:
    """What an item is, by words, a link, the visit."""

    item: EvidenceItem
    way: str

    @property
    def organisation(self) -> Organisation:
        return self.item.organisation


@dataclass(frozen=True)
class PageOf:
    """The picture of one page of a file, counted from 1."""

    version: EvidenceVersion
    page: int

    @property
    def organisation(self) -> Organisation:
        return self.version.organisation


def _writing() -> bool:
    return request.method not in READING


def organisation(person: Any, slug: str, **_more: Any) -> Organisation | None:
    """For its own people alone: until it is sent, what it has is nobody else's business.

    Locked for writing, before any of its items: everybody locks in this order.
    """
    found = organisation_by_slug(db(), slug, lock=_writing())
    if found is None or role_in(person, found) is None:
        return None
    to_its_address(found, slug)
    return found


def item(person: Any, slug: str, reference: str, **_more: Any) -> EvidenceItem | None:
    within = organisation(person, slug)
    if within is None:
        return None
    return queries.by_reference(db(), within, reference, lock=_writing())


def version(
    person: Any, slug: str, reference: str, number: int, **_more: Any
) -> EvidenceVersion | None:
    within = item(person, slug, reference)
    if within is None:
        return None
    return next((v for v in within.versions if v.number == number), None)


def adding(person: Any, slug: str, way: str) -> Adding | None:
    within = organisation(person, slug)
    return Adding(within, way) if within else None


def replacing(person: Any, slug: str, reference: str, way: str) -> Replacing | None:
    found = item(person, slug, reference)
    return Replacing(found, way) if found else None


def file(
    person: Any, slug: str, reference: str, number: int, **_more: Any
) -> EvidenceVersion | None:
    """A version that is a file; of a destroyed one the answer says that it is gone."""
    found = version(person, slug, reference, number)
    return found if found is not None and found.file_id is not None else None


def page_of_file(person: Any, slug: str, reference: str, number: int, page: int) -> PageOf | None:
    found = file(person, slug, reference, number)
    return PageOf(found, page) if found is not None else None

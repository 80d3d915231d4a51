"""From an address to the thing it names, or None where it is not the person's to know of."""

from dataclasses import dataclass
from typing import Any

from flask import request

from accounts.models import Organisation
from accounts.queries import organisation_by_slug
from accounts.rules import role_in
from accounts.views.loaders import to_its_address
from endorsement.assessing import queries
from endorsement.framework import Framework, Standard
from endorsement.models import Answer, Assessment
from web.database import READING, db


@dataclass(frozen=True)
class OneStandard:
    """One page of a self-assessment."""

    assessment: Assessment
    standard: Standard

    @property
    def organisation(self) -> Organisation:
        return self.assessment.organisation

    @property
    def framework(self) -> Framework:
        return self.assessment.framework

    @property
    def answer(self) -> Answer | None:
        wanted = (a for a in self.assessment.answers if a.standard == self.standard.key)
        return next(wanted, None)


def writing() -> bool:
    """Whether this request may change things: then what it loads is locked."""
    return request.method not in READING


def organisation(person: Any, slug: str) -> Organisation | None:
    """For its own people alone: until it is sent, how good it is is nobody else's business."""
    found = organisation_by_slug(db(), slug)
    if found is None or role_in(person, found) is None:
        return None
    to_its_address(found, slug)
    return found


def assessment(person: Any, slug: str) -> Assessment | None:
    """The open one.  Locked for writing: two who answer one standard first make one row of it.

    Its organisation first, as merging and sending do, so that none of them waits for another.
    """
    within = organisation(person, slug)
    if within is None:
        return None
    if writing():
        queries.hold(db(), within.id)
    return queries.open_assessment(db(), within, lock=writing())


def earlier(person: Any, slug: str, reference: str) -> Assessment | None:
    within = organisation(person, slug)
    return queries.by_reference(db(), within, reference) if within else None


def standard(person: Any, slug: str, key: str) -> OneStandard | None:
    """A standard of its framework, on its track or not: what was written once can be seen."""
    found = assessment(person, slug)
    if found is None or key not in found.framework.by_key:
        return None
    return OneStandard(found, found.framework.by_key[key])

"""From an address to an import of one's organisation, or None."""

from dataclasses import dataclass
from typing import Any

from accounts.models import Organisation
from accounts.rules import may_lead_organisation
from training.checking.loading import Desk, desk, writing
from training.importing import queries
from training.models import TrainingImport
from training.pathways import Pathways
from web.access import Verdict
from web.database import db


@dataclass(frozen=True)
class Place:
    """Where training is brought in."""

    organisation: Organisation
    pathways: Pathways


@dataclass(frozen=True)
class One(Place):
    it: TrainingImport


def may_import_here(person: Any, at: Place) -> Verdict:
    return may_lead_organisation(person, at.organisation)


def place(person: Any, slug: str) -> Place | None:
    found: Desk | None = desk(person, slug)
    if found is None or found.organisation is None:
        return None
    return Place(found.organisation, found.pathways)


def one(person: Any, slug: str, reference: str) -> One | None:
    at = place(person, slug)
    if at is None:
        return None
    it = queries.by_reference(db(), at.organisation, reference, lock=writing())
    return One(at.organisation, at.pathways, it) if it is not None else None

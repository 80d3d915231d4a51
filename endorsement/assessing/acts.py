"""What was done beside the answers: steps planned, evidence added, the track chosen.

The chain (web.audit) holds who did what to which row, and when; here it is told for people.  The
answers tell their own changes (``queries.changes``), with what stood there before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, cast, literal, or_, select, union_all
from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from endorsement.models import (
    AnswerChange,
    Assessment,
    EvidenceItem,
    EvidenceVersion,
    HelpOffer,
    ImprovementAction,
)
from web.audit.models import AuditEntry

STEP, EVIDENCE, CONTENT, OFFER, WHOLE = "step", "evidence", "content", "offer", "whole"


@dataclass(frozen=True)
class Act:
    """One entry of the chain."""

    at: datetime
    by: str
    """A person's name; empty where the portal did it by itself."""
    verb: str
    kind: str
    reference: str
    title: str
    """As it is called today."""
    standard: str
    fields: frozenset[str]
    """The columns that changed."""


def acts(session: Session, organisation: Organisation, most: int) -> list[Act]:
    """The newest first.  Two statements, however much there is."""
    named = _named(organisation).subquery()
    wanted = (
        select(AuditEntry, named.c.kind, named.c.reference, named.c.title, named.c.standard)
        .join(named, named.c.subject == AuditEntry.subject)
        .where(or_(AuditEntry.verb != "add", named.c.kind != CONTENT))  # its item was added too
        # By time, which has no index: PostgreSQL would walk back through the whole chain instead.
        .order_by(AuditEntry.at.desc(), AuditEntry.number.desc())
        .limit(most)
    )
    found = session.execute(wanted).all()
    names = _names(session, {row.AuditEntry.actor for row in found})
    return [_act(row, names) for row in found]


def together(
    changes: Sequence[AnswerChange], acts: Sequence[Act], most: int
) -> list[AnswerChange | Act]:
    """Answers and all else in one row of days, the newest first."""
    found: list[AnswerChange | Act] = [*changes, *acts]
    return sorted(found, key=lambda one: one.at, reverse=True)[:most]


def _act(row: Any, names: dict[str, str]) -> Act:
    entry: AuditEntry = row.AuditEntry
    return Act(
        at=entry.at,
        by=names.get(entry.actor, ""),
        verb=entry.verb,
        kind=row.kind,
        reference=row.reference,
        title=row.title,
        standard=row.standard,
        fields=frozenset(entry.digests),
    )


def _names(session: Session, actors: Iterable[str]) -> dict[str, str]:
    numbers = {actor.removeprefix("person:") for actor in actors}
    ids = [int(number) for number in numbers if number.isdigit()]
    wanted = select(Person.id, Person.name).where(Person.id.in_(ids))
    return {f"person:{number}": name for number, name in session.execute(wanted)}


def _named(organisation: Organisation) -> CompoundSelect[Any]:
    """All that the organisation's people change, by the names that the chain has for it."""
    step, item, offer = ImprovementAction, EvidenceItem, HelpOffer
    version = _one(EvidenceVersion, CONTENT, item.reference, item.title)
    return union_all(
        _one(step, STEP, step.reference, step.what, step.standard).where(_of(step, organisation)),
        _one(item, EVIDENCE, item.reference, item.title).where(_of(item, organisation)),
        version.join(EvidenceVersion.item).where(_of(item, organisation)),
        _one(offer, OFFER, literal(""), offer.words, offer.standard).where(
            _of(offer, organisation)
        ),
        _one(Assessment, WHOLE, Assessment.reference, Assessment.track).where(
            _of(Assessment, organisation)
        ),
    )


def _of(model: Any, organisation: Organisation) -> Any:
    return model.organisation_id == organisation.id


def _one(model: Any, kind: str, reference: Any, title: Any, standard: Any = None) -> Select[Any]:
    name = literal(f"{model.__tablename__}:").concat(cast(model.id, String))
    return select(
        name.label("subject"),
        literal(kind).label("kind"),
        reference.label("reference"),
        title.label("title"),
        (literal("") if standard is None else standard).label("standard"),
    )

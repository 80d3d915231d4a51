"""Who changed what: the answers, and all that was done beside them.

Of steps, evidence and the track the chain (web.audit) holds who did what to which row, and when;
here it is told for people.  The answers tell their own changes (``queries.changes``), with what
stood there before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, cast, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from accounts.models import Organisation, Person
from endorsement.assessing import queries
from endorsement.models import (
    AnswerChange,
    Assessment,
    EvidenceItem,
    EvidenceVersion,
    HelpOffer,
    ImprovementAction,
)
from web.audit.models import AuditEntry
from web.paging import PAGE, Paged

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


def history(session: Session, assessment: Assessment, page: int) -> Paged[AnswerChange | Act]:
    """Answers and all else in one row of days, the newest first.  A fixed number of statements."""
    wanted = _entries(assessment.organisation)
    counted = wanted.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
    total = queries.how_many_changes(session, assessment) + (session.scalar(counted) or 0)
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    most = page * PAGE
    acts = _told(session, wanted.limit(most))
    changes = queries.changes(session, assessment, most=most)
    both: list[AnswerChange | Act] = [*changes, *acts]
    both.sort(key=lambda one: one.at, reverse=True)
    return Paged(both[most - PAGE : most], page, total)


def by_sitting(found: Iterable[AnswerChange | Act]) -> list[list[AnswerChange | Act]]:
    """What one person wrote in one standard's page at one time stands together."""
    return [list(those) for _, those in groupby(found, _sitting)]


def _sitting(one: AnswerChange | Act) -> tuple[Any, ...]:
    if isinstance(one, Act):
        return (id(one),)
    return one.answer_id, one.by_id, one.at.replace(second=0, microsecond=0)


def _entries(organisation: Organisation) -> Select[Any]:
    named = _named(organisation).subquery()
    return (
        select(AuditEntry, named.c.kind, named.c.reference, named.c.title, named.c.standard)
        .join(named, named.c.subject == AuditEntry.subject)
        .where(or_(AuditEntry.verb != "add", named.c.kind != CONTENT))  # its item was added too
        # By time, which has no index: PostgreSQL would walk back through the whole chain instead.
        .order_by(AuditEntry.at.desc(), AuditEntry.number.desc())
    )


def _told(session: Session, wanted: Select[Any]) -> list[Act]:
    found = session.execute(wanted).all()
    names = _names(session, {row.AuditEntry.actor for row in found})
    return [_act(row, names) for row in found]


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

"""What endorsement holds of a person, for "Your data" (web.my_data), and what stays of it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from endorsement.models import (
    Answer,
    AnswerChange,
    Assessment,
    EvidenceItem,
    EvidenceVersion,
    HelpOffer,
    ImprovementAction,
    QualityPoint,
)
from web.contributions import DataSection, Erasure

THINGS = {
    "answer": _l("what a self-assessment says of a standard"),
    "assessment": _l("a self-assessment"),
    "evidence_item": _l("a piece of evidence"),
    "evidence_link": _l("what a piece of evidence is for"),
    "evidence_version": _l("what a piece of evidence was"),
    "framework_version": _l("a version of the quality framework"),
    "help_offer": _l("an offer to help other organisations"),
    "improvement_action": _l("an action of the plan"),
    "quality_point": _l("a picture of one day’s ratings"),
}
"""By table, what the record of somebody's acts calls it."""

Rows = Iterable[dict[str, Any]]


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "quality",
        _("Your part in self-assessments, plans and evidence"),
        _(
            "So that colleagues see who wrote what. Your organisation sees it, and nobody else "
            "until it sends its self-assessment. It is the organisation’s record and stays with "
            "it; without your account’s name once that is deleted."
        ),
        [
            *_begun(session, person),
            *_answered(session, person),
            *_changed(session, person),
            *_kept(session, person),
            *_planned(session, person),
            *_offered(session, person),
            *_added(session, person),
            *_removed(session, person),
        ],
    )


def keeps(session: Session, person: Any) -> list[str]:
    if not any(section.rows for section in sections(session, person)):
        return []
    return [
        _(
            "What you wrote in your organisation’s self-assessment and plan, and the evidence you "
            "added. It is the organisation’s record, so it stays."
        )
    ]


erasure = Erasure(keeps=keeps)


def _begun(session: Session, person: Any) -> Rows:
    wanted = select(Assessment).where(Assessment.began_by_id == person.id).order_by(Assessment.id)
    for found in session.scalars(wanted.options(joinedload(Assessment.organisation))):
        yield _row(found.organisation, found.began_at, _("You began the self-assessment"))


def _answered(session: Session, person: Any) -> Rows:
    wanted = select(Answer).where(Answer.changed_by_id == person.id).order_by(Answer.id)
    whole = joinedload(Answer.assessment).joinedload(Assessment.organisation)
    for found in session.scalars(wanted.options(whole)):
        what = _("You wrote last on standard %(key)s", key=found.standard)
        yield _row(found.assessment.organisation, found.changed_at, what)


def _changed(session: Session, person: Any) -> Rows:
    wanted = select(AnswerChange).where(AnswerChange.by_id == person.id).order_by(AnswerChange.id)
    whole = (
        joinedload(AnswerChange.answer)
        .joinedload(Answer.assessment)
        .joinedload(Assessment.organisation)
    )
    for found in session.scalars(wanted.options(whole)):
        what = _("You changed standard %(key)s", key=found.answer.standard)
        row = _row(found.answer.assessment.organisation, found.at, what)
        yield row | {_("Text"): found.after or None}


def _kept(session: Session, person: Any) -> Rows:
    wanted = select(QualityPoint).where(QualityPoint.by_id == person.id).order_by(QualityPoint.id)
    whole = joinedload(QualityPoint.assessment).joinedload(Assessment.organisation)
    for found in session.scalars(wanted.options(whole)):
        yield _row(found.assessment.organisation, found.at, _("You kept the ratings of a day"))


def _planned(session: Session, person: Any) -> Rows:
    wanted = select(ImprovementAction).where(ImprovementAction.written_by_id == person.id)
    whole = wanted.options(joinedload(ImprovementAction.organisation))
    for found in session.scalars(whole.order_by(ImprovementAction.id)):
        row = _row(found.organisation, found.written_at, _("You wrote an action of the plan"))
        yield row | {_("Text"): found.what}


def _offered(session: Session, person: Any) -> Rows:
    wanted = select(HelpOffer).where(HelpOffer.offered_by_id == person.id).order_by(HelpOffer.id)
    for found in session.scalars(wanted.options(joinedload(HelpOffer.organisation))):
        row = _row(found.organisation, found.offered_at, _("You offered help to others"))
        yield row | {_("Text"): found.words}


def _added(session: Session, person: Any) -> Rows:
    """The first version came with its item."""
    wanted = select(EvidenceVersion).where(EvidenceVersion.added_by_id == person.id)
    for found in session.scalars(_with_item(wanted)):
        row = _row(found.organisation, found.added_at, _("You added evidence"))
        what = found.text or found.address or found.file_name
        yield row | {_("Title"): found.item.title, _("Text"): what or None}


def _removed(session: Session, person: Any) -> Rows:
    wanted = select(EvidenceVersion).where(EvidenceVersion.removed_by_id == person.id)
    for found in session.scalars(_with_item(wanted)):
        row = _row(found.organisation, found.removed_at, _("You destroyed evidence"))
        yield row | {_("Title"): found.item.title, _("Text"): found.removed_why}


def _with_item(wanted: Select[EvidenceVersion]) -> Select[EvidenceVersion]:
    whole = joinedload(EvidenceVersion.item).joinedload(EvidenceItem.organisation)
    return wanted.options(whole).order_by(EvidenceVersion.id)


def _row(organisation: Any, at: Any, what: str) -> dict[str, Any]:
    return {_("Organisation"): organisation.name, _("When"): at, _("What"): what}

"""What the desk holds of people, for how long, and what stays when one of them is erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from review import forgetting
from review.models import Allocation, Case, Question, Reading
from web.contributions import DataSection, Erasure
from web.retention_rows import of_rows

MOST = 500

# A person


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "readings",
        _("What you wrote as an assessor, and questions about a case"),
        _(
            "So that each place is looked at by several people. The panel and the place read what "
            "you rated and why, once all have sent. Your private notes only you see; we delete "
            "them a year after the decision. The rest stays with the case."
        ),
        [*_read(session, person), *_asked(session, person)],
    )


def _read(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    wanted = select(Reading).join(Reading.allocation).where(Allocation.person_id == person.id)
    whole = joinedload(Reading.allocation).joinedload(Allocation.case)
    named = wanted.options(whole.joinedload(Case.organisation)).order_by(Reading.id)
    for reading in session.scalars(named):
        case = reading.allocation.case
        yield {
            _("Organisation"): case.organisation.name,
            _("Standard"): reading.standard,
            _("Rating"): reading.rating,
            _("Does not apply"): reading.does_not_apply,
            _("Text"): reading.reason or None,
            _("Your notes"): reading.private_note or None,
            _("When"): reading.changed_at,
        }


def _asked(session: Session, person: Any) -> Iterable[dict[str, Any]]:
    """Each is told of their own words alone; who asked is not the organisation's to know."""
    theirs = or_(Question.asked_by_id == person.id, Question.answered_by_id == person.id)
    wanted = select(Question).where(theirs).order_by(Question.id)
    for asked in session.scalars(
        wanted.options(joinedload(Question.case).joinedload(Case.organisation))
    ):
        mine = asked.asked_by_id == person.id
        yield {
            _("Organisation"): asked.case.organisation.name,
            _("Standard"): asked.standard,
            _("What"): _("You asked") if mine else _("You answered"),
            _("When"): asked.asked_at if mine else asked.closed_at,
            _("Text"): asked.text if mine else asked.answer,
        }


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not any(section.rows for section in my_data(session, person)):
        return []
    return [
        _(
            "What you rated and why as an assessor, and what you asked or answered about a case. "
            "It is part of how the place was judged. Your private notes are deleted."
        )
    ]


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:  # noqa: ARG001
    """Private notes go.  No row of the chain holds them."""
    wanted = select(Reading).join(Reading.allocation).where(Allocation.person_id == person.id)
    for reading in session.scalars(wanted.where(Reading.private_note != "")):
        reading.private_note = ""


erasure = Erasure(erase=erase, keeps=keeps)

# Forgetting


def _over(at: datetime) -> Select[Reading]:
    """Notes on cases that are over."""
    wanted = select(Reading).join(Reading.allocation).join(Allocation.case)
    return wanted.where(Reading.private_note != "", *forgetting.over(at))


def _forget(_session: Session, found: Reading, _at: datetime) -> None:
    found.private_note = ""


retention = of_rows(
    "assessors' notes",
    _l("An assessor’s private notes"),
    Reading,
    over=_over,
    forget=_forget,
    kept=forgetting.kept,
    most=MOST,
)

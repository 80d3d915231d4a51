"""A person's parts in cases: in their data, when they are erased, and how long words are kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from review import forgetting
from review.allocation.wording import PARTS
from review.models import Allocation, Case
from review.parts import ACCEPTED, ASKED, PROPOSED
from review.states import WITH_ASSESSORS
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure
from web.retention_rows import of_rows

BY = "system:retention"
MOST = 300


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    """What they know of: not that somebody thought of asking them."""
    yield DataSection(
        "parts in cases",
        _("Cases you were asked to read"),
        _(
            "So that it is known who read which case. The Charter team sees it. It is kept with"
            " the case; why you said no, until a year after the decision."
        ),
        [_row(part) for part in _parts_of(session, person) if part.state != PROPOSED],
    )


def _parts_of(session: Session, person: Any) -> Sequence[Allocation]:
    wanted = (
        select(Allocation)
        .where(Allocation.person_id == person.id)
        .options(joinedload(Allocation.case).joinedload(Case.organisation))
        .order_by(Allocation.id)
    )
    return session.scalars(wanted).all()


def _row(part: Allocation) -> dict[str, Any]:
    return {
        _("Organisation"): part.case.organisation.name,
        _("Case"): part.case.reference,
        _("How it stands"): PARTS[part.state],
        _("Asked on"): part.asked_at,
        _("Answered on"): part.answered_at,
        _("To send by"): part.due_on,
        _("Sent on"): part.sent_at,
        _("Ended on"): part.ended_at,
        _("Why"): part.ended_why,
    }


# Erasing


def obstacles(session: Session, person: Any) -> list[str]:
    return [
        _("You read the case of %(name)s. Ask the Charter team to give it to somebody else first.",
          name=part.case.organisation.name)
        for part in _parts_of(session, person)
        if part.state in (ASKED, ACCEPTED) and part.case.state in WITH_ASSESSORS
    ]  # fmt: skip


def keeps(session: Session, person: Any) -> list[str]:
    if not any(part.sent_at for part in _parts_of(session, person)):
        return []
    return [_("The readings you sent. They stay with the case, without your name.")]


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """Their own words of why they said no, and their name in why another was chosen."""
    theirs = {part.case_id for part in _parts_of(session, person)}
    wanted = select(Allocation).where(Allocation.case_id.in_(theirs)).order_by(Allocation.id)
    for part in session.scalars(wanted):
        if part.person_id == person.id:
            part.ended_why = ""
        part.why = ""
        _forget(session, part, by, at)


def _forget(session: Session, part: Allocation, by: Any, at: datetime) -> None:
    session.flush()
    forget_values(session, part)
    record(session, part, "forget", by=by, at=at)


# Retention


def _over(at: datetime) -> Select[Allocation]:
    """Words about parts in cases that are over."""
    words = or_(Allocation.ended_why != "", Allocation.why != "")
    return select(Allocation).join(Allocation.case).where(words, *forgetting.over(at))


def _words_go(session: Session, part: Allocation, at: datetime) -> None:
    part.why = part.ended_why = ""
    _forget(session, part, BY, at)


data = sections
erasure = Erasure(obstacles=obstacles, keeps=keeps, erase=erase)
retention = of_rows(
    "words about assessors",
    _l("Why an assessor was chosen, or said no, a year after the decision"),
    Allocation,
    over=_over,
    forget=_words_go,
    kept=forgetting.kept,
    most=MOST,
)

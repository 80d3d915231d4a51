"""What somebody wrote in yearly checks: shown to them; it stays, without their name."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from review.models import Award, AwardCheck
from web.contributions import DataSection, Erasure


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "award-checks",
        _("Yearly checks you sent"),
        _(
            "So that the Charter team knows whether an award still fits. Your colleagues and the "
            "Charter team see it. It is the organisation’s record and stays with the award."
        ),
        [
            {
                _("Organisation"): check.award.organisation.name,
                _("When"): check.sent_at,
                _("All as it was"): check.still_true,
                _("Text"): check.words,
            }
            for check in _checks(session, person)
        ],
        table=True,
    )


def _checks(session: Session, person: Any) -> Sequence[AwardCheck]:
    wanted = (
        select(AwardCheck)
        .where(AwardCheck.sent_by_id == person.id)
        .options(joinedload(AwardCheck.award).joinedload(Award.organisation))
    )
    return session.scalars(wanted.order_by(AwardCheck.id)).all()


def keeps(session: Session, person: Any) -> Sequence[str]:
    if not _checks(session, person):
        return []
    return [_("What you wrote in the yearly check of an award: it is the organisation’s record.")]


erasure = Erasure(keeps=keeps)

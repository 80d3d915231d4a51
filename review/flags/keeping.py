"""How long the words of a flag are kept: the circle keeps its record in its own system."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from review.forgetting import long_ago
from review.models import Flag
from web.contributions import RetentionRule
from web.database import hold

MOST = 200


def _due(session: Session, at: datetime) -> Sequence[Any]:
    wanted = select(Flag.id).where(Flag.closed_at < long_ago(at), Flag.words != "")
    return session.scalars(wanted.order_by(Flag.id).limit(MOST)).all()


def _take_away(session: Session, flag_id: int, at: datetime) -> None:
    flag = hold(session, Flag, flag_id)
    if flag is not None and flag.closed_at is not None and flag.closed_at < long_ago(at):
        flag.words = flag.outcome = ""


retention = RetentionRule(
    name="safeguarding flags",
    what=_l("What an assessor told the safeguarding lead"),
    due=_due,
    take_away=_take_away,
    kept=lambda kept: (
        _("%(n)s years after it was closed", n=kept.assessor_notes_years)
        if kept.assessor_notes_years != 1
        else _("1 year after it was closed")
    ),
)

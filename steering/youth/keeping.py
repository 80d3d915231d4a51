"""What is held of a young person's seat, and its end."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from steering.models import YouthSeat
from steering.youth import queries
from web import erasing
from web.audit import record
from web.audit.purging import forget_values
from web.contributions import DataSection, Erasure, RetentionRule
from web.database import holding

BY = "system:retention"
MOST = 200


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    youth = queries.of_person(session, person)
    supported = queries.supported_by(session, person)
    if youth is not None:
        why = _("So that you can sign in with a name you chose. Only the Charter team sees it. It "
                "goes some months after your seat ends.")  # fmt: skip
        yield DataSection(
            "youth-seat", _("Your seat"), why, [_own(youth)], "my_steering.everything"
        )
    if supported:
        yield DataSection(
            "supporting",
            _("Young people you support"),
            _("So that they have somebody to turn to. You and the Charter team see it."),
            [{_("Since"): one.made_at, _("Seat"): one.reference} for one in supported],
            "supporting.everything",
        )


def _own(youth: YouthSeat) -> dict[str, Any]:
    return {
        _("Chosen name"): youth.person.name if youth.person else None,
        _("Your supporter"): youth.supporter.name,
        _("Joined"): youth.joined_at,
        _("Opened"): youth.activated_at,
        _("Until"): youth.ends_on,
        _("New passphrase"): youth.reset_at,
    }


def erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """Their name to sign in with; the account itself is accounts' part."""
    youth = queries.of_person(session, person)
    if youth is None or youth.erased_at is not None:
        return
    youth.name_key = youth.code_digest = None
    youth.erased_at = at
    youth.ended_at = youth.ended_at or at
    forget_values(session, youth)
    record(session, youth, "forget", by=by, at=at)


def _months() -> int:
    return int(current_app.extensions["scheme"].retention.youth_seat_months)


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = queries.over(at, _months()).with_only_columns(YouthSeat.id).order_by(YouthSeat.id)
    return session.scalars(wanted.limit(MOST)).all()


def _take_away(session: Session, number: int, at: datetime) -> None:
    wanted = queries.over(at, _months()).where(YouthSeat.id == number)
    youth = session.scalar(holding(wanted, YouthSeat))
    if youth is None:
        return
    if youth.person is None:
        youth.erased_at = at
        record(session, youth, "forget", by=BY, at=at)
    else:
        erasing.erase(session, youth.person, by=BY, at=at)


erasure = Erasure(erase=erase)
retention = RetentionRule(
    "youth seats",
    _l("The name, passphrase and ties of a young person whose seat has ended"),
    _due,
    _take_away,
    since=lambda session, number: session.get_one(YouthSeat, number).ended_at,
    kept=lambda kept: _("%(n)s months after the seat ended", n=kept.youth_seat_months),
)

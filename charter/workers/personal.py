"""What is held of a worker's pledge: as they read it, how it is erased, how long it is kept."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from charter.models import WorkerPledge
from charter.workers import actions, queries
from charter.workers.words import LIVE, ROLES, STATES
from web.contributions import DataSection, Erasure, RetentionRule
from web.months import months_before

BY = "system:retention"


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    pledges = queries.all_of_person(session, person)
    stands = any(pledge.state == LIVE for pledge in pledges)
    yield DataSection(
        "worker-pledge",
        _("Your own pledge"),
        _(
            "So that your pledge stands and you get a certificate. Nobody sees it unless you chose "
            "to be shown. It is kept while it stands, and %(years)s years after you take it back.",
            years=_scheme().retention.withdrawn_or_refused_years,
        ),
        [_row(pledge) for pledge in pledges],
        change="workers.change_mine" if stands else "",
    )


def _row(pledge: WorkerPledge) -> dict[str, Any]:
    return {
        _("Reference"): pledge.reference,
        _("How it stands"): str(STATES[pledge.state]),
        _("First name"): pledge.first_name,
        _("Email address"): pledge.email,
        _("What you do"): str(ROLES.get(pledge.role, pledge.role)),
        _("Where"): area_name(pledge.area),
        _("Shown to everyone"): _("yes") if pledge.shown else _("no"),
        _("What you will do"): pledge.words or None,
        _("Form sent"): pledge.asked_at,
        _("Signed"): pledge.confirmed_at,
        _("Taken back"): pledge.withdrawn_at,
    }


def area_name(key: str) -> str:
    """The county's where somebody works all over it."""
    area = _scheme().area(key)
    return str(area.name if area else _scheme().names.county)


def _erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    for pledge in queries.all_of_person(session, person, lock=True):
        actions.forget(session, pledge, by=by, at=at)


erasure = Erasure(erase=_erase)


def _unconfirmed(at: datetime) -> Any:
    days = timedelta(days=_scheme().clocks.charter.worker_confirm_days)
    return queries.never_confirmed(at - days)


def _withdrawn(at: datetime) -> Any:
    years = _scheme().retention.withdrawn_or_refused_years
    return queries.taken_back(months_before(at, 12 * years))


Old = Callable[[datetime], Any]


def _due(old: Old, session: Session, at: datetime) -> Sequence[int]:
    return queries.first_of(session, old(at))


def _take_away(old: Old, session: Session, pledge_id: int, at: datetime) -> None:
    """Not one whose form was sent again, or which was confirmed, a moment ago."""
    pledge = queries.still_among(session, old(at), pledge_id)
    if pledge is not None:
        actions.forget(session, pledge, by=BY, at=at)


retention = (
    RetentionRule(
        "workers-unconfirmed",
        _l("Workers’ own pledges that nobody confirmed"),
        partial(_due, _unconfirmed),
        partial(_take_away, _unconfirmed),
        kept=lambda _kept: _("%(n)s days", n=_scheme().clocks.charter.worker_confirm_days),
    ),
    RetentionRule(
        "workers-withdrawn",
        _l("Workers’ own pledges that were taken back"),
        partial(_due, _withdrawn),
        partial(_take_away, _withdrawn),
        kept=lambda kept: _("%(n)s years after that", n=kept.withdrawn_or_refused_years),
    ),
)


def _scheme() -> Any:
    return current_app.extensions["scheme"]

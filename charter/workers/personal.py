"""What is held of a worker's pledge: as they read it, how it is erased, how long it is kept."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from charter.models import WorkerPledge
from charter.workers import actions, queries
from charter.workers.words import LIVE, ROLES, STATES, UNCONFIRMED, WITHDRAWN
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


def _unconfirmed(session: Session, at: datetime) -> Sequence[Any]:
    days = timedelta(days=_scheme().clocks.charter.worker_confirm_days)
    return [pledge.id for pledge in queries.never_confirmed(session, at - days)]


def _withdrawn(session: Session, at: datetime) -> Sequence[Any]:
    years = _scheme().retention.withdrawn_or_refused_years
    return [pledge.id for pledge in queries.taken_back(session, months_before(at, 12 * years))]


def _take_away(session: Session, pledge_id: Any, at: datetime) -> None:
    pledge = session.get(WorkerPledge, pledge_id, with_for_update=True, populate_existing=True)
    if pledge is not None and pledge.state in (UNCONFIRMED, WITHDRAWN):
        actions.forget(session, pledge, by=BY, at=at)


retention = (
    RetentionRule(
        "workers-unconfirmed",
        _l("Workers’ own pledges that nobody confirmed"),
        _unconfirmed,
        _take_away,
        kept=lambda _kept: _("%(n)s days", n=_scheme().clocks.charter.worker_confirm_days),
    ),
    RetentionRule(
        "workers-withdrawn",
        _l("Workers’ own pledges that were taken back"),
        _withdrawn,
        _take_away,
        kept=lambda kept: _("%(n)s years after that", n=kept.withdrawn_or_refused_years),
    ),
)


def forget_unconfirmed(session: Session, at: datetime) -> str:
    """The timed job: a form that nobody confirmed is forgotten on its day."""
    due = _unconfirmed(session, at)
    for pledge_id in due:
        _take_away(session, pledge_id, at)
    return f"forgotten: {len(due)}"


def _scheme() -> Any:
    return current_app.extensions["scheme"]

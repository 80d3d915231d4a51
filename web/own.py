"""The shared core's own contribution: its jobs, and what it holds of people."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from web import limits, parking, retention
from web.audit import AuditEntry
from web.audit.purging import forget_values_of, old_entries
from web.contributions import Contribution, DataSection, Erasure, RetentionRule
from web.files import door as files_door
from web.files import removing, scanning, sweeping
from web.jobs import Job
from web.mail import digest, keeping
from web.mail import views as mail_views
from web.months import months_before

MOST = 500


def _parked(session: Session, person: Any) -> Iterable[DataSection]:
    yield DataSection(
        "kept texts",
        _("What you were typing when a session ended"),
        _("So that it is not lost. Only you see it. We delete it after 24 hours."),
        [
            {_("Page"): row.path, _("When"): row.parked_at, **row.typed}
            for row in parking.parked_of(session, person)
        ],
    )


def _old_values(session: Session, at: datetime) -> list[int]:
    years = current_app.extensions["scheme"].retention.audit_years
    return old_entries(session, months_before(at, 12 * years), MOST)


def _forget_old_values(session: Session, entry_number: int, _at: datetime) -> None:
    forget_values_of(session, entry_number)


def _written(session: Session, entry_number: int) -> datetime:
    return session.get_one(AuditEntry, entry_number).at


own_contribution = Contribution(
    name="web",
    set_up=files_door.install,
    blueprints=(mail_views.bp,),
    account_pages=mail_views.account_pages,
    my_data=(keeping.my_data, _parked),
    erasure=(keeping.erasure, Erasure(erase=parking.erase)),
    retention=(
        *keeping.retention,
        RetentionRule(
            "changes",
            _l("What was changed, by whom, so that nobody can cheat"),
            _old_values,
            _forget_old_values,
            since=_written,
            kept=lambda kept: _("%(n)s years", n=kept.audit_years),
        ),
    ),
    things={"stored_file": _l("a file")},
    jobs=(
        *removing.jobs,
        *scanning.jobs,
        *sweeping.jobs,
        Job("forget old parked forms", timedelta(hours=1), parking.forget_old),
        Job("forget old attempt counts", timedelta(hours=1), limits.forget_old),
        Job("send digests", timedelta(hours=1), digest.send_digests, last=True),
        retention.job,
    ),
)

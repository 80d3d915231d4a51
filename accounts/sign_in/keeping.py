"""What is held of how somebody signs in: for "Your data", and its end."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.actions import signing_in
from accounts.actions.factors import forget_factors
from accounts.models import Person
from accounts.queries.signing_in import devices_of
from accounts.sign_in.authenticator import recovery_codes
from web.audit import record
from web.contributions import DataSection, Erasure


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    yield _devices(session, person)
    yield _factors(person)


def _devices(session: Session, person: Person) -> DataSection:
    rows = [
        {
            _("Browser"): device.browser,
            _("On"): device.system,
            _("Signed in"): device.signed_in_at,
            _("Last used, to some minutes"): device.last_seen_at,
        }
        for device in devices_of(session, person)
    ]
    return DataSection(
        "devices",
        _("Where you are signed in"),
        _(
            "So that you can sign out there. Only you see it. It is deleted when that sign-in "
            "ends. We keep no address of your connection."
        ),
        rows,
        "security.devices",
    )


def _factors(person: Person) -> DataSection:
    rows: list[dict[str, Any]] = [
        {_("What"): key.name, _("Since"): key.added_at, _("Last used"): key.last_used_at}
        for key in person.webauthn
    ]
    if person.tf_totp_secret is not None:
        rows.append({_("What"): _("Authenticator app"), _("Since"): person.tf_added_at})
    if left := len(recovery_codes(person)):
        rows.append({_("What"): _("Recovery codes that are left: %(n)s", n=left)})
    return DataSection(
        "second step",
        _("How you prove it is you"),
        _(
            "So that a password alone does not open your account. Only you see it. The secrets "
            "themselves are encrypted. They are deleted when you remove them."
        ),
        rows,
        "security.second_factor",
    )


def _erase(session: Session, person: Person, *, by: Any, at: datetime) -> None:
    signing_in.end_all(session, person)
    forget_factors(person)
    person.us_totp_secrets = person.fs_webauthn_user_handle = None
    record(session, person, "forget how they sign in", by=by, at=at)


erasure = Erasure(erase=_erase)

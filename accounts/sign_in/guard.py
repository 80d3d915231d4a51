"""The door's second question, asked with every request: has their second factor been shown?

Until it has, a password opens nothing: open pages meet nobody, all others lead to the proof, or
to setting one up for those whose role demands one and who have none yet.
"""

from flask import current_app, g, request
from werkzeug import Response

from accounts.actions.factors import has_any
from accounts.sign_in.demands import role_demands
from accounts.sign_in.devices import this_device
from web.access import Rule, anyone, me, send_through, signed_out

PROVING = frozenset(
    f"security.{name}" for name in ("prove", "prove_by_recovery_code", "prove_by_passkey", "logout")
)
SETTING_UP = frozenset(
    f"security.{name}" for name in ("second_factor", "set_up_app", "add_passkey")
)


def proved_first(rule: Rule) -> Response | None:
    """A step of the door (web.access)."""
    person = me()
    if not person.is_authenticated or not is_owed():
        return None
    has_one = has_any(person)
    # Whoever has one must show it before adding another: else a password would be enough.
    if request.endpoint in (PROVING if has_one else PROVING | SETTING_UP):
        return None
    if rule is signed_out:  # the door leads them to where they were going, and so to us
        return None
    if rule is anyone:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
        return None
    return send_through("security.prove" if has_one else "security.second_factor")


def is_owed() -> bool:
    """Whether the person who is signed in here must still show a second factor."""
    device = this_device()
    if device is None:
        return True
    return device.proved_at is None and (device.must_prove or role_demands(me()))

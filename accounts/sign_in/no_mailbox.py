"""Pages that need an e-mail address, closed to an account that has none: a young person's seat.

One step of the door for all of them, so that no page has to think of it: they would show an
address that is none, wait for mails that never go, or bring a young person into an organisation's
lists.
"""

from flask import abort, current_app, g, request
from flask_babel import gettext as _

from web.access import OPEN, Rule, anyone, me

BLUEPRINTS = frozenset(
    {
        "addresses", "colleagues", "data_requests", "deleting", "invitations", "joining",
        "leading", "mail", "mailbox", "my_passport", "organisations", "projects", "workers",
    }
)  # fmt: skip
PAGES = frozenset(
    f"security.{name}"
    for name in (
        "add_passkey", "change_name", "passkey", "recovery_codes", "recovery_codes_kept",
        "remove_app", "remove_passkey", "second_factor", "set_up_app",
    )
)  # fmt: skip


def is_closed(endpoint: str | None) -> bool:
    name = endpoint or ""
    return name in PAGES or name.partition(".")[0] in BLUEPRINTS


def needs_a_mailbox(rule: Rule) -> None:
    """A step of the door (web.access).  What is open to all meets nobody instead."""
    person = me()
    if not person.is_authenticated or person.has_mailbox or not is_closed(request.endpoint):
        return
    if rule is anyone:
        g._login_user = current_app.login_manager.anonymous_user()  # type: ignore[attr-defined]
    elif rule not in OPEN:
        abort(
            403,
            description=_(
                "Your seat has no email address, so this page is not for you. Tell your "
                "supporter or the Charter team what you need."
            ),
        )

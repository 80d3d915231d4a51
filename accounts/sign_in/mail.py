"""The links and codes of our mails, made when a mail is sent.

The library's own mails carry a link made with the request, which would stand in the outbox for
everybody who can read the database.  Ours hold a person's id and nothing else.
"""

from typing import Any

from flask_babel import gettext as _
from flask_security.confirmable import generate_confirmation_link
from flask_security.recoverable import generate_reset_link
from sqlalchemy.orm import Session

from accounts.models import Person
from accounts.sign_in.codes import code_now
from web.going import sealed
from web.mail.writing import SecretMaker


def _whose(session: Session, facts: dict[str, Any]) -> Person:
    return session.get_one(Person, facts["person"])


def _confirm_link(session: Session, facts: dict[str, Any]) -> str:
    link, _ = generate_confirmation_link(_whose(session, facts))
    going_to = facts.get("going_to")
    return f"{link}?on={sealed(going_to)}" if going_to else str(link)


def _reset_link(session: Session, facts: dict[str, Any]) -> str:
    link, _ = generate_reset_link(_whose(session, facts))
    return str(link)


def _code(session: Session, facts: dict[str, Any]) -> str:
    return code_now(_whose(session, facts)) or _("(already used)")


mail_secrets: dict[str, SecretMaker] = {
    "confirm link": _confirm_link,
    "reset link": _reset_link,
    "sign-in code": _code,
}

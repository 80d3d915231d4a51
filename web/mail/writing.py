"""From an outbox row to the words of a mail: at sending, when links and codes are made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template
from sqlalchemy.orm import Session

from web.mail.models import OutboxMail

REMOVED = "[link removed]"
SecretMaker = Callable[[Session, dict[str, Any]], str]
"""Takes the session and the mail's facts; returns a link or code that lets one do something."""


@dataclass(frozen=True)
class Letter:
    subject: str
    body: str
    kept_subject: str
    """The copy that is kept has no secrets."""
    kept_body: str


def write(session: Session, mail: OutboxMail) -> Letter:
    """Render a mail.  The template's first line is ``Subject: …``, then an empty line."""
    makers: dict[str, SecretMaker] = current_app.extensions["mail_secrets"]
    made: list[str] = []

    def secret(name: str) -> str:
        made.append(makers[name](session, mail.facts))
        return made[-1]

    text = render_template(f"mail/{mail.kind}.txt", secret=secret, **mail.facts)
    first, _, rest = text.strip().partition("\n")
    subject = " ".join(first.removeprefix("Subject:").split())
    body = rest.strip() + "\n"
    return Letter(subject, body, _without(made, subject), _without(made, body))


def _without(secrets: list[str], text: str) -> str:
    for secret in sorted(filter(None, secrets), key=len, reverse=True):  # one may hold another
        text = text.replace(secret, REMOVED)
    return text

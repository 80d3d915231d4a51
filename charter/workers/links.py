"""The link to a worker's pledge.  Made when the mail is sent; it opens a page with buttons.

It names the day it was made: whoever finds an old mail gets no further than asking for a new one.
It names the mailbox too, as a digest: it is dead once the pledge has gone on to another address.
"""

from datetime import date, timedelta
from typing import Any

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from web import clock
from web.mail.writing import SecretMaker


def token_of(reference: str, mailbox: str) -> str:
    """``mailbox``: its mark (charter.workers.rules.mark_of)."""
    return _signer().dumps([reference, mailbox, clock.today().isoformat()])


def opened(token: str, good_for: timedelta) -> tuple[str, str] | None:
    """The pledge's reference and the mailbox's mark; None for a token we did not make, and for
    one that is too old."""
    try:
        reference, mailbox, made = _signer().loads(token)
        day = date.fromisoformat(made)
    except (BadData, TypeError, ValueError):
        return None
    return (str(reference), str(mailbox)) if clock.today() <= day + good_for else None


def _link(_session: Session, facts: dict[str, Any]) -> str:
    token = token_of(facts["reference"], facts["mailbox"])
    return url_for("workers.by_link", token=token, _external=True)


def _certificate(_session: Session, facts: dict[str, Any]) -> str:
    return url_for("workers.certificate", reference=facts["reference"], _external=True)


mail_secrets: dict[str, SecretMaker] = {"worker link": _link, "worker certificate": _certificate}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="worker's pledge")

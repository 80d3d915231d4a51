"""The links in mails about addresses.  Made at sending; each opens a page and changes nothing."""

from typing import Any

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from web.mail.writing import SecretMaker


def token_of(what: str, reference: str, side: str) -> str:
    """``side``: which mailbox it went to."""
    return _signer(what).dumps([reference, side])


def opened(what: str, token: str) -> tuple[str, str] | None:
    """The reference and the side; None for a token we did not make."""
    try:
        reference, side = _signer(what).loads(token)
    except (BadData, TypeError, ValueError):
        return None
    return str(reference), str(side)


def _address_link(_session: Session, facts: dict[str, Any]) -> str:
    token = token_of("address", facts["reference"], facts["side"])
    return url_for("addresses.answer", token=token, _external=True)


def _mailbox_link(_session: Session, facts: dict[str, Any]) -> str:
    token = token_of("mailbox", facts["reference"], facts["side"])
    return url_for("mailbox.notice", token=token, _external=True)


def _signer(what: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=f"{what} link")


mail_secrets: dict[str, SecretMaker] = {
    "address link": _address_link,
    "mailbox link": _mailbox_link,
}

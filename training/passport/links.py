"""The private link: a reference that we signed, so that nobody can guess one."""

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer

from training.models import PassportLink


def token_of(reference: str) -> str:
    return _signer().dumps(reference)


def opened(token: str) -> str | None:
    """The link's reference; None for a token that we did not make."""
    try:
        return str(_signer().loads(token))
    except BadData:
        return None


def address(link: PassportLink) -> str:
    return url_for("passport.shown", token=token_of(link.reference), _external=True)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="training passport")

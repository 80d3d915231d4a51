"""The link by which whoever asked follows their request.  Made when a mail is sent."""

from typing import Any

from flask import current_app, url_for
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session


def token_of(reference: str) -> str:
    return _signer().dumps(reference)


def reference_in(token: str) -> str | None:
    """None for a token we did not make."""
    try:
        found = _signer().loads(token)
    except BadData:
        return None
    return found if isinstance(found, str) else None


def request_link(_session: Session, facts: dict[str, Any]) -> str:
    return url_for("data_requests.follow", token=token_of(facts["reference"]), _external=True)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="data-request")

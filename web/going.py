"""Where a person was going when they had to sign in or to make an account first.

Until the account is confirmed it travels in the address (``next``); through the mail it travels
signed, so that whoever typed the address of a stranger cannot write words into the stranger's mail.
"""

from typing import Any

from flask import current_app, request, url_for
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

LONGEST = 500


def onward() -> dict[str, Any]:
    """Where the person was going, if that is a page of ours, and whether a text waits there."""
    kept = request.args.get("kept", "")
    return {k: v for k, v in {"next": going_to() or "", "kept": kept}.items() if v}


def going_to() -> str | None:
    """From this request's address."""
    wanted = request.args.get("next") or _opened(request.args.get("on", ""))
    return wanted if _is_ours(wanted) else None


def sealed(wanted: str) -> str:
    """For a mail's link: ``?on=…``."""
    return _signer().dumps(wanted)


def first_page() -> str:
    """Where signing in leads somebody who was going nowhere."""
    for part in current_app.extensions["contributions"]:
        for entry in part.navigation:
            if entry.first and entry.rule(current_user) is True:
                return url_for(entry.endpoint)
    return url_for("accounts.home")


def _is_ours(wanted: str) -> bool:
    inside = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    return inside and wanted.isprintable() and len(wanted) <= LONGEST


def _opened(token: str) -> str:
    try:
        return str(_signer().loads(token))
    except BadData:
        return ""


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt="going-to")

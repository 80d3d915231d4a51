"""The door for learning platforms: POST and PUT /xapi/statements."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, make_response, request
from werkzeug.exceptions import RequestEntityTooLarge

from training.models import LearningPlatform
from training.xapi import queries
from training.xapi.receiving import Conflict, receive
from training.xapi.statements import (
    NotAStatement,
    Statement,
    id_of,
    parsed,
    read,
    version_of,
)
from training.xapi.tokens import digest_of
from web import clock
from web.access import allow_machine
from web.database import db
from web.limits import count_attempt

bp = Blueprint("xapi", __name__, url_prefix="/xapi")
LARGEST = 1024 * 1024
"""Bytes of one request: some hundreds of statements."""
SPEAKS = "X-Experience-API-Version"
TOO_MANY = "That was too much for one hour. Wait an hour, then send it again."


def answer(status: int, told: Any = None, version: str = "1.0.3") -> Response:
    """``told``: a sentence where it is refused."""
    body = {"error": told} if status >= 400 else told
    made = make_response(jsonify(body) if body is not None else "", status)
    made.headers[SPEAKS] = version
    if status == 401:
        made.headers["WWW-Authenticate"] = 'Basic realm="xAPI", Bearer realm="xAPI"'
    return made


def platform() -> LearningPlatform | Response:
    """Whose token it is: a Bearer token, or the password of Basic."""
    settings = current_app.extensions["settings"]
    told = request.authorization
    token = (told.token or told.password or "") if told is not None else ""
    digest = digest_of(token)
    if not token or queries.by_digest(db(), digest) is None:
        if not count_attempt(
            "xapi token", f"from {request.remote_addr}", settings.attempts_per_hour
        ):
            return answer(429, TOO_MANY)
        return answer(401, "Send a token that stands: as Bearer, or as the password of Basic.")
    if not count_attempt("xapi", digest, settings.machine_calls_an_hour):
        return answer(429, TOO_MANY)
    found = queries.by_digest(db(), digest, lock=True)
    return found if found is not None else answer(401, "This token was revoked.")


@bp.post("/statements")
@allow_machine(platform)
def many(platform: LearningPlatform) -> Response:
    """One statement or a list of them: all are taken, or none."""
    return _take(platform, lambda told, at: [read(one, at) for one in told], list)


@bp.put("/statements")
@allow_machine(platform)
def one(platform: LearningPlatform) -> Response:
    """One, under the id that the address gives."""

    def statements(told: Sequence[Any], at: datetime) -> list[Statement]:
        id_ = id_of(request.args.get("statementId"))
        if len(told) != 1 or not isinstance(told[0], dict):
            raise NotAStatement("Send one statement.")
        if "id" in told[0] and id_of(told[0]["id"]) != id_:
            raise NotAStatement("“id” is another one than statementId.")
        return [read({**told[0], "id": id_}, at)]

    return _take(platform, statements, lambda _ids: None)


def _take(platform: LearningPlatform, understood: Any, said: Any) -> Response:
    at, version = clock.now(), "1.0.3"
    try:
        version = version_of(request.headers.get(SPEAKS))
        ids = receive(db(), platform, understood(parsed(_body()), at), at=at)
    except NotAStatement as refused:
        db().rollback()
        return answer(400, str(refused), version)
    except Conflict as refused:
        db().rollback()
        return answer(409, str(refused), version)
    except RequestEntityTooLarge:
        db().rollback()
        return answer(413, "Send less at once: at most one megabyte.", version)
    db().commit()
    told = said(ids)
    return answer(200 if told is not None else 204, told, version)


def _body() -> bytes:
    if request.mimetype != "application/json":
        raise NotAStatement("Send JSON: Content-Type: application/json, without attachments.")
    request.max_content_length = LARGEST
    return request.get_data(cache=False)

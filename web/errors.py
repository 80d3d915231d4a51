"""Error pages in plain words, each with a way onward.  They ask nothing of the database."""

import logging

from flask import Flask, Response, g, jsonify, make_response, render_template, request
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

log = logging.getLogger(__name__)

WORDS = {
    400: (
        _l("That did not arrive as it should"),
        _l(
            "Something in the address or the form was not right."
            " Go back, reload the page and try again."
        ),
    ),
    403: (_l("You cannot do that here"), _l("Your account is not allowed to open this.")),
    404: (
        _l("We cannot find that page"),
        _l(
            "Check the address for a slip."
            " If you followed a link, the page may have moved or closed."
        ),
    ),
    405: (_l("That page works another way"), _l("Go back and use the button on the page.")),
    409: (
        _l("Someone else changed this"),
        _l("It was changed while you had it open. Go back and reload to see both."),
    ),
    413: (
        _l("That is too big"),
        _l("What you sent is larger than we can take. Make it smaller and try again."),
    ),
    422: (_l("Please check"), _l("Go back and check what you typed.")),
    429: (
        _l("Too many tries"),
        _l("To keep accounts safe we stop after many tries. Wait an hour, then try again."),
    ),
    500: (
        _l("Something went wrong here"),
        _l("It is our fault, not yours. We have been told. Try again in a few minutes."),
    ),
    503: (_l("We are closed for a moment"), _l("Try again in a few minutes.")),
}

SPEAKING = frozenset({403, 404, 409, 413, 422, 429, 503})
"""Where ``abort(…, description=…)`` is heard; in a 400 Werkzeug puts words of its own."""


def error_page(status: int, said: str | None = None) -> Response:
    """``said`` is a sentence that tells more than the usual one."""
    g.setdefault("_login_user", None)  # nobody is looked up: the database may be what failed
    heading, usual = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    if request.accept_mimetypes.best == "application/json":
        return make_response(jsonify(error=str(heading), detail=str(said or usual)), status)
    page = render_template("errors/error.html", heading=heading, said=said or usual, status=status)
    return make_response(page, status)


def install(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def expected(error: HTTPException) -> Response:
        if error.response is not None:  # abort(redirect(…))
            return make_response(error.response)
        own_words = error.description if _is_ours(error) else None
        response = error_page(error.code or 500, own_words)
        for name, value in error.get_headers():
            if name in ("Allow", "Retry-After"):
                response.headers[name] = value
        return response

    @app.errorhandler(StaleDataError)
    def changed_meanwhile(_error: StaleDataError) -> Response:
        return error_page(409)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> Response:
        if app.testing:
            raise error
        log.exception("request failed")
        return error_page(500)


def _is_ours(error: HTTPException) -> bool:
    """Whether the description is a sentence of ours, not Werkzeug's."""
    if isinstance(error, CSRFError):
        error.description = str(
            _l(
                "This form was open too long, or cookies are switched off."
                " Go back, reload the page and try again."
            )
        )
        return True
    if error.code not in SPEAKING:
        return False
    return bool(error.description) and error.description != type(error).description

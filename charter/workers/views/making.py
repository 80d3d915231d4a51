"""Three short pages and a button.

What was typed waits in the person's own session cookie, and nowhere else, until it is sent.
"""

from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug import Response

from charter.models import CharterVersion
from charter.queries import current_charter
from charter.workers import actions, forms, limits, queries, rules
from charter.workers.actions import Answers
from charter.workers.views.blueprint import bp, example, scheme
from charter.workers.words import LIVE, ROLES
from web import clock
from web.access import allow, anyone, me
from web.database import db
from web.pages import show
from web.workflow import Refused

TYPED, SENT_TO = "worker", "worker sent to"
"""In the session: what was typed so far, and where the last mail went."""


def newest_charter(_person: Any) -> CharterVersion:
    version = current_charter(db())
    if version is None:
        abort(503)
    return version


@bp.route("/pledge/worker", methods=["GET", "POST"])
@allow(anyone, on=newest_charter)
def promise(version: CharterVersion) -> Response:
    """Page 1: the eight, and "I will keep these"."""
    if _has_signed():
        return redirect(url_for(".mine"), 303)
    may_sign = rules.may_sign(version, example=example())
    form = forms.Promise(data=_typed())
    form.offer(version.commitments)
    if form.is_submitted() and may_sign is not True:
        form.form_errors = [may_sign]
    elif form.sent():
        _keep(version=version.code, commitment=form.commitment.data, words=form.words.data)
        return redirect(url_for(".you"), 303)
    return show("charter/worker/promise.html", form=form, version=version, may_sign=may_sign)


@bp.route("/pledge/worker/you", methods=["GET", "POST"])
@allow(anyone, on=newest_charter)
def you(version: CharterVersion) -> Response:
    """Page 2.  To go back keeps what was typed, whether or not it is right."""
    if "version" not in _typed() or _has_signed():
        return redirect(url_for(".promise"), 303)
    form = _your_form()
    if form.is_submitted() and request.form.get("then") == "back":
        form.validate()  # which also tidies what cannot be shown
        _keep(ready=False, **_of(form))
        return redirect(url_for(".promise"), 303)
    if form.sent():
        _keep(ready=True, **_of(form))
        return redirect(url_for(".check"), 303)
    return show("charter/worker/you.html", form=form, version=version, person=me())


def _your_form() -> Any:
    typed = _typed()
    adult = typed.get("shown", False)  # nobody else could have asked for that
    names = str(getattr(me(), "name", "")).split()
    data = {"first_name": names[0] if names else "", "adult": adult, **typed}
    form = (forms.Details if me().is_authenticated else forms.You)(data=data)
    form.offer(scheme())
    return form


def _of(form: Any) -> dict[str, Any]:
    fields = ("first_name", "role", "area", "shown", "email")
    return {name: form[name].data for name in fields if name in form}


@bp.route("/pledge/worker/check", methods=["GET", "POST"])
@allow(anyone, on=newest_charter)
def check(version: CharterVersion) -> Response:
    """Page 3: check it and send it."""
    typed, form = _typed(), forms.Press()
    if not _is_ready(typed) or _has_signed():
        return redirect(url_for(".you"), 303)
    if typed["version"] != version.code:  # a new text was published while they wrote
        flash(_("The charter has changed since you began. Please read it again."))
        return redirect(url_for(".promise"), 303)
    if form.sent():
        email = me().email if me().is_authenticated else typed["email"]
        limits.try_once(email)
        try:
            return _send(version, typed, email)
        except Refused as refused:
            db().rollback()
            form.form_errors = refused.reasons
    chosen = next((c for c in version.commitments if c.key == typed.get("commitment")), None)
    return show(
        "charter/worker/check.html",
        form=form,
        version=version,
        typed=typed,
        role=ROLES.get(typed["role"], ""),
        chosen=chosen,
        person=me(),
    )


def _is_ready(typed: dict[str, Any]) -> bool:
    whose = me().is_authenticated or typed.get("email")
    return bool(typed.get("ready") and typed.get("version") and whose)


def _send(version: CharterVersion, typed: dict[str, Any], email: str) -> Response:
    chosen = next((c.id for c in version.commitments if c.key == typed.get("commitment")), None)
    words = typed.get("words") or ""
    about = {name: typed[name] for name in ("first_name", "role", "area", "shown")}
    answers = Answers(**about, commitment_id=chosen, words=words)
    if not me().is_authenticated:
        try:
            _send_once(answers, email)
        except IntegrityError:  # the same address at the same moment: it stands now
            db().rollback()
            _send_once(answers, email)
        session[SENT_TO] = email
        session.pop(TYPED, None)
        return redirect(url_for(".check_mail"), 303)
    actions.sign(db(), version, answers, by=me(), at=clock.now(), example=example())
    db().commit()
    session.pop(TYPED, None)
    flash(_("You have signed. Thank you."), "success")
    return redirect(url_for(".mine"), 303)


def _send_once(answers: Answers, email: str) -> None:
    version = newest_charter(None)
    actions.send(db(), version, answers, email=email, at=clock.now())
    db().commit()


@bp.get("/pledge/worker/check-your-mail")
@allow(anyone)
def check_mail() -> Response:
    return show("charter/worker/check_mail.html", email=session.get(SENT_TO))


@bp.route("/pledge/worker/link", methods=["GET", "POST"])
@allow(anyone)
def ask_for_link() -> Response:
    """For the certificate, to change what is shown, to take it back.  Answers everybody alike."""
    form = forms.Address(data={"email": session.get(SENT_TO)})
    if form.sent():
        email = form.email.data
        limits.try_once(email)
        actions.post_link(db(), email, queries.standing(db(), email), at=clock.now())
        db().commit()
        session[SENT_TO] = email
        return redirect(url_for(".check_mail"), 303)
    return show("charter/worker/ask_for_link.html", form=form)


def _has_signed() -> bool:
    if not me().is_authenticated:
        return False
    pledge = queries.of_person(db(), me())
    return pledge is not None and pledge.state == LIVE


def _typed() -> dict[str, Any]:
    typed = session.get(TYPED)
    return dict(typed) if isinstance(typed, dict) else {}


def _keep(**more: Any) -> None:
    session[TYPED] = {**_typed(), **more}

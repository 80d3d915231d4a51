"""The second step of signing in: a code of the app, a passkey, or a recovery code."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from accounts.actions.factors import has_any
from accounts.models import Person
from accounts.queries.people import hold
from accounts.sign_in import authenticator, devices, limits, passkeys
from accounts.sign_in.forms import WRONG_APP_CODE, WRONG_RECOVERY_CODE, AppCode, RecoveryCode, Shown
from accounts.sign_in.guard import is_owed
from accounts.sign_in.views.blueprint import bp
from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.going import first_page, going_to, onward
from web.pages import show


@bp.route("/sign-in/second-step", methods=["GET", "POST"])
@allow(signed_in)
def prove() -> Response:
    if not is_owed():
        return go_on()
    if not has_any(me()):
        return redirect(url_for(".second_factor", **onward()), 303)
    form = AppCode()
    if form.sent():
        limits.try_once(limits.SECOND, me().email)
        person = held()
        if authenticator.spend(person, form.code.data):
            limits.it_was_them(limits.SECOND, person.email)
            return proved()
        form.code.errors = [WRONG_APP_CODE]
    return _prove_page(form)


@bp.post("/sign-in/second-step/passkey")
@allow(signed_in)
def prove_by_passkey() -> Response:
    if not is_owed():
        return go_on()
    form = Shown()
    if form.sent():
        limits.try_once(limits.SECOND, me().email)
        person = held()
        if passkeys.shown(form.credential.data, person=person) is not None:
            limits.it_was_them(limits.SECOND, person.email)
            return proved()
    flash(_("That passkey did not work. Try again, or use another way."), "error")
    return redirect(url_for(".prove", **onward()), 303)


@bp.route("/sign-in/second-step/recovery-code", methods=["GET", "POST"])
@allow(signed_in)
def prove_by_recovery_code() -> Response:
    if not is_owed():
        return go_on()
    form = RecoveryCode()
    if form.sent():
        limits.try_once(limits.SECOND, me().email)
        person = held()
        if authenticator.spend_recovery_code(person, form.code.data, clock.now()):
            limits.it_was_them(limits.SECOND, person.email)
            left = len(authenticator.recovery_codes(person))
            answer = proved()
            flash(_left(left), "success")
            return answer
        form.code.errors = [WRONG_RECOVERY_CODE]
    return show("security/prove_by_recovery_code.html", form=form, onward=onward())


def _left(left: int) -> str:
    said = ngettext(
        "You have %(num)d recovery code left.", "You have %(num)d recovery codes left.", left
    )
    return f"{said} {_('Lost your phone? Set up the new one under Your account.')}"


def _prove_page(form: AppCode) -> Response:
    person = me()
    return show(
        "security/prove.html",
        form=form,
        app=person.tf_totp_secret is not None,
        passkey=passkeys.to_show(person) if person.webauthn else None,
        shown=Shown(formdata=None),
        onward=onward(),
    )


def held() -> Person:
    """The person who is signed in, their row held: two requests with one code wait in line."""
    return hold(db(), me())


def proved() -> Response:
    """This sign-in counts now.  Commits."""
    mark_proved()
    db().commit()
    return go_on()


def mark_proved() -> None:
    """With a new secret in the cookie: a copy made before is worth nothing more."""
    device = devices.this_device()
    if device is not None:
        session[devices.TOKEN] = devices.renew(device)


def go_on() -> Response:
    return redirect(going_to() or first_page(), 303)

"""How somebody proves that it is they: set up, renamed, taken away, all under Your account."""

from datetime import timedelta
from typing import Any

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug import Response

from accounts.actions import factors
from accounts.models import Passkey
from accounts.sign_in import authenticator, passkeys
from accounts.sign_in.demands import role_demands
from accounts.sign_in.forms import WRONG_APP_CODE, AddPasskey, AppCode, PasskeyName
from accounts.sign_in.guard import is_owed
from accounts.sign_in.views.blueprint import bp
from accounts.sign_in.views.proving import go_on, held, mark_proved
from web import clock
from web.access import allow, me, signed_in
from web.database import db
from web.forms import Form, more_errors
from web.going import onward
from web.pages import show
from web.workflow import Refused

SECRET = "app secret"  # noqa: S105 - names in the session
SHOWN = "recovery codes made at"
SHOWN_FOR = timedelta(minutes=10)


def _own_passkey(person: Any, reference: str) -> Passkey | None:
    return next((key for key in person.webauthn if key.reference == reference), None)


@bp.get("/my/proof")
@allow(signed_in)
def second_factor() -> Response:
    return show(
        "security/second_factor.html",
        person=me(),
        demanded=role_demands(me()),
        owed=is_owed(),
        has_any=factors.has_any(me()),
        left=len(authenticator.recovery_codes(me())),
        passkeys_work=passkeys.work_here(),
        onward=onward(),
    )


@bp.route("/my/proof/app", methods=["GET", "POST"])
@allow(signed_in)
def set_up_app() -> Response:
    secret = session.setdefault(SECRET, authenticator.new_secret())
    form = AppCode()
    if form.sent():
        counter = authenticator.counter_of(form.code.data, secret, after=None)
        if counter is not None:
            person = held()
            factors.add_app(db(), person, secret=secret, counter=counter, at=clock.now())
            session.pop(SECRET)
            return _added()
        form.code.errors = [WRONG_APP_CODE]
    return show(
        "security/set_up_app.html",
        form=form,
        picture=Markup(authenticator.picture(me(), secret)),  # noqa: S704 - drawn by segno
        key=authenticator.key_of(secret),
        onward=onward(),
    )


@bp.post("/my/proof/app/remove")
@allow(signed_in)
def remove_app() -> Response:
    person = held()
    try:
        factors.remove_app(db(), person, demanded=role_demands(person), at=clock.now())
    except Refused as refused:
        return _not_done(refused)
    return _done(_("The app does not count any more."))


@bp.route("/my/proof/passkeys/add", methods=["GET", "POST"])
@allow(signed_in)
def add_passkey() -> Response:
    form = AddPasskey()
    if form.sent():
        person = held()
        found = passkeys.made(form.credential.data, person)
        if found is None:
            form.name.errors = [_("The passkey was not made. Press the button again.")]
        else:
            try:
                at = clock.now()
                factors.add_passkey(db(), person, name=form.name.data, found=found, at=at)
                return _added()
            except Refused as refused:
                more_errors(form, "name", *refused.reasons)
    return show(
        "security/add_passkey.html",
        form=form,
        options=passkeys.to_make(me()),
        works=passkeys.work_here(),
        onward=onward(),
    )


@bp.route("/my/proof/passkeys/<reference>", methods=["GET", "POST"])
@allow(signed_in, on=_own_passkey)
def passkey(key: Passkey) -> Response:
    form = PasskeyName(data={"name": key.name})
    if form.sent():
        try:
            factors.rename_passkey(db(), key, name=form.name.data, at=clock.now())
            return _done(_("The name is saved."))
        except Refused as refused:
            more_errors(form, "name", *refused.reasons)
    return show("security/passkey.html", form=form, key=key)


@bp.post("/my/proof/passkeys/<reference>/remove")
@allow(signed_in, on=_own_passkey)
def remove_passkey(key: Passkey) -> Response:
    person = held()
    try:
        factors.remove_passkey(db(), key, demanded=role_demands(person), at=clock.now())
    except Refused as refused:
        return _not_done(refused)
    return _done(_("The passkey does not count any more. Delete it on your device too."))


@bp.route("/my/proof/recovery-codes", methods=["GET", "POST"])
@allow(signed_in)
def recovery_codes() -> Response:
    """Shown for some minutes after they were made; later only how many are left."""
    form = Form()
    if form.sent():
        if factors.has_any(me()):
            _make_codes()
            db().commit()
        return redirect(url_for(".recovery_codes", **onward()), 303)
    codes = authenticator.recovery_codes(me())
    fresh = session.get(SHOWN, 0) > (clock.now() - SHOWN_FOR).timestamp()
    return show(
        "security/recovery_codes.html",
        form=form,
        codes=codes if fresh else [],
        left=len(codes),
        onward=onward(),
    )


@bp.post("/my/proof/recovery-codes/kept")
@allow(signed_in)
def recovery_codes_kept() -> Response:
    """They have them on paper: from now on nobody sees them here."""
    session.pop(SHOWN, None)
    return go_on()


def _make_codes() -> None:
    authenticator.make_recovery_codes(held(), clock.now())
    session[SHOWN] = clock.now().timestamp()


def _added() -> Response:
    """It has just been shown to work, so this sign-in counts.  The first one comes with codes."""
    mark_proved()
    first = not authenticator.recovery_codes(me())
    if first:
        _make_codes()
    db().commit()
    flash(_("That is set up. We ask for it when you sign in."), "success")
    return redirect(url_for(".recovery_codes" if first else ".second_factor", **onward()), 303)


def _done(said: str) -> Response:
    db().commit()
    flash(said, "success")
    return redirect(url_for(".second_factor"), 303)


def _not_done(refused: Refused) -> Response:
    db().rollback()
    flash(" ".join(refused.reasons), "error")
    return redirect(url_for(".second_factor"), 303)

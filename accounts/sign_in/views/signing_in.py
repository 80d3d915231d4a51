"""Signing in, by password or mailed code, and out."""

from flask import flash, redirect, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.actions import people
from accounts.models import Person
from accounts.queries import person_by_email
from accounts.sign_in import codes, entering, limits, passkeys
from accounts.sign_in.forms import WRONG, WRONG_CODE, Code, Shown, SignIn
from accounts.sign_in.passwords import hashed, matches, outdated
from accounts.sign_in.views.blueprint import ADDRESS, bp
from accounts.sign_in.views.devices import sign_out_here
from web import clock
from web.access import allow, signed_in, signed_out
from web.database import db
from web.going import first_page, going_to, onward
from web.pages import show


@bp.route("/sign-in", methods=["GET", "POST"])
@allow(signed_out)
def login() -> Response:
    form = SignIn(data={"email": session.get(ADDRESS)})
    if form.sent():
        email = form.email.data
        if form.wants_code:
            return _mail_code(email)
        limits.try_once(limits.PASSWORDS, email)
        person = by_password(email, form.password.data)
        if person is not None and may_enter(person):
            limits.it_was_them(limits.PASSWORDS, email)
            if outdated(person.password):
                anew = hashed(form.password.data)
                people.hash_anew(db(), person, password=anew, at=clock.now())
            return enter(person, "password")
        form.form_errors.append(WRONG)
    kept = request.args.get("kept")
    return show(
        "security/login.html",
        form=form,
        kept=kept,
        passkey=passkeys.to_show(None),
        shown=Shown(formdata=None),
        onward=onward(),
    )


@bp.post("/sign-in/passkey")
@allow(signed_out)
def sign_in_by_passkey() -> Response:
    """Two factors in one: what they have, and the finger, face or PIN that opens it."""
    form = Shown()
    if form.sent():
        limits.try_once(limits.SECOND, "a passkey")
        key = passkeys.shown(form.credential.data, person=None)
        if key is not None and may_enter(key.person):
            limits.it_was_them(limits.SECOND, "a passkey")
            entering.enter(key.person, "webauthn", proved=True)
            return redirect(going_to() or first_page(), 303)
    flash(_("That passkey did not work. Try again, or use another way."), "error")
    return redirect(url_for(".login", **onward()), 303)


@bp.route("/sign-in/code", methods=["GET", "POST"])
@allow(signed_out)
def code() -> Response:
    email = session.get(ADDRESS)
    if email is None:
        return redirect(url_for(".login", **onward()), 303)
    form = Code()
    if form.sent():
        limits.try_once(limits.CODES, email)
        person = person_by_email(db(), email, lock=True)
        good = codes.spend(person, form.code.data, at=clock.now())
        if person is not None and good and may_enter(person) and not person.shared:
            limits.it_was_them(limits.CODES, email)
            return enter(person, "email")
        form.code.errors = [WRONG_CODE]
    return show("security/code.html", form=form, email=email, onward=onward())


@bp.post("/sign-out")
@allow(signed_in)
def logout() -> Response:
    return sign_out_here()


def by_password(email: str, password: str) -> Person | None:
    """The account with this address and password.  It takes as long whether there is one or not."""
    person = person_by_email(db(), email)
    stored = person.password if person else None
    db().rollback()  # nobody waits for the database while the password is checked
    if not matches(password, stored):
        return None
    person = person_by_email(db(), email, lock=True)
    return person if person is not None and person.password == stored else None


def may_enter(person: Person) -> bool:
    return person.active and person.confirmed_at is not None


def enter(person: Person, by: str) -> Response:
    entering.enter(person, by)
    return redirect(going_to() or first_page(), 303)


def _mail_code(email: str) -> Response:
    limits.try_once(limits.MAILS, email)
    secret = codes.new_secret()  # also for nobody: the answer takes as long
    person = person_by_email(db(), email, lock=True)
    if person is not None and may_enter(person) and person.shared:
        people.post_to(db(), person, "password_needed", at=clock.now(), to=email)
    elif person is not None and may_enter(person):
        codes.prepare(person, secret, at=clock.now())
        people.post_to(db(), person, "code", at=clock.now(), to=email)
    elif person is not None and person.active:
        people.post_to(db(), person, "confirm", at=clock.now(), going_to=going_to())
    db().commit()
    session[ADDRESS] = email
    return redirect(url_for(".code", **onward()), 303)

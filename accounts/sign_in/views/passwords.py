"""Choosing a new password, by a mailed link or with the old one."""

from flask import flash, redirect, session, url_for
from flask_babel import gettext as _
from flask_security.recoverable import reset_password_token_status
from werkzeug import Response

from accounts.actions import people
from accounts.queries import person_by_email
from accounts.queries.people import hold
from accounts.sign_in import limits
from accounts.sign_in.devices import this_device
from accounts.sign_in.entering import enter, leave
from accounts.sign_in.forms import WRONG_PASSWORD, Address, ChangePassword, Name, NewPassword
from accounts.sign_in.passwords import hashed, matches
from accounts.sign_in.views.blueprint import ADDRESS, bp
from web import clock
from web.access import allow, anyone, me, signed_in
from web.database import db
from web.pages import show


@bp.route("/forgot-password", methods=["GET", "POST"])
@allow(anyone)
def forgot_password() -> Response:
    form = Address(data={"email": me().email if me().is_authenticated else session.get(ADDRESS)})
    if form.sent():
        limits.try_once(limits.MAILS, form.email.data)
        person = person_by_email(db(), form.email.data)
        if person is not None and person.active:
            people.send_reset(db(), person, to=form.email.data, at=clock.now())
        db().commit()
        session[ADDRESS] = form.email.data
        return redirect(url_for(".reset_sent"), 303)
    return show("security/forgot_password.html", form=form)


@bp.get("/forgot-password/check-your-mail")
@allow(anyone)
def reset_sent() -> Response:
    return show("security/reset_sent.html", email=session.get(ADDRESS))


@bp.route("/reset/<token>", methods=["GET", "POST"])
@allow(anyone)
def reset_password(token: str) -> Response:
    expired, invalid, person = reset_password_token_status(token)
    if person is None or expired or invalid or not person.active:
        return show("security/dead_link.html", 410, onward={}, again=url_for(".forgot_password"))
    form, email = NewPassword(), person.email
    if form.sent() and not form.refuse_easy("password", person.name, email):
        password, person = hashed(form.password.data), hold(db(), person)
        people.reset_password(db(), person, password=password, at=clock.now())
        db().commit()
        leave()
        session[ADDRESS] = email
        flash(_("Your new password is saved. Sign in with it."), "success")
        return redirect(url_for(".login"), 303)
    return show("security/reset_password.html", form=form, email=email)


@bp.route("/my/password", methods=["GET", "POST"])
@allow(signed_in)
def change_password() -> Response:
    """Ends the sessions elsewhere; this one goes on."""
    form, person = ChangePassword(), me()
    if form.sent() and not form.refuse_easy("new_password", person.name, person.email):
        limits.try_once(limits.PASSWORDS, person.email)
        if matches(form.password.data, person.password):
            limits.it_was_them(limits.PASSWORDS, person.email)
            here, password = this_device(), hashed(form.new_password.data)
            proved = here is not None and here.proved_at is not None
            people.change_password(db(), hold(db(), person), password=password, at=clock.now())
            enter(person, "change", proved=proved)
            flash(_("Your new password is saved. Other devices are signed out."), "success")
            return redirect(url_for("accounts.home"), 303)
        form.password.errors = [WRONG_PASSWORD]
    return show("security/change_password.html", form=form, person=person)


@bp.route("/my/name", methods=["GET", "POST"])
@allow(signed_in)
def change_name() -> Response:
    form = Name(data={"name": me().name})
    if form.sent():
        people.rename(db(), hold(db(), me()), name=form.name.data, by=me(), at=clock.now())
        db().commit()
        flash(_("Your name is saved."), "success")
        return redirect(url_for("accounts.home"), 303)
    return show("security/change_name.html", form=form)

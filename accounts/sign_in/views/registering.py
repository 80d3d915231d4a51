"""Registering, and confirming the address."""

from flask import redirect, session, url_for
from flask_security.confirmable import confirm_email_token_status
from sqlalchemy.exc import IntegrityError
from werkzeug import Response

from accounts.actions import people
from accounts.forms.mailboxes import SHARED
from accounts.models import Person
from accounts.queries import person_by_email
from accounts.queries.people import hold
from accounts.sign_in import limits
from accounts.sign_in.forms import WRONG_PASSWORD, Address, Confirm, Register
from accounts.sign_in.passwords import hashed, matches
from accounts.sign_in.views.blueprint import ADDRESS, NAME, bp
from accounts.sign_in.views.signing_in import enter
from web import clock
from web.access import allow, anyone, signed_out
from web.database import db
from web.going import going_to, onward
from web.pages import show


@bp.route("/create-account", methods=["GET", "POST"])
@allow(signed_out)
def register() -> Response:
    form = Register(data={"name": session.get(NAME), "email": session.get(ADDRESS)})
    if form.sent() and not form.refuse_easy("password", form.name.data, form.email.data):
        email = form.email.data
        limits.try_once(limits.MAILS, email)
        password = hashed(form.password.data)
        try:
            _register(form, email, password)
        except IntegrityError:  # the same address at the same moment: it stands now
            db().rollback()
            _register(form, email, password)
        session[NAME], session[ADDRESS] = form.name.data, email
        return redirect(url_for(".check_mail", **onward()), 303)
    return show("security/register.html", form=form, onward=onward())


def _register(form: Register, email: str, password: str) -> None:
    """A new account, a newer registration, or a mail to the one whose address it is."""
    at, person = clock.now(), person_by_email(db(), email, lock=True)
    told = {"name": form.name.data, "shared": form.mailbox.data == SHARED}
    if person is None:
        person = people.register(db(), email=email, password=password, at=at, **told)
    elif person.confirmed_at is None and person.active:
        people.register_again(db(), person, password=password, at=at, **told)
    people.post_to(db(), person, _kind_for(person), at=at, to=email, going_to=going_to())
    db().commit()


def _kind_for(person: Person) -> str:
    return "confirm" if person.confirmed_at is None and person.active else "account_stands"


@bp.get("/create-account/check-your-mail")
@allow(signed_out)
def check_mail() -> Response:
    return show("security/check_mail.html", email=session.get(ADDRESS), onward=onward())


@bp.route("/confirm", methods=["GET", "POST"])
@allow(anyone)
def send_confirmation() -> Response:
    """Ask for the mail again."""
    form = Address(data={"email": session.get(ADDRESS)})
    if form.sent():
        limits.try_once(limits.MAILS, form.email.data)
        person = person_by_email(db(), form.email.data)
        if person is not None:
            kind, at = _kind_for(person), clock.now()
            people.post_to(db(), person, kind, at=at, to=form.email.data, going_to=going_to())
        db().commit()
        session[ADDRESS] = form.email.data
        return redirect(url_for(".check_mail", **onward()), 303)
    return show("security/confirm_again.html", form=form)


@bp.route("/confirm/<token>", methods=["GET", "POST"])
@allow(anyone)
def confirm_email(token: str) -> Response:
    """Asks for the password too: whoever typed a stranger's address chose it."""
    expired, invalid, person = confirm_email_token_status(token)
    if person is None or expired or invalid or not person.active:
        return show(
            "security/dead_link.html",
            410,
            onward=onward(),
            again=url_for(".send_confirmation", **onward()),
        )
    if person.confirmed_at is not None:
        return show("security/confirmed.html", onward=onward())
    form, email = Confirm(), person.email
    if form.sent():
        limits.try_once(limits.PASSWORDS, email)
        if matches(form.password.data, person.password):
            limits.it_was_them(limits.PASSWORDS, email)
            people.confirm(db(), hold(db(), person), at=clock.now())
            return enter(person, "password")
        form.password.errors = [WRONG_PASSWORD]
    return show("security/confirm.html", form=form, email=email)

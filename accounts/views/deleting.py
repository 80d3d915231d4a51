"""Deleting one's own account: a page that says what goes and what stays, and a button."""

from flask import Blueprint, make_response, redirect, request, session, url_for
from werkzeug import Response

from accounts.forms.data_requests import DeleteAccount
from accounts.models import Person
from accounts.sign_in import limits
from accounts.sign_in.forms import WRONG_PASSWORD
from accounts.sign_in.passwords import matches
from web import clock
from web.access import allow, anyone, me, signed_in
from web.database import db
from web.erasing import erase, outlook
from web.pages import show
from web.workflow import Refused

bp = Blueprint("deleting", __name__)


@bp.route("/my/account/delete", methods=["GET", "POST"])
@allow(signed_in)
def check() -> Response:
    form, person = DeleteAccount(), me()
    found = outlook(db(), person)
    if request.method == "POST" and found.obstacles:
        form.form_errors = found.obstacles
    elif form.sent() and _delete(person, form):
        return _gone()
    return show("accounts/data/delete.html", form=form, person=person, outlook=found)


def _delete(person: Person, form: DeleteAccount) -> bool:
    limits.try_once(limits.PASSWORDS, person.email)
    if not matches(form.password.data, person.password):
        form.password.errors = [WRONG_PASSWORD]
        return False
    limits.it_was_them(limits.PASSWORDS, person.email)
    try:
        erase(db(), person, by=person, at=clock.now())
    except Refused as refused:
        db().rollback()
        form.form_errors = [*form.form_errors, *refused.reasons]
        return False
    db().commit()
    return True


def _gone() -> Response:
    session.clear()  # the sign-in itself went with the account
    response = make_response(redirect(url_for(".gone"), 303))
    response.headers["Clear-Site-Data"] = '"storage"'
    return response


@bp.get("/account-deleted")
@allow(anyone)
def gone() -> Response:
    return show("accounts/data/deleted.html")

"""New names, for the Charter team to look at."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import naming, rules
from accounts.actions import naming as actions
from accounts.models import OrganisationRename
from accounts.queries import naming as queries
from web import clock
from web.access import allow, me
from web.database import READING, db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("names", __name__, url_prefix="/team/names")

VERBS = {
    "accept": actions.accept_name,
    "decline": actions.decline_name,
    "look at": actions.look_at_name,
}


def rename(person: Any, reference: str) -> OrganisationRename | None:
    if rules.is_officer(person) is not True:
        return None
    return queries.rename_by_reference(db(), reference, lock=request.method not in READING)


@bp.get("/")
@allow(rules.is_officer)
def names() -> Response:
    found = queries.names_to_look_at(db(), page_asked())
    return show("accounts/team/names.html", found=found, may_look=naming.may_look)


@bp.post("/<reference>")
@allow(naming.may_look, on=rename)
def decide(rename: OrganisationRename) -> Response:
    act = VERBS.get(request.form.get("do", ""))
    if act is None:
        flash(_("Press one of the buttons."), "error")
        return redirect(url_for(".names"), 303)
    try:
        act(db(), rename, by=me(), at=clock.now())
    except Refused:
        db().rollback()
        flash(_("This is decided already. Nothing was changed."), "error")
    else:
        name = rename.after
        db().commit()
        flash(_("Done: “%(name)s”.", name=name), "success")
    return redirect(url_for(".names"), 303)

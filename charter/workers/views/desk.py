"""The Charter team's look at the public list: nobody reads a name before it stands there."""

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.rules import is_officer
from charter.models import WorkerPledge
from charter.workers import actions, queries
from charter.workers.views.blueprint import bp
from charter.workers.words import LIVE, ROLES
from web import clock
from web.access import allow, me
from web.database import READING, db
from web.pages import show
from web.paging import page_asked


def shown_pledge(person: Any, reference: str) -> WorkerPledge | None:
    """Only what is public already: the team sees nobody's hidden pledge."""
    if is_officer(person) is not True:
        return None
    lock = request.method not in READING
    pledge = queries.by_reference(db(), reference, lock=lock)
    return pledge if pledge is not None and pledge.state == LIVE else None


@bp.get("/team/workers")
@allow(is_officer)
def desk() -> Response:
    found = queries.newest_listed(db(), page_asked())
    return show("charter/worker/desk.html", found=found, roles=ROLES)


@bp.post("/team/workers/<reference>/hide")
@allow(is_officer, on=shown_pledge)
def hide(pledge: WorkerPledge) -> Response:
    name = pledge.first_name
    actions.hide(db(), pledge, by=me(), at=clock.now())
    db().commit()
    flash(_("%(name)s is off the list. They get an email.", name=name), "success")
    return redirect(url_for(".desk"), 303)

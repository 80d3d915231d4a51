"""The signed-in person's first page, the one next thing to do there, and their account."""

from collections.abc import Sequence

from flask import Blueprint, current_app
from werkzeug import Response

from accounts.invitation_links import token_of
from accounts.models import Membership, Organisation
from accounts.queries.colleagues import invitations_for
from accounts.queries.organisations import organisations_of
from accounts.sign_in.no_mailbox import is_closed
from web import clock
from web.access import allow, may, me, signed_in
from web.contributions import Contribution, Panel, Queue, Waiting
from web.database import db
from web.pages import show
from web.paging import page_asked

bp = Blueprint("accounts", __name__, url_prefix="/my")


@bp.get("/")
@allow(signed_in)
def home() -> Response:
    mine = organisations_of(db(), me(), page_asked())
    panels = panels_for([m.organisation for m in mine])
    return show(
        "accounts/home.html",
        person=me(),
        mine=mine,
        panels=panels,
        first=_first(mine.rows, panels),
        invitations=invitations_for(db(), me(), clock.now()),
        own=_own_panels(),
        queues=queues(),
        token_of=token_of,
    )


@bp.get("/account")
@allow(signed_in)
def account() -> Response:
    every = [page for part in _parts() for page in part.account_pages]
    pages = [page for page in every if me().has_mailbox or not is_closed(page.endpoint)]
    return show("accounts/account.html", person=me(), pages=pages)


def _own_panels() -> list[Panel]:
    """The urgent first."""
    makers = [make for part in _parts() for make in part.person_panels]
    panels = [panel for make in makers for panel in make(db(), me())]
    return sorted(panels, key=lambda panel: not panel.urgent)


def queues() -> list[tuple[Queue, Waiting]]:
    """The queues this person works on, with what waits in each."""
    mine = [queue for part in _parts() for queue in part.queues if may(queue.rule)]
    return [(queue, queue.waiting(db(), clock.now())) for queue in mine]


def panels_for(organisations: Sequence[Organisation]) -> dict[int, list[Panel]]:
    """What the other packages say is to be done, by the organisation's id; the urgent first.
    Of a closed one nothing."""
    found: dict[int, list[Panel]] = {o.id: [] for o in organisations}
    standing = [o for o in organisations if o.state != "closed"]
    if not standing:
        return found
    for part in _parts():
        for make in part.organisation_panels:
            for id_, panel in make(db(), me(), standing).items():
                found[id_].append(panel)
    return {id_: sorted(panels, key=lambda p: not p.urgent) for id_, panels in found.items()}


def _parts() -> Sequence[Contribution]:
    parts: Sequence[Contribution] = current_app.extensions["contributions"]
    return parts


def _first(
    rows: Sequence[Membership], panels: dict[int, list[Panel]]
) -> tuple[Organisation, Panel] | None:
    """The one next thing: the first urgent panel, or else the first there is."""
    every = [(m.organisation, p) for m in rows for p in panels.get(m.organisation_id, ())]
    return min(every, key=lambda pair: not pair[1].urgent, default=None)

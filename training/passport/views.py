"""One's own passport and its links; and the page that a link opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response as AnyResponse

from training.models import PassportLink, Practitioner
from training.my import loading
from training.passport import actions, documents, links, queries
from training.passport.forms import LinkForm
from training.passport.showing import EVERYTHING, in_date, passport
from training.records import actions as own_record
from training.records import looking
from training.records import queries as records
from training.records.looking import Look
from web import clock
from web.access import allow, anyone, me, signed_in
from web.database import READING, database, db, let_go
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

own = Blueprint("my_passport", __name__, url_prefix="/my/training/passport")
public = Blueprint("passport", __name__)


@own.get("/")
@allow(signed_in, on=loading.mine)
def overview(look: Look) -> Response:
    """The paper, the links that were made, when each was opened."""
    made = _links(look.practitioner)
    addresses = {link.id: links.address(link) for link in made}
    return show("training/passport/mine.html", look=look, links=made, addresses=addresses,
                now=clock.now(), seen=in_date(look.picture))  # fmt: skip


def _links(practitioner: Practitioner | None) -> Sequence[PassportLink]:
    return queries.links_of(db(), practitioner) if practitioner is not None else ()


@own.route("/new", methods=["GET", "POST"])
@allow(signed_in, on=loading.mine)
def make(look: Look) -> AnyResponse:
    form = LinkForm(data={"shows": list(EVERYTHING)})
    form.offer(look.picture)
    if form.sent():
        mine = own_record.own(db(), me(), at=clock.now())
        try:
            actions.make(db(), mine, **form.chosen, by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "shows", *refused.reasons)
        else:
            db().commit()
            flash(_("The link is made. Copy it and send it to whom you like."), "success")
            return redirect(url_for(".overview"), 303)
    return show("training/passport/new.html", form=form)


def mine(person: Any, reference: str) -> PassportLink | None:
    """Its owner is locked first, as everywhere."""
    practitioner = records.practitioner_of(db(), person, lock=_writing())
    link = queries.by_reference(db(), reference, lock=_writing())
    if practitioner is None or link is None or link.practitioner_id != practitioner.id:
        return None
    return link


def _writing() -> bool:
    return request.method not in READING


@own.post("/<reference>/withdraw")
@allow(signed_in, on=mine)
def withdraw(link: PassportLink) -> AnyResponse:
    actions.withdraw(db(), link, by=me(), at=clock.now())
    db().commit()
    flash(_("The link does not work any more."), "success")
    return redirect(url_for(".overview"), 303)


@own.get("/passport.pdf")
@allow(signed_in, on=loading.mine)
def on_paper(look: Look) -> Response:
    """All that is in date."""
    return _paper(me().name, look, EVERYTHING, None)


@own.get("/<reference>/passport.pdf")
@allow(signed_in, on=mine)
def link_on_paper(link: PassportLink) -> Response:
    """What a link shows; with the code, while it works."""
    works = link.works(clock.now())
    return _paper(me().name, loading.mine(me()), link.shows, link if works else None)


def _paper(name: str, look: Look, shows: Sequence[str], link: PassportLink | None) -> Response:
    shown, example = passport(look.picture, shows), look.version.example_text
    made = documents.paper(name, look.pathways, shown, example, link)
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="training-passport.pdf"'
    return response


# For whoever has the link


@dataclass(frozen=True)
class Opened:
    link: PassportLink | None
    """None: it was one of ours, and what it showed is gone."""


def by_token(_person: Any, token: str) -> Opened | None:
    reference = links.opened(token)
    return Opened(queries.by_reference(db(), reference)) if reference is not None else None


@public.get("/passport/<token>")
@allow(anyone, on=by_token)
def shown(opened: Opened) -> Response:
    """Never cached, never indexed; without the owner's notes."""
    link = opened.link
    look = _look(link) if link is not None and link.works(clock.now()) else None
    if link is None or look is None:
        return _private(show("training/passport/dead_link.html", 410))
    found, owner = passport(look.picture, link.shows), link.practitioner
    notes = documents.notes_of(look.version.example_text)
    page = show("training/passport/shown.html", link=link, owner=owner, found=found, notes=notes)
    _note_visit(link)
    return _private(page)


def _look(link: PassportLink) -> Look | None:
    person = link.practitioner.person
    return looking.look(db(), person, clock.today()) if person is not None else None


def _note_visit(link: PassportLink) -> None:
    """In a transaction of its own: one that began to read may not go on to write.

    Its owner, who tries it, is no reader.
    """
    is_owner = me().is_authenticated and me().id == link.practitioner.person_id
    if is_owner or request.method != "GET":
        return
    link_id = link.id
    let_go()
    with database().session(writes=True) as session:
        actions.note_visit(session, link_id, at=clock.now())
        session.commit()


def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response

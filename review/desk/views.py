"""The assessor's desk: the queue, one case, one page a standard, sending."""

from flask import Blueprint, current_app, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from review.desk import actions, loading, queries, rules, shown, turns
from review.desk.forms import Press, ReadingForm, facts_of
from review.desk.loading import OneFile, OnePage, Reader
from review.parts import SENT
from review.rules import is_assessor
from web import clock
from web.access import allow, may, me, signed_in
from web.database import db
from web.files.sending import send_file, send_preview
from web.forms import Form
from web.merging import opened_as
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("assess", __name__, url_prefix="/assess")
ONE = "/<reference>/standards/<key>"
FILE = "/<reference>/evidence/<item>/<int:number>"


@bp.get("/")
@allow(is_assessor)
def queue() -> Response:
    """What they owe, what others do, what is over; in each, what is due first, first."""
    tied = loading.tied_to(me())
    parts = queries.open_parts(db(), me(), tied)
    return show(
        "review/desk/queue.html",
        owed=[part for part in parts if turns.owed(part)],
        others=[part for part in parts if not turns.owed(part)],
        over=queries.parts_over(db(), me(), tied, page_asked()),
    )


@bp.get("/<reference>")
@allow(signed_in, on=loading.reader)
def case(reader: Reader) -> Response:
    """Where it stands for whoever has a part in it; its standards once they said yes."""
    opened = may(rules.may_see_papers, reader)
    more = shown.overview(reader) if opened else {}
    return show("review/desk/case.html", reader=reader, case=reader.case, opened=opened, **more)


@bp.get(ONE)
@allow(rules.may_see_papers, on=loading.page)
def standard(at: OnePage) -> Response:
    return _page(at, ReadingForm(at))


@bp.post(ONE)
@allow(rules.may_write, on=loading.page)
def save(at: OnePage) -> Response:
    form = ReadingForm(at)
    if form.sent():
        _write(at, form)
        db().commit()
        return redirect(shown.onward(at, request.form.get("then", "")), 303)
    return _page(at, form)


@bp.post(f"{ONE}/typed")
@allow(rules.may_write, on=loading.page)
def typed(at: OnePage) -> tuple[Response, int]:
    """What stands in the page right now: 200 saved, 409 other words stand there, 422 wrong."""
    form = ReadingForm(at)
    if form.sent():
        _write(at, form)
        db().commit()
        now = clock.london(clock.now())
        opened = opened_as(facts_of(at))
        return jsonify(saved=_("Saved at %(time)s", time=f"{now:%H:%M}"), opened=opened), 200
    if form.clashes:
        sentence = _(
            "Not saved: you wrote something else here in another window. Press “Save and go on” "
            "to see both texts. Nothing is lost."
        )
        return jsonify(wrong=sentence), 409
    first = next(iter(form.errors.values()))[0] if form.errors else ""
    return jsonify(wrong=_("Not saved yet. %(why)s", why=first)), 422


@bp.route("/<reference>/send", methods=["GET", "POST"])
@allow(rules.may_see_papers, on=loading.reader)
def send(reader: Reader) -> Response:
    """The ready check, and the seal.  A second click meets what the first one did."""
    if reader.mine.state == SENT:
        return _to_case(reader)
    form = Press()
    if form.sent() and _sent(reader, form):
        flash(_("It is sent and sealed. Thank you."), "success")
        return _to_case(reader)
    whole = shown.overview(reader)
    return show("review/desk/send.html", reader=reader, case=reader.case, form=form, **whole)


@bp.get(f"{FILE}/file")
@allow(rules.may_see_papers, on=loading.file)
def download(at: OneFile) -> Response:
    """The original, always as an attachment."""
    return send_file(at.version.file, at.version.file_name)  # type: ignore[arg-type]


@bp.get(f"{FILE}/pages/<int:page>")
@allow(rules.may_see_papers, on=loading.file)
def picture(at: OneFile) -> Response:
    """A page of a PDF, or a picture, made small: for beside the text."""
    return send_preview(at.version.file, at.page)  # type: ignore[arg-type]


def _write(at: OnePage, form: ReadingForm) -> None:
    actions.write(db(), at.reader, at.standard, form.said(), by=me(), at=clock.now())


def _sent(reader: Reader, form: Form) -> bool:
    """One commit: the seal, and the case's move where it was the last one."""
    scheme = current_app.extensions["scheme"]
    try:
        actions.send(db(), reader, by=me(), at=clock.now(), scheme=scheme)
    except Refused as refused:
        form.form_errors = refused.reasons
        return False
    db().commit()
    return True


def _to_case(reader: Reader) -> Response:
    return redirect(url_for(".case", reference=reader.case.reference), 303)


def _page(at: OnePage, form: ReadingForm) -> Response:
    page = "review/desk/standard.html"
    return show(page, form=form, at=at, case=at.case, **shown.standard(at))

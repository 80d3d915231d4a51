"""Checking, for an organisation and for the Charter team: the same pages behind two doors."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from training.checking import queries
from training.checking.forms import YES, DecideForm, ReturnForm
from training.checking.loading import Desk, Door, OneCheck
from training.records import writing
from training.states import ASKED, AWAITING
from web import clock
from web.access import allow, me
from web.database import db
from web.files.sending import send_file, send_preview
from web.forms import Form
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused


def waiting(desk: Desk) -> Response:
    wanted = queries.waiting(me(), desk)
    return show(
        "training/checking/waiting.html",
        desk=desk,
        organisation=desk.organisation,
        records=queries.page_of(db(), wanted, page_asked()),
    )


def one(at: OneCheck) -> Response:
    return _page(at)


def confirm(at: OneCheck) -> Response:
    def act() -> None:
        organisation = at.desk.looks_for
        writing.check(db(), at.record, organisation=organisation, by=me(), at=clock.now())

    return _done(at, act, _("Confirmed: %(it)s. It counts from now on.", it=_named(at)))


def give_back(at: OneCheck) -> Response:
    form = ReturnForm()
    if at.record.state == AWAITING and not form.sent():
        return _page(at, returning=form)

    def act() -> None:
        writing.give_back(db(), at.record, form.note.data or "", by=me(), at=clock.now())
        if form.destroy.data:
            writing.destroy_certificate(db(), at.record, by=me(), at=clock.now())

    return _done(at, act, _("Sent back with your note: %(it)s.", it=_named(at)))


def decide(at: OneCheck) -> Response:
    """On prior learning: by a named person, with a reason."""
    form = DecideForm()
    if at.record.state == ASKED and not form.sent():
        return _page(at, deciding=form)
    reason, who = form.reason.data or "", {"by": me(), "at": clock.now()}
    if form.decision.data != YES:
        return _done(
            at,
            lambda: writing.refuse(db(), at.record, reason, **who),
            _("Not recognised: %(it)s. They can read why.", it=_named(at)),
        )
    organisation = at.desk.looks_for
    return _done(
        at,
        lambda: writing.recognise(db(), at.record, reason, organisation=organisation, **who),
        _("Recognised: %(it)s. It counts from now on.", it=_named(at)),
    )


def certificate(at: OneCheck) -> Response:
    """The original, always as an attachment."""
    return send_file(_file(at), at.record.file_name)


def picture(at: OneCheck) -> Response:
    return send_preview(_file(at), at.page)


def _file(at: OneCheck) -> Any:
    return at.record.file


def _page(
    at: OneCheck, returning: ReturnForm | None = None, deciding: DecideForm | None = None
) -> Response:
    """Two forms may stand on it; the one that was sent is the page's."""
    form: Form | None = returning or deciding
    wanted = queries.waiting(me(), at.desk)
    return show(
        "training/checking/one.html",
        at=at,
        record=at.record,
        module=at.desk.pathways.by_key.get(at.record.module),
        organisation=at.desk.organisation,
        left=queries.how_many(db(), wanted),
        form=form or ReturnForm(None),
        returning=returning or ReturnForm(None),
        deciding=deciding or DecideForm(None),
    )


def _named(at: OneCheck) -> str:
    """The page that follows is another record's and looks like this one's."""
    module = at.desk.pathways.by_key.get(at.record.module)
    return f"{at.record.practitioner.called}, {module.name if module else at.record.module}"


def _done(at: OneCheck, act: Callable[[], None], said: str) -> Response:
    """The next one follows.  What somebody else decided a moment ago stays decided."""
    try:
        act()
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
    else:
        flash(said, "success")
    wanted = queries.waiting(me(), at.desk)
    following = queries.next_after(db(), wanted, at.record)
    db().commit()
    if following is None:
        return redirect(url_for(".waiting", **at.desk.slugs), 303)
    return redirect(url_for(".one", reference=following.reference, **at.desk.slugs), 303)


def pages(name: str, prefix: str, door: Door | None = None) -> Blueprint:
    """The pages under one address, each behind the same door."""
    door = door or Door()
    bp = Blueprint(name, __name__, url_prefix=prefix)
    bp.get("")(allow(door.may, on=door.desk)(waiting))
    bp.get("/<reference>")(allow(door.may_check, on=door.one)(one))
    for act, path in ((confirm, "confirm"), (give_back, "return"), (decide, "decide")):
        bp.post(f"/<reference>/{path}")(allow(door.may_check, on=door.one)(act))
    file = "/<reference>/certificate"
    bp.get(file)(allow(door.may_check, on=door.certificate)(certificate))
    bp.get(f"{file}/<int:page>")(allow(door.may_check, on=door.certificate)(picture))
    return bp


for_organisation = pages("checking", "/my/organisations/<slug>/training/checks")
for_the_team = pages("checking_desk", "/team/training/checks")

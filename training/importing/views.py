"""A lead brings training in: sends a sheet, says what its columns hold, looks, adds, takes back."""

from collections.abc import Callable
from itertools import islice
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from training.importing import beginning, lines, looking, queries, rules
from training.importing.forms import LIMITS, SheetForm, columns_form, examples
from training.importing.loading import One, Place, may_import_here, one, place
from training.importing.states import (
    ADD,
    ADDED,
    CANNOT,
    FATE_WORDS,
    FATES,
    READ,
    STAYS,
    TAKEN_BACK,
    THERE,
    UNDER_WAY,
    UNDOING,
)
from training.models import TrainingImport
from web import clock
from web.access import allow, me, takes_files
from web.database import db
from web.files.tables import Table
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.sheets import download
from web.workflow import Refused

bp = Blueprint("training_imports", __name__, url_prefix="/my/organisations/<slug>/training/import")
SHOWN = (ADD, ADDED, STAYS, TAKEN_BACK, THERE, CANNOT)
"""By which rows can be asked for, in the order of the page."""


@bp.route("", methods=["GET", "POST"])
@takes_files
@allow(may_import_here, on=place)
def start(at: Place) -> Response:
    form = SheetForm()
    if form.sent() and form.file.table is not None:
        try:
            it = _begun(at, form.file.table)
        except Refused as refused:
            more_errors(form, "file", *refused.reasons)
        else:
            db().commit()
            return _to(at, it)
    return show(
        "training/importing/start.html",
        form=form,
        organisation=at.organisation,
        imports=queries.imports_of(db(), at.organisation),
        limits=LIMITS,
    )


def _begun(at: Place, table: Table) -> TrainingImport:
    it = beginning.begin(db(), at.organisation, table.name, iter(table), by=me(), at=clock.now())
    _look(at, it)
    return it


def _look(at: Place, it: TrainingImport) -> None:
    """A small sheet is looked at whole; of a large one the worker does the rest."""
    for _chunk in range(looking.AT_ONCE):
        looking.look(db(), it, at.pathways, clock.now())


@bp.route("/<reference>/columns", methods=["GET", "POST"])
@allow(may_import_here, on=one)
def columns(at: One) -> Response:
    if at.it.state != READ:
        return _to(at, at.it)
    form = columns_form(at.it, at.pathways)
    if form.sent():
        said = {"how": form.how.data, "newcomers_role": form.newcomers_role}
        who = {"pathways": at.pathways, "by": me(), "at": clock.now()}
        beginning.match(db(), at.it, form.columns, **said, **who)
        _look(at, at.it)
        db().commit()
        return _to(at, at.it)
    some = queries.first(db(), at.it, 20)
    return show(
        "training/importing/columns.html",
        form=form,
        organisation=at.organisation,
        it=at.it,
        examples=[examples(some, number) for number in range(len(at.it.headings))],
    )


@bp.get("/<reference>")
@allow(may_import_here, on=one)
def one_import(at: One) -> Response:
    """What becomes of every row; how far it is; what came of it."""
    it = at.it
    if it.state == READ and not it.is_matched:
        return redirect(_address(at, it, "columns"), 303)
    counts = dict.fromkeys(FATES, 0) | queries.counts(db(), it)
    asked = [fate for fate in request.args.getlist("show") if fate in FATE_WORDS][:1]
    rows = queries.page_of(db(), it, asked, page_asked())
    return show(
        "training/importing/one.html",
        organisation=at.organisation,
        it=it,
        counts=counts,
        total=sum(counts.values()),
        shown=[fate for fate in SHOWN if counts[fate]],
        asked="".join(asked),
        rows=rows,
        lines=list(lines.lines(it, rows, at.pathways)),
        under_way=it.state in (UNDER_WAY, UNDOING) or (it.state == READ and not it.is_looked_at),
        may_undo=rules.in_time_to_undo(it, clock.now()),
        until=it.finished_at + rules.DAY if it.finished_at else None,
        most=lines.MOST,
    )


@bp.get("/<reference>/rows.xlsx")
@allow(may_import_here, on=one)
def bad_rows(at: One) -> Response:
    rows = islice(queries.bad(db(), at.it), lines.MOST)
    return download(lines.of_bad(at.it, rows, at.pathways), "rows-to-mend")


@bp.post("/<reference>/confirm")
@allow(may_import_here, on=one)
def confirm(at: One) -> Response:
    return _done(at, beginning.confirm, _("It is being added now. You can leave this page."))


@bp.post("/<reference>/drop")
@allow(may_import_here, on=one)
def drop(at: One) -> Response:
    _done(at, beginning.drop, _("Thrown away. Nothing was added."))
    return redirect(url_for("training_imports.start", slug=at.organisation.slug), 303)


@bp.post("/<reference>/undo")
@allow(may_import_here, on=one)
def undo(at: One) -> Response:
    return _done(at, beginning.undo, _("It is being taken back now. You can leave this page."))


def _done(at: One, act: Callable[..., None], said: str) -> Response:
    """Of two who press at once, the second is told what the first one did."""
    try:
        act(db(), at.it, by=me(), at=clock.now())
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
    else:
        flash(said, "success")
    db().commit()
    return _to(at, at.it)


def _to(at: Place, it: TrainingImport) -> Response:
    name = "one_import" if it.is_matched or it.state != READ else "columns"
    return redirect(_address(at, it, name), 303)


def _address(at: Place, it: TrainingImport, name: str) -> str:
    more: dict[str, Any] = {"slug": at.organisation.slug, "reference": it.reference}
    return url_for(f"training_imports.{name}", **more)

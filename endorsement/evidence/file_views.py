"""Files of the library: sent, replaced, opened.  The address of a file is guarded like its item."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement.evidence import actions, contents, loading, rules
from endorsement.evidence.actions import AlreadyThere
from endorsement.evidence.forms import AddFiles, ReplaceByFile
from endorsement.evidence.loading import PageOf
from endorsement.evidence.uploads import MOST_AT_ONCE, Judged
from endorsement.evidence.views import (
    address_of,
    asked_for,
    passed_on,
    replaced,
    standards_of,
)
from endorsement.models import EvidenceItem, EvidenceVersion
from web import clock
from web.access import allow, me, takes_files
from web.database import db
from web.files.sending import send_file, send_preview
from web.forms import more_errors
from web.pages import show
from web.returning import back_to
from web.workflow import Refused

bp = Blueprint("evidence_files", __name__, url_prefix="/my/organisations/<slug>/quality/evidence")
Turned = tuple[Judged, EvidenceVersion | None]
"""One that was not taken, and where the library has it already."""


@bp.route("/add/files", methods=["GET", "POST"])
@takes_files
@allow(rules.may_change, on=loading.organisation)
def add(organisation: Organisation) -> Response:
    """Each is judged by itself; those that can be taken are, whatever the others are."""
    form = AddFiles(None, standards_of(organisation).items(), asked_for(organisation))
    taken: list[EvidenceItem] = []
    turned: list[Turned] = []
    if form.sent():
        taken, turned = _take(organisation, form)
        db().commit()
        if not turned and not _by_script():
            return _all_taken(organisation, taken)
        if turned:
            names = ", ".join(judged.name for judged, _there in turned)
            told = _("Not taken: %(names)s. Read why under “Not taken”.", names=names)
            more_errors(form, "files", told)
    if request.method == "POST" and _by_script():
        return _told(form, taken, turned)
    return show(
        "endorsement/evidence/add_files.html",
        form=form,
        organisation=organisation,
        taken=taken,
        turned=turned,
        most=MOST_AT_ONCE,
        onward=passed_on(organisation),
    )


@bp.route("/<reference>/replace/file", methods=["GET", "POST"])
@takes_files
@allow(rules.may_change, on=loading.item)
def replace(item: EvidenceItem) -> Response:
    return replaced(item, "file", ReplaceByFile(item.current))


@bp.get("/<reference>/versions/<int:number>/file")
@allow(rules.may_open_files, on=loading.file)
def download(version: EvidenceVersion) -> Response:
    """The original, always as an attachment."""
    return send_file(_file(version), version.file_name)


@bp.get("/<reference>/versions/<int:number>/pages/<int:page>")
@allow(rules.may_open_files, on=loading.page_of_file)
def picture(at: PageOf) -> Response:
    """A page of a PDF, or a photo, made small: for beside the text."""
    return send_preview(_file(at.version), at.page)


def _file(version: EvidenceVersion) -> Any:
    return version.file


def _take(organisation: Organisation, form: AddFiles) -> tuple[list[EvidenceItem], list[Turned]]:
    taken: list[EvidenceItem] = []
    turned: list[Turned] = []
    for judged in form.files.judged:
        try:
            taken.append(_take_one(organisation, form, judged))
        except AlreadyThere as there:
            turned.append((Judged(judged.name, str(there)), there.version))
        except Refused as refused:
            turned.append((Judged(judged.name, str(refused)), None))
    return taken, turned


def _take_one(organisation: Organisation, form: AddFiles, judged: Judged) -> EvidenceItem:
    if judged.checked is None:
        raise Refused([judged.why])
    described, content = form.described_as(judged), contents.file(judged.checked)
    return actions.add(db(), organisation, described, content, by=me(), at=clock.now())


def _all_taken(organisation: Organisation, taken: list[EvidenceItem]) -> Response:
    for item in taken:
        flash(_("“%(title)s” is in your evidence.", title=item.title), "success")
    there = url_for("evidence.library", slug=organisation.slug)
    return redirect(back_to(address_of(taken[0]) if len(taken) == 1 else there), 303)


# The script (assets/js/working/upload.js) sends one file after the other


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _told(form: AddFiles, taken: list[EvidenceItem], turned: list[Turned]) -> Response:
    said = {
        "taken": [{"title": item.title, "address": address_of(item)} for item in taken],
        "turned": [_turned(judged, there) for judged, there in turned],
        "errors": [] if turned else [str(e) for found in form.errors.values() for e in found],
    }
    response = jsonify(said)
    response.status_code = 422 if form.errors else 200
    return response


def _turned(judged: Judged, there: EvidenceVersion | None) -> dict[str, str]:
    said = {"name": judged.name, "why": judged.why}
    if there is not None:
        said |= {"title": there.item.title, "address": address_of(there.item)}
    return said

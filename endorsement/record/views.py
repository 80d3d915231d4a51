"""The whole record as one archive, and two pages of it for a funder."""

from collections.abc import Iterable
from functools import partial

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from charter.queries import standing_pledge
from endorsement.assessing import loading as own
from endorsement.assessing import queries
from endorsement.assessing.views import MINE
from endorsement.plan.queries import actions_of
from endorsement.record import documents, files, rules, sheet, summary
from endorsement.record.as_json import as_json
from endorsement.record.gathering import Taken, taken
from endorsement.record.zipping import Entry, zipped
from endorsement.rules import may_see_quality
from web import clock
from web.access import allow
from web.database import db
from web.files.store import store
from web.pages import show

bp = Blueprint("record", __name__)


@bp.get(f"{MINE}/export")
@allow(rules.may_take, on=own.organisation)
def export(organisation: Organisation) -> Response:
    """Sent while it is made: neither the memory nor the disk ever holds all of it."""
    found, at = taken(db(), organisation), clock.now()
    day = clock.london(at).date().isoformat()
    name = f"{organisation.slug}-{day}.zip"
    parts = [*_texts(found), *files.entries(list(found.evidence), store())]
    pieces = zipped(parts, at, lambda lost: _("%(name)s could not be read.", name=lost))
    response = Response(pieces, mimetype="application/zip", direct_passthrough=True)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _texts(found: Taken) -> Iterable[Entry]:
    readme = render_template("endorsement/record/readme.txt", organisation=found.organisation)
    made = {
        "readme.txt": readme.replace("\n", "\r\n").encode(),
        "points-and-plan.xlsx": sheet.of_record(found),
        "record.json": as_json(found, clock.now()),
    }
    for name, content in made.items():
        yield Entry(name, partial(iter, [content]), packed=name.endswith("xlsx"))


@bp.get(f"{MINE}/summary")
@allow(may_see_quality, on=own.organisation)
def two_pages(organisation: Organisation) -> Response:
    """For a funder: printed from the browser, or as a PDF."""
    found = _summary(organisation)
    if found is None:
        return redirect(url_for("assessing.overview", slug=organisation.slug), 303)
    return show("endorsement/record/summary.html", organisation=organisation, summary=found)


@bp.get(f"{MINE}/summary.pdf")
@allow(may_see_quality, on=own.organisation)
def as_pdf(organisation: Organisation) -> Response:
    found = _summary(organisation)
    if found is None:
        return redirect(url_for("assessing.overview", slug=organisation.slug), 303)
    response = Response(documents.summary(found), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{organisation.slug}.pdf"'
    return response


def _summary(organisation: Organisation) -> summary.Summary | None:
    assessment = queries.open_assessment(db(), organisation)
    if assessment is None:
        return None
    return summary.of(
        assessment,
        queries.points(db(), organisation),
        actions_of(db(), organisation),
        standing_pledge(db(), organisation),
        clock.today(),
    )

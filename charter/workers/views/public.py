"""What everybody sees: how many pledged, who chose to be shown, and what a certificate says."""

from typing import Any

from flask import Response, abort, make_response

from charter.models import WorkerPledge
from charter.public import documents
from charter.workers import forms, queries
from charter.workers.views.blueprint import bp, scheme
from charter.workers.words import FEWEST, LIVE, ROLES, UNCONFIRMED
from web.access import allow, anyone, published, reading
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.publishing import once_an_edition


def tally() -> queries.Tally:
    return once_an_edition(("workers",), lambda: queries.tally(db()))


def workers_signed() -> int:
    """For the public pages; 0 when there are too few to name a number."""
    pledged = tally().pledged
    return pledged if pledged >= FEWEST else 0


@bp.get("/workers")
@reading("area", "page")
@published
@allow(anyone)
def everyone() -> Response:
    form = forms.Search()
    form.offer(scheme())
    if not form.validate():
        return show("charter/worker/everyone.html", 422, search=form, found=None, signed=0)
    counted, area, page = tally(), form.area.data or "", page_asked()
    found = queries.listed(db(), area, page, counted)
    if page > found.pages:
        abort(404, description="The list has no such page. Go back to its first page.")
    return show(
        "charter/worker/everyone.html",
        search=form,
        found=found,
        signed=workers_signed(),
        area=area,
        roles=ROLES,
        areas={value: str(label) for value, label, *_ in form.area.iter_choices()},
    )


def once_confirmed(_person: Any, reference: str) -> WorkerPledge | None:
    pledge = queries.by_reference(db(), reference)
    return pledge if pledge is not None and pledge.state != UNCONFIRMED else None


def standing(_person: Any, reference: str) -> WorkerPledge | None:
    pledge = once_confirmed(_person, reference)
    return pledge if pledge is not None and pledge.state == LIVE else None


@bp.get("/workers/<reference>")
@allow(anyone, on=once_confirmed)
def one(pledge: WorkerPledge) -> Response:
    """Where the certificate's code leads: does it still stand?  In no list and no search engine."""
    stands = pledge.state == LIVE
    return show(
        "charter/worker/one.html", pledge=pledge, stands=stands, role=ROLES.get(pledge.role, "")
    )


@bp.get("/workers/<reference>/certificate.pdf")
@allow(anyone, on=standing)
def certificate(pledge: WorkerPledge) -> Response:
    role = str(ROLES.get(pledge.role, ""))
    response = make_response(documents.worker_certificate(pledge, role))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'inline; filename="my-youth-charter.pdf"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response

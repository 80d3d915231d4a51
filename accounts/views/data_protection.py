"""The data protection lead's desk: what people ask, and what is deleted when."""

from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import data_requests as actions
from accounts.forms.data_requests import Answer, EraseAccount
from accounts.models import DataRequest, Person
from accounts.queries import data_requests as queries
from accounts.views.my_data import SHOWN
from web import clock, retention
from web.access import allow, me
from web.database import READING, db
from web.erasing import outlook
from web.forms import more_errors
from web.my_data import sections_of
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("data_protection", __name__, url_prefix="/data-protection")


def request_from_url(person: Any, reference: str) -> DataRequest | None:
    if rules.is_data_protection_lead(person) is not True:
        return None
    writing = request.method not in READING
    return queries.request_by_reference(db(), reference, lock=writing)


@bp.get("/")
@allow(rules.is_data_protection_lead)
def queue() -> Response:
    return show(
        "accounts/data/desk.html",
        waiting=queries.open_requests(db(), page_asked()),
        closed=queries.closed_requests(db(), page_asked("closed")),
        overdue=queries.overdue(db(), clock.today()),
        today=clock.today(),
    )


@bp.route("/requests/<reference>", methods=["GET", "POST"])
@allow(rules.is_data_protection_lead, on=request_from_url)
def one(asked: DataRequest) -> Response:
    """Everything about one request, and the answer to it."""
    form = Answer()
    if form.sent():
        act = actions.refuse if request.form.get("do") == "refuse" else actions.answer
        try:
            act(db(), asked, by=me(), at=clock.now(), note=form.note.data or "")
        except Refused as refused:
            more_errors(form, "note", *refused.reasons)
        else:
            db().commit()
            flash(_("Your answer goes to them by email."), "success")
            return redirect(url_for(".queue"), 303)
    return show(
        "accounts/data/desk_request.html",
        asked=asked,
        events=queries.events_of(db(), asked),
        account=queries.account_of(db(), asked),
        may_handle=rules.may_handle_account(me(), asked),
        may_answer=rules.may_answer_data_request(me(), asked),
        today=clock.today(),
        form=form,
    )


@bp.post("/requests/<reference>/acknowledge")
@allow(rules.may_answer_data_request, on=request_from_url)
def acknowledge(asked: DataRequest) -> Response:
    try:
        actions.acknowledge(db(), asked, by=me(), at=clock.now())
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
    else:
        db().commit()
        flash(_("They are told that you have read it."), "success")
    return redirect(url_for(".one", reference=asked.reference), 303)


@bp.post("/requests/<reference>/look")
@allow(rules.may_handle_account, on=request_from_url)
def look(asked: DataRequest) -> Response:
    actions.look(db(), asked, by=me(), at=clock.now())
    reference = asked.reference
    db().commit()
    return redirect(url_for(".data", reference=reference), 303)


@bp.get("/requests/<reference>/data")
@allow(rules.may_see_looked_up, on=request_from_url)
def data(asked: DataRequest) -> Response:
    """What they would see themselves."""
    person = queries.account_of(db(), asked)
    sections = sections_of(db(), person) if person else []
    return show(
        "accounts/data/desk_person.html",
        asked=asked, account=person, sections=sections, shown=SHOWN,
    )  # fmt: skip


@bp.route("/requests/<reference>/erase", methods=["GET", "POST"])
@allow(rules.may_handle_account, on=request_from_url)
def erase(asked: DataRequest) -> Response:
    form, person = EraseAccount(), queries.account_of(db(), asked)
    if person is None:
        flash(_("There is no account to delete."), "error")
        return redirect(url_for(".one", reference=asked.reference), 303)
    found = outlook(db(), person)
    if request.method == "POST" and found.obstacles:
        form.form_errors = found.obstacles
    elif form.sent() and _erase(asked, person, form):
        return redirect(url_for(".one", reference=asked.reference), 303)
    return show(
        "accounts/data/desk_erase.html", asked=asked, account=person, outlook=found, form=form
    )


def _erase(asked: DataRequest, person: Person, form: EraseAccount) -> bool:
    reason = form.reason.data or ""
    try:
        actions.erase_account(db(), asked, person, by=me(), at=clock.now(), reason=reason)
    except Refused as refused:
        db().rollback()
        form.form_errors = [*form.form_errors, *refused.reasons]
        return False
    db().commit()
    flash(_("The account is deleted. Now answer them."), "success")
    return True


@bp.get("/kept")
@allow(rules.is_data_protection_lead)
def kept() -> Response:
    """What was deleted because its time was over, and what will be next."""
    return show(
        "accounts/data/kept.html",
        runs=retention.runs(db()),
        rules={rule.name: rule.what for rule in retention.rules()},
        due=list(retention.due(db(), clock.now())),
        next_run=retention.next_run(db()),
        now=clock.now(),
    )

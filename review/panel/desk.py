"""The Charter team's side: decisions of a meeting are checked and told together; guests."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm.exc import StaleDataError
from werkzeug import Response

from accounts.queries import person_by_email
from review import queries as cases
from review import rules
from review.loading import team_case
from review.models import Case
from review.panel import asking, loading, queries, releasing, staging, writing
from review.panel.forms import GuestForm, ReleaseForm
from review.panel.wording import said_of
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("decisions", __name__, url_prefix="/team/decisions")


@dataclass(frozen=True)
class Told:
    """What became of one of them."""

    organisation: str
    reasons: list[str]


@bp.route("/", methods=["GET", "POST"])
@allow(rules.is_officer)
def everything() -> Response:
    """What is decided and not told, with what stands against telling it."""
    form, found, report = ReleaseForm(), _found(), []
    ready = [(case, problems) for case, _decision, _said, problems in found if not problems]
    form.cases.choices = [(case.reference, case.organisation.name) for case, _none in ready]
    if request.method == "POST" and not ready:
        return redirect(url_for(".everything"), 303)
    if form.sent():
        report = [_release(reference) for reference in form.cases.data or ()]
        found = _found()
    return show("review/panel/decisions.html", form=form, report=report, found=found)


def _found() -> list[tuple[Case, Any, str, list[str]]]:
    """Each decision with what it says and what stands against telling it."""
    tied = loading.tied_to(me())
    cases_ = [c for c in queries.staged(db()) if c.organisation_id not in tied]
    decided = [(case, decision) for case in cases_ if (decision := writing.staged(case))]
    found = [decision for _case, decision in decided]
    problems = releasing.problems_of(db(), found, clock.now(), loading.scheme())
    return [(c, decision, said_of(decision, c), problems[decision.id]) for c, decision in decided]


def _release(reference: str) -> Told:
    """One transaction each: one that cannot be told stops no other."""
    case = cases.held_whole(db(), reference)
    if case is None or loading.barred(me(), case):
        db().rollback()
        return Told(reference, [_("It is not there any more.")])
    name = case.organisation.name
    try:
        releasing.release(db(), case, by=me(), at=clock.now(), scheme=loading.scheme())
        db().commit()
    except Refused as refused:
        db().rollback()
        return Told(name, refused.reasons)
    except StaleDataError:
        db().rollback()
        return Told(name, [_("Somebody else changed it at this moment. Try again.")])
    return Told(name, [])


@bp.route("/<reference>/guest", methods=["GET", "POST"])
@allow(rules.is_officer, on=team_case)
def guest(case: Case) -> Response:
    """How many have voted, and somebody who is asked for this one case."""
    form = GuestForm()
    form.offer(loading.scheme().constituencies)
    if form.sent():
        person = person_by_email(db(), form.email.data or "")
        if person is None:
            more_errors(form, "email", _("There is no account with this address."))
        else:
            try:
                asking.ask_guest(
                    db(), case, person, form.group.data,
                    by=me(), at=clock.now(), scheme=loading.scheme(),
                )  # fmt: skip
            except Refused as refused:
                db().rollback()
                more_errors(form, "email", *refused.reasons)
            else:
                db().commit()
                flash(_("They are asked, and get a mail."), "success")
                return redirect(url_for("team_cases.one", reference=case.reference), 303)
    return show(
        "review/panel/guest.html",
        case=case,
        form=form,
        turnout=queries.turnout(case),
        short=staging.short_of(case, loading.scheme()),
    )

"""A lead enters volunteers without an account; they claim it."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug import Response

from accounts.rules import may_lead_organisation
from training.checking import loading
from training.checking.loading import Desk, writing
from training.models import Practitioner
from training.records import queries as records
from training.records.actions import choose_projects
from training.records.entered import Entered
from training.records.writing import enter
from training.team import volunteers
from training.team.entry_forms import LearnedForm, VolunteerForm
from training.team.queries import standing_roles
from web import clock
from web.access import Verdict, allow, me
from web.contributions import Panel
from web.database import db, holding
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("volunteers", __name__, url_prefix="/my/organisations/<slug>/training/volunteers")
claims = Blueprint("claiming", __name__, url_prefix="/my/training-entered")


@dataclass(frozen=True)
class One:
    desk: Desk
    practitioner: Practitioner


def may_enter(person: Any, at: Any) -> Verdict:
    desk = at.desk if isinstance(at, One) else at
    return may_lead_organisation(person, desk.organisation)


def volunteer(person: Any, slug: str, reference: str) -> One | None:
    """Somebody without an account who has a role there today."""
    desk = loading.desk(person, slug)
    if desk is None or desk.organisation is None:
        return None
    there = standing_roles([desk.organisation])
    wanted = there.where(
        Practitioner.reference == reference, Practitioner.person_id.is_(None)
    ).with_only_columns(Practitioner.id)
    found = db().scalar(wanted.limit(1))
    return One(desk, db().get_one(Practitioner, found)) if found is not None else None


@bp.route("/new", methods=["GET", "POST"])
@allow(may_enter, on=loading.desk)
def new(desk: Desk) -> Response:
    form = VolunteerForm()
    form.offer(desk.pathways, desk.organisation.projects if desk.organisation else ())
    if form.sent() and desk.organisation is not None:
        most = current_app.extensions["settings"].invitations_a_day
        said = (form.name.data or "", form.email.data or "", form.roles.data)
        who = {"by": me(), "at": clock.now(), "most_a_day": most}
        try:
            made = volunteers.enter(db(), desk.organisation, *said, pathways=desk.pathways, **who)
            where = form.projects.data
            choose_projects(db(), made, desk.organisation, where, by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "name", *refused.reasons)
        else:
            db().commit()
            return _to(desk, made)
    return show("training/team/new.html", desk=desk, organisation=desk.organisation, form=form)


@bp.route("/<reference>", methods=["GET", "POST"])
@allow(may_enter, on=volunteer)
def one(at: One) -> Response:
    """What they learned, and a form to add to it."""
    form = LearnedForm()
    form.offer(at.desk.pathways)
    if form.sent():
        said = Entered(form.module.data, form.day, form.how.data, form.provider.data or "")
        try:
            enter(db(), at.practitioner, said, by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "module", *refused.reasons)
        else:
            db().commit()
            flash(_("Added. It waits to be checked."), "success")
            return _to(at.desk, at.practitioner)
    return show(
        "training/team/volunteer.html",
        desk=at.desk,
        organisation=at.desk.organisation,
        practitioner=at.practitioner,
        records=records.records_of(db(), at.practitioner),
        form=form,
    )


@bp.post("/<reference>/left")
@allow(may_enter, on=volunteer)
def left(at: One) -> Response:
    if at.desk.organisation is not None:
        volunteers.leave(db(), at.practitioner, at.desk.organisation, by=me(), at=clock.now())
    db().commit()
    return redirect(url_for("training_team.team", **at.desk.slugs), 303)


def _to(desk: Desk, practitioner: Practitioner) -> Response:
    reference = practitioner.reference
    return redirect(url_for("volunteers.one", reference=reference, **desk.slugs), 303)


# Claiming


def entered_for(person: Any, reference: str) -> Practitioner | None:
    wanted = select(Practitioner).where(
        Practitioner.reference == reference,
        Practitioner.person_id.is_(None),
        Practitioner.email.in_(person.emails),
    )
    if person.confirmed_at is None:
        return None
    return db().scalar(holding(wanted, Practitioner) if writing() else wanted)


@claims.get("/<reference>")
@allow(volunteers.may_claim, on=entered_for)
def offered(practitioner: Practitioner) -> Response:
    return show("training/team/claim.html", practitioner=practitioner)


@claims.post("/<reference>")
@allow(volunteers.may_claim, on=entered_for)
def claim(practitioner: Practitioner) -> Response:
    volunteers.claim(db(), practitioner, by=me(), at=clock.now())
    db().commit()
    flash(_("It is yours now. You decide who sees more of it."), "success")
    return redirect(url_for("accounts.home"), 303)


@claims.post("/<reference>/not-me")
@allow(volunteers.may_claim, on=entered_for)
def not_me(practitioner: Practitioner) -> Response:
    volunteers.not_me(db(), practitioner, by=me(), at=clock.now())
    db().commit()
    flash(_("Thank you. Your address is taken out."), "success")
    return redirect(url_for("accounts.home"), 303)


def panels(session: Any, person: Any) -> list[Panel]:
    if person.confirmed_at is None:
        return []
    return [
        Panel(
            title=_("Training was entered for you"),
            sentence=_("Look at it. If it is yours, keep it."),
            link_text=_("Look at it"),
            endpoint="claiming.offered",
            values={"reference": found.reference},
        )
        for found in volunteers.waiting_for(session, person)
    ]

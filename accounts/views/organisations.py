"""Registering an organisation, its desk, and changing its details."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug import Response

from accounts import rules
from accounts.actions.organisations import Details, change_organisation, register_organisation
from accounts.forms.organisations import ChangeDetails, Register
from accounts.happened import in_words
from accounts.models import Organisation, OrganisationRename
from accounts.naming import WAITING
from accounts.queries import organisations as queries
from accounts.queries import projects as project_queries
from accounts.queries.colleagues import colleagues
from accounts.queries.naming import name_waiting, what_happened
from accounts.sign_in.limits import try_once
from accounts.views import loaders
from accounts.views.home import panels_for
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.mail import post
from web.pages import show
from web.paging import page_asked
from web.returning import back_to

bp = Blueprint("organisations", __name__, url_prefix="/my/organisations")

FEW = 5
"""Colleagues and projects shown on the desk; all of them have a page."""


@bp.route("/new", methods=["GET", "POST"])
@allow(rules.may_register_organisation)
def register() -> Response:
    form = Register(current_app.extensions["scheme"].areas)
    if not form.sent():
        return show("accounts/register.html", form=form)
    details, at = form.details(), clock.now()
    made = queries.registered_just_now(db(), me(), details.name, at)
    if made is None:
        similar = _similar(form)
        if similar and not form.anyway.data:
            return show("accounts/similar.html", form=form, similar=similar)
        made = _registered(details)
    flash(_("Your organisation is registered."), "success")
    return _to_desk(made)


def _registered(details: Details) -> Organisation:
    try_once("organisation", me().email)  # one account must not fill the team's queue
    try:
        made = register_organisation(db(), details, by=me(), at=clock.now())
    except IntegrityError:  # somebody else's of the same name took the address this moment
        db().rollback()
        made = register_organisation(db(), details, by=me(), at=clock.now())
    db().commit()
    return made


def _similar(form: Register) -> queries.Similar:
    return queries.similar_organisations(
        db(),
        me(),
        name=form.name.data,
        charity_number=form.charity_number.data,
        company_number=form.company_number.data,
        website=form.website.data,
    )


@bp.get("/<slug>")
@allow(rules.may_see_organisation, on=loaders.organisation)
def desk(organisation: Organisation) -> Response:
    return show(
        "accounts/desk.html",
        organisation=organisation,
        role=rules.role_in(me(), organisation),
        panels=panels_for([organisation])[organisation.id],
        colleagues=colleagues(db(), organisation, size=FEW),
        new_name=name_waiting(db(), organisation),
        projects=project_queries.projects_of(db(), organisation, size=FEW),
    )


@bp.route("/<slug>/details", methods=["GET", "POST"])
@allow(rules.may_edit_organisation, on=loaders.organisation)
def change(organisation: Organisation) -> Response:
    form = ChangeDetails(organisation, current_app.extensions["scheme"].areas)
    if not form.sent():
        return show("accounts/change_details.html", form=form, organisation=organisation)
    try:
        renamed = change_organisation(db(), organisation, form.details(), by=me(), at=clock.now())
        if renamed is not None:
            _tell_of_a_new_name(organisation, renamed)
        db().commit()
    except IntegrityError:  # somebody else's of the same name took the address this moment
        db().rollback()
        more_errors(form, "name", _("Somebody took this name at this moment. Save once more."))
        return show("accounts/change_details.html", form=form, organisation=organisation)
    if renamed is not None and renamed.state == WAITING:
        flash(_("Saved, but for the name: it is like another’s, so the Charter team looks first."))
    else:
        flash(_("The details are saved."), "success")
    return redirect(back_to(url_for(".desk", slug=organisation.slug)), 303)


def _tell_of_a_new_name(organisation: Organisation, renamed: OrganisationRename) -> None:
    """The Charter team checked it under another name."""
    kind = "name_waits" if renamed.state == WAITING else "renamed"
    before, now, slug = renamed.before, renamed.after, organisation.slug
    team = current_app.extensions["scheme"].contacts.email
    facts = {"before": before, "now": now, "slug": slug}
    post(db(), f"accounts/{kind}", to=team, at=clock.now(), person_id=None, **facts)


@bp.get("/<slug>/history")
@allow(rules.may_see_organisation, on=loaders.organisation)
def history(organisation: Organisation) -> Response:
    """For its people and the Charter team."""
    events = what_happened(db(), organisation, page_asked())
    return show(
        "accounts/history.html", organisation=organisation, events=events, in_words=in_words
    )


def _to_desk(organisation: Organisation) -> Response:
    return redirect(url_for("organisations.desk", slug=organisation.slug), 303)

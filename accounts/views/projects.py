"""What an organisation runs, and where."""

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import projects as actions
from accounts.forms.colleagues import Button
from accounts.forms.projects import PlaceForm, ProjectForm
from accounts.models import Organisation, Place, Project
from accounts.queries import projects as queries
from accounts.views import loaders
from accounts.views.home import panels_for
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.paging import page_asked
from web.returning import back_to
from web.workflow import Refused

bp = Blueprint("projects", __name__, url_prefix="/my/organisations/<slug>/projects")


@bp.get("/")
@allow(rules.may_see_organisation, on=loaders.organisation)
def everything(organisation: Organisation) -> Response:
    found = queries.projects_of(db(), organisation, page_asked())
    return show("accounts/projects.html", organisation=organisation, projects=found)


@bp.route("/new", methods=["GET", "POST"])
@allow(rules.may_edit_organisation, on=loaders.organisation)
def add(organisation: Organisation) -> Response:
    form = ProjectForm(None, organisation, current_app.extensions["scheme"].areas)
    if form.sent():
        try:
            made = actions.add_project(db(), organisation, form.details(), by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "name", *refused.reasons)
        else:
            db().commit()
            flash(_("The project is saved. Now add where it happens."), "success")
            return _to(made)
    return show("accounts/project_form.html", form=form, organisation=organisation, project=None)


@bp.get("/<project>")
@allow(rules.may_see_project, on=loaders.project)
def desk(project: Project) -> Response:
    places = queries.places_of(db(), project, page_asked())
    return show(
        "accounts/project.html",
        project=project,
        places=places,
        panels=panels_for([project.organisation])[project.organisation_id],
    )


@bp.route("/<project>/change", methods=["GET", "POST"])
@allow(rules.may_change_open_project, on=loaders.project)
def change(project: Project) -> Response:
    organisation = project.organisation
    form = ProjectForm(project, organisation, current_app.extensions["scheme"].areas)
    if form.sent():
        try:
            hidden = actions.change_project(db(), project, form.details(), by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "name", *refused.reasons)
        else:
            db().commit()
            flash(_("The project is saved."), "success")
            if hidden:
                flash(_("Its places are no longer shown in public."), "note")
            return _to(project)
    return show("accounts/project_form.html", form=form, organisation=organisation, project=project)


@bp.route("/<project>/close", methods=["GET", "POST"])
@allow(rules.may_edit_project, on=loaders.project)
def close(project: Project) -> Response:
    form = Button()
    if form.sent():
        actions.close_project(db(), project, by=me(), at=clock.now())
        db().commit()
        flash(_("The project is closed."), "success")
        return _to(project)
    return show("accounts/close_project.html", form=form, project=project)


@bp.post("/<project>/open-again")
@allow(rules.may_edit_project, on=loaders.project)
def open_again(project: Project) -> Response:
    try:
        actions.reopen_project(db(), project, by=me(), at=clock.now())
    except Refused as refused:
        flash(" ".join(refused.reasons), "error")
        return _to(project)
    db().commit()
    flash(_("The project is open again."), "success")
    return _to(project)


@bp.route("/<project>/places/new", methods=["GET", "POST"])
@allow(rules.may_change_open_project, on=loaders.project)
def add_place(project: Project) -> Response:
    form = PlaceForm(None, project, current_app.extensions["scheme"].areas)
    if form.sent():
        try:
            actions.add_place(db(), project, form.details(), by=me(), at=clock.now())
        except Refused as refused:
            more_errors(form, "name", *refused.reasons)
        else:
            db().commit()
            flash(_("The place is saved."), "success")
            return redirect(back_to(_address(project)), 303)
    return show("accounts/place_form.html", form=form, project=project, place=None)


@bp.route("/<project>/places/<reference>", methods=["GET", "POST"])
@allow(rules.may_edit_place, on=loaders.place)
def change_place(place: Place) -> Response:
    form = PlaceForm(place, place.project, current_app.extensions["scheme"].areas)
    if form.sent():
        actions.change_place(db(), place, form.details(), by=me(), at=clock.now())
        db().commit()
        flash(_("The place is saved."), "success")
        return _to(place.project)
    return show("accounts/place_form.html", form=form, project=place.project, place=place)


@bp.route("/<project>/places/<reference>/remove", methods=["GET", "POST"])
@allow(rules.may_edit_place, on=loaders.place)
def remove_place(place: Place) -> Response:
    form, project = Button(), place.project
    if form.sent():
        actions.remove_place(db(), place, by=me(), at=clock.now())
        db().commit()
        flash(_("The place is taken off your list."), "success")
        return _to(project)
    return show("accounts/remove_place.html", form=form, place=place)


def _to(project: Project) -> Response:
    return redirect(_address(project), 303)


def _address(project: Project) -> str:
    return url_for("projects.desk", slug=project.organisation.slug, project=project.slug)

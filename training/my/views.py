"""My training: the path, records, prior learning, roles, who sees what."""

from typing import Any

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.forms.colleagues import Button
from accounts.models import Membership, Organisation
from training import rules, versions
from training.badges import sent
from training.buddies import queries as buddies
from training.models import TrainingRecord
from training.my import forms, loading, taking
from training.records import actions, facts, queries, writing
from training.records.looking import Look
from training.records.writing import EnteredAlready
from training.states import REFUSED, RETURNED
from training.workflow import TRANSITIONS
from web import clock
from web.access import allow, me, signed_in, takes_files
from web.credentials import foreign
from web.database import db
from web.files.sending import send_file
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused, open_to

bp = Blueprint("my_training", __name__, url_prefix="/my/training")
PUT_RIGHT = (RETURNED, REFUSED)


@bp.get("/")
@allow(signed_in, on=loading.mine)
def pathway(look: Look) -> Response:
    memberships = queries.memberships_of(db(), me())
    return show(
        "training/my/pathway.html",
        look=look,
        seen=look.picture,
        memberships=memberships,
        buddies=buddies.named(db(), [m.organisation_id for m in memberships]),
    )


@bp.get("/record.csv")
@allow(signed_in, on=loading.mine)
def as_csv(look: Look) -> Response:
    return _attachment(taking.as_csv(look), "text/csv; charset=utf-8", "csv")


@bp.get("/record.json")
@allow(signed_in, on=loading.mine)
def as_json(look: Look) -> Response:
    told = taking.as_json(look, me().name, clock.now())
    return _attachment(told, "application/json", "json")


def _attachment(told: str, kind: str, end: str) -> Response:
    answer = make_response(told)
    answer.headers["Content-Type"] = kind
    answer.headers["Content-Disposition"] = f'attachment; filename="training-record.{end}"'
    return answer


@bp.route("/add", methods=["GET", "POST"])
@takes_files
@allow(signed_in, on=loading.mine)
def add(look: Look) -> Response:
    form = forms.RecordForm(data={"module": request.args.get("module")})
    return _enter(look, form, "training/my/add.html")


@bp.route("/prior-learning", methods=["GET", "POST"])
@takes_files
@allow(signed_in, on=loading.mine)
def prior(look: Look) -> Response:
    form = forms.PriorForm(data={"module": request.args.get("module")})
    return _enter(look, form, "training/my/prior.html")


def _enter(look: Look, form: Any, template: str) -> Response:
    form.offer(look.pathways, _required(look))
    there = None
    if form.sent():
        try:
            mine = actions.own(db(), me(), at=clock.now())
            made = writing.enter(
                db(), mine, form.entered(), form.sent_file, by=me(), at=clock.now()
            )
            _attach_badge(made, form)
        except Refused as refused:
            there = _said(form, refused)
        else:
            db().commit()
            flash(_("It is added. It counts when somebody has checked it."), "success")
            return redirect(url_for("my_training.record", reference=made.reference), 303)
    return show(template, form=form, there=there)


def _attach_badge(training: TrainingRecord, form: Any) -> None:
    if form.badge.sent:
        looked = foreign.look(db(), form.badge.sent, at=clock.now())
        sent.attach(db(), training, looked, by=me(), at=clock.now())


def _required(look: Look) -> set[str]:
    return {key for key, standing in look.picture.modules.items() if standing.required}


def _said(form: Any, refused: Refused) -> TrainingRecord | None:
    """Beside the module; where the same stands already, that is returned."""
    more_errors(form, "module", *refused.reasons)
    return refused.there if isinstance(refused, EnteredAlready) else None


# One record


@bp.get("/records/<reference>")
@allow(rules.may_see_record, on=loading.record)
def record(training: TrainingRecord) -> Response:
    version = versions.newest(db())
    return show(
        "training/my/record.html",
        training=training,
        module=version.pathways.by_key.get(training.module) if version else None,
        moves={move.name for move, missing in open_to(TRANSITIONS, training, me()) if not missing},
    )


@bp.route("/records/<reference>/change", methods=["GET", "POST"])
@takes_files
@allow(rules.may_write_record, on=loading.record)
def change(training: TrainingRecord) -> Response:
    """What was sent back, or not recognised, is put right and sent again."""
    if training.state not in PUT_RIGHT:
        return _to(training)
    reference = training.reference
    kind = forms.PriorForm if training.is_prior else forms.RecordForm
    form = kind(data=forms.told(training))
    form.offer(loading.mine(me()).pathways, ())
    there = None
    if form.sent():
        again = loading.record(me(), reference)  # looking at the file ended the transaction
        try:
            if again is not None:
                writing.put_right(
                    db(), again, form.entered(), form.sent_file, by=me(), at=clock.now()
                )
                _attach_badge(again, form)
        except Refused as refused:
            there = _said(form, refused)
        else:
            db().commit()
            flash(_("It is sent again."), "success")
            return redirect(url_for("my_training.record", reference=reference), 303)
    return show("training/my/change.html", form=form, there=there, training=training)


@bp.route("/records/<reference>/withdraw", methods=["GET", "POST"])
@allow(rules.may_write_record, on=loading.record)
def withdraw(training: TrainingRecord) -> Response:
    form = Button()
    if form.sent():
        writing.withdraw(db(), training, by=me(), at=clock.now())
        db().commit()
        flash(_("It is taken back. It does not count any more."), "success")
        return redirect(url_for("my_training.pathway"), 303)
    return show("training/my/withdraw.html", form=form, training=training)


@bp.get("/records/<reference>/certificate")
@allow(rules.may_see_record, on=loading.certificate)
def certificate(training: TrainingRecord) -> Response:
    """The original, always as an attachment."""
    file: Any = training.file
    return send_file(file, training.file_name)


@bp.post("/records/<reference>/remove-certificate")
@allow(rules.may_write_record, on=loading.record)
def remove_certificate(training: TrainingRecord) -> Response:
    writing.destroy_certificate(db(), training, by=me(), at=clock.now())
    db().commit()
    flash(_("The certificate is destroyed. The record stays."), "success")
    return _to(training)


def _to(training: TrainingRecord) -> Response:
    return redirect(url_for("my_training.record", reference=training.reference), 303)


# What they do where, and who sees what


@bp.route("/roles/<slug>", methods=["GET", "POST"])
@allow(signed_in, on=loading.membership)
def roles(membership: Membership) -> Response:
    """For one organisation; all that they do counts together."""
    look = loading.mine(me())
    here = [r.role for r in look.roles if r.organisation_id == membership.organisation_id]
    organisation = membership.organisation
    form = forms.RolesForm(data={"roles": here, "projects": _projects(look, organisation)})
    form.offer(look.pathways.roles, organisation.projects)
    if form.sent():
        mine, who = actions.own(db(), me(), at=clock.now()), {"by": me(), "at": clock.now()}
        actions.choose_roles(db(), mine, membership, form.roles.data, pathways=look.pathways, **who)
        actions.choose_projects(db(), mine, organisation, form.projects.data, **who)
        db().commit()
        flash(_("It is saved. This is what you need now."), "success")
        return redirect(url_for("my_training.pathway"), 303)
    return show("training/my/roles.html", form=form, membership=membership, version=look.version)


def _projects(look: Look, organisation: Organisation) -> list[str]:
    theirs = look.practitioner.projects if look.practitioner is not None else []
    return [one.project.slug for one in theirs if one.project.organisation_id == organisation.id]


@bp.route("/shown/<slug>", methods=["GET", "POST"])
@allow(signed_in, on=loading.membership)
def shown(membership: Membership) -> Response:
    """What one organisation may see beyond what their roles there need."""
    look, organisation = loading.mine(me()), membership.organisation
    here = [r for r in look.roles if r.organisation_id == organisation.id]
    needed = look.pathways.required(facts.of_roles(here))
    form = forms.ShownForm(data={"modules": _chosen(look, membership)})
    form.offer(look.pathways, needed)
    if form.sent():
        mine = actions.own(db(), me(), at=clock.now())
        actions.show_modules(db(), mine, organisation, form.modules.data, by=me(), at=clock.now())
        db().commit()
        flash(_("It is saved."), "success")
        return redirect(url_for("my_training.pathway"), 303)
    return show(
        "training/my/shown.html",
        form=form,
        organisation=organisation,
        needed=[look.pathways.by_key[k] for k in look.pathways.order if k in needed],
    )


def _chosen(look: Look, membership: Membership) -> list[str]:
    if look.practitioner is None:
        return []
    id_ = membership.organisation_id
    return [s.module for s in look.practitioner.shown if s.organisation_id == id_]

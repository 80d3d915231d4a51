"""From the ready check to the receipt: the organisation's side."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Organisation
from endorsement.assessing import actions as assessing
from endorsement.assessing import loading as own
from endorsement.assessing.views import MINE
from endorsement.models import SENT, Assessment, Submission
from endorsement.rules import may_lead_quality, may_see_quality
from endorsement.sending import actions, loading, queries, reading, ready, seal
from endorsement.sending.evidence import versions_of
from endorsement.sending.forms import DeclareForm, WithdrawForm
from endorsement.sending.gathering import gathered, level_of
from endorsement.sending.snapshot import Declared, Whole, fingerprint, items_of
from endorsement.sending.states import UNDECIDED
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("sending", __name__)
ONE = f"{MINE}/submissions/<reference>"


@bp.get(f"{MINE}/ready")
@allow(may_see_quality, on=own.assessment)
def check(assessment: Assessment) -> Response:
    """Everything that stops it, each a link to the place."""
    whole = gathered(db(), assessment)
    return show(
        "endorsement/sending/ready.html",
        organisation=assessment.organisation,
        assessment=assessment,
        stops=_stops(whole),
        warnings=ready.warnings(whole),
        standing=queries.open_submission(db(), assessment.organisation),
    )


@bp.get(f"{MINE}/preview")
@allow(may_see_quality, on=own.assessment)
def preview(assessment: Assessment) -> Response:
    """Exactly what the steering group will see."""
    items = items_of(gathered(db(), assessment), clock.today())
    return show(
        "endorsement/sending/preview.html",
        organisation=assessment.organisation,
        assessment=assessment,
        record=reading.record(assessment.framework, items, versions_of(db(), items)),
    )


@bp.route(f"{MINE}/send", methods=["GET", "POST"])
@allow(may_lead_quality, on=loading.to_send)
def send(assessment: Assessment) -> Response:
    """The declaration.  A second click, or a second lead, is shown the first one's receipt."""
    organisation = assessment.organisation
    standing = queries.open_submission(db(), organisation)
    if standing is not None:
        return _to_receipt(standing)
    whole = gathered(db(), assessment)
    if _stops(whole):
        return redirect(url_for(".check", slug=organisation.slug), 303)
    form, levels = DeclareForm(data={"name": me().name}), ready.offered(whole)
    form.offer(levels)
    seen, form.seen.data = form.seen.data, fingerprint(items_of(whole, clock.today()))
    if form.sent():
        if seen == form.seen.data:
            return _seal(whole, form)
        form.form_errors = [
            _("Somebody changed something after you opened this page. Look at it again, then send.")
        ]
    return show(
        "endorsement/sending/send.html",
        organisation=organisation,
        assessment=assessment,
        levels=levels,
        warnings=ready.warnings(whole),
        form=form,
    )


def _seal(whole: Whole, form: DeclareForm) -> Response:
    """One commit: the seal, the ratings kept for the pictures, the mails."""
    who: dict[str, Any] = {"by": me(), "at": clock.now()}
    declared = Declared(form.name.data or "", form.role.data or "", form.level.data)
    reached = level_of(whole.assessment)
    made = actions.send(db(), whole, declared, reached=reached, team=_team(), **who)
    assessing.keep_point(db(), whole.assessment, SENT, **who)
    db().commit()
    flash(_("It is sent and sealed."), "success")
    return _to_receipt(made)


@bp.get(f"{MINE}/submissions")
@allow(may_see_quality, on=own.organisation)
def everything(organisation: Organisation) -> Response:
    return show(
        "endorsement/sending/everything.html",
        organisation=organisation,
        submissions=queries.of_organisation(db(), organisation, page_asked()),
    )


@bp.get(ONE)
@allow(may_see_quality, on=loading.submission)
def receipt(submission: Submission) -> Response:
    """That it was sent, how it stands, and the seal."""
    return show(
        "endorsement/sending/receipt.html",
        organisation=submission.organisation,
        submission=submission,
        level=submission.framework_version.framework.level_by_key[submission.level],
        root=seal.in_groups(submission.root),
        undecided=submission.state in UNDECIDED,
    )


@bp.get(f"{ONE}/record")
@allow(may_see_quality, on=loading.submission)
def record(submission: Submission) -> Response:
    """What was sealed, to read."""
    slug = submission.organisation.slug
    back = url_for(".receipt", slug=slug, reference=submission.reference)
    return record_page(submission, back)


def record_page(submission: Submission, back: str) -> Response:
    """The same for whoever may read it."""
    framework, items = submission.framework_version.framework, submission.items
    return show(
        "endorsement/sending/record.html",
        organisation=submission.organisation,
        submission=submission,
        record=reading.record(framework, items, versions_of(db(), items)),
        root=seal.in_groups(submission.root),
        back=back,
    )


@bp.route(f"{ONE}/withdraw", methods=["GET", "POST"])
@allow(may_lead_quality, on=loading.submission)
def withdraw(submission: Submission) -> Response:
    form = WithdrawForm()
    if submission.state not in UNDECIDED:  # a second click, or a colleague
        return _to_receipt(submission)
    if form.sent():
        who: dict[str, Any] = {"by": me(), "at": clock.now(), "team": _team()}
        try:
            actions.withdraw(db(), submission, note=form.note.data or "", **who)
            db().commit()
            return _to_receipt(submission)
        except Refused as refusal:
            db().rollback()
            form.form_errors = [*form.form_errors, *refusal.reasons]
    return show(
        "endorsement/sending/withdraw.html",
        organisation=submission.organisation,
        submission=submission,
        form=form,
    )


def _stops(whole: Whole) -> list[ready.Stop]:
    months = current_app.extensions["scheme"].clocks.endorsement.retired_version_months
    return ready.stops(whole, clock.now(), months)


def _team() -> str:
    return str(current_app.extensions["scheme"].contacts.email)


def _to_receipt(submission: Submission) -> Response:
    slug = submission.organisation.slug
    return redirect(url_for(".receipt", slug=slug, reference=submission.reference), 303)

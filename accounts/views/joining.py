"""Finding an organisation, asking to join it, and its leads' answer."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import joining as actions
from accounts.asking import WAITING
from accounts.forms.joining import AnswerRequest, AskToJoin, AskToLead, FindOrganisation
from accounts.models import TO_LEAD, MembershipRequest, Organisation
from accounts.queries import leading as queries
from accounts.sign_in.limits import try_once
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("joining", __name__, url_prefix="/my")


@bp.get("/join")
@allow(rules.may_register_organisation)
def find() -> Response:
    form = FindOrganisation()
    if not form.validate():
        return show("accounts/join_find.html", 422, search=form, found=None)
    words = (form.q.data or "").strip()
    found = queries.joinable(db(), words, page_asked()) if words else None
    return show("accounts/join_find.html", search=form, found=found)


@bp.route("/join/<slug>", methods=["GET", "POST"])
@allow(rules.may_ask_to_join, on=loaders.joinable)
def ask(organisation: Organisation) -> Response:
    form = AskToJoin()
    if form.sent() and _asked(organisation, form):
        name = organisation.name
        flash(_("We are telling %(name)s that you ask to join.", name=name), "success")
        return redirect(url_for(".ask", slug=organisation.slug), 303)
    waiting = queries.request_waiting(db(), organisation, me())
    return show("accounts/join_ask.html", form=form, organisation=organisation, waiting=waiting)


@bp.post("/join/<slug>/withdraw")
@allow(rules.may_ask_to_join, on=loaders.joinable)
def withdraw(organisation: Organisation) -> Response:
    waiting = queries.request_waiting(db(), organisation, me())
    if waiting is None:
        flash(_("You do not ask to join it any more."))
    else:
        actions.take_back(db(), waiting, by=me(), at=clock.now())
        db().commit()
        flash(_("It is taken back."), "success")
    return redirect(url_for("accounts.home"), 303)


@bp.route("/organisations/<slug>/lead-it", methods=["GET", "POST"])
@allow(rules.may_ask_to_lead, on=loaders.organisation)
def lead_it(organisation: Organisation) -> Response:
    """Somebody who belongs to it offers to lead; the Charter team decides."""
    form = AskToLead()
    if form.sent() and _asked(organisation, form, wants=TO_LEAD):
        flash(_("We are telling the Charter team that you would lead it."), "success")
        return redirect(url_for("organisations.desk", slug=organisation.slug), 303)
    waiting = queries.request_waiting(db(), organisation, me())
    return show("accounts/lead_it.html", form=form, organisation=organisation, waiting=waiting)


def _asked(organisation: Organisation, form: Any, **more: str) -> bool:
    """False: the form says why not."""
    try_once("joining", me().email)
    # Counting the try has ended the transaction that the page was loaded in.
    db().refresh(organisation, with_for_update=True)
    scheme = current_app.extensions["scheme"]
    clocks = scheme.clocks.accounts
    try:
        actions.ask(
            db(),
            organisation,
            form.note.data,
            by=me(),
            at=clock.now(),
            good_for=timedelta(days=clocks.join_request_days),
            again_after=timedelta(days=clocks.ask_again_days),
            team=scheme.contacts.email,
            **more,
        )
    except Refused as refused:
        form.form_errors = [*form.form_errors, *refused.reasons]
        return False
    db().commit()
    return True


@bp.route("/organisations/<slug>/requests/<reference>", methods=["GET", "POST"])
@allow(rules.may_answer_request, on=loaders.membership_request)
def answer(asked: MembershipRequest) -> Response:
    """Its leads answer; the Charter team where nobody leads."""
    form = AnswerRequest()
    organisation = asked.organisation
    if request.method == "POST":
        if asked.state != WAITING:
            return _answered_already(form, asked)
        said = _answer(asked, form)
        if said:
            flash(said, "success")
            role = rules.role_in(me(), organisation)
            if role is None:
                return redirect(url_for("leads.without"), 303)
            return redirect(url_for("colleagues.everyone", slug=organisation.slug), 303)
    return show("accounts/join_answer.html", form=form, asked=asked, organisation=organisation)


def _answer(asked: MembershipRequest, form: AnswerRequest) -> str:
    """What to say when it is done; empty: the form says what is in the way."""
    name = asked.person.name
    try:
        if request.form.get("do") == "decline":
            actions.decline(db(), asked, by=me(), at=clock.now())
            said = _("%(name)s will hear that it was declined.", name=name)
        elif asked.wants == TO_LEAD or form.sent():
            actions.accept(db(), asked, form.role.data, by=me(), at=clock.now())
            said = _("%(name)s belongs to it now and gets an email.", name=name)
            if asked.wants == TO_LEAD:
                said = _("%(name)s leads it now and gets an email.", name=name)
        else:
            return ""
        db().commit()
    except Refused as refused:
        form.form_errors = [*form.form_errors, *refused.reasons]
        return ""
    return said


def _answered_already(form: AnswerRequest, asked: MembershipRequest) -> Response:
    """Somebody was quicker, or it was taken back."""
    form.form_errors = [_("This is answered already. Nothing was changed.")]
    page = show(
        "accounts/join_answer.html", form=form, asked=asked, organisation=asked.organisation
    )
    page.status_code = 409
    return page

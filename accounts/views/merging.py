"""Merging two organisations, and undoing it: the Charter team's pages."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts import rules
from accounts.actions import merging as actions
from accounts.forms.colleagues import Button
from accounts.forms.joining import FindOrganisation
from accounts.models import Merger, Organisation
from accounts.queries import merging as queries
from accounts.queries.naming import merged_into
from accounts.queries.organisations import open_organisations, organisation_by_slug
from accounts.views import loaders
from web import clock
from web.access import allow, me
from web.contributions import MergePart
from web.database import READING, db
from web.pages import long_time, show
from web.paging import page_asked
from web.workflow import Refused

bp = Blueprint("merging", __name__, url_prefix="/team")


@bp.get("/organisations/<slug>/merge")
@allow(rules.may_look_after, on=loaders.for_the_team)
def choose(organisation: Organisation) -> Response:
    """Which other one?  Everyone of the team's list can be chosen."""
    form = FindOrganisation()
    if not form.validate():
        return show(
            "accounts/team/merge_choose.html",
            422,
            search=form,
            organisation=organisation,
            found=None,
        )
    words = (form.q.data or "").strip()
    found = open_organisations(db(), words, organisation, page_asked()) if words else None
    return show(
        "accounts/team/merge_choose.html", search=form, organisation=organisation, found=found
    )


class Pair:
    """The one that stays and the one that goes."""

    def __init__(self, stays: Organisation, goes: Organisation):
        self.stays, self.goes = stays, goes


def pair(person: Any, slug: str, other: str) -> Pair | None:
    if rules.is_officer(person) is not True:
        return None
    stays, goes = (organisation_by_slug(db(), each) for each in (slug, other))
    return Pair(stays, goes) if stays is not None and goes is not None else None


def may_merge(person: Any, both: Pair) -> Any:
    first = rules.may_look_after(person, both.stays)
    return first if first is not True else rules.may_look_after(person, both.goes)


@bp.route("/organisations/<slug>/merge/<other>", methods=["GET", "POST"])
@allow(may_merge, on=pair)
def merge(both: Pair) -> Response:
    """What will happen, in sentences; the button does it."""
    form, hours = Button(), current_app.extensions["scheme"].clocks.accounts.merge_undo_hours
    if form.sent():
        try:
            made = actions.merge(
                db(), both.stays, both.goes, by=me(), at=clock.now(),
                undo_for=timedelta(hours=hours), parts=_parts(),
            )  # fmt: skip
        except Refused as refused:
            db().rollback()
            form.form_errors = [*form.form_errors, *_who_was_quicker(both, refused.reasons)]
            page = _merge_page(form, both)
            page.status_code = 409
            return page
        db().commit()
        flash(_("%(name)s is merged.", name=both.goes.name), "success")
        return redirect(url_for(".merger", reference=made.reference), 303)
    return _merge_page(form, both)


def _who_was_quicker(both: Pair, reasons: list[str]) -> list[str]:
    done = merged_into(db(), both.goes)
    if done is None:
        return reasons
    who, when, into = done.done_by.name, long_time(done.done_at), done.stays.name
    said = _("%(who)s merged it into %(into)s on %(when)s.", who=who, into=into, when=when)
    return [said, _("Nothing was changed now.")]


def _merge_page(form: Button, both: Pair) -> Response:
    stays, goes, parts = both.stays, both.goes, _parts()
    found = actions.in_the_way(db(), stays, goes, parts)
    lines = [] if found else actions.preview(db(), stays, goes, parts)
    return show(
        "accounts/team/merge.html", form=form, stays=stays, goes=goes, found=found, lines=lines
    )


def from_reference(person: Any, reference: str) -> Merger | None:
    if rules.is_officer(person) is not True:
        return None
    return queries.merger_by_reference(db(), reference, lock=request.method not in READING)


@bp.route("/mergers/<reference>", methods=["GET", "POST"])
@allow(rules.may_undo_merger, on=from_reference)
def merger(merger: Merger) -> Response:
    """What was merged when; the button undoes it, as long as that is possible."""
    form = Button()
    if form.sent():
        try:
            actions.undo(db(), merger, by=me(), at=clock.now(), parts=_parts())
        except Refused as refused:
            db().rollback()
            form.form_errors = [*form.form_errors, *refused.reasons]
        else:
            db().commit()
            flash(_("It is undone. Everything is as it was."), "success")
            return redirect(url_for(".merger", reference=merger.reference), 303)
    return show("accounts/team/merger.html", form=form, merger=merger, now=clock.now())


def _parts() -> list[MergePart]:
    return [part for each in current_app.extensions["contributions"] for part in each.merging]

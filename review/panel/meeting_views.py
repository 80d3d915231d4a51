"""Meetings of the panel, planned by a chair or the Charter team; their minutes."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask import Response as File
from flask_babel import gettext as _
from werkzeug import Response

from charter.sessions import written
from review.models import Meeting
from review.panel import loading, meetings, minutes
from review.panel.forms import AgendaForm, HeldForm, MeetingForm
from steering import queries as steering
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("meetings", __name__, url_prefix="/meetings")
ONE = "/<reference>"


@bp.get("/")
@allow(loading.plans_meetings)
def everything() -> Response:
    return show("review/panel/meetings.html", meetings=meetings.everything(db()))


@bp.route("/new", methods=["GET", "POST"])
@allow(loading.plans_meetings)
def new() -> Response:
    form = MeetingForm()
    if form.sent():
        hour = written.time_of_day(form.hour.data or "")
        if form.on.day is None or hour is None:
            more_errors(form, "hour", _("Enter a time, like 17:30."))
        else:
            starts_at = written.moment(form.on.day, hour)
            place = form.place.data or ""
            made = meetings.plan(db(), starts_at, place, by=me(), at=clock.now())
            db().commit()
            return redirect(url_for(".one", reference=made.reference), 303)
    return show("review/panel/meeting_new.html", form=form)


@bp.get(ONE)
@allow(loading.plans_meetings, on=loading.meeting)
def one(meeting: Meeting) -> Response:
    return show("review/panel/meeting.html", meeting=meeting, items=items_of(meeting))


def items_of(meeting: Meeting) -> list[Any]:
    """Without the cases that are not the person's to know of."""
    tied = loading.tied_to(me())
    return [item for item in meeting.items if item.case.organisation_id not in tied]


@bp.route(f"{ONE}/agenda", methods=["GET", "POST"])
@allow(loading.plans_meetings, on=loading.meeting)
def agenda(meeting: Meeting) -> Response:
    """What is before the panel can be put on it; what the person is barred from stays as it is."""
    known, tied = items_of(meeting), loading.tied_to(me())
    hidden = [item.case for item in meeting.items if item not in known]
    waiting = {c.reference: c for c in meetings.waiting(db()) if c.organisation_id not in tied}
    waiting |= {item.case.reference: item.case for item in known}
    form = AgendaForm(data={"cases": [item.case.reference for item in known]})
    form.cases.choices = [(key, case.organisation.name) for key, case in waiting.items()]
    if form.sent():
        chosen = [waiting[key] for key in form.cases.data or ()]
        try:
            meetings.put_on_agenda(db(), meeting, [*hidden, *chosen], by=me(), at=clock.now())
        except Refused as refused:
            db().rollback()
            more_errors(form, "cases", *refused.reasons)
        else:
            db().commit()
            return _to(meeting)
    return show("review/panel/agenda.html", meeting=meeting, form=form)


@bp.route(f"{ONE}/held", methods=["GET", "POST"])
@allow(loading.plans_meetings, on=loading.meeting)
def held(meeting: Meeting) -> Response:
    """Who was there, and what the minutes say beside what the portal knows."""
    terms = {str(t.person_id): t for t in steering.holders(db(), clock.today())}
    present = [str(row.person_id) for row in meeting.present]
    form = HeldForm(data={"present": present, "notes": meeting.notes})
    form.present.choices = [(key, term.person.name) for key, term in terms.items()]
    if form.sent():
        there = [(terms[key].person, terms[key].constituency) for key in form.present.data or ()]
        notes = form.notes.data or ""
        try:
            meetings.hold(db(), meeting, there, notes, by=me(), at=clock.now())
        except Refused as refused:
            db().rollback()
            more_errors(form, "present", *refused.reasons)
        else:
            db().commit()
            return _to(meeting)
    return show("review/panel/held.html", meeting=meeting, form=form)


@bp.post(f"{ONE}/call-off")
@allow(loading.plans_meetings, on=loading.meeting)
def call_off(meeting: Meeting) -> Response:
    try:
        meetings.call_off(db(), meeting, by=me(), at=clock.now())
    except Refused as refused:
        db().rollback()
        flash(" ".join(refused.reasons))
    else:
        db().commit()
    return _to(meeting)


@bp.get(f"{ONE}/minutes")
@allow(loading.plans_meetings, on=loading.meeting)
def minutes_page(meeting: Meeting) -> Response:
    return show("review/panel/minutes.html", meeting=meeting, text=_minutes(meeting))


@bp.get(f"{ONE}/minutes.txt")
@allow(loading.plans_meetings, on=loading.meeting)
def minutes_file(meeting: Meeting) -> File:
    answer = File(_minutes(meeting), content_type="text/plain; charset=utf-8")
    name = f"minutes-{clock.london(meeting.starts_at):%Y-%m-%d}.txt"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _minutes(meeting: Meeting) -> str:
    return minutes.drafted(meeting, items_of(meeting), loading.scheme())


def _to(meeting: Meeting) -> Response:
    return redirect(url_for(".one", reference=meeting.reference), 303)

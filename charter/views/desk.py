"""The Charter team's side: what waits, one pledge on one page, the decision."""

from typing import Any

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.actions.organisations import check_organisation
from charter import actions, changes, oddities, parts, queries, rules
from charter.forms import DecisionForm, decision_form
from charter.models import Pledge
from charter.states import HAPPENED, SENT
from charter.views import loading
from charter.wording import before_mending
from charter.workflow import transitions
from web import clock, working_days
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import long_time, show
from web.paging import page_asked
from web.workflow import Refused, insist, obstacles

bp = Blueprint("desk", __name__, url_prefix="/team")


@bp.get("/")
@allow(rules.is_officer)
def queue() -> Response:
    """Pledges to decide, oldest first; organisations to check; paused pledges to look at again."""
    waiting = queries.queue(db(), page_asked())
    return show(
        "charter/desk/queue.html",
        waiting=waiting,
        odd=_odd(waiting.rows),
        days_left={p.id: _days_left(p) for p in waiting.rows},
        overdue=queries.overdue(db(), clock.today()),
        unchecked=queries.unchecked_organisations(db()),
        returned=queries.returned(db()),
        paused=queries.to_review(db()),
    )


@bp.route("/pledges/<reference>", methods=["GET", "POST"])
@allow(rules.is_officer, on=loading.sent_pledge)
def pledge(pledge: Pledge) -> Response:
    """Everything on one page, with a note box beside each part."""
    found = parts.parts_of(pledge)
    form = decision_form(found)
    seen, form.seen.data = form.seen.data, _as_it_is(pledge)
    if request.method == "POST":
        if pledge.state != SENT:
            return _decided_already(pledge, form, found)
        if form.sent() and _decide(pledge, form, read=seen == form.seen.data):
            return redirect(url_for(".queue"), 303)
    return _pledge_page(pledge, form, found)


def _as_it_is(pledge: Pledge) -> str:
    """What of it this page shows, by its versions: the organisation can change its details and
    projects while the pledge waits, and the pledge after another officer returned it."""
    shown: list[Any] = [pledge, pledge.organisation, *pledge.projects]
    shown += [place for project in pledge.projects for place in project.places]
    return ".".join(str(thing.version) for thing in shown)


def _decide(pledge: Pledge, form: DecisionForm, *, read: bool) -> bool:
    """Confirm or return, whichever button was pressed.  False: the form says what is in the way."""
    name, said = pledge.organisation.name, _("Returned to %(name)s with your notes.")
    try:
        insist(rules.may_decide(me(), pledge))
        if request.form.get("do") == "confirm":
            if not _confirm(pledge, form):
                return False
            said = _("Confirmed: %(name)s is on the register.")
        elif not form.has_notes:
            more_errors(form, "note", _("Write a note: what do you ask them to mend?"))
            return False
        else:
            actions.return_with_notes(
                db(),
                pledge,
                form.notes(),
                by=me(),
                at=clock.now(),
                note=form.note.data or "",
                scheme=_scheme(),
            )
        if not read:
            raise Refused([_("This was changed after you opened it. Read it again, then decide.")])
        db().commit()
    except Refused as refusal:
        db().rollback()
        form.form_errors = [*form.form_errors, *refusal.reasons]
        return False
    flash(said % {"name": name}, "success")
    return True


def _confirm(pledge: Pledge, form: DecisionForm) -> bool:
    if form.has_notes:
        form.form_errors = [
            _("You wrote a note. Return the pledge with it, or take the note out to confirm.")
        ]
        return False
    if pledge.organisation.state == "unchecked":
        if not form.organisation_checked.data:
            more_errors(
                form,
                "organisation_checked",
                _("Tick this when you have looked at who the organisation is."),
            )
            return False
        check_organisation(db(), pledge.organisation, by=me(), at=clock.now())
    actions.confirm(
        db(), pledge, by=me(), at=clock.now(), scheme=_scheme(), example=_example_mode()
    )
    return True


def _pledge_page(pledge: Pledge, form: DecisionForm, found: list[parts.Part]) -> Response:
    confirm = obstacles(transitions(example=_example_mode()), "confirm", pledge, me())
    return show(
        "charter/desk/pledge.html",
        pledge=pledge,
        organisation=pledge.organisation,
        parts=found,
        odd=_odd([pledge])[pledge.id],
        days_left=_days_left(pledge),
        tie=rules.belongs_to(me(), pledge.organisation),
        text_verdict=True if _example_mode() else rules.text_is_agreed(pledge),
        pause_verdict=rules.nothing_is_paused(pledge),
        in_the_way=confirm,
        before=before_mending(db(), pledge),
        changes=changes.for_pledge(pledge),
        form=form,
    )


def _decided_already(pledge: Pledge, form: DecisionForm, found: list[parts.Part]) -> Response:
    """Somebody was quicker: who decided what, when; what was typed stays on the page."""
    last = pledge.events[-1]
    said = _("This is decided already. Nothing was changed.")
    if last.by is not None and last.by.id != me().id:
        said = _(
            "%(who)s decided this on %(when)s: %(what)s. Nothing of yours was changed or sent.",
            who=last.by.name,
            when=long_time(last.at),
            what=HAPPENED[last.verb],
        )
    form.validate()
    form.form_errors = [said]
    page = _pledge_page(pledge, form, found)
    page.status_code = 409
    return page


def _odd(pledges: list[Pledge]) -> dict[int, list[oddities.Oddity]]:
    """What is odd about each, in two queries for all of them."""
    alike = queries.lookalikes(db(), [p.organisation for p in pledges])
    earlier = queries.earlier_pledges(db(), pledges)
    return {
        p.id: oddities.oddities(
            p,
            lookalikes=alike[p.organisation_id],
            earlier=earlier.get(p.organisation_id, []),
        )
        for p in pledges
    }


def _days_left(pledge: Pledge) -> int | None:
    """Working days until the clock runs out; below 0, how many it is late."""
    if pledge.check_due_on is None:
        return None
    return working_days.left(clock.today(), pledge.check_due_on, _scheme().closed)


def _scheme() -> Any:
    return current_app.extensions["scheme"]


def _example_mode() -> bool:
    return bool(current_app.extensions["settings"].example)

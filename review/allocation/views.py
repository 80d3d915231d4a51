"""The Charter team finds assessors: all waiting cases at once, then one by hand."""

from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug import Response

from review import loading
from review.allocation import actions, leaving, queries, rules, showing
from review.allocation.forms import ChooseForm, TakeOutForm, TieForm
from review.allocation.loading import OnePart, team_part
from review.models import Allocation, Case
from review.rules import is_officer
from review.states import WAITING
from steering.models.assessors import YOUNG
from steering.ties import STANDS_ASIDE
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import show
from web.scheme import Scheme
from web.workflow import Refused

bp = Blueprint("allocating", __name__, url_prefix="/team")
ONE = "/cases/<reference>/assessors"


def _scheme() -> Scheme:
    found: Scheme = current_app.extensions["scheme"]
    return found


# All waiting cases


@bp.get("/allocation/")
@allow(is_officer)
def everything() -> Response:
    waits = showing.waiting(db(), me(), clock.now(), _scheme())
    return show("review/allocation/everything.html", waits=waits)


@bp.post("/allocation/propose")
@allow(is_officer)
def propose() -> Response:
    """For every case that waits; who is proposed already stays."""
    short = actions.propose_all(db(), by=me(), at=clock.now(), scheme=_scheme())
    db().commit()
    left = len({shortage.case for shortage in short})
    if left:
        said = ngettext(
            "%(num)s case cannot be filled now.", "%(num)s cases cannot be filled now.", left
        )
        flash(said)
    return redirect(url_for(".everything"), 303)


@bp.post("/allocation/ask")
@allow(is_officer)
def ask_all() -> Response:
    asked = actions.ask_all(db(), by=me(), at=clock.now(), scheme=_scheme())
    if not asked:
        db().rollback()
        flash(_("No proposal is whole, so nobody was asked."))
        return redirect(url_for(".everything"), 303)
    db().commit()
    said = ngettext(
        "The assessors of %(num)s case were asked.",
        "The assessors of %(num)s cases were asked.",
        asked,
    )
    flash(said, "success")
    return redirect(url_for(".everything"), 303)


@bp.get("/allocation/assessors")
@allow(is_officer)
def assessors() -> Response:
    """Who is current, until when, and how much each holds."""
    pool = queries.pool(db(), clock.now(), _scheme())
    people = [(term, pool.candidate(term)) for term in pool.terms]
    page = "review/allocation/assessors.html"
    return show(page, people=people, resting=pool.resting, current_words=showing.current_words)


# One case


@bp.route(ONE, methods=["GET", "POST"])
@allow(is_officer, on=loading.team_case)
def choose(case: Case) -> Response:
    """Give somebody the case by hand; with ``instead``, in somebody's place."""
    instead = _instead(case)
    kinds = [kind for kind, count in rules.still_needed(case).items() if count]
    kind = instead.part if instead else (kinds[0] if len(kinds) == 1 else "")
    people = showing.lines(db(), case, clock.now(), _scheme(), kind)
    form = ChooseForm(people)
    if request.method == "POST" and not (instead or kinds):
        flash(_("This case has enough assessors."))
        return _to_case(case)

    def make() -> None:
        at, scheme = clock.now(), _scheme()
        term = form.by_reference[form.person.data]
        actions.add(db(), case, term, instead=instead, by=me(), at=at, scheme=scheme)
        if case.state != WAITING:
            actions.ask(db(), case, by=me(), at=at, scheme=scheme)

    if form.sent() and _done(form, make):
        return _to_case(case)
    return show(
        "review/allocation/choose.html", case=case, form=form, people=people, instead=instead,
        kinds=kinds, open_to=rules.takes_parts(case),
    )  # fmt: skip


def _instead(case: Case) -> Allocation | None:
    asked = request.args.get("instead", "")
    found = (a for a in case.allocations if a.reference == asked)
    return next((a for a in found if rules.may_take_out(a) is True), None)


@bp.post(f"{ONE}/ask")
@allow(is_officer, on=loading.team_case)
def ask(case: Case) -> Response:
    try:
        actions.ask(db(), case, by=me(), at=clock.now(), scheme=_scheme())
        db().commit()
        flash(_("They were asked."), "success")
    except Refused as refusal:
        db().rollback()
        flash(" ".join(refusal.reasons))
    return _to_case(case)


@bp.route(f"{ONE}/<part>/take-out", methods=["GET", "POST"])
@allow(is_officer, on=team_part)
def take_out(at: OnePart) -> Response:
    form = TakeOutForm()
    seen, form.seen.data = request.form.get("seen"), at.part.state

    def make() -> None:
        if seen != at.part.state:
            raise Refused([_("They answered meanwhile. Look again, then decide.")])
        leaving.take_out(
            db(), at.part, form.note.data or "", by=me(), at=clock.now(), scheme=_scheme()
        )

    if form.sent() and _done(form, make):
        return _to_case(at.case)
    return show(
        "review/allocation/take_out.html",
        case=at.case,
        form=form,
        part=at.part,
        may=rules.may_take_out(at.part),
    )


@bp.route(f"{ONE}/<part>/tie", methods=["GET", "POST"])
@allow(is_officer, on=team_part)
def tie(at: OnePart) -> Response:
    """A tie is found late.  A young member's is theirs: nobody is asked what it is."""
    is_young = at.part.part == YOUNG
    form = Form() if is_young else TieForm()

    def make() -> None:
        kind = STANDS_ASIDE if is_young else form.kind.data
        leaving.find_tie(db(), at.part, kind, by=me(), at=clock.now(), scheme=_scheme())

    if form.sent() and _done(form, make):
        return _to_case(at.case)
    return show("review/allocation/tie.html", case=at.case, form=form, part=at.part)


def _done(form: Form, make: Callable[[], None]) -> bool:
    """Make it, or say above the form why not."""
    try:
        make()
        db().commit()
    except Refused as refusal:
        db().rollback()
        form.form_errors = [*form.form_errors, *refusal.reasons]
        return False
    flash(_("Done."), "success")
    return True


def _to_case(case: Case) -> Response:
    return redirect(url_for("team_cases.one", reference=case.reference), 303)

"""A member's side: what waits for them, the question of ties, the pack, the vote."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from review import rules
from review.models import Ballot
from review.panel import levels, loading, pack, queries, ties, voting
from review.panel.forms import TiesForm, VoteForm, facts_of
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import more_errors
from web.pages import show
from web.workflow import Refused

bp = Blueprint("panel", __name__, url_prefix="/panel")


def is_theirs(person: Any, ballot: Ballot) -> Any:
    return True if ballot.person_id == person.id else "This is somebody else’s vote."


@bp.get("/")
@allow(rules.is_member)
def queue() -> Response:
    """What waits for the person's vote, what is due soonest first."""
    ballots = loading.my_ballots(me())
    waiting = [b for b in ballots if queries.is_open(b) and voting.vote_of(b) is None]
    return show("review/panel/queue.html", ballots=ballots, waiting=len(waiting))


@bp.get("/<reference>")
@allow(is_theirs, on=loading.my_ballot)
def pack_page(ballot: Ballot) -> Response:
    """It opens once the question of ties is answered."""
    case = ballot.case
    if ballot.asked_about_ties_at is None:
        return redirect(url_for(".ties_page", reference=case.reference), 303)
    young = ballot.constituency == "youth"
    return show(
        "review/panel/youth_pack.html" if young else "review/panel/pack.html",
        pack=pack.gathered(db(), case, stage=ballot.stage, for_youth=young),
        case=case,
        ballot=ballot,
        vote=voting.vote_of(ballot),
        open=queries.is_open(ballot),
        leads=_closes(ballot),
        reached=levels.reached(case),
        answer=pack.owed_answer(db(), case, ballot.stage) if young else None,
    )


def _closes(ballot: Ballot) -> bool:
    """Whether they are who closes this vote.  Most are not, and for them nothing is read."""
    might = ballot.stage == rules.ON_APPEAL or rules.is_chair(me()) is True
    leads = might and queries.is_open(ballot) and rules.leads_the_panel(me(), ballot.case)
    return leads is True


@bp.route("/<reference>/ties", methods=["GET", "POST"])
@allow(is_theirs, on=loading.my_ballot)
def ties_page(ballot: Ballot) -> Response:
    """Asked privately, before the pack opens; and again, when something comes to mind."""
    young, form = ballot.constituency == "youth", TiesForm()
    if young:
        form.for_youth()
    if form.sent():
        try:
            _answer(ballot, form.said.data)
        except Refused as refused:
            db().rollback()
            more_errors(form, "said", *refused.reasons)
        else:
            db().commit()
            return _after_ties(ballot)
    return show("review/panel/ties.html", case=ballot.case, young=young, form=form)


def _answer(ballot: Ballot, said: str) -> None:
    who: dict[str, Any] = {"by": me(), "at": clock.now(), "scheme": loading.scheme()}
    if said == "yes":
        ties.knows_them(db(), ballot, **who)
    else:
        ties.answer(db(), ballot, said, **who)


def _after_ties(ballot: Ballot) -> Response:
    if ballot.standing == "open":
        return redirect(url_for(".pack_page", reference=ballot.case.reference), 303)
    flash(_("Thank you for saying so. Somebody else votes on this one."), "success")
    return redirect(url_for("accounts.home"), 303)


@bp.route("/<reference>/vote", methods=["GET", "POST"])
@allow(is_theirs, on=loading.my_ballot)
def vote(ballot: Ballot) -> Response:
    case, young = ballot.case, ballot.constituency == "youth"
    if ballot.asked_about_ties_at is None or not queries.is_open(ballot):
        return redirect(url_for(".pack_page", reference=case.reference), 303)
    standing = voting.vote_of(ballot)
    form = VoteForm(data=facts_of(standing))
    form.offer(levels.offered(case), young=young)
    if form.sent():
        who: dict[str, Any] = {"by": me(), "at": clock.now(), "scheme": loading.scheme()}
        try:
            voting.cast(db(), ballot, form.chosen(), **who)
        except Refused as refused:
            db().rollback()
            more_errors(form, "choice", *refused.reasons)
        else:
            db().commit()
            flash(_("Your vote is kept, and nobody can see it. You can change it."), "success")
            return redirect(url_for(".pack_page", reference=case.reference), 303)
    return show("review/panel/vote.html", case=case, young=young, form=form, vote=standing)

"""The Charter team's side of ties: who is tied to which organisation."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, url_for
from flask_babel import gettext as _
from werkzeug import Response
from wtforms import SelectChoice

from accounts.models import Person
from steering import actions, loading, queries
from steering.forms import TeamTieForm
from steering.models import Tie
from steering.rules import is_officer, may_end_tie
from steering.views.making import organisation_meant, page, press
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show

bp = Blueprint("team_ties", __name__, url_prefix="/team/steering-group/ties")


def everybody() -> list[Person]:
    """Who holds a seat or assesses, by name."""
    seats = [t.person for s in queries.seats(db()) for t in s.terms if t.ended_at is None]
    found = {p.id: p for p in (*seats, *(t.person for t in queries.standing_assessors(db())))}
    return sorted(found.values(), key=lambda person: (person.name, person.id))


def _young(people: Sequence[Person]) -> set[int]:
    """Of them the page says that they stand aside, and not why."""
    youth = {
        term.person_id
        for seat in queries.seats(db())
        if seat.constituency == "youth"
        for term in seat.terms
    }
    return youth | {person.id for person in people if person.has_role("young assessor")}


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    people = everybody()
    ties = queries.standing_ties(db(), [person.id for person in people])
    return show("steering/team/ties.html", ties=ties, young=_young(people))


@bp.route("/new", methods=["GET", "POST"])
@allow(is_officer)
def note() -> Response:
    people = {str(person.id): person for person in everybody()}
    form = TeamTieForm()
    form.who.choices = [SelectChoice(key, person.name) for key, person in people.items()]

    def do() -> Any:
        organisation = organisation_meant(form)
        if organisation is None:
            return False
        who = people[form.who.data]
        return actions.note_tie(
            db(), who, organisation, form.kind.data, over_on=form.over.day, by=me(), at=clock.now()
        )

    said, then = _("It is noted. They see it on their page."), url_for("team_ties.everything")
    return page("steering/team/note_tie.html", form, do, said, then)


@bp.post("/<reference>/take-back")
@allow(may_end_tie, on=loading.team_tie)
def take_back(tie: Tie) -> Response:
    return press(
        lambda: actions.take_back_tie(db(), tie, by=me(), at=clock.now()),
        _("It is taken back."),
        url_for("team_ties.everything"),
    )

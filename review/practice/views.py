"""Everybody current rates the practice case alone; who has sent sees all readings together."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug import Response
from wtforms import TextAreaField
from wtforms.fields.choices import SelectChoice

from accounts.forms.fields import OneOf
from endorsement import versions
from endorsement.assessing.forms import Press
from endorsement.assessing.loading import writing
from endorsement.framework import Framework, Standard
from review.models.practice import PracticeSitting
from review.practice import actions, queries
from review.practice.case import ToldStandard, practice_case
from review.rules import is_assessor
from web import clock
from web.access import allow, me
from web.database import db
from web.forms import Form
from web.pages import show
from web.workflow import Refused

bp = Blueprint("practice", __name__, url_prefix="/practice")


@dataclass(frozen=True)
class Round:
    """The practice case before one person."""

    framework: Framework
    part: str
    sitting: PracticeSitting | None

    @property
    def told(self) -> list[tuple[Standard, ToldStandard]]:
        """Those they rate: young assessors the ones that young assessors read."""
        known = self.framework.by_key
        return [
            (known[one.key], one)
            for one in practice_case().standards
            if one.key in known
            and (self.part == "adult" or self.framework.young_read(known[one.key]))
        ]

    @property
    def rated(self) -> dict[str, Any]:
        return {r.standard: r for r in self.sitting.readings} if self.sitting else {}

    @property
    def is_sent(self) -> bool:
        return self.sitting is not None and self.sitting.sent_at is not None


class RateForm(Form):
    rating = OneOf(_l("What do you think?"), _l("Choose one of the points."))
    reason = TextAreaField(_l("Why?"), most=2000)


def load(person: Any) -> Round | None:
    """For whoever is an assessor, adult or young."""
    term, version = queries.term(db(), person), versions.newest(db())
    if term is None or version is None:
        return None
    own = queries.own(db(), person, practice_case().code, lock=writing())
    return Round(version.framework, term.kind, own)


def load_one(person: Any, key: str) -> tuple[Round, Standard, ToldStandard] | None:
    found = load(person)
    for standard, told in found.told if found else ():
        if standard.key == key and found is not None:
            return found, standard, told
    return None


@bp.get("/")
@allow(is_assessor, on=load)
def everything(at: Round) -> Response:
    return show("review/practice/everything.html", at=at, case=practice_case())


@bp.route("/standards/<key>", methods=["GET", "POST"])
@allow(is_assessor, on=load_one)
def standard(found: tuple[Round, Standard, ToldStandard]) -> Response:
    at, known, told = found
    said = at.rated.get(known.key)
    data = {"rating": str(said.rating), "reason": said.reason} if said else {}
    form = RateForm(data=data)
    form.rating.choices = [
        SelectChoice(str(point.value), point.name, {"hint": descriptor})
        for point, descriptor in zip(at.framework.scale, known.descriptors, strict=True)
    ]
    if not at.is_sent and form.sent():
        sitting = at.sitting or actions.begin(
            db(), me(), practice_case().code, at.part, at=clock.now()
        )
        actions.rate(db(), sitting, known.key, int(form.rating.data), form.reason.data or "")
        db().commit()
        return redirect(url_for("practice.everything"), 303)
    return show("review/practice/standard.html", form=form, at=at, standard=known, told=told)


@bp.post("/send")
@allow(is_assessor, on=load)
def send(at: Round) -> Response:
    wanted = {standard.key for standard, _told in at.told}
    try:
        if at.sitting is None or not Press().sent():
            raise Refused(["Rate all standards first."])
        actions.send(db(), at.sitting, wanted, by=me(), at=clock.now())
    except Refused as refused:
        flash(" ".join(refused.reasons))
        return redirect(url_for("practice.everything"), 303)
    db().commit()
    flash(_("Sent. It counts as the case you shadowed."), "success")
    return redirect(url_for("practice.together"), 303)


@bp.get("/together")
@allow(is_assessor, on=load)
def together(at: Round) -> Response:
    """Adults' and young assessors' readings side by side, as counts; without a name."""
    if not at.is_sent:
        return redirect(url_for("practice.everything"), 303)
    sittings = queries.sent(db(), practice_case().code)
    counts: dict[tuple[str, str, int], int] = {}
    for sitting in sittings:
        for reading in sitting.readings:
            place = (reading.standard, sitting.part, reading.rating)
            counts[place] = counts.get(place, 0) + 1
    return show("review/practice/together.html", at=at, case=practice_case(), counts=counts)

"""The Charter team's side of young people's seats."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, current_app, url_for
from flask_babel import gettext as _
from werkzeug import Response

from accounts.models import Person
from accounts.queries import person_by_email
from steering import queries as seats
from steering.forms import EndForm
from steering.models import YouthSeat
from steering.models.seats import DEPUTY, MEMBER, YOUTH
from steering.models.youth import YOUNG_ASSESSOR
from steering.rules import is_officer
from steering.views.making import page, press
from steering.youth import actions, loading, queries
from steering.youth.codes import code_of, digest_of
from steering.youth.forms import PARTS, YOUNG, MakeForm, SupporterForm
from web import clock
from web.access import allow, me
from web.database import db
from web.pages import show
from web.workflow import Refused

bp = Blueprint("youth_seats", __name__, url_prefix="/team/steering-group/youth")
GOOD_FOR = timedelta(days=14)


@bp.get("/")
@allow(is_officer)
def everything() -> Response:
    return show("steering/youth/team/everything.html", found=queries.everyone(db()))


@bp.route("/new", methods=["GET", "POST"])
@allow(is_officer)
def make() -> Response:
    form = MakeForm(_open_parts())

    def do() -> None:
        seat, part, _words = form.open_parts[form.what.data]
        youth = actions.make(
            db(), part, seat, _supporter(form.email.data), ends_on=form.until.day or clock.today(),
            decision=form.decision.data, by=me(), at=clock.now(),
        )  # fmt: skip
        actions.give_code(db(), youth, digest, good_for=GOOD_FOR, by=me(), at=clock.now())

    said = _("The code is made. Their supporter can read it and hand it on.")
    return page("steering/youth/team/make.html", form, do, said, _all())


@bp.get("/<reference>")
@allow(is_officer, on=loading.for_the_team)
def one(youth: YouthSeat) -> Response:
    return show("steering/youth/team/one.html", youth=youth, code=code_now(youth))


@bp.post("/<reference>/code")
@allow(is_officer, on=loading.for_the_team)
def give_code(youth: YouthSeat) -> Response:
    return _press(youth, _("There is a new code."), actions.give_code, digest, good_for=GOOD_FOR)


@bp.post("/<reference>/activate")
@allow(is_officer, on=loading.for_the_team)
def activate(youth: YouthSeat) -> Response:
    return _press(youth, _("The seat is open. They can sign in."), actions.activate)


@bp.post("/<reference>/reset")
@allow(is_officer, on=loading.for_the_team)
def agree_to_reset(youth: YouthSeat) -> Response:
    said = _("You said yes. Once their supporter has too, make a code.")
    return _press(youth, said, actions.agree_to_reset, as_supporter=False)


@bp.post("/<reference>/help")
@allow(is_officer, on=loading.for_the_team)
def help_given(youth: YouthSeat) -> Response:
    return _press(youth, _("Noted."), actions.help_given)


@bp.route("/<reference>/supporter", methods=["GET", "POST"])
@allow(is_officer, on=loading.for_the_team)
def supporter(youth: YouthSeat) -> Response:
    form = SupporterForm()

    def do() -> None:
        who = _supporter(form.email.data)
        actions.change_supporter(db(), youth, who, by=me(), at=clock.now())

    said = _("They have another supporter.")
    return page("steering/youth/team/supporter.html", form, do, said, _to(youth), youth=youth)


@bp.route("/<reference>/end", methods=["GET", "POST"])
@allow(is_officer, on=loading.for_the_team)
def end(youth: YouthSeat) -> Response:
    form = EndForm()

    def do() -> None:
        actions.end(db(), youth, form.why.data, by=me(), at=clock.now())

    return page("steering/youth/team/end.html", form, do, _("The seat has ended."), _to(youth),
                youth=youth)  # fmt: skip


def _press(
    youth: YouthSeat, said: str, do: Callable[..., None], *args: Any, **more: Any
) -> Response:
    return press(lambda: do(db(), youth, *args, by=me(), at=clock.now(), **more), said, _to(youth))


def digest(salt: str) -> str:
    key = current_app.config["SECRET_KEY"]
    return digest_of(code_of(salt, key), key)


def code_now(youth: YouthSeat) -> str:
    """The code that is out today, to be handed on; empty when there is none."""
    if youth.code_digest is None or youth.code_expires_at is None:
        return ""
    if youth.code_expires_at <= clock.now():
        return ""
    return code_of(youth.code_salt, current_app.config["SECRET_KEY"])


def _open_parts() -> dict[str, Any]:
    """What a young person can be asked for: youth seats nobody holds, and assessing."""
    found: dict[str, Any] = {}
    for number, seat in enumerate(
        (seat for seat in seats.seats(db()) if seat.constituency == YOUTH), start=1
    ):
        held = {term.part for term in seat.terms if term.ended_at is None}
        for part in (MEMBER, DEPUTY):
            if part not in held:
                words = _("Youth seat %(n)s: %(part)s", n=number, part=PARTS[part])
                found[f"{part} {seat.reference}"] = (seat, part, words)
    found[YOUNG_ASSESSOR] = (None, YOUNG_ASSESSOR, str(YOUNG))
    return found


def _supporter(email: str) -> Person:
    person = person_by_email(db(), email)
    if person is None:
        raise Refused([_("Nobody has an account with this address.")])
    return person


def _all() -> str:
    return url_for("youth_seats.everything")


def _to(youth: YouthSeat) -> str:
    return url_for("youth_seats.one", reference=youth.reference)

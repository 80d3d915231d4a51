"""The supporter's page: that something waits, asking for help or a new passphrase.  No papers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug import Response

from accounts.models.people import OFFICER
from accounts.queries.people import people_with_role
from steering.models import YouthSeat
from steering.views.making import press
from steering.youth import actions, loading, queries, waits
from steering.youth.team import code_now
from steering.youth.waits import Told
from web import clock
from web.access import allow, me, signed_in
from web.contributions import Panel, Reminder
from web.database import db
from web.pages import show

bp = Blueprint("supporting", __name__, url_prefix="/my/supporting")
own = Blueprint("my_seat", __name__, url_prefix="/my/seat")


@bp.get("/")
@allow(signed_in, on=loading.supported)
def everything(supported: Sequence[YouthSeat]) -> Response:
    codes = {youth.id: code_now(youth) for youth in supported}
    mine = _told(db(), me(), clock.now())
    page = "steering/youth/supporting.html"
    return show(
        page,
        supported=supported,
        codes=codes,
        waiting=Counter(one.seat.id for one in mine if not one.stands_in),
        standing_in=Counter(one.name for one in mine if one.stands_in),
    )


def _told(session: Session, person: Any, at: datetime) -> list[Told]:
    scheme = current_app.extensions["scheme"]
    return [one for one in waits.told(session, at, scheme) if one.supporter_id == person.id]


@bp.post("/<reference>/help")
@allow(signed_in, on=loading.one_supported)
def ask_for_help(youth: YouthSeat) -> Response:
    return press(
        lambda: actions.ask_for_help(db(), youth, by=me(), at=clock.now()),
        _("The Charter team knows. They will get in touch with you."),
        url_for("supporting.everything"),
    )


@bp.post("/<reference>/reset")
@allow(signed_in, on=loading.one_supported)
def ask_for_reset(youth: YouthSeat) -> Response:
    return press(
        lambda: actions.agree_to_reset(db(), youth, as_supporter=True, by=me(), at=clock.now()),
        _("Asked. When the Charter team says yes, the new code stands here."),
        url_for("supporting.everything"),
    )


@own.post("/seen")
@allow(signed_in, on=loading.own)
def seen(youth: YouthSeat) -> Response:
    """They read that their passphrase was changed."""
    return press(
        lambda: actions.see_reset(db(), youth, by=me(), at=clock.now()),
        _("Thank you."),
        url_for("my_steering.everything"),
    )


def panels(session: Session, person: Any) -> list[Panel]:
    """On their first page: for a young member, that the passphrase was changed; for a supporter,
    that they are one."""
    if person.has_mailbox:
        return _for_supporter(queries.supported_by(session, person))
    youth = queries.of_person(session, person)
    if youth is None or youth.reset_at is None or youth.reset_seen_at is not None:
        return []
    return [
        Panel(
            title=_("You have a new passphrase"),
            sentence=_("Your supporter and the Charter team said yes to it. Was it not you? "
                       "Tell them now."),
            link_text=_("See when"),
            endpoint="my_steering.everything",
            urgent=True,
        )
    ]  # fmt: skip


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """To the supporter, or to who stands in for them: once for each thing, and not what it is."""
    found = waits.told(session, at, current_app.extensions["scheme"])
    nobody = [one for one in found if one.supporter_id is None]
    team = people_with_role(session, OFFICER) if nobody else []
    for one in found:
        if one.supporter_id is not None:
            yield _reminder(one, one.supporter_id, _sentence(one), "supporting.everything")
    for one in nobody:
        said = _("Something is waiting for %(name)s, and every supporter has a tie there. Please "
                 "find somebody for this once.", name=one.name)  # fmt: skip
        for person in team:
            yield _reminder(one, person.id, said, "youth_seats.everything")


def _sentence(one: Told) -> str:
    if one.stands_in:
        return _("Something is waiting for %(name)s. You stand in for their supporter this once.",
                 name=one.name)  # fmt: skip
    return _("Something is waiting for %(name)s.", name=one.name)


def _reminder(one: Told, person_id: int, sentence: str, endpoint: str) -> Reminder:
    return Reminder(
        person_id=person_id,
        key=f"supports:{one.seat.reference}:{one.waits.key}",
        sentence=sentence,
        endpoint=endpoint,
    )


def _for_supporter(supported: Sequence[YouthSeat]) -> list[Panel]:
    if not supported:
        return []
    return [
        Panel(
            title=_("You support a young person"),
            sentence=_("You see when something waits for them. You see none of their papers."),
            link_text=_("See it, or ask for help"),
            endpoint="supporting.everything",
        )
    ]

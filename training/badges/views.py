"""One's own badges: what they are, and how to take them along."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response

from training.badges import files
from training.badges.following import KIND
from training.records import queries
from web import clock
from web.access import allow, me, signed_in
from web.audit.chain import name_of
from web.credentials import Credential
from web.credentials.issuing import of_holder
from web.credentials.verifying import standing_of
from web.database import db
from web.pages import show

bp = Blueprint("my_badges", __name__, url_prefix="/my/training/badges")


@dataclass(frozen=True)
class Mine:
    badges: Sequence[Credential]
    """All there ever were, newest first."""

    @property
    def standing(self) -> list[Credential]:
        return [badge for badge in self.badges if badge.runs(clock.now())]


def mine(person: Any) -> Mine:
    practitioner = queries.practitioner_of(db(), person)
    if practitioner is None:
        return Mine(())
    return Mine(of_holder(db(), name_of(practitioner), KIND))


def badge(person: Any, reference: str) -> Credential | None:
    """Also one that was taken back: it is theirs all the same."""
    return next((b for b in mine(person).badges if b.reference == reference), None)


@bp.get("/")
@allow(signed_in, on=mine)
def everything(found: Mine) -> Response:
    now = clock.now()
    verdicts = {badge.id: standing_of(badge, now) for badge in found.badges}
    return show("training/badges/mine.html", found=found, verdicts=verdicts, person=me())


@bp.get("/<reference>.json")
@allow(signed_in, on=badge)
def document(found: Credential) -> Response:
    name = f"{files.name_of(found)}.json"
    return files.attachment(files.as_json(found), "application/vc", name)


@bp.get("/<reference>.svg")
@allow(signed_in, on=badge)
def picture(found: Credential) -> Response:
    name = f"{files.name_of(found)}.svg"
    return files.attachment(files.as_picture(found), "image/svg+xml", name)


@bp.get("/<reference>.png")
@allow(signed_in, on=badge)
def bitmap(found: Credential) -> Response:
    return files.attachment(files.as_bitmap(found), "image/png", f"{files.name_of(found)}.png")


@bp.get("/badges.zip")
@allow(signed_in, on=mine)
def as_set(found: Mine) -> Response:
    """Those that stand."""
    return files.attachment(files.as_set(found.standing), "application/zip", "badges.zip")

"""What passports hold of a person: told in "Your data", and for how long."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from training import versions
from training.models import PassportLink
from training.passport import actions, queries
from training.passport.showing import STAGES
from training.records import queries as records
from training.rules import ALL
from training.wording import names
from web.contributions import DataSection, RetentionRule
from web.database import hold

KEPT = timedelta(days=90)
BY = "system:retention"


def my_data(session: Session, person: Any) -> Iterable[DataSection]:
    mine = records.practitioner_of(session, person)
    links = queries.links_of(session, mine) if mine else ()
    yield DataSection(
        "training-passport",
        _("Links to your training passport"),
        _(
            "So that you can show what you learned, and see when somebody looked. Of who looked "
            "we keep nothing. A link goes %(n)s days after it ended.",
            n=KEPT.days,
        ),
        [_row(session, link) for link in links],
        change="my_passport.overview",
    )


def _row(session: Session, link: PassportLink) -> dict[str, Any]:
    return {
        _("For whom"): link.for_whom or None,
        _("It shows"): _shows(session, link.shows),
        _("Made"): link.made_at,
        _("Works until"): link.ends_at,
        _("Withdrawn"): link.withdrawn_at,
        _("Opened"): [visit.at for visit in link.visits],
    }


def _shows(session: Session, shows: Sequence[str]) -> list[str]:
    words = {ALL: _("everything that is in date"), STAGES: _("the stages that are whole")}
    version = versions.newest(session)
    if version is None:
        return [words.get(key, key) for key in shows]
    return [words.get(key) or names(version.pathways, [key]) for key in shows]


def _over(at: datetime) -> Any:
    link = PassportLink
    return or_(link.ends_at < at - KEPT, link.withdrawn_at < at - KEPT)


def _due(session: Session, at: datetime) -> Sequence[int]:
    wanted = select(PassportLink.id).where(_over(at)).order_by(PassportLink.id)
    return session.scalars(wanted.limit(200)).all()


def _take_away(session: Session, link_id: int, at: datetime) -> None:
    link = hold(session, PassportLink, link_id)
    if link is not None and min(link.ends_at, link.withdrawn_at or link.ends_at) < at - KEPT:
        actions.forget(session, link, by=BY, at=at)


retention = RetentionRule(
    name="passport-links",
    what=_l("Private links to a training passport, and when each was opened"),
    due=_due,
    take_away=_take_away,
    kept=lambda _kept: _("%(n)s days after the link ended", n=KEPT.days),
)

"""What waits to be checked by somebody who has no desk of the organisation's for it: whom a lead
lets check, and the lead of a buddy."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import EDITOR, LEAD
from training import versions
from training.buddies import queries
from training.checking import queries as checking
from training.checking.loading import Desk
from training.pathways import Pathways
from web.contributions import Panel


def to_check(session: Session, person: Any) -> list[Panel]:
    standing = [m for m in person.memberships if m.ended_at is None]
    version = versions.newest(session) if standing else None
    if version is None:
        return []
    led = {m.organisation_id: m.organisation for m in standing if m.role == LEAD}
    others = [m.organisation for m in standing if m.role not in (LEAD, EDITOR)]
    desks = [*_let(session, person, others, version.pathways)]
    desks += _of_buddies(session, led, version.pathways)
    found = ((desk, checking.how_many(session, checking.waiting(person, desk))) for desk in desks)
    return [_panel(desk, count) for desk, count in found if count]


def _let(
    session: Session, person: Any, organisations: list[Organisation], pathways: Pathways
) -> Iterator[Desk]:
    for organisation in organisations:
        if organisation.state != "closed" and checking.is_let(session, person, organisation):
            yield Desk(organisation, pathways, is_let=True)


def _of_buddies(
    session: Session, led: dict[int, Organisation], pathways: Pathways
) -> Iterator[Desk]:
    for agreement in queries.standing_of(session, list(led)) if led else ():
        for one in agreement.both:
            if one.id in led:
                yield Desk(agreement.other(one.id), pathways, buddy=agreement)


def _panel(desk: Desk, count: int) -> Panel:
    name = desk.organisation.name if desk.organisation is not None else ""
    return Panel(
        title=_("Training to check"),
        sentence=ngettext(
            "At %(name)s 1 record waits for you.",
            "At %(name)s %(num)d records wait for you.",
            count,
            name=name,
        ),
        link_text=_("Check it"),
        endpoint="checking_buddy.waiting" if desk.buddy is not None else "checking.waiting",
        values=desk.slugs,
    )

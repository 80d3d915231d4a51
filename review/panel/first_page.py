"""What waits for somebody of the panel, on their first page: votes, the next meeting, the chair."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from review import rules
from review.models import Ballot, Meeting, MeetingItem
from review.panel import queries, staging
from review.panel.loading import plans_meetings
from review.panel.meetings import PLANNED
from review.panel.voting import vote_of
from review.states import STAGED
from steering import queries as steering
from web import clock
from web.contributions import Panel
from web.pages import how_long, long_date, long_time


def panels(session: Session, person: Any) -> Sequence[Panel]:
    """A guest finds their vote here too.  Of a place that somebody is tied to, nothing."""
    ballots = queries.of_member(session, person)
    is_member = rules.is_member(person) is True
    if not ballots and not is_member:
        return []
    at, scheme = clock.now(), current_app.extensions["scheme"]
    tied = steering.organisations_barred(session, person, at, scheme)
    open_ = [b for b in ballots if b.case.organisation_id not in tied and queries.is_open(b)]
    waiting = [ballot for ballot in open_ if vote_of(ballot) is None]
    found = [_vote(ballot) for ballot in waiting]
    if is_member:
        found += _voted(len(open_) - len(waiting), nothing=not waiting)
        found += _chairs(session, person, tied)
        found += _meets(session, person, tied, at)
    return found


def _vote(ballot: Ballot) -> Panel:
    case, opened = ballot.case, ballot.asked_about_ties_at is not None
    said = _("You have opened the papers. You have not voted yet.") if opened else _(
        "Read the papers, then vote."
    )  # fmt: skip
    if case.due_on:
        until = _("Until %(day)s (%(left)s).", day=long_date(case.due_on),
                  left=how_long(case.due_on))  # fmt: skip
        said = f"{said} {until}"
    return Panel(
        title=_("%(name)s waits for your vote", name=case.organisation.name),
        sentence=said,
        link_text=_("Read and vote"),
        endpoint="panel.pack_page",
        values={"reference": case.reference},
        urgent=True,
        has_a_part=True,
    )


def _voted(count: int, *, nothing: bool) -> Iterator[Panel]:
    """What they can still change; or that there is nothing to do."""
    if not count and not nothing:
        return
    title, sentence = _("Nothing waits for your vote"), _("We tell you when something does.")
    if count:
        title = ngettext("You have voted on one place", "You have voted on %(num)d places", count)
        sentence = _("You can change your vote until the chair closes it.")
    yield Panel(title, sentence, _("See what you vote on"), "panel.queue", has_a_part=True)


def _chairs(session: Session, person: Any, tied: set[int]) -> Iterator[Panel]:
    if rules.is_chair(person) is not True:
        return
    scheme = current_app.extensions["scheme"]
    found = queries.before_the_panel(session, tied)
    cases = [c for c in found if rules.leads_the_panel(person, c) is True]
    votes = [case for case in cases if case.state != STAGED]
    ready = [case for case in votes if not staging.short_of(case, scheme)]
    said = ngettext("One place is voted on.", "%(num)d places are voted on.", len(votes))
    ripe = ngettext("One vote can be closed.", "%(num)d votes can be closed.", len(ready))
    yield Panel(
        title=_("What you chair"),
        sentence=f"{said} {ripe}" if ready else said,
        link_text=_("See the votes you lead"),
        endpoint="chairing.everything",
        urgent=bool(ready),
        has_a_part=True,
    )


def _meets(session: Session, person: Any, tied: set[int], at: datetime) -> Iterator[Panel]:
    wanted = select(Meeting).where(Meeting.state == PLANNED, Meeting.starts_at > at)
    whole = wanted.options(selectinload(Meeting.items).joinedload(MeetingItem.case))
    meeting = session.scalars(whole.order_by(Meeting.starts_at, Meeting.id).limit(1)).first()
    if meeting is None:
        return
    many = sum(item.case.organisation_id not in tied for item in meeting.items)
    agenda = ngettext("One place is on the agenda.", "%(num)d places are on the agenda.", many)
    plans = plans_meetings(person) is True
    yield Panel(
        title=_("The next meeting: %(day)s", day=long_time(meeting.starts_at)),
        sentence=f"{meeting.place}. {agenda}" if many else f"{meeting.place}.",
        link_text=_("See the meeting") if plans else _("See what you vote on"),
        endpoint="meetings.one" if plans else "panel.queue",
        values={"reference": meeting.reference} if plans else {},
        has_a_part=True,
    )

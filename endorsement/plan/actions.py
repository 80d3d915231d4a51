"""Writing and working the plan.  Each raises Refused where it may not be."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from endorsement import rules
from endorsement.models import HelpOffer, ImprovementAction
from endorsement.plan import queries
from web.audit import record
from web.references import new_reference
from web.workflow import Refused, insist


@dataclass(frozen=True)
class Planned:
    """One action in the organisation's words."""

    what: str
    who: str = ""
    by_on: date | None = None
    young_people: str = ""


def add(
    session: Session,
    organisation: Organisation,
    standard: str,
    planned: Planned,
    *,
    by: Any,
    at: datetime,
) -> ImprovementAction:
    insist(rules.may_plan(by, organisation))
    made = ImprovementAction(
        reference=new_reference(),
        organisation=organisation,
        standard=standard,
        what=planned.what,
        who=planned.who,
        by_on=planned.by_on,
        young_people=planned.young_people,
        note="",
        planned_at=at,
        written_at=at,
        written_by_id=by.id,
    )
    session.add(made)
    session.flush()
    record(session, made, "plan", by=by, at=at)
    return made


def change(
    session: Session, action: ImprovementAction, planned: Planned, *, by: Any, at: datetime
) -> None:
    insist(rules.may_plan(by, action))
    if not action.open:
        raise Refused([_("This action is finished. Open it again to change it.")])
    now = Planned(action.what, action.who, action.by_on, action.young_people)
    if planned == now:
        return
    action.what, action.who = planned.what, planned.who
    action.by_on, action.young_people = planned.by_on, planned.young_people
    action.written_at, action.written_by_id = at, by.id
    record(session, action, "change", by=by, at=at)


def write_for_standard(
    session: Session,
    organisation: Organisation,
    standard: str,
    planned: Planned,
    *,
    by: Any,
    at: datetime,
) -> None:
    """From the standard's own page: the first open action, or a new one.

    An empty box takes no action away: the plan's page does that, and asks why.
    """
    first = first_open(queries.actions_for(session, organisation, standard))
    if not planned.what:
        return
    if first is None:
        add(session, organisation, standard, planned, by=by, at=at)
    else:
        change(session, first, planned, by=by, at=at)


def first_open(actions: Any) -> ImprovementAction | None:
    return next((action for action in actions if action.open), None)


def finish(
    session: Session, action: ImprovementAction, *, on: date, note: str, by: Any, at: datetime
) -> None:
    """Done, with a note of how it went.  Finished twice, the first stands."""
    insist(rules.may_plan(by, action))
    if action.done_on is not None:
        return
    action.done_on, action.dropped_on, action.note = on, None, note
    record(session, action, "finish", by=by, at=at)


def drop(
    session: Session, action: ImprovementAction, *, on: date, note: str, by: Any, at: datetime
) -> None:
    insist(rules.may_plan(by, action))
    if action.done_on is not None:
        raise Refused([_("This action is done already.")])
    if action.dropped_on is None:
        action.dropped_on, action.note = on, note
        record(session, action, "drop", by=by, at=at)


def open_again(session: Session, action: ImprovementAction, *, by: Any, at: datetime) -> None:
    insist(rules.may_plan(by, action))
    if not action.open:
        action.done_on = action.dropped_on = None
        record(session, action, "open again", by=by, at=at)


def offer_help(
    session: Session,
    organisation: Organisation,
    standard: str,
    words: str,
    *,
    by: Any,
    at: datetime,
) -> None:
    """Say in own words how one would help others; no words take the offer back."""
    insist(rules.may_plan(by, organisation))
    standing = queries.own_offers(session, organisation).get(standard)
    if standing is not None and standing.words == words:
        return
    if standing is not None:
        standing.withdrawn_at = at
        record(session, standing, "take back", by=by, at=at)
        session.flush()
    if words:
        made = HelpOffer(
            organisation=organisation,
            standard=standard,
            words=words,
            offered_at=at,
            offered_by_id=by.id,
        )
        session.add(made)
        session.flush()
        record(session, made, "offer", by=by, at=at)

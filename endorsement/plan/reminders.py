"""What the weekly digest says of the plan."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.queries.colleagues import people_by_organisation
from accounts.rules import EDITOR, LEAD
from endorsement.models import ImprovementAction
from endorsement.plan import queries
from web import clock
from web.contributions import Reminder

SOON = timedelta(days=14)


def reminders(session: Session, at: datetime) -> Iterable[Reminder]:
    """Actions that are due in two weeks, and those that are overdue: each told once of each."""
    today = clock.london(at).date()
    due = queries.due_by(session, today + SOON)
    people = people_by_organisation(
        session, {action.organisation_id for action in due}, LEAD, EDITOR
    )
    for action in due:
        if action.organisation.state == "closed" or action.by_on is None:
            continue
        late = action.by_on < today
        for person_id in people.get(action.organisation_id, ()):
            yield Reminder(
                person_id=person_id,
                key=f"action:{action.reference}:{'late' if late else 'soon'}",
                sentence=_sentence(action, late),
                endpoint="planning.action",
                values={"slug": action.organisation.slug, "reference": action.reference},
                by=clock.begins(action.by_on),
            )


def _sentence(action: ImprovementAction, late: bool) -> str:
    name, what = action.organisation.name, action.what
    if late:
        return _("%(name)s: a step of your plan is overdue: %(what)s", name=name, what=what)
    return _("%(name)s: a step of your plan is due soon: %(what)s", name=name, what=what)

"""Writing a pledge, part by part.  Each raises Refused once it is no longer the organisation's."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from accounts.actions.projects import ProjectDetails, add_project
from accounts.models import Project
from charter import parts, rules
from charter.models import Commitment, Pledge, PledgeAction, PledgeOutcome, PledgeProject
from charter.states import EDITABLE, SENT
from web.audit import record
from web.workflow import Refused, insist

PRIVATE_SORT = "group"


def see_details(
    session: Session,
    pledge: Pledge,
    *,
    contact_name: str,
    contact_email: str,
    by: Any,
    at: datetime,
) -> None:
    """Somebody of the organisation has looked at its details and says whom we can ask."""
    _must_be_theirs(pledge, by)
    pledge.contact_name, pledge.contact_email = contact_name, contact_email
    pledge.details_seen_at = at
    _wrote(session, pledge, parts.DETAILS, by, at)


def cover(
    session: Session, pledge: Pledge, projects: Iterable[Project], *, by: Any, at: datetime
) -> None:
    """The projects the pledge covers: these and no others, all of its own organisation."""
    _must_be_theirs(pledge, by)
    wanted = {project.id: project for project in projects}
    if any(p.organisation_id != pledge.organisation_id for p in wanted.values()):
        raise ValueError("a project of another organisation")
    for row in [row for row in pledge.covered if row.project_id not in wanted]:
        pledge.covered.remove(row)
        record(session, row, "leave out", by=by, at=at)
    standing = {row.project_id for row in pledge.covered}
    for project in (p for p in wanted.values() if p.id not in standing):
        row = PledgeProject(project=project)
        pledge.covered.append(row)
        session.flush()
        record(session, row, "cover", by=by, at=at)
    _wrote(session, pledge, parts.PROJECTS, by, at)


def cover_all_as_one(
    session: Session, pledge: Pledge, *, sort: str = PRIVATE_SORT, by: Any, at: datetime
) -> None:
    """For an organisation whose work is one project: it is made under the organisation's name.

    Unless told, of a sort that publishes nothing; pressed twice, the project that stands is taken.
    """
    _must_be_theirs(pledge, by)
    organisation = pledge.organisation
    standing = [p for p in organisation.projects if not p.closed]
    if not standing:
        details = ProjectDetails(organisation.name, sort, list(organisation.areas))
        standing = [add_project(session, organisation, details, by=by, at=at)]
    cover(session, pledge, standing, by=by, at=at)


def name_signatory(
    session: Session, pledge: Pledge, *, name: str, role: str, by: Any, at: datetime
) -> None:
    _must_be_theirs(pledge, by)
    pledge.signatory_name, pledge.signatory_role = name, role
    _wrote(session, pledge, parts.SIGNATORY, by, at)


def write_action(
    session: Session,
    pledge: Pledge,
    commitment: Commitment,
    text: str,
    *,
    by: Any,
    at: datetime,
) -> None:
    """What the organisation will do for one commitment; an empty text takes it away.

    Two who write in one box meet in the form (web.merging), over a pledge that is locked.
    """
    _must_be_theirs(pledge, by)
    action = next((a for a in pledge.actions if a.commitment_id == commitment.id), None)
    changed = text != (action.text if action is not None else "")
    if changed:
        _put(session, pledge, commitment, action, text, by, at)
    _wrote(session, pledge, parts.commitment_key(commitment.number), by, at, changed=changed)


def look_back(
    session: Session,
    pledge: Pledge,
    action: PledgeAction,
    *,
    how: str,
    text: str,
    by: Any,
    at: datetime,
) -> None:
    """How it went with one thing that was promised the year before."""
    _must_be_theirs(pledge, by)
    if pledge.renews_id is None or action.pledge_id != pledge.renews_id:
        raise ValueError("an action of another pledge")
    row = next((o for o in pledge.outcomes if o.action_id == action.id), None)
    changed = row is None or (row.how, row.text) != (how, text)
    if changed:
        if row is None:
            row = PledgeOutcome(action=action)
            pledge.outcomes.append(row)
        row.how, row.text, row.changed_at, row.changed_by_id = how, text, at, by.id
        session.flush()
        record(session, row, "write", by=by, at=at)
    part = parts.back_key(action.commitment.key)
    _wrote(session, pledge, part, by, at, changed=changed)


def _put(
    session: Session,
    pledge: Pledge,
    commitment: Commitment,
    action: PledgeAction | None,
    text: str,
    by: Any,
    at: datetime,
) -> None:
    if action is not None and not text:
        pledge.actions.remove(action)
        session.delete(action)
        record(session, action, "take away", by=by, at=at)
        return
    if action is None:
        action = PledgeAction(commitment=commitment)
        pledge.actions.append(action)
    action.text, action.changed_at, action.changed_by_id = text, at, by.id
    session.flush()
    record(session, action, "write", by=by, at=at)


def _must_be_theirs(pledge: Pledge, by: Any) -> None:
    insist(rules.may_edit_pledge(by, pledge))
    if pledge.state in EDITABLE:
        return
    if pledge.state == SENT:
        raise Refused(["This pledge was sent meanwhile, so it cannot be changed now."])
    raise Refused(["This pledge cannot be changed any more."])


def _wrote(
    session: Session, pledge: Pledge, part: str, by: Any, at: datetime, *, changed: bool = True
) -> None:
    """A line in the pledge's history, and the Charter team's note on that part is settled."""
    if not changed:
        return
    record(session, pledge, f"write {part}", by=by, at=at)
    note = parts.notes_by_part(pledge).get(part)
    if note is not None and note.settled_at is None:
        note.settled_at = at
        record(session, note, "mend", by=by, at=at)

"""Writing a draft of the framework, having it agreed, publishing it or throwing it away.

Each takes a draft that is locked (endorsement.drafting.queries), so that two officers come one
after the other, and raises Refused once the draft is no longer open.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from endorsement import versions
from endorsement.drafting import document, queries, rules
from endorsement.drafting.states import APPROVED, DRAFT, OPEN_STATES
from endorsement.drafting.workflow import TRANSITIONS, transitions
from endorsement.framework import Framework
from endorsement.framework.reading import FrameworkError, check
from endorsement.models import (
    FrameworkApproval,
    FrameworkDraft,
    FrameworkDraftEvent,
    FrameworkVersion,
)
from web.audit import record
from web.references import new_reference
from web.workflow import Refused, Table, insist, obstacles, perform


@dataclass(frozen=True)
class Agreed:
    """What is told of the steering group's decision.  A line each: name and role."""

    group_name: str
    agreed_on: date
    agency: str
    voluntary: str
    youth: str
    note: str = ""


class WouldBeLost(Refused):
    """A text leaves out standards that stand; the officer has to say that they are retired."""

    def __init__(self, gone: dict[str, str]):
        names = "; ".join(f"{key} “{name}”" for key, name in gone.items())
        super().__init__(
            [f"This text leaves out {names}. A code never disappears: say that they are retired."]
        )
        self.gone = gone


def begin(session: Session, version: FrameworkVersion, *, by: Any, at: datetime) -> FrameworkDraft:
    """A draft with the words of a version; or the one that is open already, for two who begin."""
    insist(rules.may_write(by))
    queries.lock(session, version)
    standing = queries.open_draft(session)
    if standing is not None:
        return standing
    code = queries.free_code(session, at.year)
    draft = FrameworkDraft(
        reference=new_reference(),
        state=DRAFT,
        code=code,
        text=document.of(version.framework) | {"code": code},
        based_on=version,
        began_at=at,
        began_by_id=by.id,
        changed_at=at,
        changed_by_id=by.id,
        events=[FrameworkDraftEvent(verb="begin", before="", after=DRAFT, at=at, by_id=by.id)],
    )
    session.add(draft)
    session.flush()
    for thing in (draft, *draft.events):
        record(session, thing, "begin", by=by, at=at)
    return draft


def change(
    session: Session, draft: FrameworkDraft, text: document.Text, *, by: Any, at: datetime
) -> None:
    """Another text.  Refused with every reason where it is no framework; raises WouldBeLost."""
    _must_be_open(draft, by)
    framework = _checked(text)
    if framework.code != draft.code and queries.code_is_taken(session, framework.code):
        raise Refused([f"There is a version {framework.code} already. Give this one another name."])
    _keeps_the_codes(session, framework)
    made = document.of(framework)
    if made == draft.text:
        return
    draft.text, draft.code = made, framework.code
    draft.changed_at, draft.changed_by_id = at, by.id
    session.flush()
    record(session, draft, "write", by=by, at=at)
    if draft.state == APPROVED and rules.is_agreed(draft) is not True:
        _make(session, "change", draft, by, at)


def take_out(session: Session, draft: FrameworkDraft, key: str, *, by: Any, at: datetime) -> None:
    """A standard that ever stood is retired with it: whoever presses this was told so."""
    stood = draft.based_on.framework.by_key.get(key)
    text = document.without_standard(draft.text, key, retired=stood.name if stood else "")
    change(session, draft, text, by=by, at=at)


def bring_back(session: Session, draft: FrameworkDraft, key: str, *, by: Any, at: datetime) -> None:
    """A standard that this draft retired, as it stands in the version before."""
    stood = {s["key"]: s for s in document.of(draft.based_on.framework)["standards"]}
    if key in document.framework_of(draft).by_key:
        raise Refused(["It is back already."])
    change(session, draft, document.brought_back(draft.text, stood[key]), by=by, at=at)


def approve(
    session: Session, draft: FrameworkDraft, agreed: Agreed, *, by: Any, at: datetime
) -> FrameworkApproval:
    """The steering group agreed the text as it stands at this moment."""
    mark = document.mark(draft)
    approval = FrameworkApproval(
        **vars(agreed), fingerprint=mark, recorded_at=at, recorded_by_id=by.id
    )
    _make(session, "approve", draft, by, at)
    draft.approvals.append(approval)
    session.flush()
    record(session, approval, "approve", by=by, at=at)
    return approval


def publish(
    session: Session, draft: FrameworkDraft, *, example: bool, by: Any, at: datetime
) -> FrameworkVersion:
    """Publish it for good: with its approval, or in example mode as example text."""
    verb = "publish" if draft.state == APPROVED else "publish as example"
    moves = transitions(example=example)
    if verb not in moves:
        raise Refused(["Record first that the steering group agreed this text."])
    in_the_way = obstacles(moves, verb, draft, by)
    if in_the_way:
        raise Refused(in_the_way)
    with session.no_autoflush:
        draft.version = _published(session, as_agreed(draft), by, at)
        _make(session, verb, draft, by, at, moves=moves)
        return draft.version


def discard(session: Session, draft: FrameworkDraft, *, note: str, by: Any, at: datetime) -> None:
    _make(session, "discard", draft, by, at, note=note)


def as_agreed(draft: FrameworkDraft) -> Framework:
    """As it would be published, with who agreed it."""
    framework = document.framework_of(draft)
    if draft.state != APPROVED:
        return framework
    approval = draft.approvals[-1]
    agreed = {"agreed_by": approval.group_name, "agreed_on": approval.agreed_on}
    return framework.model_copy(update=agreed)


def _checked(text: document.Text) -> Framework:
    try:
        return check(text)
    except FrameworkError as wrong:
        raise Refused([str(problem) for problem in wrong.problems]) from None


def _keeps_the_codes(session: Session, framework: Framework) -> None:
    try:
        versions.keep_the_keys(framework, [v.framework for v in versions.all_versions(session)])
    except versions.StandardsGone as gone:
        raise WouldBeLost(gone.keys) from None
    except versions.CodeReused as reused:
        raise Refused([str(reused)]) from None


def _published(session: Session, made: Framework, by: Any, at: datetime) -> FrameworkVersion:
    _keeps_the_codes(session, made)
    taken = Refused([f"There is a version {made.code} already. Give this one another name."])
    try:
        version = versions.publish(session, made, by=by, at=at)
    except versions.CodeTaken:
        raise taken from None
    if version is None:
        raise taken
    return version


def _make(
    session: Session,
    name: str,
    draft: FrameworkDraft,
    by: Any,
    at: datetime,
    *,
    note: str = "",
    moves: Table = TRANSITIONS,
) -> None:
    with session.no_autoflush:
        event = perform(moves, name, draft, by=by, at=at, note=note)
        session.add(event)
    session.flush()
    record(session, draft, name, by=by, at=at)
    record(session, event, name, by=by, at=at)


def _must_be_open(draft: FrameworkDraft, by: Any) -> None:
    insist(rules.may_write(by))
    if draft.state not in OPEN_STATES:
        raise Refused(["This draft is closed: it was published or thrown away meanwhile."])

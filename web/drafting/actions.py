"""Writing a draft, having it agreed, publishing it or throwing it away.

Each takes a draft that is locked (web.drafting.queries), so that two people come one after the
other, and raises Refused once the draft is no longer open.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from web.audit import record
from web.drafting import queries
from web.drafting.kind import Kind, Text
from web.drafting.states import APPROVED, DRAFT, OPEN_STATES
from web.drafting.versions import CodeReused, CodeTaken, KeysGone
from web.drafting.workflow import transitions
from web.references import new_reference
from web.toml_errors import ContentError
from web.workflow import Refused, Table, insist, obstacles, perform


@dataclass(frozen=True)
class Agreed:
    """What is told of the group's decision.  A line each: name and role."""

    group_name: str
    agreed_on: date
    agency: str
    voluntary: str
    youth: str
    note: str = ""


class WouldBeLost(Refused):
    """A text leaves out keys that stand; who writes has to say that they are retired."""

    def __init__(self, gone: dict[str, str]):
        names = "; ".join(f"{key} “{name}”" for key, name in gone.items())
        super().__init__(
            [f"This text leaves out {names}. A code never disappears: say that they are retired."]
        )
        self.gone = gone


def begin(kind: Kind, session: Session, version: Any, *, by: Any, at: datetime) -> Any:
    """A draft with the words of a version; or the one that is open already, for two who begin."""
    insist(kind.may_write(by))
    queries.lock(kind, session, version)
    standing = queries.open_draft(kind, session)
    if standing is not None:
        return standing
    code = kind.versions.free_code(session, at.year)
    draft = kind.draft(
        reference=new_reference(),
        state=DRAFT,
        code=code,
        text=kind.of(kind.versions.document(version)) | {"code": code},
        based_on=version,
        began_at=at,
        began_by_id=by.id,
        changed_at=at,
        changed_by_id=by.id,
        events=[kind.event(verb="begin", before="", after=DRAFT, at=at, by_id=by.id)],
    )
    session.add(draft)
    session.flush()
    for thing in (draft, *draft.events):
        record(session, thing, "begin", by=by, at=at)
    return draft


def change(kind: Kind, session: Session, draft: Any, text: Text, *, by: Any, at: datetime) -> None:
    """Another text.  Refused with every reason where it says nothing; raises WouldBeLost."""
    _must_be_open(kind, draft, by)
    document = _checked(kind, text)
    if document.code != draft.code and kind.versions.code_is_taken(session, document.code):
        raise _taken(document)
    _keeps_the_keys(kind, session, document)
    made = kind.of(document)
    if made == draft.text:
        return
    draft.text, draft.code = made, document.code
    draft.changed_at, draft.changed_by_id = at, by.id
    session.flush()
    record(session, draft, "write", by=by, at=at)
    if draft.state == APPROVED and kind.is_agreed(draft) is not True:
        _make(kind, session, "change", draft, by, at)


def approve(
    kind: Kind, session: Session, draft: Any, agreed: Agreed, *, by: Any, at: datetime
) -> Any:
    """The group agreed the text as it stands at this moment."""
    mark = kind.mark(draft)
    approval = kind.approval(**vars(agreed), fingerprint=mark, recorded_at=at, recorded_by_id=by.id)
    _make(kind, session, "approve", draft, by, at)
    draft.approvals.append(approval)
    session.flush()
    record(session, approval, "approve", by=by, at=at)
    return approval


def publish(
    kind: Kind, session: Session, draft: Any, *, example: bool, by: Any, at: datetime
) -> Any:
    """Publish it for good: with its approval, or in example mode as example text."""
    verb = "publish" if draft.state == APPROVED else "publish as example"
    moves = transitions(kind, example=example)
    if verb not in moves:
        raise Refused([kind.not_agreed])
    in_the_way = obstacles(moves, verb, draft, by)
    if in_the_way:
        raise Refused(in_the_way)
    with session.no_autoflush:
        draft.version = _published(kind, session, as_agreed(kind, draft), by, at)
        _make(kind, session, verb, draft, by, at, moves=moves)
        return draft.version


def discard(kind: Kind, session: Session, draft: Any, *, note: str, by: Any, at: datetime) -> None:
    _make(kind, session, "discard", draft, by, at, note=note)


def as_agreed(kind: Kind, draft: Any) -> Any:
    """As it would be published, with who agreed it."""
    document = kind.document_of(draft)
    if draft.state != APPROVED:
        return document
    approval = draft.approvals[-1]
    agreed = {"agreed_by": approval.group_name, "agreed_on": approval.agreed_on}
    return document.model_copy(update=agreed)


def _checked(kind: Kind, text: Text) -> Any:
    try:
        return kind.check(text)
    except ContentError as wrong:
        raise Refused([str(problem) for problem in wrong.problems]) from None


def _keeps_the_keys(kind: Kind, session: Session, document: Any) -> None:
    versions = kind.versions
    try:
        versions.keep_the_keys(document, [versions.document(v) for v in versions.all(session)])
    except KeysGone as gone:
        raise WouldBeLost(gone.keys) from None
    except CodeReused as reused:
        raise Refused([str(reused)]) from None


def _published(kind: Kind, session: Session, made: Any, by: Any, at: datetime) -> Any:
    _keeps_the_keys(kind, session, made)
    try:
        version = kind.versions.publish(session, made, by=by, at=at)
    except CodeTaken:
        raise _taken(made) from None
    if version is None:
        raise _taken(made)
    return version


def _taken(document: Any) -> Refused:
    return Refused([f"There is a version {document.code} already. Give this one another name."])


def _make(
    kind: Kind,
    session: Session,
    name: str,
    draft: Any,
    by: Any,
    at: datetime,
    *,
    note: str = "",
    moves: Table | None = None,
) -> None:
    with session.no_autoflush:
        event = perform(moves or transitions(kind), name, draft, by=by, at=at, note=note)
        session.add(event)
    session.flush()
    record(session, draft, name, by=by, at=at)
    record(session, event, name, by=by, at=at)


def _must_be_open(kind: Kind, draft: Any, by: Any) -> None:
    insist(kind.may_write(by))
    if draft.state not in OPEN_STATES:
        raise Refused(["This draft is closed: it was published or thrown away meanwhile."])

"""Writing a draft of the charter, having it agreed, publishing it or throwing it away.

Each takes a draft that is locked (charter.versions.queries), so that two officers come one after
the other, and raises Refused once the draft is no longer open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from charter import content
from charter.models import (
    CharterDraft,
    CharterVersion,
    Commitment,
    DraftCommitment,
    DraftEvent,
    YouthApproval,
)
from charter.versions import queries, rules, text
from charter.versions.states import APPROVED, DRAFT, OPEN_STATES
from charter.versions.workflow import TRANSITIONS, transitions
from web.audit import record
from web.references import new_reference
from web.workflow import Refused, Table, insist, obstacles, perform

EMPTY: dict[str, Any] = {
    name: [] if name in text.LINES else "" for name in text.FIELDS if name != "title"
}
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Agreed:
    """What is told of the young people's decision.  Numbers, never names."""

    group_name: str
    agreed_on: date
    took_part: int
    for_it: int
    how: str
    note: str = ""


def begin(session: Session, version: CharterVersion, *, by: Any, at: datetime) -> CharterDraft:
    """A draft with the words of a version; or the one that is open already, for two who begin."""
    insist(rules.may_write(by))
    queries.lock(session, version)
    standing = queries.open_draft(session, version.language)
    if standing is not None:
        return standing
    draft = CharterDraft(
        reference=new_reference(),
        state=DRAFT,
        code=queries.free_code(session, at.year),
        title=version.title,
        summary=version.summary,
        language=version.language,
        based_on=version,
        began_at=at,
        began_by_id=by.id,
        events=[DraftEvent(verb="begin", before="", after=DRAFT, at=at, by_id=by.id)],
        commitments=[_copied(c, by, at) for c in version.commitments],
    )
    session.add(draft)
    session.flush()
    for thing in (draft, *draft.events, *draft.commitments):
        record(session, thing, "begin", by=by, at=at)
    return draft


def write_whole(
    session: Session, draft: CharterDraft, words: Mapping[str, str], *, by: Any, at: datetime
) -> None:
    """Its code, title and summary."""
    _must_be_open(draft, by)
    if words["code"] != draft.code and queries.code_is_taken(session, words["code"]):
        raise Refused([f"There is a version {words['code']} already. Give this one another name."])
    for name in ("code", "title", "summary"):
        setattr(draft, name, words[name])
    _wrote(session, draft, draft, "write", by, at)


def write_commitment(
    session: Session,
    draft: CharterDraft,
    commitment: DraftCommitment,
    words: Mapping[str, Any],
    *,
    by: Any,
    at: datetime,
) -> None:
    _must_be_open(draft, by)
    if all(getattr(commitment, name) == words[name] for name in text.FIELDS):
        return
    for name in text.FIELDS:
        setattr(commitment, name, words[name])
    commitment.changed_at, commitment.changed_by_id = at, by.id
    _wrote(session, draft, commitment, "write", by, at)


def move_commitment(
    session: Session,
    draft: CharterDraft,
    commitment: DraftCommitment,
    way: str,
    *,
    by: Any,
    at: datetime,
) -> None:
    """One place up or down; at either end it stays."""
    _must_be_open(draft, by)
    order = list(draft.commitments)
    place = order.index(commitment)
    other = place + (-1 if way == UP else 1)
    if not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    _number(session, draft, order, by, at)


def add_commitment(
    session: Session, draft: CharterDraft, *, sign: str, title: str, by: Any, at: datetime
) -> DraftCommitment:
    """A new one at the end, under a sign that no other has, in a colour that is free."""
    _must_be_open(draft, by)
    _must_have_room(draft)
    if sign in {c.key for c in draft.commitments}:
        raise Refused(["Another commitment has this sign. Choose one that is free."])
    made = DraftCommitment(
        key=sign,
        number=len(draft.commitments) + 1,
        colour=_free_colour(draft),
        title=title,
        **EMPTY,
        changed_at=at,
        changed_by_id=by.id,
    )
    return _added(session, draft, made, by, at)


def bring_back(
    session: Session, draft: CharterDraft, gone: Commitment, *, by: Any, at: datetime
) -> DraftCommitment:
    """One that was taken out of the draft, as it stands in the version before."""
    _must_be_open(draft, by)
    _must_have_room(draft)
    if gone.key in {c.key for c in draft.commitments}:
        raise Refused(["It is back already."])
    made = _copied(gone, by, at)
    made.number = len(draft.commitments) + 1
    return _added(session, draft, made, by, at)


def take_out(
    session: Session,
    draft: CharterDraft,
    commitment: DraftCommitment,
    *,
    by: Any,
    at: datetime,
) -> None:
    _must_be_open(draft, by)
    if len(draft.commitments) == 1:
        raise Refused(["This is the last commitment. A charter needs at least one."])
    draft.commitments.remove(commitment)
    record(session, commitment, "take out", by=by, at=at)
    session.flush()
    _number(session, draft, list(draft.commitments), by, at)
    _approval_falls_away(session, draft, by, at)


def approve(
    session: Session, draft: CharterDraft, agreed: Agreed, *, by: Any, at: datetime
) -> YouthApproval:
    """A group of young people agreed the text as it stands at this moment."""
    approval = YouthApproval(
        **vars(agreed), fingerprint=text.fingerprint(draft), recorded_at=at, recorded_by_id=by.id
    )
    _make(session, "approve", draft, by, at)
    draft.approvals.append(approval)
    session.flush()
    record(session, approval, "approve", by=by, at=at)
    return approval


def publish(
    session: Session, draft: CharterDraft, *, example: bool, by: Any, at: datetime
) -> CharterVersion:
    """Publish it for good: with its approval, or in example mode as example text."""
    verb = "publish" if draft.state == APPROVED else "publish as example"
    moves = transitions(example=example)
    if verb not in moves:
        raise Refused(["Record first that a group of young people agreed this text."])
    in_the_way = obstacles(moves, verb, draft, by)
    if in_the_way:
        raise Refused(in_the_way)
    with session.no_autoflush:
        draft.version = _publish_text(session, as_text(draft), by, at)
        _make(session, verb, draft, by, at, moves=moves)
        return draft.version


def discard(session: Session, draft: CharterDraft, *, note: str, by: Any, at: datetime) -> None:
    _make(session, "discard", draft, by, at, note=note)


def as_text(draft: CharterDraft, *, unwritten: str = "") -> content.CharterText:
    """The draft as the loader of charter files knows it, with who agreed it.

    ``unwritten``: what stands, in a preview, where nobody has written anything yet.
    """
    approval = draft.approvals[-1] if draft.state == APPROVED else None
    return content.CharterText(
        code=draft.code,
        title=draft.title,
        summary=draft.summary,
        language=draft.language,
        agreed_by=approval.group_name if approval else None,
        agreed_on=approval.agreed_on if approval else None,
        commitments=tuple(
            _text_of(c, place, unwritten) for place, c in enumerate(draft.commitments, start=1)
        ),
    )


def _text_of(commitment: DraftCommitment, place: int, unwritten: str) -> content.CommitmentText:
    own: dict[str, Any] = {
        name: getattr(commitment, name) or ([unwritten] if name in text.LINES else unwritten)
        for name in text.FIELDS
    }
    weak = content.Weak(action=own.pop("weak_action"), why=own.pop("weak_why"))
    return content.CommitmentText(
        number=place, key=commitment.key, colour=commitment.colour, weak=weak, **own
    )


def _make(
    session: Session,
    name: str,
    draft: CharterDraft,
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


def _publish_text(
    session: Session, made: content.CharterText, by: Any, at: datetime
) -> CharterVersion:
    taken = Refused([f"There is a version {made.code} already. Give this one another name."])
    try:
        version = content.publish(session, made, by=by, at=at)
    except content.CodeTaken:
        raise taken from None
    if version is None:
        raise taken
    return version


def _must_be_open(draft: CharterDraft, by: Any) -> None:
    insist(rules.may_write(by))
    if draft.state not in OPEN_STATES:
        raise Refused(["This draft is closed: it was published or thrown away meanwhile."])


def _must_have_room(draft: CharterDraft) -> None:
    if len(draft.commitments) >= content.MOST_COMMITMENTS:
        raise Refused([f"A charter holds at most {content.MOST_COMMITMENTS} commitments."])


def _free_colour(draft: CharterDraft) -> int:
    taken = {c.colour for c in draft.commitments} | {c.colour for c in draft.based_on.commitments}
    free = (n for n in range(1, content.MOST_COMMITMENTS + 1) if n not in taken)
    return next(free, len(draft.commitments) % content.MOST_COMMITMENTS + 1)


def _copied(commitment: Commitment, by: Any, at: datetime) -> DraftCommitment:
    names = ("number", "key", "colour", *text.FIELDS)
    words = {name: getattr(commitment, name) for name in names}
    return DraftCommitment(**words, changed_at=at, changed_by_id=by.id)


def _added(
    session: Session, draft: CharterDraft, made: DraftCommitment, by: Any, at: datetime
) -> DraftCommitment:
    draft.commitments.append(made)
    _wrote(session, draft, made, "add", by, at)
    return made


def _number(
    session: Session,
    draft: CharterDraft,
    order: list[DraftCommitment],
    by: Any,
    at: datetime,
) -> None:
    """Their numbers run, in this order."""
    for number, commitment in enumerate(order, start=1):
        if commitment.number != number:
            commitment.number = number
            record(session, commitment, "move", by=by, at=at)
    session.flush()
    session.refresh(draft, ["commitments"])
    _approval_falls_away(session, draft, by, at)


def _wrote(
    session: Session, draft: CharterDraft, thing: Any, verb: str, by: Any, at: datetime
) -> None:
    session.flush()
    record(session, thing, verb, by=by, at=at)
    _approval_falls_away(session, draft, by, at)


def _approval_falls_away(session: Session, draft: CharterDraft, by: Any, at: datetime) -> None:
    """An approval is of one exact text."""
    if draft.state == APPROVED and rules.is_agreed(draft) is not True:
        _make(session, "change", draft, by, at)

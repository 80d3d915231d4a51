"""All that changes an organisation's evidence.  Each raises Refused where it may not be.

What several people add at once is judged one after the other: the organisation's row is held.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries.organisations import hold
from endorsement.evidence import queries, rules
from endorsement.evidence.contents import Content
from endorsement.evidence.removing import remove
from endorsement.models import EvidenceItem, EvidenceLink, EvidenceVersion
from web.audit import record
from web.files.models import StoredFile
from web.files.receiving import keep
from web.pages import long_date
from web.workflow import Refused, insist

MOST_ITEMS = 2000
"""Of one organisation: nobody has more, and a mistaken script must not fill the store."""
TWICE = timedelta(minutes=30)
"""The same sent again by the same person within this is one upload that was sent again."""


@dataclass(frozen=True)
class Described:
    """What an organisation says of an item."""

    title: str
    shows: str = ""
    standards: tuple[str, ...] = ()
    review_on: date | None = None
    youth_may_see: bool = False


class AlreadyThere(Refused):
    """The organisation has this content already; ``version`` says where."""

    def __init__(self, version: EvidenceVersion):
        self.version = version
        super().__init__([_("You have this already: “%(title)s”.", title=version.item.title)])


def add(
    session: Session,
    organisation: Organisation,
    described: Described,
    content: Content,
    *,
    by: Any,
    at: datetime,
) -> EvidenceItem:
    """Raises AlreadyThere for content that one of its items has; sent twice, it is one item."""
    insist(rules.may_change(by, organisation))
    hold(session, organisation)
    _refuse_what_is_not_kept(content)
    standing = _standing(session, organisation, content)
    if standing is not None:
        return _same_or_refused(session, standing, described, by, at)
    if queries.how_many(session, organisation.id) >= MOST_ITEMS:
        raise Refused([_("This is the most evidence the portal can keep for one organisation.")])
    stored = _keep(session, content, by, at)
    item = EvidenceItem(
        organisation=organisation,
        title=described.title,
        shows=described.shows,
        review_on=described.review_on,
        youth_may_see=described.youth_may_see,
        added_at=at,
        added_by=by,
    )
    session.add(item)
    session.flush()
    record(session, item, "add", by=by, at=at)
    _new_version(session, item, 1, content, stored, by, at)
    _link(session, item, described.standards, by, at)
    return item


def describe(
    session: Session, item: EvidenceItem, described: Described, *, by: Any, at: datetime
) -> None:
    """Two who change one item meet in the form (web.merging), over a row that is locked."""
    insist(rules.may_change(by, item))
    said = {
        "title": described.title,
        "shows": described.shows,
        "review_on": described.review_on,
        "youth_may_see": described.youth_may_see,
    }
    changed = {field: value for field, value in said.items() if getattr(item, field) != value}
    for field, value in changed.items():
        setattr(item, field, value)
    if set(described.standards) != set(item.standards):
        record(session, item, "use", by=by, at=at)  # a link that goes leaves nothing to tell of it
    if changed:
        record(session, item, "describe", by=by, at=at)
    for link in [link for link in item.links if link.standard not in described.standards]:
        item.links.remove(link)
        record(session, link, "unlink", by=by, at=at)
    _link(session, item, described.standards, by, at)


def use_for(
    session: Session, item: EvidenceItem, standards: Iterable[str], *, by: Any, at: datetime
) -> None:
    """It shows these standards too.  One that was put away is in use again."""
    insist(rules.may_change(by, item))
    bring_back(session, item, by=by, at=at)
    if set(standards := list(standards)) - set(item.standards):
        record(session, item, "use", by=by, at=at)
    _link(session, item, standards, by, at)


def replace(
    session: Session,
    item: EvidenceItem,
    content: Content,
    *,
    remove_why: str = "",
    seen: int | None = None,
    by: Any,
    at: datetime,
) -> EvidenceVersion:
    """A new version.  The one before stays, or, with ``remove_why``, goes for somebody's sake.

    ``seen``: the number of the version they looked at, where two who replace it cannot be merged.
    """
    insist(rules.may_change(by, item))
    hold(session, item.organisation)
    _refuse_what_is_not_kept(content)
    current = item.current
    if seen not in (None, current.number):
        raise Refused([_("Somebody replaced this a moment ago. Look at theirs first.")])
    if content.digest and content.digest == current.digest and current.removed_at is None:
        return current
    standing = _standing(session, item.organisation, content)
    if standing is not None and standing.item_id != item.id:
        raise AlreadyThere(standing)
    stored = _keep(session, content, by, at)
    if remove_why:
        remove(session, current, remove_why, by=by, at=at)
    current.replaced_at = at
    record(session, current, "replace", by=by, at=at)
    session.flush()
    made = _new_version(session, item, current.number + 1, content, stored, by, at)
    session.expire(item, ["current"])
    return made


def put_away(session: Session, item: EvidenceItem, *, by: Any, at: datetime) -> None:
    insist(rules.may_change(by, item))
    if item.put_away_at is None:
        item.put_away_at = at
        record(session, item, "put away", by=by, at=at)


def bring_back(session: Session, item: EvidenceItem, *, by: Any, at: datetime) -> None:
    insist(rules.may_change(by, item))
    if item.put_away_at is not None:
        item.put_away_at = None
        record(session, item, "bring back", by=by, at=at)


def _refuse_what_is_not_kept(content: Content) -> None:
    why = rules.what_is_not_kept(content.text)
    if why:
        raise Refused([why])


def _standing(
    session: Session, organisation: Organisation, content: Content
) -> EvidenceVersion | None:
    """Where it has this content; raises Refused for what was removed for somebody's sake."""
    if not content.digest:
        return None
    found = queries.with_digest(session, organisation.id, content.kind, content.digest)
    if found is not None and found.removed_at is not None:
        day = long_date(found.removed_at)
        raise Refused(
            [_("This was taken away on %(day)s to protect somebody. Add another one.", day=day)]
        )
    return found


def _same_or_refused(
    session: Session, standing: EvidenceVersion, described: Described, by: Any, at: datetime
) -> EvidenceItem:
    item = standing.item
    again = standing.added_by_id == by.id and at - standing.added_at <= TWICE
    if not again or item.title != described.title or item.put_away_at is not None:
        raise AlreadyThere(standing)
    _link(session, item, described.standards, by, at)
    return item


def _keep(session: Session, content: Content, by: Any, at: datetime) -> StoredFile | None:
    """Before anything else is written: while the store is away it raises Refused."""
    if content.checked is None:
        return None
    return keep(session, content.checked, by=by, at=at)


def _new_version(
    session: Session,
    item: EvidenceItem,
    number: int,
    content: Content,
    stored: StoredFile | None,
    by: Any,
    at: datetime,
) -> EvidenceVersion:
    version = EvidenceVersion(
        item=item,
        number=number,
        kind=content.kind,
        text=content.text,
        address=content.address,
        file=stored,
        file_name=content.file_name,
        digest=content.digest,
        added_at=at,
        added_by=by,
    )
    session.add(version)
    session.flush()
    record(session, version, "add", by=by, at=at)
    return version


def _link(
    session: Session, item: EvidenceItem, standards: Iterable[str], by: Any, at: datetime
) -> None:
    for key in dict.fromkeys(key for key in standards if key not in item.standards):
        link = EvidenceLink(standard=key)
        item.links.append(link)
        session.flush()
        record(session, link, "link", by=by, at=at)

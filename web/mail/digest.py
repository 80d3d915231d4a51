"""The weekly digest: what people should be reminded of, in one mail and at most once a week.

The job asks every package for all that is true today and tells each person what they were not told
yet; whoever had a digest less than a week ago waits, and hears then of what still matters.  So a
worker that was off for a month sends one mail.  What is urgent does not come here: it is posted.

The row of a reader is locked while they are told, and the key of what is told is unique: two
workers at once send one mail.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from werkzeug.routing import BuildError

from web.contributions import Recipient, Reminder
from web.database import holding
from web.mail.models import DigestReader, ToldReminder
from web.mail.posting import post
from web.pages import long_date

BATCH = 200
"""People told in one transaction."""
NEVER = datetime.max.replace(tzinfo=UTC)
Found = dict[int, dict[str, Reminder]]
"""By person, by key."""

log = logging.getLogger(__name__)


def send_digests(session: Session, at: datetime) -> str:
    """The timed job.  It commits batch by batch: one bad row does not stop the rest."""
    found, unasked = true_today(session, at)
    people = sorted(found)
    told = failed = 0
    for start in range(0, len(people), BATCH):
        some = people[start : start + BATCH]
        sent, bad = _tell_or_split(session, {id_: found[id_] for id_ in some}, at)
        told, failed = told + sent, failed + bad
    report = f"digests: {told}"
    return report + (f"; failed: {failed}; not asked: {unasked}" if failed or unasked else "")


def true_today(session: Session, at: datetime) -> tuple[Found, int]:
    """All that people should be told of today, and how many packages could not say."""
    found: Found = {}
    unasked = 0
    for part in current_app.extensions["contributions"]:
        for ask in part.reminders:
            try:
                for reminder in list(ask(session, at)):
                    found.setdefault(reminder.person_id, {}).setdefault(reminder.key, reminder)
            except Exception:
                log.exception("a package could not say its reminders", extra={"package": part.name})
                session.rollback()
                unasked += 1
    return found, unasked


def _tell_or_split(session: Session, found: Found, at: datetime) -> tuple[int, int]:
    """Tell a batch; should that fail, each of them alone.  How many were told, and how many not."""
    try:
        return _tell(session, found, at), 0
    except Exception:
        session.rollback()
        if len(found) == 1:
            log.exception("a digest failed", extra={"person": next(iter(found))})
            return 0, 1
    each = [_tell_or_split(session, {id_: theirs}, at) for id_, theirs in found.items()]
    return sum(told for told, _ in each), sum(bad for _, bad in each)


def _tell(session: Session, found: Found, at: datetime) -> int:
    """Tell those of a batch who have something new, and commit."""
    recipients = _recipients(session, sorted(_news(session, found)))  # most have none: no lock yet
    if not recipients:
        session.commit()
        return 0
    readers = locked_readers(session, sorted(recipients))
    news = _news(session, {id_: found[id_] for id_ in recipients})
    told: list[int] = []
    for id_, new in news.items():
        sayable = [reminder for reminder in new if _leads_somewhere(reminder)]
        if sayable and _is_time(readers[id_], at):
            _tell_one(session, id_, recipients[id_], sayable, at)
            told.append(id_)
    session.execute(update(DigestReader).where(DigestReader.person_id.in_(told)).values(last_at=at))
    session.commit()
    return len(told)


def _tell_one(
    session: Session, id_: int, recipient: Recipient, new: Sequence[Reminder], at: datetime
) -> None:
    post(
        session,
        "digest",
        to=recipient.address,
        at=at,
        person_id=id_,
        name=recipient.name,
        reminders=[_line(reminder) for reminder in _soonest_first(new)],
    )
    session.add_all(ToldReminder(person_id=id_, key=r.key, told_at=at) for r in new)


def _news(session: Session, found: Found) -> dict[int, list[Reminder]]:
    """By person, what they were not told yet; nobody without any."""
    wanted = select(ToldReminder.person_id, ToldReminder.key)
    rows = session.execute(wanted.where(ToldReminder.person_id.in_(sorted(found))))
    told = {(id_, key) for id_, key in rows}
    news = {
        id_: [reminder for key, reminder in theirs.items() if (id_, key) not in told]
        for id_, theirs in found.items()
    }
    return {id_: new for id_, new in news.items() if new}


def _recipients(session: Session, people: Sequence[int]) -> dict[int, Recipient]:
    """Those of these people who have an account that can be written to."""
    found: dict[int, Recipient] = {}
    if people:
        for part in current_app.extensions["contributions"]:
            for look_up in part.recipients:
                found |= look_up(session, people)
    return found


def locked_readers(session: Session, people: Sequence[int]) -> dict[int, DigestReader]:
    """Their rows, made where they are missing, and locked in one order."""
    missing = text(
        "INSERT INTO digest_reader (person_id) VALUES (:id) ON CONFLICT (person_id) DO NOTHING"
    )
    session.execute(missing, [{"id": id_} for id_ in people])
    wanted = select(DigestReader).where(DigestReader.person_id.in_(people))
    rows = session.scalars(holding(wanted.order_by(DigestReader.person_id)))
    return {reader.person_id: reader for reader in rows}


def _is_time(reader: DigestReader, at: datetime) -> bool:
    gap = timedelta(days=current_app.extensions["scheme"].clocks.mail.digest_days)
    return reader.off_since is None and (reader.last_at is None or at - reader.last_at >= gap)


def _leads_somewhere(reminder: Reminder) -> bool:
    """A page that is not there would keep the whole mail from being written."""
    try:
        current_app.url_map.bind("").build(reminder.endpoint, dict(reminder.values))
    except BuildError:
        log.error("a reminder leads nowhere", extra={"endpoint": reminder.endpoint})
        return False
    return True


def _soonest_first(reminders: Iterable[Reminder]) -> list[Reminder]:
    """Those without a date at the end."""
    return sorted(reminders, key=lambda r: (r.by or NEVER, str(r.sentence), r.key))


def _line(reminder: Reminder) -> dict[str, Any]:
    """As the mail needs it; the address of the page is made at sending."""
    return {
        "sentence": " ".join(str(reminder.sentence).split()),
        "by": long_date(reminder.by) if reminder.by else "",
        "endpoint": reminder.endpoint,
        "values": {name: str(value) for name, value in reminder.values.items()},
    }

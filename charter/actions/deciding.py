"""The Charter team's moves."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from charter import parts
from charter.actions.moves import make
from charter.models import Pledge, PledgeNote
from charter.states import CURRENT
from charter.workflow import transitions
from web import clock, working_days
from web.audit import record
from web.scheme import Scheme
from web.workflow import Refused, obstacles


def confirm(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, scheme: Scheme, example: bool
) -> None:
    """On the register, until the scheme's months have passed.  Raises Refused.

    A renewal goes on where the year before ends, and takes its place in the same transaction.
    """
    moves = transitions(example=example)
    refusals = obstacles(moves, "confirm", pledge, by)
    if refusals:
        raise Refused(refusals)
    dates = _year(pledge, clock.london(at).date(), scheme)
    if pledge.renews is not None:
        make(session, "renew", pledge.renews, by=by, at=at)
    make(session, "confirm", pledge, by=by, at=at, moves=moves, dates=dates)


def _year(pledge: Pledge, today: date, scheme: Scheme) -> dict[str, date | datetime | None]:
    """From the day after the earlier year, or from today when that ran out, or was so long ago
    that the next one would be over within days."""
    months, earlier = scheme.clocks.charter.renewal_months, pledge.renews
    if earlier is not None and earlier.state in CURRENT and earlier.due_on is not None:
        until = working_days.months_after(earlier.due_on, months)
        since = earlier.signed_since or earlier.live_from
        if until > today + timedelta(days=scheme.clocks.charter.restored_days):
            return {"live_from": earlier.due_on, "due_on": until, "signed_since": since}
    else:
        since = today
    until = working_days.months_after(today, months)
    return {"live_from": today, "due_on": until, "signed_since": since}


def return_with_notes(
    session: Session,
    pledge: Pledge,
    notes: Mapping[str, str],
    *,
    by: Any,
    at: datetime,
    note: str,
    scheme: Scheme,
) -> None:
    """Back to the organisation: ``notes`` by part (charter.parts), ``note`` for the whole.

    Raises Refused, also when there is no note of either kind.
    """
    notes = {part: text.strip() for part, text in notes.items() if text.strip()}
    asked = _in_words(pledge, notes)
    said = note or _about([one["name"] for one in asked])
    make(session, "return", pledge, by=by, at=at, note=said, notes=asked)
    _give_time(session, pledge, by, at, scheme)
    for part, text in notes.items():
        row = PledgeNote(part=part, text=text, written_at=at, written_by_id=by.id)
        pledge.notes.append(row)
        session.flush()
        record(session, row, "return", by=by, at=at)


def _give_time(session: Session, pledge: Pledge, by: Any, at: datetime, scheme: Scheme) -> None:
    """A renewal that comes back late must not be lost the same night."""
    earlier = pledge.renews
    if earlier is None or earlier.state not in CURRENT:
        return
    days = timedelta(days=scheme.clocks.charter.renewal_grace_days)
    until = clock.london(at).date() + days
    earlier.kept_until = max(until, earlier.kept_until or until)
    record(session, earlier, "give time", by=by, at=at)


def _in_words(pledge: Pledge, notes: Mapping[str, str]) -> list[dict[str, str]]:
    """The notes as the mail shows them: each part's name, what is asked, and where it is mended."""
    return [
        {
            "name": part.name,
            "text": notes[part.key],
            "page": "looking_back" if part.looks_back else part.key,
            "key": (part.earlier if part.looks_back else part).commitment.key
            if part.commitment or part.looks_back
            else "",
        }
        for part in parts.parts_of(pledge)
        if part.key in notes
    ]


def _about(names: list[str]) -> str:
    if not names:
        return ""
    listed = ", ".join(_("“%(part)s”", part=name) for name in names)
    return str(
        ngettext(
            "We have a question, about %(names)s.",
            "We have %(num)d questions, about %(names)s.",
            len(names),
            names=listed,
        )
    )

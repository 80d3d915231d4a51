"""The Charter team's moves."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from charter import parts, working_days
from charter.actions.moves import make
from charter.models import Pledge, PledgeNote
from charter.workflow import transitions
from web import clock
from web.audit import record
from web.scheme import Scheme


def confirm(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, scheme: Scheme, example: bool
) -> None:
    """On the register from today, until the scheme's months have passed.  Raises Refused."""
    today = clock.london(at).date()
    until = working_days.months_after(today, scheme.clocks.charter.renewal_months)
    dates = {"live_from": today, "due_on": until}
    moves = transitions(example=example)
    make(session, "confirm", pledge, by=by, at=at, moves=moves, dates=dates)


def return_with_notes(
    session: Session, pledge: Pledge, notes: Mapping[str, str], *, by: Any, at: datetime, note: str
) -> None:
    """Back to the organisation: ``notes`` by part (charter.parts), ``note`` for the whole.

    Raises Refused, also when there is no note of either kind.
    """
    notes = {part: text.strip() for part, text in notes.items() if text.strip()}
    asked = _in_words(pledge, notes)
    said = note or _about([one["name"] for one in asked])
    make(session, "return", pledge, by=by, at=at, note=said, notes=asked)
    for part, text in notes.items():
        row = PledgeNote(part=part, text=text, written_at=at, written_by_id=by.id)
        pledge.notes.append(row)
        session.flush()
        record(session, row, "return", by=by, at=at)


def suspend(
    session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str, scheme: Scheme
) -> None:
    """Paused, for reasons the organisation sees, and looked at again by a day.  Raises Refused."""
    review = working_days.after(
        clock.london(at).date(), scheme.clocks.charter.suspension_review_working_days, scheme.closed
    )
    make(session, "suspend", pledge, by=by, at=at, note=note, dates={"review_on": review})


def restore(session: Session, pledge: Pledge, *, by: Any, at: datetime, note: str) -> None:
    """On the register again.  Raises Refused."""
    make(session, "restore", pledge, by=by, at=at, note=note, dates={"review_on": None})


def _in_words(pledge: Pledge, notes: Mapping[str, str]) -> list[dict[str, str]]:
    """The notes as the mail shows them: each part's name, what is asked, and where it is mended."""
    return [
        {
            "name": part.name,
            "text": notes[part.key],
            "page": part.key,
            "key": part.commitment.key if part.commitment else "",
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

"""What a person's first page says about the charter session of each of their organisations."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation
from charter.models import CharterSession
from charter.rules import belongs_to
from charter.sessions import queries
from charter.sessions.states import BOOKED, INTERESTED, MISSED, OFFERED, WORDS
from web import clock
from web.contributions import Panel
from web.pages import long_date

SHOWN = (INTERESTED, OFFERED, BOOKED, MISSED)
"""What is over has nothing to be done."""


def session_panels(
    session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    """One query for all of them; the Charter team has its queue."""
    own = [o for o in organisations if belongs_to(person, o)]
    newest = queries.newest_of_each(session, own)
    return {
        o.id: _panel(person, o, newest[o.id])
        for o in own
        if o.id in newest and newest[o.id].state in SHOWN
    }


def _panel(person: Any, organisation: Organisation, booking: CharterSession) -> Panel:
    return Panel(
        title=_("Charter session: %(state)s", state=WORDS[booking.state].within),
        sentence=_sentence(booking),
        link_text=_("Answer") if booking.state == OFFERED else _("See the session"),
        endpoint="sessions.standing",
        values={"slug": organisation.slug},
        urgent=booking.state == OFFERED and may_edit_organisation(person, organisation) is True,
    )


def _sentence(booking: CharterSession) -> str:
    if booking.starts_at is None or booking.state not in (OFFERED, BOOKED):
        said = str(WORDS[booking.state].organisation)
    elif booking.state == OFFERED:
        said = _("Does %(day)s suit you?", day=long_date(booking.starts_at))
    elif booking.starts_at > clock.now():
        said = _("It is booked for %(day)s.", day=long_date(booking.starts_at))
    else:
        said = _("It was on %(day)s.", day=long_date(booking.starts_at))
    return _("Charter session: %(said)s", said=said)

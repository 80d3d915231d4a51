"""What workers' pledges add to charter's contribution."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

import charter.workers.joining
import charter.workers.listing  # noqa: F401 - both follow the facts from now on
from charter.workers import queries
from charter.workers.example import plan as example
from charter.workers.links import mail_secrets
from charter.workers.personal import area_name, erasure, my_data, retention
from charter.workers.views import bp
from charter.workers.views.public import workers_signed
from charter.workers.words import UNCONFIRMED
from web.contributions import Panel
from web.pages import long_date

__all__ = [
    "area_name",
    "bp",
    "erasure",
    "example",
    "mail_secrets",
    "my_data",
    "panels",
    "retention",
    "workers_signed",
]


def panels(session: Session, person: Any) -> Sequence[Panel]:
    """One's own pledge, on "My portal"."""
    pledge = queries.of_person(session, person)
    if pledge is None:
        return ()
    if pledge.state == UNCONFIRMED:
        title, link = _("Your own pledge is not confirmed yet"), _("Look at it and confirm it")
        sentence = _("You sent it on %(day)s.", day=long_date(pledge.asked_at))
    else:
        title, link = _("Your own pledge"), _("See it, your certificate, and who sees your name")
        sentence = _(
            "You signed on %(day)s.", day=long_date(pledge.confirmed_at or pledge.asked_at)
        )
    return (Panel(title, sentence, link, "workers.mine"),)

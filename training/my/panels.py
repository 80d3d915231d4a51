"""What the person's first page says about their training."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from training.records import looking
from training.records.looking import Look
from web import clock
from web.contributions import Panel


def my_training(session: Session, person: Any) -> Sequence[Panel]:
    """For whoever belongs to an organisation, or has a record from before."""
    belongs = any(m.ended_at is None for m in person.memberships)
    look = looking.look(session, person, clock.today())
    if look is None or not (belongs or look.records):
        return []
    return [
        Panel(
            title=_("Your training"),
            sentence=_sentence(look),
            link_text=_("See your training"),
            endpoint="my_training.pathway",
        )
    ]


def _sentence(look: Look) -> str:
    if not look.roles:
        return _("Say what you do, and see what you need for it.")
    if not look.picture.next:
        return _("There is nothing for you to do now.")
    first, *more = look.picture.next
    said = _("Next: %(name)s.", name=first.module.name)
    if more:
        rest = ngettext("Then %(num)d more.", "Then %(num)d more.", len(more))
        return f"{said} {rest}"
    return said

"""What an organisation's desk says of its people's training."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts.models import Organisation
from training import rules, versions
from training.team import queries
from training.team.looking import Member
from web import clock
from web.contributions import Panel


def team_panels(
    session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    """For its leads and editors.  The number of statements does not grow with organisations."""
    own = [o for o in organisations if rules.may_see_team(person, o) is True]
    version = versions.newest(session) if own else None
    if version is None:
        return {}
    found = queries.teams(session, own, version.pathways, clock.today())
    return {o.id: _panel(o, found[o.id]) for o in own}


def _panel(organisation: Organisation, members: Sequence[Member]) -> Panel:
    return Panel(
        title=_("Training"),
        sentence=_sentence(members),
        link_text=_("Look at the team’s training"),
        endpoint="training_team.team",
        values={"slug": organisation.slug},
    )


def _sentence(members: Sequence[Member]) -> str:
    if not members:
        return _("Nobody has said yet what they do here, so there is nothing to see.")
    busy = sum(bool(member.tasks()) for member in members)
    if not busy:
        return _("Everybody has what they need for the next 90 days.")
    return ngettext(
        "%(num)d person has something to do in the next 90 days.",
        "%(num)d people have something to do in the next 90 days.",
        busy,
    )

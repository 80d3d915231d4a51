"""What the person's first page says about the pledge of each of their organisations."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.rules import may_edit_organisation
from charter import actions, queries
from charter.models import Pledge
from charter.rules import belongs_to
from charter.states import (
    CURRENT,
    DRAFT,
    DUE,
    ENDED,
    LAPSED,
    LIVE,
    PAST,
    RETURNED,
    SENT,
    SUSPENDED,
    WITHDRAWN,
    WORDS,
)
from web import clock
from web.contributions import Panel
from web.pages import how_long, long_date

URGENT = (DRAFT, RETURNED)


def pledge_panels(
    session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    """One query for all of them."""
    newest = queries.newest_pledges(session, organisations)
    return {
        o.id: _panel(person, o, newest.get(o.id))
        if belongs_to(person, o)
        else _for_the_team(o, newest.get(o.id))
        for o in organisations
    }


def _panel(person: Any, organisation: Organisation, pledge: Pledge | None) -> Panel:
    may_edit = may_edit_organisation(person, organisation) is True
    if pledge is None or (pledge.state in (WITHDRAWN, ENDED) and may_edit):
        return Panel(
            title=_("Your pledge"),
            sentence=_("Say what you will do for young people. It takes about half an hour."),
            link_text=_("Begin your pledge") if may_edit else _("Look at the pledge"),
            endpoint="pledging.pledge",
            values={"slug": organisation.slug},
            urgent=may_edit,
        )
    return Panel(
        title=_title(pledge),
        sentence=_sentence(pledge),
        link_text=_action(pledge, may_edit),
        endpoint="pledging.pledge",
        values={"slug": organisation.slug},
        urgent=may_edit and (pledge.state in URGENT or _renewable(pledge)),
        public=_public_page(organisation, pledge),
    )


def _for_the_team(organisation: Organisation, pledge: Pledge | None) -> Panel:
    """A draft is nobody's business: there the link leads to what the team knows."""
    sent = pledge is not None and pledge.sent_at is not None
    return Panel(
        title=_("Its pledge"),
        sentence=str(WORDS[pledge.state].team) if pledge else _("It has not begun one."),
        link_text=_("Look at the pledge") if sent else _("Look at the organisation"),
        endpoint="desk.pledge" if sent else "desk.organisation",
        values={"reference": pledge.reference} if pledge and sent else {"slug": organisation.slug},
        public=_public_page(organisation, pledge),
    )


def _public_page(organisation: Organisation, pledge: Pledge | None) -> str:
    stands = pledge is not None and pledge.state in CURRENT + PAST
    return "charter.organisation" if stands and organisation.state == "checked" else ""


def _title(pledge: Pledge) -> str:
    """A renewal half written is not "your pledge": that one is on the register."""
    state = WORDS[pledge.state].within
    if pledge.state == DRAFT and pledge.renews:
        return _("Your renewal: %(state)s", state=state)
    return _("Your pledge: %(state)s", state=state)


def _sentence(pledge: Pledge) -> str:
    if pledge.state == DRAFT and pledge.renews and pledge.renews.state == DUE:
        return _(
            "Send it by %(day)s (%(left)s). Until then you stay on the register.",
            day=long_date(actions.last_chance(pledge.renews, _scheme())),
            left=how_long(actions.last_chance(pledge.renews, _scheme())),
        )
    if pledge.state == SENT and pledge.check_due_on is not None:
        return _(
            "You will hear from the Charter team by %(day)s.", day=long_date(pledge.check_due_on)
        )
    if pledge.state == DUE:
        return _(
            "Send its renewal by %(day)s (%(left)s). Until then you stay on the register.",
            day=long_date(actions.last_chance(pledge, _scheme())),
            left=how_long(actions.last_chance(pledge, _scheme())),
        )
    if pledge.state == LIVE and pledge.due_on and _renewable(pledge):
        return _(
            "It is due again on %(day)s (%(left)s). You can renew it now.",
            day=long_date(pledge.due_on),
            left=how_long(pledge.due_on),
        )
    if pledge.state == SUSPENDED:
        return _paused(pledge)
    return str(WORDS[pledge.state].organisation)


def _paused(pledge: Pledge) -> str:
    pause = pledge.suspension
    if pause is not None and pause.appeal_waits:
        return _(
            "You asked us to look again. We answer by %(day)s.",
            day=long_date(pause.appeal_answer_by),
        )
    if pause is not None and not pause.appealed_at and clock.today() <= pause.appeal_until:
        return _(
            "We have paused it, and told you why. A lead can ask us to look again until %(day)s.",
            day=long_date(pause.appeal_until),
        )
    return str(WORDS[pledge.state].organisation)


def _renewable(pledge: Pledge) -> bool:
    if pledge.state in (DUE, LAPSED):
        return True
    until = actions.renewable_until(clock.now(), _scheme())
    return pledge.state == LIVE and pledge.due_on is not None and pledge.due_on <= until


def _scheme() -> Any:
    return current_app.extensions["scheme"]


def _action(pledge: Pledge, may_edit: bool) -> str:
    if may_edit and pledge.state == DRAFT:
        return _("Go on with your renewal") if pledge.renews else _("Go on with your pledge")
    if may_edit and pledge.state == RETURNED:
        return _("Mend your pledge")
    if may_edit and _renewable(pledge):
        return _("Renew your pledge")
    return _("Look at the pledge")

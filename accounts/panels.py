"""What waits for a person because of who belongs to an organisation, or leads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from accounts import rules
from accounts.models import TO_LEAD, Organisation
from accounts.queries import leading as queries
from web.contributions import Panel
from web.pages import long_date


def who_asks_to_join(
    session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    """For leads: one statement for all of theirs."""
    led = {o.id: o for o in organisations if rules.may_lead_organisation(person, o) is True}
    asked = queries.how_many_ask(session, list(led)) if led else {}
    return {
        id_: Panel(
            title=_("Somebody asks to join"),
            sentence=ngettext("One person waits for your answer.",
                              "%(num)d people wait for your answer.", count),
            link_text=_("See who"),
            endpoint="colleagues.everyone",
            values={"slug": led[id_].slug},
            urgent=True,
        )
        for id_, count in asked.items()
    }  # fmt: skip


def nobody_leads(
    _session: Session, person: Any, organisations: Sequence[Organisation]
) -> Mapping[int, Panel]:
    return {
        o.id: Panel(
            title=_("Nobody leads it"),
            sentence=_("Somebody has to send the pledge and invite people. Will you take over?"),
            link_text=_("Say that you would lead it"),
            endpoint="joining.lead_it",
            values={"slug": o.slug},
            urgent=True,
        )
        for o in organisations
        if rules.may_ask_to_lead(person, o) is True
    }


def what_a_person_is_asked(session: Session, person: Any) -> list[Panel]:
    """The lead that somebody offers them, and what they asked for themselves."""
    offered = [
        Panel(
            title=_("Will you lead %(name)s?", name=offer.organisation.name),
            sentence=_("%(who)s asks you to take over. You can answer until %(day)s.",
                       who=offer.offered_by.name, day=long_date(offer.expires_at)),
            link_text=_("See and answer"),
            endpoint="leading.take_over",
            values={"slug": offer.organisation.slug},
            urgent=True,
        )
        for offer in queries.handovers_to(session, person)
    ]  # fmt: skip
    asked = [
        Panel(
            title=_("You asked to join %(name)s", name=request.organisation.name),
            sentence=_("Asked on %(day)s. It waits for an answer until %(until)s.",
                       day=long_date(request.asked_at), until=long_date(request.expires_at)),
            link_text=_("See it, or take it back"),
            endpoint="joining.ask",
            values={"slug": request.organisation.slug},
        )
        for request in queries.requests_by(session, person)
        if request.wants != TO_LEAD
    ]  # fmt: skip
    return [*offered, *asked]

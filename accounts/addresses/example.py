"""Of the example county: two addresses, a club's shared mailbox, two lost ones."""

from datetime import datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from accounts.addresses import actions, mailboxes
from accounts.models import Person
from accounts.queries.people import person_by_email
from web.example import County

WEEK = timedelta(days=7)


def plan(county: County) -> None:
    county.plan(40, partial(_two_addresses, county))
    county.plan(30, partial(_shared, county))
    county.plan(3, partial(_asks, county, "Jerome Clarke", "Kiln Yard Music"), hour=9)
    county.plan(2, partial(_asks, county, "Hannah Frost", "Copperleaf Girls’ Group"), hour=9)
    county.plan(1, partial(_starts, county, "Hannah Frost"), hour=10)


def _two_addresses(county: County, at: datetime) -> None:
    person = _named(county.session, "Marcia Bell")
    change = actions.ask_to_add(
        county.session, person, "marcia@home.example", shared=False, at=at, good_for=WEEK
    )
    actions.say_yes(county.session, change, actions.NEW, at=at)


def _shared(county: County, at: datetime) -> None:
    """Sadie's account is the studio's mailbox, which several of them read."""
    actions.mark_shared(county.session, _named(county.session, "Sadie Wren"), at=at)


def _asks(county: County, name: str, organisation: str, at: datetime) -> None:
    asked = mailboxes.Asked(
        name=name,
        organisation=organisation,
        old_email=_named(county.session, name).email,
        new_email=_new_address(name),
        reach="0115 496 0321, mornings",
    )
    mailboxes.ask(county.session, asked, at=at)


def _starts(county: County, name: str, at: datetime) -> None:
    lost = mailboxes.ask(county.session, _same(county.session, name), at=at)
    mailboxes.start(
        county.session,
        lost,
        how="Called the number on their website; their treasurer knew of it.",
        by=county.things["officers"][0],
        at=at,
        notice=timedelta(hours=72),
        good_for=WEEK,
    )


def _same(session: Session, name: str) -> mailboxes.Asked:
    return mailboxes.Asked(name, "", _named(session, name).email, _new_address(name), "")


def _new_address(name: str) -> str:
    return f"{name.split()[0].lower()}@home.example"


def _named(session: Session, name: str) -> Person:
    found = person_by_email(session, f"{name.lower().replace(' ', '.')}@people.example")
    if found is None:
        raise RuntimeError(f"{name} has no account yet")
    return found

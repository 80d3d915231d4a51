"""What the journeys of a case share: a club of their own, who reads for it, what is not told."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import Organisation
from accounts.queries import organisation_by_slug, person_by_email
from review import queries
from review.models import Case
from tests import page_list
from tests.builders import accounts, panel, people, quality, sending
from tests.builders import review as reviews
from tests.builders.group import Group
from tests.journeys.hands import Finger


class Hand(Finger):
    """A link that looks like a button is called one."""

    def follow(self, words: str) -> None:
        link = self.page.get_by_role("link", name=words)
        self._leave(link.or_(self.page.get_by_role("button", name=words)).first)


@contextmanager
def at_work(portal: Any) -> Iterator[Session]:
    """What nobody looks at is done by builders."""
    with (
        portal.app.app_context(),
        portal.app.extensions["database"].session(writes=True) as session,
    ):
        yield session
        session.commit()


def club(session: Session, name: str) -> Organisation:
    """Checked, with a lead who has a password, and with a self-assessment that was sent."""
    lead = people.person(session, f"Lead of {name}", password=people.PASSWORD)
    made = accounts.checked_organisation(session, lead, name=name)
    sending.sent(session, quality.rated(session, made, {"G3": 1}, track="small"))
    return made


def organisation(session: Session, slug: str) -> Organisation:
    found = organisation_by_slug(session, slug)
    assert found is not None
    return found


def case_of(session: Session, organisation: Organisation) -> Case:
    wanted = select(Case.reference).where(Case.organisation_id == organisation.id)
    found = queries.by_reference(session, session.scalars(wanted).one())
    assert found is not None
    return found


def group(session: Session) -> Group:
    """The county's; Yasmin and another read, and Derek has no part."""
    officer, yasmin, derek = (
        person_by_email(session, address)
        for address in (
            "priya@charter.example", "yasmin.blake@people.example", "derek.shaw@people.example"
        )
    )  # fmt: skip
    found = panel.group_of(session, officer)
    other = next(one for one in found.assessors if one is not yasmin)
    page_list._with_room(session, [yasmin, other])
    lead = next(one for one in (found.lead_assessor, found.second_lead) if one is not derek)
    return replace(found, assessors=[yasmin, other], lead_assessor=lead, second_lead=lead)


def as_lead(visit: Any, portal: Any, slug: str, **more: Any) -> Hand:
    """The club's lead, signed in with their password."""
    hand = Hand(visit(**more))
    with at_work(portal) as session:
        email = accounts.lead_of(organisation(session, slug)).email
    hand.page.goto("/sign-in")
    hand.type("Email address", email)
    hand.type("Password", people.PASSWORD)
    hand.press("Sign in")
    return hand


__all__ = [
    "Hand",
    "as_lead",
    "at_work",
    "case_of",
    "club",
    "group",
    "organisation",
    "panel",
    "reviews",
]

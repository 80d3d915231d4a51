"""The steering group: seats of all three constituencies, a chair, assessors."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from steering import actions
from steering.models.assessors import ADULT, YOUNG
from steering.models.seats import CHAIR, CONSTITUENCIES, DEPUTY, DEPUTY_CHAIR, MEMBER
from tests.builders import people, youth
from tests.builders.again import again
from web import clock

BEGAN, ENDS = date(2027, 1, 4), date(2029, 1, 3)
DECIDED = "Founding meeting, 4 January 2027"
MOST_OPEN = 50
"""A test has as many cases as it likes; those of the limit say their own."""
SEATS = {"agency": 2, "voluntary": 2, "youth": 4}


@dataclass
class Group:
    """People by what they are; members and deputies by their constituency."""

    officer: Any = None
    supporter: Any = None
    """Of all young members."""
    chair: Any = None
    deputy_chair: Any = None
    lead_assessor: Any = None
    second_lead: Any = None
    assessors: list[Any] = field(default_factory=list)
    young: list[Any] = field(default_factory=list)
    members: dict[str, list[Any]] = field(default_factory=dict)
    deputies: dict[str, list[Any]] = field(default_factory=dict)


@again
def group(session: Session) -> Group:
    """Eight seats, each with a deputy; four assessors, two of them leads; two young assessors."""
    made = Group(officer=people.officer(session, "Olive Officer"))
    for constituency in CONSTITUENCIES:
        made.members[constituency], made.deputies[constituency] = [], []
        for number in range(SEATS[constituency]):
            _seat(session, made, constituency, number)
    made.chair = made.members["agency"][0]
    made.deputy_chair = made.members["voluntary"][0]
    for person, part in ((made.chair, CHAIR), (made.deputy_chair, DEPUTY_CHAIR)):
        actions.make_chair(session, person, part, **_term(made.officer))
    made.lead_assessor = assessor(session, made.officer, "Lea Leadwell", leads=True)
    made.second_lead = assessor(session, made.officer, "Sal Second", leads=True)
    made.assessors = [assessor(session, made.officer, f"Ada Assessor {n}") for n in (1, 2, 3)]
    made.young = [assessor(session, made.officer, f"Yara Young {n}", kind=YOUNG) for n in (1, 2)]
    session.commit()
    return made


def assessor(
    session: Session, by: Any, name: str, *, kind: str = ADULT, leads: bool = False
) -> Any:
    person = people.person(session, name)
    actions.appoint_assessor(
        session,
        person,
        kind,
        until=ENDS,
        decision=DECIDED,
        leads=leads,
        most_open=MOST_OPEN,
        by=by,
        at=clock.now(),
    )
    return person


def _seat(session: Session, made: Group, constituency: str, number: int) -> None:
    body = "" if constituency == "youth" else f"Example {constituency} {number + 1}"
    seat = actions.make_seat(session, constituency, body, by=made.officer, at=clock.now())
    for part, held in ((MEMBER, made.members), (DEPUTY, made.deputies)):
        name = f"{constituency.title()} {part} {number + 1}"
        if constituency == "youth":
            person = _young(session, made, seat, part, name)
        else:
            person = people.person(session, name)
            actions.appoint(session, seat, person, part, **_term(made.officer))
        held[constituency].append(person)


def _young(session: Session, made: Group, seat: Any, part: str, name: str) -> Any:
    """A real youth seat: no mailbox, a chosen name, an adult who supports them."""
    if made.supporter is None:
        made.supporter = people.person(session, "Sue Supporter")
    asked = youth.invited(
        session, seat, part, by=made.officer, supporter=made.supporter, ends_on=ENDS,
        decision=DECIDED,
    )  # fmt: skip
    return youth.opened(session, asked, name, by=made.officer)


def _term(by: Any) -> dict[str, Any]:
    return {
        "began_on": BEGAN,
        "ends_on": ENDS,
        "decision": DECIDED,
        "by": by,
        "at": clock.now(),
    }

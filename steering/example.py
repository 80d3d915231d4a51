"""The steering group of the example county: seats, chair and assessors, by the real actions."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Literal

from pydantic import Field

from accounts.example import PASSWORD, address_of, example_person, register
from accounts.models import Person
from accounts.sign_in.passwords import hashed
from steering import actions
from steering.models import Seat
from steering.models.assessors import ADULT
from steering.models.seats import DEPUTY, MEMBER, YOUTH
from steering.models.youth import YOUNG_ASSESSOR
from steering.youth import actions as youth
from steering.youth.queries import named
from web import clock
from web.example import County, ExamplePerson
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "group.toml"


class ExampleGroupError(ContentError):
    """The file of the example's steering group cannot be used; it names everything wrong."""


class Holder(Part):
    name: Text = Field(description="who it is")
    chairs: Literal["", "chair", "deputy chair"] = Field("", description="what they chair as")
    left: int = Field(400, ge=1, description="how many days of the term are to come")


class ToldSeat(Part):
    group: Literal["agency", "voluntary", "youth"] = Field(description="the constituency")
    body: str = Field("", description="whom the seat speaks for; nothing for young people")
    member: Holder = Field(description="who holds it")
    deputy: Holder | None = Field(None, description="who stands in")


class ToldAssessor(Part):
    name: Text = Field(description="who it is")
    kind: Literal["adult", "young"] = Field("adult", description="adult or young")
    leads: bool = Field(False, description="true: a lead assessor")
    most: int | None = Field(None, ge=0, description="cases at once, where it is not the usual")
    left: int = Field(400, ge=1, description="for how many days they are current")


class GroupFile(Part):
    founded: int = Field(ge=1, description="how many days ago it first met")
    decision: Text = Field(description="where it was decided, as the minutes say it")
    supporter: Text = Field(description="the adult whom the young people can turn to")
    seats: tuple[ToldSeat, ...] = Field(strict=False, description="under [[seats]]")
    assessors: tuple[ToldAssessor, ...] = Field(strict=False, description="under [[assessors]]")


@dataclass
class LivingGroup:
    """People by what they are, for the parts that come later: county.things["group"]."""

    founded: int
    chair: Person | None = None
    deputy_chair: Person | None = None
    members: dict[str, list[Person]] = field(default_factory=dict)
    deputies: dict[str, list[Person]] = field(default_factory=dict)
    leads: list[Person] = field(default_factory=list)
    assessors: list[Person] = field(default_factory=list)
    """Adults, without the leads."""
    young: list[Person] = field(default_factory=list)
    supporter: Person | None = None


def plan(county: County) -> None:
    """Put the group into the county's life."""
    told = load(FILE, GroupFile, error=ExampleGroupError)
    group = LivingGroup(told.founded)
    county.things["group"] = group
    county.plan(told.founded, partial(_supporter, county, group, told.supporter), hour=9)
    for seat in told.seats:
        county.plan(told.founded, partial(_seat, county, group, told, seat), hour=10)
    for assessor in told.assessors:
        county.plan(told.founded, partial(_assessor, county, group, told, assessor), hour=11)


def _seat(
    county: County, group: LivingGroup, told: GroupFile, wanted: ToldSeat, at: datetime
) -> None:
    officer = county.things["officers"][0]
    seat = actions.make_seat(county.session, wanted.group, wanted.body, by=officer, at=at)
    for part, holder, held in (
        (MEMBER, wanted.member, group.members),
        (DEPUTY, wanted.deputy, group.deputies),
    ):
        if holder is not None:
            if wanted.group == YOUTH:
                person = _young(county, group, part, seat, holder.name, holder.left, told, at)
            else:
                person = _hold(county, seat, part, holder, told.decision, at)
            held.setdefault(wanted.group, []).append(person)
            _chair(county, group, person, holder, told.decision, at)


def _hold(
    county: County, seat: Seat, part: str, holder: Holder, decision: str, at: datetime
) -> Person:
    person = _register(county, holder.name, at)
    actions.appoint(
        county.session, seat, person, part,
        began_on=clock.london(at).date(), ends_on=_until(county, holder.left), decision=decision,
        by=county.things["officers"][0], at=at,
    )  # fmt: skip
    return person


def _chair(
    county: County, group: LivingGroup, person: Person, holder: Holder, decision: str, at: datetime
) -> None:
    if not holder.chairs:
        return
    actions.make_chair(
        county.session, person, holder.chairs,
        began_on=clock.london(at).date(), ends_on=_until(county, holder.left), decision=decision,
        by=county.things["officers"][0], at=at,
    )  # fmt: skip
    if holder.chairs == "chair":
        group.chair = person
    else:
        group.deputy_chair = person


def _assessor(
    county: County, group: LivingGroup, told: GroupFile, wanted: ToldAssessor, at: datetime
) -> None:
    if wanted.kind != ADULT:
        made = _young(county, group, YOUNG_ASSESSOR, None, wanted.name, wanted.left, told, at)
        group.young.append(made)
        return
    person = _register(county, wanted.name, at)
    actions.appoint_assessor(
        county.session, person, wanted.kind,
        until=_until(county, wanted.left), decision=told.decision, leads=wanted.leads,
        most_open=wanted.most, by=county.things["officers"][0], at=at,
    )  # fmt: skip
    (group.leads if wanted.leads else group.assessors).append(person)


def _supporter(county: County, group: LivingGroup, name: str, at: datetime) -> None:
    group.supporter = _register(county, name, at)


def _young(
    county: County, group: LivingGroup, part: str, seat: Seat | None, name: str, left: int,
    told: GroupFile, at: datetime,
) -> Person:  # fmt: skip
    """A real youth seat: no mailbox, a chosen name, a supporter.  Only those whom somebody can be
    have a passphrase."""
    if group.supporter is None:
        raise RuntimeError("the group has no supporter")
    by = county.things["officers"][0]
    made = youth.make(
        county.session, part, seat, group.supporter, ends_on=_until(county, left),
        decision=told.decision, by=by, at=at,
    )  # fmt: skip
    secret = hashed(PASSWORD) if name in NAMES.values() else NOT_TO_BE_SIGNED_IN
    person = youth.join(county.session, made, name, secret, at=at)
    youth.activate(county.session, made, by=by, at=at)
    return person


def _until(county: County, left: int) -> date:
    return (county.as_of + timedelta(days=left)).date()


def _register(county: County, name: str, at: datetime) -> Person:
    """Only those whom somebody can be have a password: hashing one takes time."""
    email = address_of(name) if name in NAMES.values() else ""
    return register(county, name, at, email=email)


NAMES = {
    "chair": "Helen Stroud",
    "member": "Farah Malik",
    "lead-assessor": "Derek Shaw",
    "assessor": "Yasmin Blake",
    "youth-member": "Kestrel",
    "young-assessor": "Finch",
    "supporter": "Maya Trent",
}
NOT_TO_BE_SIGNED_IN = "none"
"""No hash, so no passphrase fits."""


def _found_by_name(name: str) -> Any:
    """A young person has no address: they sign in with the name they chose."""

    def find(session: Any) -> Any:
        seat = named(session, name)
        return seat.person if seat is not None else None

    return find


def _young_person(key: str, kind: str, who: str, sentence: str) -> ExamplePerson:
    name = NAMES[key]
    usual = example_person(key, kind, who, sentence, name)
    return replace(usual, email=name, find=_found_by_name(name))


CAST = (
    example_person(
        "assessor",
        "Assessor",
        "an assessor",
        "Yasmin reads what organisations have sent.",
        NAMES["assessor"],
    ),
    example_person(
        "lead-assessor",
        "Lead assessor",
        "a lead assessor",
        "Derek reads too, and looks again where two readings differ.",
        NAMES["lead-assessor"],
    ),
    example_person(
        "chair",
        "Chair of the steering group",
        "the chair",
        "Helen calls the meetings and opens the votes.",
        NAMES["chair"],
    ),
    example_person(
        "member",
        "Member of the steering group",
        "a member of the steering group",
        "Farah sits for charities and clubs. She reads the papers and votes.",
        NAMES["member"],
    ),
    _young_person(
        "youth-member",
        "Young member",
        "a young member",
        "Kestrel sits for young people. Their vote counts.",
    ),
    _young_person(
        "young-assessor",
        "Young assessor",
        "a young assessor",
        "Finch reads and visits places, and says what they saw.",
    ),
    example_person(
        "supporter",
        "Supporter",
        "a supporter",
        "Maya is there for the young people of the group. She reads none of their papers.",
        NAMES["supporter"],
    ),
)

"""People, organisations, projects and places of the example county, through the real actions."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Literal

from flask import current_app
from pydantic import Field

from accounts.actions import (
    colleagues,
    joining,
    merging,
    naming,
    organisations,
    people,
    projects,
)
from accounts.models import Organisation, Person
from accounts.models.people import OFFICER
from accounts.queries.people import person_by_email
from accounts.sign_in import entering
from accounts.sign_in.passwords import hashed
from web.example import County, ExamplePerson
from web.folding import slug
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "county.toml"
TEAM = "hello@charter.example"
PASSWORD = "lantern street"  # noqa: S105 - of invented people, on one machine
States = Literal[
    "none", "draft", "sent", "returned", "live", "due", "lapsed", "withdrawn", "suspended", "ended"
]


class ExampleCountyError(ContentError):
    """The example county's file cannot be used; it names everything that is wrong."""


class TeamMember(Part):
    key: Text = Field(description="a short word")
    days: int = Field(560, ge=0, description="how many days ago they began")
    name: Text = Field(description="the person's name")
    email: Text = Field(description="their address")
    role: Literal["officer", "data protection"] = Field("officer", description="what they do")


class ExampleProject(Part):
    name: Text = Field(description="the project's name")
    sort: Text = Field(description="how young people come to it")
    place: Text | None = Field(None, description="where, for open access")
    address: Text | None = Field(None, description="its address")
    times: Text | None = Field(None, description="when")


class Club(Part):
    name: Text = Field(description="the club's name")
    kind: Text = Field(description="what it is")
    areas: tuple[Text, ...] = Field(strict=False, min_length=1, description="keys of areas")
    volunteer_run: bool = Field(description="true or false")
    state: States = Field(description="how its pledge stands")
    days: int = Field(ge=0, description="how many days ago it began")
    renewal: Literal["draft", "sent", "live"] | None = Field(
        None, description="how the pledge for its next year stands"
    )
    unchecked: bool = Field(False, description="true: the team has not checked it yet")
    odd: bool = Field(False, description="true: its pledge has something odd")
    lead: Text = Field(description="its lead")
    editors: tuple[Text, ...] = Field((), strict=False, description="people who write")
    viewers: tuple[Text, ...] = Field((), strict=False, description="people who look")
    projects: tuple[ExampleProject, ...] = Field((), strict=False, description="what it runs")
    first_name: Text | None = Field(None, description="what it was called until three weeks ago")
    part_of: Text | None = Field(None, description="what it became part of 100 days ago")
    lead_left: int = Field(0, ge=0, description="so many days ago its only lead left")
    asks: tuple[Text, ...] = Field((), strict=False, description="people who ask to join")


class Team(Part):
    people: tuple[TeamMember, ...] = Field(strict=False, min_length=1, description="the team")


class ExampleFile(Part):
    team: Team = Field(description="the table [team]")
    clubs: tuple[Club, ...] = Field(strict=False, min_length=1, description="under [[clubs]]")


@dataclass
class LivingClub:
    """A club of the file, and what has become of it."""

    club: Club
    organisation: Organisation | None = None
    team: dict[str, Person] = field(default_factory=dict)


def plan(county: County) -> None:
    """Put the people, the clubs and what they run into the county's life."""
    told = load(FILE, ExampleFile, error=ExampleCountyError)
    clubs = [LivingClub(club) for club in told.clubs]
    county.things |= {"clubs": clubs, "officers": []}
    standing = [member for member in told.team.people if member.days]
    for member in standing:
        county.plan(member.days, partial(_appoint, county, member))
    for living in clubs:
        _plan_club(county, living)
    county.plan(90, partial(register, county, "Jordan Miles"), hour=10)
    for member in told.team.people:
        if member not in standing:
            county.events.append(
                (county.as_of, len(county.events), partial(_appoint, county, member))
            )


def _plan_club(county: County, living: LivingClub) -> None:
    began = living.club.days + 12
    county.plan(began, partial(_found, county, living), hour=9)
    for role in ("editor", "viewer"):
        for name in getattr(living.club, f"{role}s"):
            county.plan(began - 1, partial(_invite, county, living, name, role), hour=10)
    for name in living.club.asks:
        county.plan(3, partial(_ask, county, living, name), hour=11)
    if living.club.first_name:
        county.plan(21, partial(_rename, county, living), hour=12)
    if living.club.part_of:
        county.plan(100, partial(_merge, county, living), hour=15)
    if living.club.lead_left:
        county.plan(living.club.lead_left, partial(_leave, county, living), hour=17)
    for project in living.club.projects:
        county.plan(began - 2, partial(_add_project, county, living, project), hour=11)


def _appoint(county: County, member: TeamMember, at: datetime) -> None:
    person = register(county, member.name, at, email=member.email)
    people.appoint(county.session, person, member.role, by="system:example load", at=at)
    if member.role == OFFICER and member.days:
        county.things["officers"].append(person)


def register(county: County, name: str, at: datetime, email: str = "") -> Person:
    password = hashed(PASSWORD) if (email or name in NAMED) else None
    person = people.register(
        county.session, name=name, email=email or address_of(name), password=password, at=at
    )
    people.confirm(county.session, person, at=at)
    return person


def _found(county: County, living: LivingClub, at: datetime) -> None:
    club = living.club
    lead = register(county, club.lead, at)
    details = organisations.Details(
        name=club.first_name or club.name,
        kind=club.kind,
        areas=list(club.areas),
        volunteer_run=club.volunteer_run,
        website=f"https://{slug(club.name)}.example",
        public_email=f"hello@{slug(club.name)}.example",
        public_phone=f"0115 496 0{county.random.randint(200, 899)}",
    )
    living.organisation = organisations.register_organisation(
        county.session, details, by=lead, at=at
    )
    living.team[club.lead] = lead


def _invite(county: County, living: LivingClub, name: str, role: str, at: datetime) -> None:
    person = register(county, name, at)
    asked = colleagues.invite(
        county.session,
        _standing(living),
        email=person.email,
        role=role,
        by=living.team[living.club.lead],
        at=at,
        good_for=timedelta(days=14),
        most_a_day=50,
    )
    colleagues.accept_invitation(county.session, asked, by=person, at=at)
    living.team[name] = person


def _ask(county: County, living: LivingClub, name: str, at: datetime) -> None:
    joining.ask(
        county.session,
        _standing(living),
        "I help on Thursdays, in the kitchen. Aisha knows me.",
        by=register(county, name, at),
        at=at,
        good_for=timedelta(days=28),
        again_after=timedelta(days=7),
        team=TEAM,
    )


def _leave(county: County, living: LivingClub, at: datetime) -> None:
    """The only lead."""
    club, lead = _standing(living), living.team[living.club.lead]
    mine = next(m for m in club.memberships if m.person_id == lead.id)
    colleagues.end_membership(county.session, mine, by=lead, at=at, knowing=True, team=TEAM)


def _rename(county: County, living: LivingClub, at: datetime) -> None:
    lead = living.team[living.club.lead]
    naming.ask_for_name(county.session, _standing(living), living.club.name, by=lead, at=at)


def _merge(county: County, living: LivingClub, at: datetime) -> None:
    clubs = county.things["clubs"]
    into = next(other for other in clubs if other.club.name == living.club.part_of)
    merging.merge(
        county.session,
        _standing(into),
        _standing(living),
        by=county.things["officers"][0],
        at=at,
        undo_for=timedelta(days=1),
        parts=[p for part in current_app.extensions["contributions"] for p in part.merging],
    )


def _add_project(county: County, living: LivingClub, told: ExampleProject, at: datetime) -> None:
    by, areas = living.team[living.club.lead], list(living.club.areas)
    details = projects.ProjectDetails(name=told.name, sort=told.sort, areas=areas)
    project = projects.add_project(county.session, _standing(living), details, by=by, at=at)
    if told.place:
        place = projects.PlaceDetails(
            name=told.place,
            area=areas[0],
            address=told.address or "",
            times=told.times or "",
            show=True,
        )
        projects.add_place(county.session, project, place, by=by, at=at)


def _standing(living: LivingClub) -> Organisation:
    if living.organisation is None:
        raise RuntimeError(f"{living.club.name} was not founded yet")
    return living.organisation


def address_of(name: str) -> str:
    """The invented mailbox of an invented person."""
    return f"{slug(name).replace('-', '.')}@people.example"


def _found_by(name: str, email: str = "") -> Any:
    wanted = email or address_of(name)
    return lambda session: person_by_email(session, wanted)


def example_person(
    key: str, kind: str, who: str, sentence: str, name: str, email: str = "", proved: bool = True
) -> ExamplePerson:
    mailbox, find = email or address_of(name), _found_by(name, email)
    return ExamplePerson(
        key, kind, who, sentence, mailbox, PASSWORD, find, _enter if proved else _enter_by_password
    )


def _enter_by_password(person: Any) -> None:
    """To try how it is to be asked for more than a password."""
    entering.enter(person, "example")


def _enter(person: Any) -> None:
    """The one click counts as the second factor too, so that people can look round."""
    entering.enter(person, "example", proved=True)


CAST = (
    example_person(
        "lead",
        "Lead of a club",
        "the lead of a club",
        "Aisha leads Long Row Homework House. Its pledge is half written.",
        "Aisha Rahman",
    ),
    example_person(
        "editor", "Editor", "an editor", "Ben writes on the same pledge as Aisha.", "Ben Carter"
    ),
    example_person(
        "viewer",
        "Viewer",
        "a viewer",
        "Ola can look at Lantern Street Youth Club and change nothing.",
        "Ola Nowak",
    ),
    example_person(
        "mending",
        "Lead with a pledge to mend",
        "a lead with a pledge to mend",
        "Callum’s pledge came back with notes.",
        "Callum Reid",
    ),
    example_person(
        "live",
        "Lead on the register",
        "a lead on the register",
        "Marcia’s club has signed. There is a certificate.",
        "Marcia Bell",
    ),
    example_person(
        "left-alone",
        "Editor where nobody leads",
        "an editor where nobody leads",
        "Del writes for Green Lane Wheels. Its lead has left.",
        "Del Kent",
    ),
    example_person(
        "newcomer",
        "Somebody new",
        "somebody new",
        "Jordan has an account and no organisation yet.",
        "Jordan Miles",
    ),
    example_person(
        "officer",
        "Charter team",
        "the Charter team",
        "Priya checks pledges.",
        "Priya Desai",
        "priya@charter.example",
    ),
    example_person(
        "new-officer",
        "Just made an officer",
        "somebody just made an officer",
        "Lena must set up a second step before she can do anything.",
        "Lena Hart",
        "lena@charter.example",
        proved=False,
    ),
    example_person(
        "data-protection",
        "Data protection",
        "the data protection lead",
        "Grace answers requests and complaints about people’s data.",
        "Grace Mensah",
        "grace@charter.example",
    ),
)
NAMED = frozenset(
    {
        "Aisha Rahman", "Ben Carter", "Ola Nowak", "Callum Reid", "Marcia Bell",
        "Jordan Miles", "Del Kent",
    }
)  # fmt: skip

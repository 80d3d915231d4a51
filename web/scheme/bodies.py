"""Who runs the scheme, who sits where, and who is there to help."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field, model_validator

from web.scheme.kinds import Count, Email, IcoNumber, Key, Part, Phone, Text, Url
from web.toml_errors import FieldError


class Names(Part):
    scheme: Text = Field(description="what people call the whole thing")
    short: Text = Field(description="the same in one or two words, for the top of a phone's screen")
    county: Text = Field(description='where it works, as it reads after the word "in"')
    run_by: Text = Field(description="the body that runs it")
    who_runs_this: Text = Field(description="one or two plain sentences for the public pages")
    office: Text = Field(description="the Police and Crime Commissioner's office, or its like")
    board: Text = Field(description="the board it reports to")
    panel: Text = Field(description="the panel that looks into it in public")
    steering_group: Text = Field(description="the group that decides on awards")
    youth_group: Text = Field(description="the young people's group that approves the charter")
    team: Text = Field(description="what public pages call the people who look after it")


class Area(Part):
    key: Key = Field(description="a short word for addresses; it never changes")
    name: Text = Field(description="the area's name as people write it")
    tile: tuple[Annotated[int, Field(ge=1, le=4)], Annotated[int, Field(ge=1, le=12)]] | None = (
        Field(None, strict=False, description="its place on the map: column and row, from 1")
    )


class Constituency(Part):
    """One of the three groups that must each have a voice in a decision."""

    key: Literal["agency", "voluntary", "youth"] = Field(description="agency, voluntary or youth")
    name: Text = Field(description="the group's name on the desks")
    plain_name: Text = Field(description="the same on public and young people's pages")
    quorum: Count = Field(1, description="how many of it must vote; 1 is the least")


class Controller(Part):
    """Who answers for personal data by law."""

    name: Text | None = Field(None, description="the body that answers for personal data")
    address: Text | None = Field(None, description="its postal address")
    email: Email | None = Field(None, description="its e-mail address")
    ico_registration: IcoNumber | None = Field(None, description="its number in the ICO's register")


class Person(Part):
    name: Text = Field(description="the person's name")
    email: Email = Field(description="their e-mail address")
    phone: Phone = Field(description="their phone number")


class DataProtection(Part):
    """Who takes requests and complaints about personal data."""

    name: Text = Field(description="the person or post")
    email: Email = Field(description="their e-mail address")
    phone: Phone | None = Field(None, description="their phone number")


class Safeguarding(Part):
    lead: Person | None = Field(None, description="the safeguarding lead")
    deputy: Person | None = Field(None, description="who stands in for the lead")

    @property
    def both_named(self) -> bool:
        """Young people are offered a box for their own words only while this holds."""
        return self.lead is not None and self.deputy is not None


class Contacts(Part):
    email: Email = Field(description="the Charter team's e-mail address")
    phone: Phone = Field(description="the Charter team's phone number")
    post: Text = Field(description="where letters go")
    hours: Text = Field(description="when somebody answers, in plain words")


class HelpNumber(Part):
    key: Key = Field(description="a short word for it, like childline")
    name: Text = Field(description="who answers")
    number: Phone = Field(description="the number to call")
    what_for: Text = Field(description="when to call it, in plain words")
    audience: Literal["young", "adult", "professional"] = Field(description="who it is for")
    hours: Text = Field(description="when somebody answers, in plain words")
    areas: tuple[Key, ...] = Field((), strict=False, description="these areas only; none: all")
    url: Url | None = Field(None, description="the service's own page")
    last_checked: date | None = Field(None, description="when somebody of yours last checked it")
    source: Text = Field(description="where the number was read, or who gave it")

    def is_checked(self, on: date, good_for: int) -> bool:
        """Checked at most `good_for` days before `on`; a check dated in the future is none."""
        if self.last_checked is None:
            return False
        return timedelta(0) <= on - self.last_checked <= timedelta(days=good_for)


class Help(Part):
    check_is_good_for_days: Count = Field(365, description="days until it must be checked again")
    numbers: tuple[HelpNumber, ...] = Field(
        strict=False, min_length=1, description="the help numbers, each under [[help.numbers]]"
    )


class Licence(Part):
    """Under which others may use the open data."""

    name: Text = Field(description="the licence's name")
    url: Url = Field(description="where it can be read")


class KnownFailing(Part):
    what: Text = Field(description="what does not work, and for whom")
    criterion: Text = Field(description="the WCAG criterion, like 1.4.3 Contrast (Minimum)")
    why: Text = Field(description="why it is so")
    fix_by: date | None = Field(None, description="when it will be mended")


class Accessibility(Part):
    """The facts of the accessibility statement that the 2018 regulations ask for."""

    status: Literal["fully", "partially", "not"] = Field(description="fully, partially or not")
    standard: Text = Field(description="the standard, like WCAG 2.2 AA")
    prepared: date | None = Field(None, description="when the statement was prepared")
    reviewed: date | None = Field(None, description="when it was last reviewed")
    tested_how: Text = Field(description="who tested what, and how")
    tested_on: date | None = Field(None, description="when it was last tested")
    answer_within_days: Count = Field(description="days until a request or report is answered")
    failings: tuple[KnownFailing, ...] = Field(
        (), strict=False, description="what is known not to work"
    )
    enforcement: Text = Field(description="what to do when our answer is not good enough")
    enforcement_url: Url = Field(description="the enforcement body's page")


class ClosedDays(Part):
    """Days on which nobody of the Charter team works, such as the week of Christmas."""

    first: date = Field(description="the first day, like 2026-12-28")
    last: date = Field(description="the last day")

    @model_validator(mode="after")
    def in_order(self) -> "ClosedDays":
        if self.first > self.last:
            raise FieldError("ends before it begins", "Exchange first and last, or mend one")
        return self

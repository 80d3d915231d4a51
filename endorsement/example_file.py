"""The file of the example county's self-assessments: what it may say, and what it then means."""

from typing import Literal

from pydantic import Field

from endorsement.framework.parts import Code, Texts
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "assessments.toml"
BLANK, DOES_NOT_APPLY = ".", "x"


class ExampleAssessmentsError(ContentError):
    """The file cannot be used; it names everything that is wrong."""


class Earlier(Part):
    began: int = Field(ge=0, description="days ago")
    sent: int | None = Field(None, ge=0, description="days ago; left out if it never was")
    ratings: Text = Field(description="one sign a standard")


class TakenBack(Part):
    sent: int = Field(ge=0, description="days ago")
    on: int = Field(ge=0, description="days ago, when it was taken back")
    note: Text = Field(description="why")


class Own(Part):
    reason: Text = Field(description="why, in the club's own words")
    shown: str = Field("", description="what shows it; may be empty")
    voices: str = Field("", description="what young people say; may be empty")


class OwnAction(Part):
    standard: Code = Field(description="the standard it makes better")
    what: Text = Field(description="what they will do")
    who: Text = Field(description="who does it")
    by: int = Field(description="days from the county's day; below 0 is overdue")
    young_people: Text = Field(description="how young people are involved")


class DrawnAction(Part):
    what: Text = Field(description="what a club will do")
    who: Text = Field(description="who does it; {lead} is the lead's first name")
    young_people: Text = Field(description="how young people are involved")


class ExampleAssessment(Part):
    club: Text = Field(description="its name in county.toml")
    track: Literal["full", "small"] = Field(description="full or small")
    stage: Literal["begun", "half", "ready", "sent"] = Field(description="how far it is")
    four_tuesdays: bool = Field(False, description="true: evening by evening")
    began: int = Field(ge=0, description="days ago")
    sent: int | None = Field(None, ge=0, description="days ago, if it was sent")
    ratings: Text = Field(description='one sign a standard, like "22. 1x3"')
    earlier: Earlier | None = Field(None, description="the year before")
    taken_back: TakenBack | None = Field(None, description="sent, and then taken back")
    late: tuple[Code, ...] = Field((), strict=False, description="drawn actions that are overdue")
    done: tuple[Code, ...] = Field((), strict=False, description="standards with an action done")
    visit: tuple[Code, ...] = Field((), strict=False, description="shown at the visit")
    offers: dict[Code, Text] = Field(default_factory=dict, description="what they would show")
    own: dict[Code, Own] = Field(default_factory=dict, description="answers written by hand")
    actions: tuple[OwnAction, ...] = Field((), strict=False, description="actions by hand")


class Pool(Part):
    """What clubs say of one standard, for those whose answer is not written by hand."""

    not_yet: Texts = Field(strict=False, min_length=1, description="reasons for 0")
    started: Texts = Field(strict=False, min_length=1, description="reasons for 1")
    in_place: Texts = Field(strict=False, min_length=1, description="reasons for 2")
    difference: Texts = Field(strict=False, min_length=1, description="reasons for 3")
    shown: Texts = Field(strict=False, min_length=1, description="evidence in a line")
    voices: Texts = Field(strict=False, min_length=1, description="what young people say")
    voices_low: Texts = Field(strict=False, min_length=1, description="the same, for 0 and 1")
    actions: tuple[DrawnAction, ...] = Field(strict=False, min_length=1, description="actions")

    def reasons(self, rating: int) -> Texts:
        return (self.not_yet, self.started, self.in_place, self.difference)[rating]


class ExampleEvidence(Part):
    """One item of a library: words, or the address of a page, or neither for the visit."""

    title: Text = Field(description="what it is called")
    words: Text | None = Field(None, description="a statement")
    page: Text | None = Field(None, description="the end of an address on the club's own site")
    shows: str = Field("", description="what it shows")
    standards: tuple[Code, ...] = Field(strict=False, min_length=1, description="what it serves")
    review: int | None = Field(None, description="days from the county's day to the next look")
    youth: bool = Field(False, description="true: youth members may see it")


class ExampleAssessments(Part):
    assessments: tuple[ExampleAssessment, ...] = Field(
        strict=False, min_length=1, description="under [[assessments]]"
    )
    notes: Texts = Field(strict=False, min_length=1, description="how an action went")
    evidence: tuple[ExampleEvidence, ...] = Field(
        strict=False, min_length=1, description="under [[evidence]]"
    )
    pool: dict[Code, Pool] = Field(description="a table for each standard, like [pool.B2]")


def read() -> ExampleAssessments:
    return load(FILE, ExampleAssessments, error=ExampleAssessmentsError)


def rated(ratings: str, standards: tuple[str, ...]) -> dict[str, int | None]:
    """What the signs say, by the standard's key; None where it does not apply, blanks left out."""
    signs = dict(zip(standards, ratings.replace(" ", ""), strict=True))
    said = {key: sign for key, sign in signs.items() if sign != BLANK}
    return {key: None if sign == DOES_NOT_APPLY else int(sign) for key, sign in said.items()}

"""content/example/cases.toml: how far each case has come, and what was said in it."""

from typing import Literal

from pydantic import Field

from endorsement.framework.parts import Texts
from web.scheme.kinds import Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "example" / "cases.toml"
REACH = (
    "waiting", "allocated", "desk", "question", "visit", "report", "fact check", "moderation",
    "panel", "staged", "released", "appeal", "second appeal", "lapsed",
)  # fmt: skip
"""In the order of a case's life; ``question`` and ``lapsed`` are turnings, not steps."""


class ExampleCasesError(ContentError):
    """The file cannot be used; it names everything that is wrong."""


class Asked(Part):
    standard: Text = Field(description="the standard's key")
    text: Text = Field(description="what the assessor asks")


class ExampleCase(Part):
    club: Text = Field(description="its name in county.toml")
    year: Literal["this", "before"] = Field("this", description="which year's self-assessment")
    reach: Literal[REACH] = Field(description="how far it has come")  # type: ignore[valid-type]
    lower: dict[str, int] = Field(
        default_factory=dict, description="by standard, what all assessors found instead"
    )
    differ: tuple[str, ...] = Field(
        (), strict=False, description="standards that one assessor finds a point lower"
    )
    condition: str = Field("", description="what must still be done, if anything")
    condition_on: str = Field("", description="the standard the condition is about")
    asked: Asked | None = Field(None, description="a question to the organisation")
    youth: Literal["", "not yet"] = Field("", description="what most young members vote instead")
    summary: Text = Field(description="the report's summary")
    plain: Text = Field(description="the same in plain words")
    seen: Text = Field(description="what the call or visit showed")
    appeal: str = Field("", description="why the organisation appeals")
    answer: str = Field("", description="why the first appeal was turned down")
    appeal_again: str = Field("", description="why it asks for a second panel")
    worry: str = Field("", description="what an assessor tells the safeguarding lead")


class ExampleCases(Part):
    cases: tuple[ExampleCase, ...] = Field(
        strict=False, min_length=1, description="under [[cases]]"
    )
    reasons: Texts = Field(strict=False, min_length=1, description="why an assessor rates so")
    lower_reasons: Texts = Field(strict=False, min_length=1, description="why lower than said")
    next_steps: Texts = Field(strict=False, min_length=1, description="what a club can do next")
    sheet: Texts = Field(strict=False, min_length=1, description="what young assessors saw")
    for_youth: Text = Field(description="an answer to young members who voted otherwise")


def read() -> ExampleCases:
    return load(FILE, ExampleCases, error=ExampleCasesError)

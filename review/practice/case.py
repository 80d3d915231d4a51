"""The practice case, from a content file."""

from functools import cache
from pathlib import Path

from pydantic import Field

from endorsement.framework.parts import Code
from web.scheme.kinds import Part, Text, VersionCode
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "practice.toml"


class PracticeError(ContentError):
    """The practice case cannot be used; it names everything that is wrong with it."""


class ToldStandard(Part):
    key: Code = Field(description="the code of the framework's standard")
    claim: int = Field(ge=0, le=9, description="the point that the place gives itself")
    reason: Text = Field(description="what the place says")
    shows: Text = Field(description="what shows it")
    voices: Text = Field(description="what young people say")


class PracticeCase(Part):
    code: VersionCode = Field(description="which round it is; a new code begins a new one")
    name: Text = Field(description="what the invented place is called")
    about: Text = Field(description="what it is, in a few sentences")
    standards: tuple[ToldStandard, ...] = Field(
        strict=False, min_length=1, description="under [[standards]]"
    )


@cache
def practice_case(path: Path = FILE) -> PracticeCase:
    """Read once.  Raises PracticeError naming every problem."""
    return load(path, PracticeCase, error=PracticeError)

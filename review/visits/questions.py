"""What young assessors are asked on a visit, from a content file."""

from functools import cache
from pathlib import Path

from pydantic import Field

from web.scheme.kinds import Key, Language, Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "visit-sheet.toml"


class SheetError(ContentError):
    """The sheet cannot be used; it names everything that is wrong with it."""


class Question(Part):
    key: Key = Field(description="a short word that never changes its meaning")
    text: Text = Field(description="the question, in plain words")
    hint: Text = Field(description="what to look at, or whom to ask")


class Sheet(Part):
    language: Language = Field(description="the language of the text, like en")
    questions: tuple[Question, ...] = Field(
        strict=False, min_length=1, max_length=12, description="each under [[questions]]"
    )


@cache
def questions(path: Path = FILE) -> tuple[Question, ...]:
    """Read once.  Raises SheetError naming every problem."""
    return load(path, Sheet, error=SheetError).questions

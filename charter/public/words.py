"""The glossary: words of the scheme in plain words, from a content file."""

from functools import cache
from pathlib import Path

from pydantic import Field

from web.scheme.kinds import Language, Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, load

FILE = ROOT / "content" / "glossary.toml"


class GlossaryError(ContentError):
    """The glossary cannot be used; it names everything that is wrong with it."""


class Term(Part):
    term: Text = Field(description="the word")
    meaning: Text = Field(description="what it means, in one or two short sentences")
    more: Text | None = Field(None, description="more, for those who want it")


class Glossary(Part):
    language: Language = Field(description="the language of the text, like en")
    terms: tuple[Term, ...] = Field(strict=False, min_length=1, description="each under [[terms]]")


@cache
def glossary(path: Path = FILE) -> Glossary:
    """Read once.  Raises GlossaryError naming every problem."""
    return load(path, Glossary, error=GlossaryError)

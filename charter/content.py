"""The charter's text as a file: read, checked, and published as a version that never changes.

A file is judged by what it says, not by its bytes: a comment that is put right is no new version.
"""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from charter.models import CharterVersion, Commitment
from web import clock
from web.audit import record
from web.scheme.kinds import Key, Language, Part, Text
from web.settings import ROOT
from web.toml_errors import ContentError, FieldError, Finding, listed, load

DEFAULT = ROOT / "content" / "charter.toml"
MOST_COMMITMENTS = 16
"""As many signs as a scheme file may bring."""


class CharterError(ContentError):
    """The file cannot be used; it names everything that is wrong with it."""


class CodeTaken(Exception):
    """Another text was published under this code.  The message is for whoever loads the file."""


class Weak(Part):
    action: Text = Field(description="one weak action")
    why: Text = Field(description="why it is weak")


class CommitmentText(Part):
    number: int = Field(ge=1, le=MOST_COMMITMENTS, description="its place, counted from 1")
    key: Key = Field(description="a short word for addresses and its sign; it never changes")
    colour: int | None = Field(
        None,
        ge=1,
        le=MOST_COMMITMENTS,
        description="which of the scheme's colours, counted from 1; without it, that of its place",
    )
    title: Text = Field(description="the commitment as young people say it")
    explanation: Text = Field(description="two to five short sentences")
    know: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="how you would know, as statements"
    )
    questions: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="the same lines as questions"
    )
    easy_title: Text = Field(description="the title in easy read")
    easy: tuple[Text, ...] = Field(
        strict=False, min_length=1, description="the easy read, one idea a line"
    )
    asks: Text = Field(description="what the organisation is asked to write")
    examples: tuple[Text, ...] = Field(strict=False, min_length=1, description="good actions")
    weak: Weak = Field(description="the table [commitments.weak]: one weak action and why")


class CharterText(Part):
    code: Text = Field(description='the version\'s name, like "2026"')
    title: Text = Field(description="the charter's name")
    summary: Text = Field(description="what it is, in a sentence or two")
    language: Language = Field(description="the language of the text, like en")
    agreed_by: Text | None = Field(None, description="the group of young people that agreed it")
    agreed_on: date | None = Field(None, description="the day it did")
    commitments: tuple[CommitmentText, ...] = Field(
        strict=False,
        min_length=1,
        max_length=MOST_COMMITMENTS,
        description="each under [[commitments]]",
    )

    @model_validator(mode="after")
    def fits_an_address(self) -> "CharterText":
        if not all(c.isascii() and (c.isalnum() or c == "-") for c in self.code):
            raise FieldError(
                f'its code "{self.code}" cannot stand in an address',
                "Use letters, digits and hyphens, like 2026",
            )
        return self

    @property
    def fingerprint(self) -> str:
        """SHA-256 of what the file says."""
        told = self.model_dump(mode="json")
        for commitment in told["commitments"]:  # a colour that is not said changes no mark
            if commitment["colour"] is None:
                del commitment["colour"]
        said = json.dumps(told, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()


def read(path: Path | str) -> CharterText:
    """The file, checked.  Raises CharterError, and nothing else, naming every problem."""
    checks = (_agreed_by_and_when, _numbers_run, _keys_differ, _as_many_questions)
    return load(path, CharterText, error=CharterError, also=checks)


def publish(session: Session, text: CharterText, *, by: Any, at: datetime) -> CharterVersion | None:
    """Publish a text as a version, or return None when it stands already.  Raises CodeTaken."""
    standing = session.scalar(select(CharterVersion).where(CharterVersion.code == text.code))
    if standing is not None:
        if standing.fingerprint == text.fingerprint:
            return None
        raise CodeTaken(
            f"The version {text.code} was published with another text, and a published version "
            "never changes. Give the new text a code of its own."
        )
    version = as_version(text, at)
    session.add(version)
    session.flush()
    for thing in (version, *version.commitments):
        record(session, thing, "publish", by=by, at=at)
    return version


def load_default(session: Session) -> None:
    """The text the portal starts with, when it has none."""
    if session.scalar(select(CharterVersion.id).limit(1)) is None:
        publish(session, read(DEFAULT), by="system:content load", at=clock.now())


def as_version(text: CharterText, at: datetime) -> CharterVersion:
    """The rows, in no session yet."""
    own = text.model_dump(exclude={"commitments"})
    version = CharterVersion(**own, published_at=at, fingerprint=text.fingerprint)
    version.commitments = [_commitment(c) for c in text.commitments]
    return version


def _commitment(text: CommitmentText) -> Commitment:
    own = text.model_dump(mode="json", exclude={"weak"})
    own["colour"] = text.colour or text.number
    return Commitment(**own, weak_action=text.weak.action, weak_why=text.weak.why)


# Checks over the whole file.  They see it raw: any value may be of any type.


def _agreed_by_and_when(data: dict[str, Any]) -> Iterator[Finding]:
    given = [key for key in ("agreed_by", "agreed_on") if key in data]
    if len(given) == 1:
        mend = "Write both who agreed it and when, or neither while it is example text"
        yield Finding((given[0],), "stands alone", mend)


def _numbers_run(data: dict[str, Any]) -> Iterator[Finding]:
    for place, item in listed(data, "commitments"):
        number = item.get("number")
        if isinstance(number, int) and number != place + 1:
            what = f"is {number}, and this is number {place + 1} in the file"
            mend = "Number them 1, 2, 3 in their order, without gaps"
            yield Finding(("commitments", place, "number"), what, mend)


def _keys_differ(data: dict[str, Any]) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for place, item in listed(data, "commitments"):
        key = item.get("key")
        if isinstance(key, str) and seen.setdefault(key, place) != place:
            what = f'"{key}" is taken by commitments[{seen[key] + 1}]'
            yield Finding(("commitments", place, "key"), what, "Give each a key of its own")


def _as_many_questions(data: dict[str, Any]) -> Iterator[Finding]:
    for place, item in listed(data, "commitments"):
        know, questions = item.get("know"), item.get("questions")
        if isinstance(know, list) and isinstance(questions, list) and len(know) != len(questions):
            what = f"has {len(questions)} lines, and know has {len(know)}"
            mend = "Write one question for each line of know, in the same order"
            yield Finding(("commitments", place, "questions"), what, mend)

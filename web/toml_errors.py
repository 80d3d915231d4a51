"""Reads a content file, or says everything that is wrong with it at once.

Content files are edited by people who do not write code. Whatever they hand in, `load` gives
back a checked model or raises one `ContentError`: line, key, what is wrong, how to mend it.
"""

import difflib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

LARGEST = 256 * 1024  # bytes; the longest real content file is a tenth of this

Where = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Problem:
    """One thing to mend. `line` is 0 when no single line is at fault."""

    key: str
    what: str
    mend: str
    line: int = 0

    def __str__(self) -> str:
        start = ", ".join(filter(None, (f"line {self.line}" if self.line else "", self.key)))
        return f"{start}: {self.what}. {self.mend}" if start else f"{self.what}. {self.mend}"


class ContentError(Exception):
    """Every problem of one file. `problems` has them one by one, in the order of the file."""

    def __init__(self, path: Path | str, problems: Iterable[Problem]):
        self.path = path
        self.problems = tuple(sorted(problems, key=lambda problem: problem.line))
        things = "1 thing" if len(self.problems) == 1 else f"{len(self.problems)} things"
        lines = [f"{path} cannot be used. {things} to mend:"]
        super().__init__("\n  ".join([*lines, *map(str, self.problems)]))


class FieldError(ValueError):
    """Raised by a field's own check: what is wrong, and how to mend it."""

    def __init__(self, what: str, mend: str):
        super().__init__(f"{what}. {mend}")
        self.what, self.mend = what, mend


@dataclass(frozen=True)
class Finding:
    """What a check over the whole file found, at the place `where`."""

    where: Where
    what: str
    mend: str


Check = Callable[[dict[str, Any]], Iterable[Finding]]


def load(
    path: Path | str,
    model: type[Model],
    *,
    error: type[ContentError] = ContentError,
    also: Iterable[Check] = (),
) -> Model:
    """The file at `path` as a `model`; raises `error` with every problem there is.

    `also` are checks over the whole file. They see it raw, before any field is known to be
    right, so they must bear any shape.
    """
    try:
        text = _text_of(path)
    except FieldError as wrong:
        raise error(path, [_problem_with_the_whole(wrong)]) from None
    return load_text(text, model, name=path, error=error, also=also)


def load_text(
    text: str,
    model: type[Model],
    *,
    name: Path | str,
    error: type[ContentError] = ContentError,
    also: Iterable[Check] = (),
) -> Model:
    """As ``load``, of what somebody pasted or uploaded; ``name`` is what the error calls it."""
    try:
        data = _parsed(text)
    except FieldError as wrong:
        raise error(name, [_problem_with_the_whole(wrong)]) from None
    return load_data(data, model, name=name, error=error, also=also, text=text)


def load_data(
    data: dict[str, Any],
    model: type[Model],
    *,
    name: Path | str,
    error: type[ContentError] = ContentError,
    also: Iterable[Check] = (),
    text: str = "",
) -> Model:
    """As ``load``, of what was read already: from ``text``, or from no text with lines to name."""
    findings = [finding for check in also for finding in check(data)]
    try:
        made = model.model_validate(data)
    except ValidationError as failed:
        findings = [*_findings(failed, model), *findings]
    if findings:
        lines = _lines(text)
        raise error(name, [_located(finding, lines) for finding in findings])
    return made


def listed(data: Any, key: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The tables of the list `key` with their places, leaving out whatever is no table."""
    found = data.get(key) if isinstance(data, dict) else None
    for number, item in enumerate(found if isinstance(found, list) else []):
        if isinstance(item, dict):
            yield number, item


# Reading


def _text_of(path: Path | str) -> str:
    try:
        with Path(path).open("rb") as file:
            content = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise FieldError("there is no such file", "Check the path and its spelling") from None
    except (OSError, ValueError) as why:
        reason = getattr(why, "strerror", None) or why
        raise FieldError(f"it cannot be read ({reason})", "Check the path and its rights") from None
    return text_from(content)


def text_from(content: bytes) -> str:
    """The text of a file somebody handed in.  Raises FieldError."""
    if len(content) > LARGEST:
        raise FieldError("it is too large", f"Keep it under {LARGEST // 1024} KB")
    if b"\0" in content:
        raise FieldError("it is not a text file", "Give the .toml file itself, saved as UTF-8 text")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as why:
        line = content[: why.start].count(b"\n") + 1
        raise FieldError(
            f"it is not written in UTF-8 (line {line})", "Save it again with the encoding UTF-8"
        ) from None


def _parsed(text: str) -> dict[str, Any]:
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise FieldError("its brackets nest too deep", "Take the extra brackets out") from None
    except ValueError as why:  # TOMLDecodeError, and numbers too long for Python
        mend = "Mend that line; text stands in double quotes"
        raise FieldError(f"it is not TOML: {why}", mend) from None
    if not data:
        raise FieldError("it is empty", "Start from a copy of the example file")
    return data


def _problem_with_the_whole(wrong: FieldError) -> Problem:
    found = re.search(r"line (\d+)", wrong.what)
    return Problem("", wrong.what, wrong.mend, int(found[1]) if found else 0)


# Where a key stands. `tomllib` keeps no line numbers, so they are found again, when needed.

_OPAQUE = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''.*?'''" r'|"(?:\\.|[^"\\\n])*"' r"|'[^'\n]*'" r"|\#[^\n]*",
    re.DOTALL,
)
_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*$")
_KEY = re.compile(r"\s*([^=\[\]{}]+?)\s*=")
_PART = re.compile(r"\"[^\"]*\"|'[^']*'|[^.\s]+")


def _lines(text: str) -> dict[Where, int]:
    """Every table and key with the line it stands on. `text` must be TOML."""
    lines: dict[Where, int] = {}
    counts: dict[Where, int] = {}
    table: Where = ()
    depth = 0
    for number, line in enumerate(_OPAQUE.sub(_masked, text).split("\n"), start=1):
        if not depth and (header := _HEADER.match(line)):
            table = _table_of(header, counts)
            for length in range(1, len(table) + 1):
                lines.setdefault(table[:length], number)
            continue
        if not depth and (key := _KEY.match(line)):
            lines.setdefault(table + _parts(key[1]), number)
        depth += sum(line.count(mark) for mark in "[{") - sum(line.count(mark) for mark in "]}")
    return lines


def _masked(found: re.Match[str]) -> str:
    """A string or a comment without what could be mistaken for structure."""
    if found[0].startswith("#"):
        return ""
    return re.sub(r"[\[\]{}=]" if "\n" not in found[0] else r"[^\n]", "_", found[0])


def _table_of(header: re.Match[str], counts: dict[Where, int]) -> Where:
    *parents, last = _parts(header[2])
    table: Where = ()
    for part in parents:
        table += (part,)
        if table in counts:
            table += (counts[table] - 1,)
    table += (last,)
    if header[1] == "[[":
        counts[table] = counts.get(table, 0) + 1
        table += (counts[table] - 1,)
    return table


def _parts(key: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(key)) or (key,)


def _located(finding: Finding, lines: dict[Where, int]) -> Problem:
    where = finding.where
    while where and where not in lines:
        where = where[:-1]
    return Problem(_spelled(finding.where), finding.what, finding.mend, lines.get(where, 0))


def _spelled(where: Where) -> str:
    """("areas", 2, "key") as people count: areas[3].key"""
    spelled = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in where)
    return spelled.removeprefix(".")


# What pydantic found, in plain words

_WANTED = {
    "string_type": ("should be text", 'Put it in double quotes, like "this"'),
    "int_type": ("should be a whole number", "Write it without quotes, like 10"),
    "bool_type": ("should be true or false", "Write it without quotes, in small letters"),
    "date_type": ("should be a date", "Write it without quotes, like 2026-11-23"),
    "tuple_type": ("should be a list", "Put it in square brackets, like [60, 14, 0]"),
    "model_type": ("should be a table of its own", "Put its keys under a [heading]"),
}


def _findings(failed: ValidationError, model: type[BaseModel]) -> Iterator[Finding]:
    for found in failed.errors(include_url=False):
        where, kind, given = tuple(found["loc"]), found["type"], found["input"]
        cause = found.get("ctx", {}).get("error")
        if isinstance(cause, FieldError):
            yield Finding(where, cause.what, cause.mend)
        elif kind == "missing":
            yield Finding(where, "is missing", _how_to_add(model, where))
        elif kind == "extra_forbidden":
            yield Finding(where, "is not a key this file knows", _nearest(model, where))
        elif kind in _WANTED:
            what, mend = _WANTED[kind]
            yield Finding(where, f"{what}, and is {_short(given)}", mend)
        else:
            what = f"{_short(given)} will not do"
            yield Finding(where, what, found["msg"].replace("Input should", "It should"))


def _short(given: Any) -> str:
    if isinstance(given, dict | list):
        return "a table" if isinstance(given, dict) else "a list"
    words = repr(given)
    return words if len(words) <= 60 else f"{words[:57]}..."


def _how_to_add(model: type[BaseModel], where: Where) -> str:
    fields = _fields(model, where[:-1])
    name = str(where[-1])
    description = fields[name].description if name in fields else None
    return f"Add {name}: {description}" if description else f"Add {name}"


def _nearest(model: type[BaseModel], where: Where) -> str:
    known = list(_fields(model, where[:-1]))
    near = difflib.get_close_matches(str(where[-1]), known, n=1, cutoff=0.5)
    if near:
        return f"Did you mean {near[0]}? If not, take it out"
    return f"Take it out. Known here: {', '.join(known)}"


def _fields(model: type[BaseModel], where: Where) -> dict[str, Any]:
    """The known keys of the table at `where`."""
    for part in where:
        if isinstance(part, str):
            field = model.model_fields.get(part)
            inner = _model_within(field.annotation) if field else None
            if inner is None:
                return {}
            model = inner
    return dict(model.model_fields)


def _model_within(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(_model_within, get_args(annotation))), None)

"""A framework's file, or a text somebody pasted: checked whole, with every mistake told at once."""

from pathlib import Path
from typing import Any

from endorsement.framework.checks import CHECKS
from endorsement.framework.parts import Framework
from endorsement.framework.rule_checks import rules_can_hold
from web.toml_errors import ContentError, load, load_data, load_text

ALSO = (*CHECKS, rules_can_hold)
PASTED = "The text"


class FrameworkError(ContentError):
    """It cannot be used; it names everything that is wrong with it."""


def read(source: Path | str) -> Framework:
    """The framework in a file (a Path) or in a text (a str).  Raises FrameworkError alone."""
    if isinstance(source, Path):
        return load(source, Framework, error=FrameworkError, also=ALSO)
    return load_text(source, Framework, name=PASTED, error=FrameworkError, also=ALSO)


def check(data: dict[str, Any]) -> Framework:
    """The framework in what ``writing.as_data`` gave, after a change.  Raises FrameworkError."""
    return load_data(data, Framework, name=PASTED, error=FrameworkError, also=ALSO)

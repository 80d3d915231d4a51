"""A pathways file, or a text somebody pasted: checked whole, with every mistake told at once."""

from pathlib import Path
from typing import Any

from training.pathways.checks import CHECKS
from training.pathways.parts import Pathways
from web.toml_errors import ContentError, load, load_data, load_text

PASTED = "The text"


class PathwaysError(ContentError):
    """They cannot be used; it names everything that is wrong with them."""


def read(source: Path | str) -> Pathways:
    """The pathways in a file (a Path) or in a text (a str).  Raises PathwaysError alone."""
    if isinstance(source, Path):
        return load(source, Pathways, error=PathwaysError, also=CHECKS)
    return load_text(source, Pathways, name=PASTED, error=PathwaysError, also=CHECKS)


def check(data: dict[str, Any]) -> Pathways:
    """The pathways in what a TOML reader gave, after a change.  Raises PathwaysError."""
    return load_data(data, Pathways, name=PASTED, error=PathwaysError, also=CHECKS)

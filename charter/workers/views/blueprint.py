"""One blueprint for all of them."""

from typing import Any

from flask import Blueprint, current_app

bp = Blueprint("workers", __name__)


def scheme() -> Any:
    return current_app.extensions["scheme"]


def example() -> bool:
    """Only in example mode can anybody sign example text."""
    return bool(current_app.extensions["settings"].example)

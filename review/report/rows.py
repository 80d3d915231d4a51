"""Rows of "Your data" about cases, and the words of a young assessor's sheet."""

from typing import Any

from flask_babel import gettext as _


def row(case: Any, when: Any, what: str) -> dict[str, Any]:
    return {_("Organisation"): case.organisation.name, _("When"): when, _("What"): what}


def sheet_words(answers: dict[str, Any]) -> str:
    return " ".join(said["words"] for said in answers.values() if said.get("words"))


def without_words(answers: dict[str, Any]) -> dict[str, Any]:
    """The stars alone."""
    return {key: {"stars": said.get("stars"), "words": ""} for key, said in answers.items()}

"""The fields of what is said of all of a draft: its points, its tracks, how one works through it.

What has a number or a key is added and taken out in the whole text: each standard and each rule
leans on it.
"""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from accounts.forms.fields import AnyOf
from charter.versions.forms import area as words
from charter.versions.forms import line, lines_of
from endorsement.drafting.document import Text
from endorsement.drafting.forms import split
from endorsement.framework import Framework
from endorsement.framework.changes import OF_THE_WHOLE
from endorsement.framework.parts import ALL
from web.merging import Facts, SharedForm

# The points of the scale


def scale_form(text: Text) -> Any:
    """A name and a meaning for each point."""
    fields: dict[str, Any] = {}
    facts: Facts = {}
    for point in text["scale"]:
        number = point["value"]
        fields[f"name_{number}"] = line(
            _l("Point %(n)s: its name", n=number), _l("Enter its name.")
        )
        fields[f"meaning_{number}"] = words(
            _l("Point %(n)s: what it means", n=number), _l("Say in a sentence what it means.")
        )
        facts |= {f"{name}_{number}": point[name] for name in ("name", "meaning")}
    return type("ScaleForm", (SharedForm,), fields)(facts)


def with_scale(text: Text, form: Any) -> Text:
    scale = [
        {"value": n, "name": form[f"name_{n}"].data, "meaning": form[f"meaning_{n}"].data}
        for n in range(len(text["scale"]))
    ]
    return {**text, "scale": scale}


# A track


class TrackForm(SharedForm):
    name = line(_l("Its name"), _l("Enter its name."))
    meaning = words(_l("Whom it is for"), _l("Say in a sentence whom it is for."), most=600)
    all_of_them = BooleanField(_l("All the standards are asked"))
    standards = AnyOf(_l("If not: which are?"), _l("Choose from the list."))

    def __init__(self, told: dict[str, Any], framework: Framework):
        said = told.get("standards", ALL)
        facts = {name: told[name] for name in ("name", "meaning")}
        chosen = [] if said == ALL else said
        super().__init__(facts | {"all_of_them": said == ALL, "standards": chosen})
        self.standards.choices = [
            SelectChoice(one.key, f"{one.key} {one.name}") for one in framework.standards
        ]

    def validate_standards(self, field: Any) -> None:
        if not field.data and not self.all_of_them.data:
            raise ValidationError(_l("Choose at least one, or tick that all are asked."))

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = {name: self[name].data or "" for name in ("name", "meaning")}
        if not self.all_of_them.data:
            told["standards"] = list(self.standards.data)
        return told


# How one works through it


class WaysForm(SharedForm):
    small_track_questions = words(OF_THE_WHOLE["small_track_questions"])
    first_steps = words(OF_THE_WHOLE["first_steps"])
    young_assessors_read = line(OF_THE_WHOLE["young_assessors_read"])

    def told(self) -> dict[str, Any]:
        return {
            "small_track_questions": lines_of(self.small_track_questions.data),
            "first_steps": [_step(one) for one in lines_of(self.first_steps.data)],
            "young_assessors_read": split(self.young_assessors_read.data),
        }


def shape_of_ways(text: Text) -> Facts:
    return {
        "small_track_questions": "\n".join(text.get("small_track_questions", ())),
        "first_steps": "\n".join(
            " | ".join([step[0], ", ".join(step[1:])]) for step in text.get("first_steps", ())
        ),
        "young_assessors_read": ", ".join(text.get("young_assessors_read", ())),
    }


def _step(typed: str) -> list[str]:
    """A title, then what it leads to: "Go through the essentials | A1, A2"."""
    title, bar, codes = typed.rpartition("|")
    return [title.strip(), *split(codes)] if bar else [typed]

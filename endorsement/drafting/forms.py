"""The fields of a draft, and the way between them and the draft's text.

A list is a text with a line for each; what a person leaves empty is left out of the text.
"""

import re
import tomllib
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError

from accounts.forms.fields import AnyOf
from charter.versions.forms import area as words
from charter.versions.forms import line, lines_of
from endorsement.framework import Framework
from endorsement.framework.changes import OF_A_LEVEL, OF_A_STANDARD
from web.merging import Facts, SharedForm
from web.toml_writing import tables_as_toml

WORDS = ("name", "statement", "why", "example", "action")
LISTS = ("evidence", "questions")
KEYS = ("charter", "modules")
AWARD = re.compile(r"(.+?)\s*\|\s*(.+)")
DAY = _l("Enter a day, like 3/3/2027.")


class WholeForm(SharedForm):
    code = line(_l("Its name in addresses"), _l("Enter a short name, like 2027."), most=20)
    title = line(_l("The framework’s name"), _l("Enter the framework’s name."))
    summary = words(_l("What it is"), _l("Say in a sentence or two what it is."), most=600)


class AreaForm(SharedForm):
    name = line(_l("Its name"), _l("Enter the area’s name."))
    about = words(_l("What it is about"), _l("Say in a sentence what it is about."), most=600)
    always_applies = BooleanField(_l("Nobody may say that one of these does not apply to them"))

    def told(self) -> dict[str, Any]:
        return _without_empty({name: self[name].data for name in self.now})


class StandardForm(SharedForm):
    """What every standard has; the points of the scale come with ``standard_form``."""

    name = line(OF_A_STANDARD["name"], _l("Enter its name."))
    area = SelectField(OF_A_STANDARD["area"], validate_choice=True)
    essential = BooleanField(_l("It is always needed, at every level"))
    statement = words(OF_A_STANDARD["statement"], _l("Write a sentence that begins with We."))
    why = words(OF_A_STANDARD["why"], _l("Say why it matters to young people."))
    evidence = words(OF_A_STANDARD["evidence"], _l("Write at least one line."), most=4000)
    questions = words(OF_A_STANDARD["questions"], _l("Write at least one line."), most=4000)
    example = words(OF_A_STANDARD["example"], _l("Write an example."))
    action = words(OF_A_STANDARD["action"], _l("Write an example."))
    charter = line(OF_A_STANDARD["charter"])
    modules = line(OF_A_STANDARD["modules"])
    awards = words(OF_A_STANDARD["awards"])
    template_title = line(_l("A page to start from: its title"))
    template_text = words(_l("A page to start from: its text"), most=20_000)

    points: tuple[str, ...] = ()
    """The names of the fields of the scale, lowest first."""

    def validate_awards(self, field: TextAreaField) -> None:
        if not all(AWARD.fullmatch(one) for one in lines_of(field.data)):
            raise ValidationError(_l("Write one on each line: its name | who gives it."))

    def told(self) -> dict[str, Any]:
        """As the draft's text holds it."""
        told: dict[str, Any] = {name: self[name].data for name in ("area", "essential", *WORDS)}
        told |= {name: lines_of(self[name].data) for name in LISTS}
        told |= {name: split(self[name].data) for name in KEYS}
        told["descriptors"] = [self[name].data or "" for name in self.points]
        found = [AWARD.fullmatch(one) for one in lines_of(self.awards.data)]
        told["awards"] = [{"name": one[1], "by": one[2]} for one in found if one]
        if self.template_title.data or self.template_text.data:
            told["template"] = {
                "title": self.template_title.data or "",
                "text": _paragraphs(self.template_text.data),
            }
        return _without_empty(told)


class NewStandardForm(StandardForm):
    key = line(_l("Its code"), _l("Enter a code, like B4."), most=20)


def standard_form(framework: Framework, facts: Facts, *, new: bool = False) -> Any:
    """A form with a field for each point of the scale."""
    base: Any = NewStandardForm if new else StandardForm
    points = tuple(f"point_{point.value}" for point in framework.scale)
    fields = {
        name: words(_l("“%(point)s” looks like", point=point.name), _l("Say what it looks like."))
        for name, point in zip(points, framework.scale, strict=True)
    }
    made = type("StandardForm", (base,), {**fields, "points": points})(facts, new=new)
    made.area.choices = [SelectChoice(one.key, one.name) for one in framework.areas]
    return made


def shape_of(standard: dict[str, Any], framework: Framework) -> Facts:
    """A standard of the draft's text in the form's shape; of nothing, an empty one."""
    facts: Facts = {name: standard.get(name, "") for name in WORDS}
    facts |= {"area": standard.get("area", framework.areas[0].key)}
    facts |= {"essential": bool(standard.get("essential"))}
    facts |= {name: "\n".join(standard.get(name, ())) for name in LISTS}
    facts |= {name: ", ".join(standard.get(name, ())) for name in KEYS}
    facts["awards"] = "\n".join(f"{a['name']} | {a['by']}" for a in standard.get("awards", ()))
    template = standard.get("template", {})
    facts["template_title"] = template.get("title", "")
    facts["template_text"] = "\n\n".join(template.get("text", ()))
    said = standard.get("descriptors") or [""] * len(framework.scale)
    return facts | {f"point_{n}": text for n, text in enumerate(said)}


class LevelForm(SharedForm):
    name = line(OF_A_LEVEL["name"], _l("Enter its name."))
    meaning = words(OF_A_LEVEL["meaning"], _l("Say what it means."))
    looks = words(OF_A_LEVEL["looks"], _l("Say how it is looked at."))
    award = BooleanField(OF_A_LEVEL["award"])
    visit = BooleanField(OF_A_LEVEL["visit"])
    young_assessor = BooleanField(OF_A_LEVEL["young_assessor"])
    tracks = AnyOf(OF_A_LEVEL["tracks"], _l("Choose from the list."))
    after_level = SelectField(OF_A_LEVEL["after"])
    after_months = line(_l("For how many months?"), most=20)
    after_needed = BooleanField(_l("Nobody may skip it. Not ticked: only who holds it must wait"))
    rules = words(OF_A_LEVEL["rules"], most=20_000)

    def __init__(self, facts: Facts, framework: Framework, key: str):
        """``framework``: as the draft stands, of which ``key`` is a level."""
        super().__init__(facts)
        self.tracks.choices = [SelectChoice(one.key, one.name) for one in framework.tracks]
        keys = [one.key for one in framework.levels]
        before = framework.levels[: keys.index(key)]
        self.after_level.choices = [
            SelectChoice("", _l("None")),
            *(SelectChoice(one.key, one.name) for one in before),
        ]

    def validate_after_months(self, field: StringField) -> None:
        if self.after_level.data and _months(field.data) is None:
            raise ValidationError(_l("Enter a number of months, like 6: 120 at most."))

    def validate_rules(self, field: TextAreaField) -> None:
        if rules_in(field.data) is None:
            raise ValidationError(_l("Write each rule under [[rules]], as in the example."))

    def told(self) -> dict[str, Any]:
        told = {name: self[name].data for name in ("name", "meaning", "looks")}
        told |= {name: self[name].data for name in ("visit", "young_assessor")}
        told |= {"tracks": list(self.tracks.data or ()), "after": self._after()}
        told = _without_empty({**told, "rules": rules_in(self.rules.data)})
        return told if self.award.data else told | {"award": False}

    def _after(self) -> dict[str, Any] | None:
        if not self.after_level.data:
            return None
        return {
            "level": self.after_level.data,
            "months": _months(self.after_months.data),
            "needed": bool(self.after_needed.data),
        }


def shape_of_level(level: dict[str, Any]) -> Facts:
    after = level.get("after") or {}
    return {
        **{name: level[name] for name in ("name", "meaning", "looks")},
        **{name: bool(level.get(name)) for name in ("visit", "young_assessor")},
        "award": bool(level.get("award", True)),
        "tracks": list(level.get("tracks", ())),
        "after_level": after.get("level", ""),
        "after_months": str(after.get("months", "")),
        "after_needed": bool(after.get("needed")),
        "rules": tables_as_toml("rules", level.get("rules", [])).strip(),
    }


def _months(typed: str | None) -> int | None:
    number = int(typed) if typed and typed.isascii() and typed.isdigit() else 0
    return number if 1 <= number <= 120 else None


def rules_in(typed: str | None) -> list[dict[str, Any]] | None:
    """The rules somebody typed; None where they are not TOML of that shape."""
    try:
        found = tomllib.loads(typed or "")
    except (ValueError, RecursionError):
        return None
    rules = found.get("rules", [])
    known = not found.keys() - {"rules"} and isinstance(rules, list)
    return rules if known and all(isinstance(rule, dict) for rule in rules) else None


def split(typed: str | None) -> list[str]:
    return [word for word in re.split(r"[,\s]+", typed or "") if word]


def _paragraphs(typed: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", typed or "") if part.strip()]


def _without_empty(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if value not in ("", [], False, None)}

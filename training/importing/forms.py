"""Sending a sheet, and saying what its columns hold."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice

from accounts.forms.fields import OneOf
from training.importing.fields import DAY, MODULE, NEEDED, WHO, WORDS
from training.models import TrainingImport
from training.pathways import Pathways
from training.states import PRIOR, WAY_WORDS
from web.files.tables import Limits, TableField
from web.forms import Form, more_errors

LIMITS = Limits()
NOTHING, NOBODY = "nothing", "nobody"
EXAMPLES = 3


class SheetForm(Form):
    takes_files = True
    file = TableField(_l("The spreadsheet"), limits=LIMITS)


class _Select(OneOf):
    """One of a list that drops down."""

    def __init__(self, label: Any, choose: Any, **more: Any):
        super().__init__(label, choose, **more)
        self.type = "SelectField"


class ColumnsForm(Form):
    """With a field for each column of one sheet (``columns_form``)."""

    how = _Select(
        _l("How it was learned, where a row does not say"),
        _l("Choose how it was learned."),
        choices=[SelectChoice(key, word) for key, word in WAY_WORDS.items() if key != PRIOR],
    )
    newcomers = _Select(
        _l("People whom nobody here knows yet"), _l("Choose what is done with new people.")
    )
    names: Sequence[str] = ()
    """Of the fields of the columns."""

    @property
    def columns(self) -> list[str]:
        chosen = [self[name].data for name in self.names]
        return ["" if key == NOTHING else key for key in chosen]

    @property
    def newcomers_role(self) -> str:
        return "" if self.newcomers.data == NOBODY else str(self.newcomers.data)

    def validate(self, *args: Any, **more: Any) -> bool:
        if not super().validate(*args, **more):
            return False
        wrong = list(_wrong(self.names, self.columns))
        for name, sentence in wrong:
            more_errors(self, name, sentence)
        return not wrong


def _wrong(names: Sequence[str], columns: Sequence[str]) -> Any:
    """Which field, and what is wrong with what they say together."""
    for place, key in enumerate(columns):
        if key and key in columns[:place]:
            said = _("Two columns cannot both hold “%(what)s”. Choose one.", what=WORDS[key])
            yield names[place], said
    if not set(WHO) & set(columns):
        yield names[0], _("Say which column holds the email address, or the name.")
    missing = {MODULE: _("Say which column holds the module."), DAY: _("Say which holds the day.")}
    for key in NEEDED:
        if key not in columns:
            yield names[0], missing[key]


def columns_form(it: TrainingImport, pathways: Pathways) -> ColumnsForm:
    choices = [SelectChoice(NOTHING, _("Nothing that is needed"))]
    choices += [SelectChoice(key, str(word)) for key, word in WORDS.items()]
    choose = _("Choose what this column holds.")
    names = [f"column_{place}" for place in range(len(it.headings))]
    fields = {
        name: _Select(_label(it, place), choose, choices=choices)
        for place, name in enumerate(names)
    }
    made = type("ColumnsOfOne", (ColumnsForm,), {**fields, "names": names})
    known = {name: it.columns[place] or NOTHING for place, name in enumerate(names)}
    known |= {"how": it.how, "newcomers": it.newcomers_role or NOBODY}
    form: ColumnsForm = made(data=known)
    form.newcomers.choices = [
        SelectChoice(NOBODY, _("Leave their rows out")),
        *(SelectChoice(r.key, _("Enter them: %(role)s", role=r.name)) for r in pathways.roles),
    ]
    return form


def _label(it: TrainingImport, place: int) -> str:
    heading = it.headings[place]
    if not heading:
        return _("Column %(letter)s", letter=letter(place))
    return _("Column %(letter)s: “%(heading)s”", letter=letter(place), heading=heading)


def letter(place: int) -> str:
    """As a spreadsheet names it: A to Z, then AA."""
    first, last = divmod(place, 26)
    return (chr(64 + first) if first else "") + chr(65 + last)


def examples(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    """Some of what stands in a column."""
    cells = [row[place] for row in rows if place < len(row) and row[place]]
    return [cell[:60] for cell in dict.fromkeys(cells)][:EXAMPLES]

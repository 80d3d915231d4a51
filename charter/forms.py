"""The fields of a pledge, and of the Charter team's answers."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from charter.models import Pledge
from charter.parts import Part
from charter.rules import is_a_sentence
from charter.states import ALL_STATES, HOW_IT_WENT, WORDS
from web.forms import Form, QueryForm
from web.merging import SharedForm

ACTION_MOST = 600
"""Characters of an action: a few sentences, so that a register page can be read."""
NOTE_MOST = 1000


def from_the_list(_form: Form, field: SelectMultipleField) -> None:
    """In our words: the library's repeat what was sent, which may be anything."""
    offered = {str(value) for value, *_ in field.iter_choices()}
    if not offered.issuperset(field.data or ()):
        raise ValidationError(_l("Choose from the list."))


def a_whole_sentence(_form: Form, field: TextAreaField) -> None:
    verdict = is_a_sentence(field.data or "")
    if verdict is not True:
        raise ValidationError(_l("Say a little more: what happened, or why not yet."))


class Press(Form):
    """A button."""


class DetailsForm(SharedForm):
    contact_name = StringField(
        _l("Who can we ask about your pledge?"),
        validators=[InputRequired(_l("Enter the name of somebody we can ask."))],
        most=100,
    )
    contact_email = EmailField(
        _l("Their email address"),
        validators=[
            InputRequired(_l("Enter their email address.")),
            Email(_l("Enter an email address in full, like name@place.org.")),
        ],
        most=254,
    )


class ProjectsForm(SharedForm):
    projects = SelectMultipleField(
        _l("Which projects does your pledge cover?"),
        validators=[InputRequired(_l("Choose at least one project.")), from_the_list],
        validate_choice=False,
        widget=ListWidget(),
        option_widget=CheckboxInput(),
    )

    def offer(self, pledge: Pledge) -> None:
        """Its organisation's projects; those that closed stay to be chosen only while covered."""
        covered = {row.project_id for row in pledge.covered}
        self.projects.choices = [
            SelectChoice(p.slug, p.name)
            for p in pledge.organisation.projects
            if not p.closed or p.id in covered
        ]


class SignatoryForm(SharedForm):
    signatory_name = StringField(
        _l("Name"),
        validators=[InputRequired(_l("Enter the name of the person who signs."))],
        most=100,
    )
    signatory_role = StringField(
        _l("What they are in your organisation"),
        validators=[
            InputRequired(_l("Enter what they are in your organisation, like chair or manager."))
        ],
        most=100,
    )


class ActionForm(SharedForm):
    text = TextAreaField(_l("What you will do"), most=ACTION_MOST)


class OutcomeForm(SharedForm):
    how = RadioField(
        _l("How did it go?"),
        choices=list(HOW_IT_WENT.items()),
        validators=[InputRequired(_l("Choose how it went."))],
    )
    text = TextAreaField(
        _l("Say in your own words what happened"),
        validators=[
            InputRequired(_l("Write a sentence that says what happened.")),
            a_whole_sentence,
        ],
        most=ACTION_MOST,
    )


class SendForm(Form):
    declared = BooleanField(
        validators=[InputRequired(_l("Tick the box when the person who signs has agreed."))]
    )


class WithdrawForm(Form):
    note = TextAreaField(
        _l("Why?"),
        validators=[InputRequired(_l("Write a few words that say why."))],
        most=NOTE_MOST,
    )


# The Charter team


class DecisionForm(Form):
    """One note box for each part (made by ``decision_form``), one for the whole, and the check.

    ``seen`` tells what the page showed: nobody confirms what they have not read.
    """

    seen = HiddenField()
    organisation_checked = BooleanField(_l("I have looked at who this organisation is"))
    note = TextAreaField(_l("A note on the whole pledge"), most=NOTE_MOST)

    def notes(self) -> dict[str, str]:
        """What was written, by part."""
        return {
            field.short_name.removeprefix("on-"): field.data
            for field in self
            if field.short_name.startswith("on-") and field.data
        }

    def box(self, part: str) -> Any:
        return self[f"on-{part}"]

    @property
    def has_notes(self) -> bool:
        return bool(self.note.data or self.notes())


def decision_form(found: Iterable[Part]) -> DecisionForm:
    boxes = {
        f"on-{part.key}": TextAreaField(_l("A note on “%(part)s”", part=part.name), most=NOTE_MOST)
        for part in found
    }
    form: DecisionForm = type("DecisionForm", (DecisionForm,), boxes)()
    return form


class ReasonForm(Form):
    note = TextAreaField(
        _l("Reasons"),
        validators=[InputRequired(_l("Write the reasons. The organisation reads them."))],
        most=NOTE_MOST,
    )


class AppealForm(Form):
    note = TextAreaField(
        _l("Why should we look again?"),
        validators=[InputRequired(_l("Say why you think the pause is wrong."))],
        most=NOTE_MOST,
    )


class AnswerForm(Form):
    outcome = RadioField(
        _l("Your answer"),
        choices=[
            ("uphold", _l("They are right: put it back on the register")),
            ("turn down", _l("It stays paused")),
        ],
        validators=[InputRequired(_l("Choose your answer."))],
    )
    note = TextAreaField(
        _l("Reasons"),
        validators=[InputRequired(_l("Write the reasons. The organisation reads them."))],
        most=NOTE_MOST,
    )


class OrganisationSearch(QueryForm):
    q = StringField(_l("Name"), most=100)
    state = SelectField(_l("Pledge"), default="")

    def __init__(self) -> None:
        super().__init__()
        self.state.choices = [
            SelectChoice("", _l("All")),
            SelectChoice("unchecked", _l("Organisation not checked yet")),
            SelectChoice("none", _l("No pledge")),
            *(SelectChoice(state, WORDS[state].name) for state in ALL_STATES),
        ]

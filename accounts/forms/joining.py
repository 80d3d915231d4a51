"""Finding an organisation, asking to join it, answering; handing over the lead."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired

from accounts.forms import written
from accounts.forms.fields import OneOf, Written, of_words
from accounts.models import Membership
from accounts.words import AFTERWARDS, ROLES
from web.forms import Form, QueryForm


class FindOrganisation(QueryForm):
    q = StringField(_l("What is it called?"), most=100)


class AskToJoin(Form):
    note = TextAreaField(
        _l("Who are you there?"),
        validators=[DataRequired(_l("Say in a few words who you are there."))],
        most=500,
    )


class AskToLead(Form):
    note = TextAreaField(
        _l("What do you do there?"),
        validators=[DataRequired(_l("Say in a few words what you do there."))],
        most=500,
    )


class AnswerRequest(Form):
    role = OneOf(_l("What may they do?"), _l("Choose what they may do."), choices=of_words(ROLES))


class OfferLead(Form):
    to = OneOf(_l("Who takes over?"), _l("Choose a colleague."))
    afterwards = OneOf(
        _l("And you?"), _l("Choose what you will be then."), choices=of_words(AFTERWARDS)
    )

    def __init__(self, colleagues: Iterable[Membership]):
        super().__init__()
        self.to.choices = [SelectChoice(m.reference, m.person.name) for m in colleagues]


class AppointLead(Form):
    email = Written(
        _l("Email address of who is to lead it"),
        written.email,
        needed=_l("Enter the email address of who is to lead it."),
        most=200,
    )

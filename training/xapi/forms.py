"""What an officer says of a platform, a course, a person."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectChoice, StringField
from wtforms.validators import InputRequired, ValidationError

from accounts.forms import written
from accounts.forms.fields import OneOf, Written
from training.pathways import Pathways
from web.forms import Form

NONE = "none"


class PlatformForm(Form):
    name = StringField(
        _l("What is the platform called?"),
        validators=[InputRequired(_l("Write its name."))],
        most=100,
    )


class ActivityForm(Form):
    module = OneOf(_l("Which module is it?"), _l("Choose a module."))
    trusted = BooleanField(_l("It counts without another check"))

    def offer(self, pathways: Pathways) -> None:
        self.module.type = "SelectField"
        named = [SelectChoice(m.key, f"{m.key} {m.name}") for m in pathways.modules]
        first = [SelectChoice("", _l("Choose one")), SelectChoice(NONE, _l("None of ours"))]
        self.module.choices = [*first, *named]

    def validate_module(self, field: OneOf) -> None:
        if not field.data:
            raise ValidationError(field.choose)

    @property
    def chosen(self) -> str:
        return "" if self.module.data == NONE else str(self.module.data)


class ActorForm(Form):
    email = Written(_l("The email address of their account"), written.email, most=200)

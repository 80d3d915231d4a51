"""Asking for a mailbox to be mended, and the officer's answer."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from accounts.addresses.mailboxes import Asked
from accounts.sign_in.forms import address, name_field
from web.forms import Form


class Ask(Form):
    name = name_field()
    organisation = StringField(
        _l("Your organisation"), validators=[DataRequired(_l("Enter your organisation."))], most=200
    )
    old_email = EmailField(
        _l("The address you cannot open any more"),
        validators=[DataRequired(_l("Enter the address you cannot open any more.")), address],
        most=254,
    )
    new_email = EmailField(
        _l("The address you want to use now"),
        validators=[DataRequired(_l("Enter the address you want to use now.")), address],
        most=254,
    )
    reach = StringField(
        _l("How can we reach you to check that it is you?"),
        validators=[DataRequired(_l("Say how we can reach you."))],
        most=300,
    )

    def validate_new_email(self, field: EmailField) -> None:
        if field.data and field.data == self.old_email.data:
            raise ValidationError(_l("Enter another address than the one you cannot open."))

    def asked(self) -> Asked:
        return Asked(
            name=self.name.data or "",
            organisation=self.organisation.data or "",
            old_email=self.old_email.data or "",
            new_email=self.new_email.data or "",
            reach=self.reach.data or "",
        )


class Answer(Form):
    """The officer's: how they checked who asks, or why not."""

    note = TextAreaField(
        _l("How did you check who they are? Or why do you refuse?"),
        validators=[DataRequired(_l("Write how you checked, or why not."))],
        most=2000,
    )

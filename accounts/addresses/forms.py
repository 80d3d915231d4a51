"""The forms about addresses."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import DataRequired

from accounts.forms.mailboxes import mailbox_field
from accounts.sign_in.forms import Judged, address, new_password, password_field
from web.forms import Form


class Add(Form):
    email = EmailField(
        _l("Your second address"),
        validators=[DataRequired(_l("Enter an email address.")), address],
        most=254,
    )
    mailbox = mailbox_field()


class MineAlone(Judged):
    """Others knew the password, so it takes a new one."""

    password = password_field(_l("Your password now"), _l("Enter the password you have now."))
    new_password = password_field(_l("New password"), _l("Choose a new password."), new_password)

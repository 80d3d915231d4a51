"""The forms about addresses."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField
from wtforms.validators import DataRequired

from accounts.forms.fields import OneOf, of_words
from accounts.sign_in.forms import Judged, address, new_password, password_field
from accounts.words import Word
from web.forms import Form

MINE, SHARED = "mine", "shared"
MAILBOXES = {
    MINE: Word(_l("Mine alone"), _l("Nobody else reads it.")),
    SHARED: Word(_l("Shared by my club"), _l("Several of us read it, like info@ our club.")),
}


def mailbox_field() -> OneOf:
    return OneOf(
        _l("Is this mailbox yours alone, or shared by your club?"),
        _l("Say whether the mailbox is yours alone or shared."),
        choices=of_words(MAILBOXES),
    )


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

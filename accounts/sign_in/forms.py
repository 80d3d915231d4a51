"""The forms before and around signing in."""

from typing import Any

from email_validator import validate_email
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, Field, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, StopValidation, ValidationError

from accounts.forms.mailboxes import mailbox_field
from accounts.sign_in.passwords import LEAST, too_easy
from web.forms import Form, more_errors

WRONG = _l(
    "Check your email address and password. If the account is new, "
    "first press the button in the email we sent you."
)
WRONG_PASSWORD = _l("That is not the password. Try again, or choose a new one.")
WRONG_CODE = _l("Check the code, or ask for another one. A code works once, for 15 minutes.")
NO_CODE = _l("Enter the six digits from the email.")
EASY = _l(
    "Choose a password that is harder to guess. Three words that do not belong together are good."
)


WRONG_APP_CODE = _l("Check the code. It changes every half minute, and each one works once.")
WRONG_RECOVERY_CODE = _l("Check the code. Each one works once.")
NOBODY_HERE = _l("Nobody with this address has a second step.")


def kept_form(text: str) -> str:
    """An email address in the one form in which we keep it.  Raises ValueError for other texts."""
    return validate_email(text.strip(), check_deliverability=False).normalized.lower()


def address(_form: Form, field: Field) -> None:
    try:
        field.data = kept_form(field.data)
    except ValueError:
        raise StopValidation(
            _l("Enter an email address in the usual form, like name@example.org.")
        ) from None


def one_line(text: Any) -> Any:
    return " ".join(text.split()) if isinstance(text, str) else text


def new_password(_form: Form, field: Field) -> None:
    if len(field.data) < LEAST:
        raise StopValidation(_l("Choose a password of %(least)s characters or more.", least=LEAST))


def email_field() -> Any:
    return EmailField(
        _l("Email address"),
        validators=[DataRequired(_l("Enter your email address.")), address],
        most=254,
    )


def name_field() -> Any:
    return StringField(
        _l("Your name"),
        validators=[DataRequired(_l("Enter your name."))],
        filters=[one_line],
        most=100,
    )


def password_field(label: Any, missing: Any, *more: Any) -> Any:
    return PasswordField(label, validators=[DataRequired(missing), *more])


class Judged(Form):
    """A form with a new password in its field ``password`` or ``new_password``."""

    def refuse_easy(self, field: str, *about: str) -> bool:
        """Whether the new password is too easy for this person; says so beside the field."""
        easy = too_easy(self[field].data, *about)
        if easy:
            more_errors(self, field, EASY)
        return easy


class SignIn(Form):
    """One page, two buttons: by password, or by a code that is mailed."""

    email = email_field()
    password = PasswordField(_l("Password"))

    @property
    def wants_code(self) -> bool:
        return request.form.get("way") == "code"

    def validate_password(self, field: Field) -> None:
        if not field.data and not self.wants_code:
            raise ValidationError(_l("Enter your password, or ask for a code instead."))


class Code(Form):
    code = StringField(
        _l("Code"), validators=[DataRequired(_l("Enter the six digits from the email."))]
    )

    def validate_code(self, field: Field) -> None:
        digits = "".join((field.data or "").split())
        if not (len(digits) == 6 and digits.isascii() and digits.isdigit()):
            raise ValidationError(NO_CODE)
        field.data = digits


class AppCode(Code):
    code = StringField(
        _l("Code from your app"), validators=[DataRequired(_l("Enter the six digits of your app."))]
    )


class RecoveryCode(Form):
    code = StringField(
        _l("Recovery code"), validators=[DataRequired(_l("Enter one of your recovery codes."))]
    )

    def validate_code(self, field: Field) -> None:
        """People leave out the lines between, and write capitals."""
        typed = "".join(c for c in (field.data or "").lower() if c.isascii() and c.isalnum())
        field.data = "-".join(typed[i : i + 4] for i in range(0, len(typed), 4))


class Shown(Form):
    """A passkey that was shown: the page's script fills it in."""

    credential = HiddenField(most=20_000)


class PasskeyName(Form):
    name = StringField(
        _l("A name for it"),
        validators=[DataRequired(_l("Give it a name."))],
        filters=[one_line],
        most=60,
    )


class AddPasskey(PasskeyName):
    credential = HiddenField(most=20_000)


class ResetSecondFactor(Form):
    """For somebody who lost their phone."""

    email = email_field()
    sure = BooleanField(
        _l("I have made sure who they are"),
        validators=[DataRequired(_l("Make sure who they are, then tick this."))],
    )


class Register(Judged):
    name = name_field()
    email = email_field()
    password = password_field(_l("Password"), _l("Choose a password."), new_password)
    mailbox = mailbox_field()


class Address(Form):
    """Asking for a mail."""

    email = email_field()


class Confirm(Form):
    password = password_field(
        _l("The password you chose"), _l("Enter the password you chose when you made the account.")
    )


class NewPassword(Judged):
    password = password_field(_l("New password"), _l("Choose a password."), new_password)


class ChangePassword(Judged):
    password = password_field(_l("Your password now"), _l("Enter the password you have now."))
    new_password = password_field(_l("New password"), _l("Choose a new password."), new_password)


class Name(Form):
    name = name_field()

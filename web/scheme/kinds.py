"""The kinds of value a scheme file holds, each with its own check."""

import re
from typing import Annotated

from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from web.toml_errors import FieldError


class Part(BaseModel):
    """A table of the file: nothing unknown in it, nothing converted, nothing changed later."""

    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


def _text(value: str) -> str:
    if not value.strip():
        raise FieldError("is empty", "Write something between the quotes, or take the line out")
    if len(value) > 2000:
        raise FieldError("is too long", "Keep it under 2,000 characters")
    if any(ord(letter) < 32 and letter != "\n" for letter in value):
        raise FieldError("has a control character in it", "Type the text again by hand")
    return value.strip()


def matching(pattern: str, what: str, mend: str) -> AfterValidator:
    def check(value: str) -> str:
        if not re.fullmatch(pattern, value, re.ASCII):
            raise FieldError(f'"{value}" is not {what}', mend)
        return value

    return AfterValidator(check)


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False).normalized
    except EmailNotValidError:
        what = f'"{value}" is not an e-mail address'
        raise FieldError(what, "Write it like name@place.org") from None


HEX = r"#[0-9a-fA-F]{6}"
PHONE = r"\+44\d{9,10}|0\d{9,10}|0800\d{4}|\d{3}|\d{5,6}"


def _phone(value: str) -> str:
    if not re.fullmatch(PHONE, re.sub(r"[ ()-]", "", value), re.ASCII):
        raise FieldError(f'"{value}" is not a phone number', "Write it like 0115 496 0000 or 999")
    return " ".join(value.split())


Text = Annotated[str, AfterValidator(_text)]
Key = Annotated[
    Text,
    matching(r"[a-z][a-z0-9-]{0,39}", "a key", "Use small letters, digits and hyphens"),
]
VersionCode = Annotated[
    Text,
    matching(
        r"[A-Za-z0-9]([A-Za-z0-9-]{0,18}[A-Za-z0-9])?",
        "a name for an address",
        "Use letters, digits and hyphens, like 2026",
    ),
]
Language = Annotated[
    Text, matching(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "a language code", "Write it like en or cy")
]
Colour = Annotated[Text, matching(HEX, "a colour", "Write it like #1b1724")]
Url = Annotated[Text, matching(r"https?://[^\s\"<>]+", "a web address", "Start it with https://")]
IcoNumber = Annotated[
    Text, matching(r"Z[A-Z0-9]\d{6}", "an ICO registration", "Copy it from the ICO's register")
]
Email = Annotated[Text, AfterValidator(_email)]
Phone = Annotated[Text, AfterValidator(_phone)]
# A field with bounds of its own is a plain int: pydantic would let these win over narrower ones.
Count = Annotated[int, Field(ge=1, le=1000)]
Days = Annotated[int, Field(ge=0, le=3660)]
Months = Annotated[int, Field(ge=1, le=240)]
Years = Annotated[int, Field(ge=1, le=50)]

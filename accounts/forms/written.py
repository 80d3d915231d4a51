"""How names, numbers, postcodes and websites are written: forgiving in, one way out.

Each function returns the text as it is kept, or raises Miswritten with a sentence that says how
to mend it.  An empty text stays empty.
"""

import re
import unicodedata
from urllib.parse import urlsplit, urlunsplit

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _l

# Charity Commission for England and Wales (a linked charity carries "-1"), the Scottish
# regulator, and Northern Ireland's, whose numbers start at 100000.
_CHARITY = re.compile(r"[0-9]{6,7}(-[0-9]{1,4})?|SC[0-9]{6}|NIC[1-9][0-9]{5}")
# Companies House: 8 digits, or two letters and 6; registered societies end in R.
_COMPANY = re.compile(r"[0-9]{8}|[A-Z]{2}[0-9]{6}|[A-Z]{2}[0-9]{5}R")
_POSTCODE = re.compile(r"(GIR ?0AA|[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2})")
_PHONE = re.compile(r"\+?[0-9 ()-]+( ?(ext|x)\.? ?[0-9]+)?", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# They turn the direction of what stands after them, and can make one name look like another.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])


class Miswritten(ValueError):
    """Its text is a sentence for the person who typed."""


def name(text: str) -> str:
    """One line, composed letters, single spaces; at least two letters or digits in any script."""
    plain = unicodedata.normalize("NFC", text).translate(_TURNS)
    plain = " ".join("".join(" " if unicodedata.category(c) == "Cc" else c for c in plain).split())
    if plain and sum(c.isalnum() for c in plain) < 2:
        raise Miswritten(_l("Enter a name with at least two letters or numbers in it."))
    return plain


def charity_number(text: str) -> str:
    bare = re.sub(r"[\s.]|(?<=[A-Za-z])-", "", text).upper()
    if re.fullmatch(r"NI[0-9]{6}", bare):
        bare = f"NIC{bare[2:]}"
    if bare and not _CHARITY.fullmatch(bare):
        raise Miswritten(
            _l("Enter a charity number like 1234567, SC012345 or NIC101234, or leave this empty.")
        )
    return bare


def company_number(text: str) -> str:
    bare = re.sub(r"[\s.-]", "", text).upper()
    if bare and not _COMPANY.fullmatch(bare):
        raise Miswritten(
            _l(
                "Enter a company number of 8 digits, like 01234567, or 2 letters and 6 digits, "
                "like SC123456. If yours has 7 digits, put a 0 in front."
            )
        )
    return bare


def postcode(text: str) -> str:
    bare = re.sub(r"[\s.-]", "", text).upper()
    if not bare:
        return ""
    spaced = f"{bare[:-3]} {bare[-3:]}"
    if not _POSTCODE.fullmatch(spaced):
        raise Miswritten(_l("Enter a full UK postcode, like NG1 5FS."))
    return spaced


def phone(text: str) -> str:
    plain = " ".join(text.split())
    digits = sum(c in "0123456789" for c in plain)
    if plain and not (_PHONE.fullmatch(plain) and 9 <= digits <= 18):
        raise Miswritten(_l("Enter a phone number like 0115 496 0000."))
    return plain


def email(text: str) -> str:
    """Lower case, as accounts keep theirs, so that the two can be compared."""
    if not text:
        return ""
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise Miswritten(_l("Enter an email address like name@example.org.")) from None


def website(text: str) -> str:
    """An http or https address with a real host's name, and nothing that signs somebody in."""
    if not text:
        return ""
    try:
        return _website(text)
    except ValueError as error:
        if isinstance(error, Miswritten):
            raise
        raise Miswritten(_WEBSITE) from None


_WEBSITE = _l("Enter a website like www.example.org.")


def _website(text: str) -> str:
    if not re.match(r"[a-z][a-z0-9+.-]*:(?![0-9])", text, re.IGNORECASE):
        text = f"https://{text.lstrip('/')}"
    if any(c.isspace() or c == "\\" or unicodedata.category(c)[0] == "C" for c in text):
        raise Miswritten(_l("Take the spaces out of the website's address."))
    parts = urlsplit(text)
    if parts.scheme.lower() not in ("http", "https"):
        raise Miswritten(_l("Enter a website that begins with https:// or www."))
    if "@" in parts.netloc:
        raise Miswritten(_l("Take the user name and password out of the website's address."))
    host = _host(parts.hostname or "")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    path = "" if parts.path == "/" and not parts.query else parts.path
    return urlunsplit((parts.scheme.lower(), host + port, path, parts.query, ""))


def _host(written: str) -> str:
    host = written.rstrip(".").lower().encode("idna").decode("ascii").lower()
    labels = host.split(".")
    ends_in_letters = re.fullmatch(r"[a-z]{2,63}|xn--[a-z0-9-]+", labels[-1])
    if len(labels) < 2 or not ends_in_letters or not all(_LABEL.fullmatch(x) for x in labels):
        raise Miswritten(_WEBSITE)
    return host

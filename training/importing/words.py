"""What is said of a row's cells: by a code, the sentence that names how to mend it."""

from collections.abc import Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from training.importing import reading
from training.importing.fields import DAY
from web.pages import long_date

SENTENCES = {
    "formula": _l("This is a formula. Write what comes out of it."),
    "nobody": _l("Say who it was: write their email address or their name."),
    "unknown email": _l(
        "Nobody here has this email address. Put it right, or write their name too."
    ),
    "email miswritten": _l("This is no email address. Write one like name@example.org."),
    "name miswritten": _l("This is no name. Write at least two letters."),
    "two of that name": _l("Two people here have this name. Write the email address too."),
    "has an account": _l("They have an account here. Write their email address."),
    "not entered": _l(
        "Nobody without an account has this name here. Put it right, or choose to enter new people."
    ),
    "no module": _l("Write the code or the name of the module."),
    "unknown module": _l("There is no such module. Write its code, like W2, or its whole name."),
    "retired": _l("This module is not taught any more. Write another one."),
    "no day": _l("Write the day, like 3 March 2027."),
    "not a day": _l("This is no day we can read. Write it like 3 March 2027."),
    "to come": _l("This day is still to come. Write the day it was done."),
    "unknown way": _l("Write course, online or at work, or leave it empty."),
    "neither yes nor no": _l("Write yes or no, or leave it empty."),
    "no update": _l("This module has no yearly update. Write no."),
    "too long": _l("This is too long. Make it shorter."),
    "not kept": _l("There is a DBS certificate or its number in this. We never keep those."),
    "full": _l("The portal can keep no more records for this person."),
    "too many new addresses": _l(
        "You may enter only so many new people with an email address in a day. Do this one "
        "tomorrow, or leave the address out."
    ),
    "too many newcomers": _l("Enter at most 1,000 new people at a time."),
    "twice": _l("A row above says the same."),
    "no lead": _l("Whoever added this does not lead the organisation any more."),
    "touched": _l("Somebody has worked with this record since, so it stays."),
}


def said(note: Sequence[str], cells: Mapping[str, str]) -> str:
    """One note as a sentence.  ``cells``: by field, what stands in the row."""
    _field, code = note
    if code == "day first":
        on, _two = reading.day(cells.get(DAY, ""))
        return _("Read day first: %(day)s.", day=long_date(on)) if isinstance(on, date) else ""
    return str(SENTENCES.get(code, code))

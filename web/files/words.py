"""What people are told about a file that is not taken: by the child's code, a sentence."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.workflow import Refused

SENTENCES = {
    "empty": _l("This file is empty. Choose another one."),
    "broken": _l("This file cannot be read: it is broken or not complete. Save it again."),
    "locked": _l("This file needs a password. Save it without one."),
    "macros": _l("This file has macros: small programs. Save it without them, or as a PDF."),
    "bomb": _l("This file unpacks into far more than it seems. Save it as a PDF."),
    "zip": _l("This is a folder packed into one file. Send what is in it, one by one."),
    "old office": _l(
        "This is an old kind of Office file, or it needs a password. Save it as .docx, .xlsx or"
        " .pptx without a password, or as a PDF."
    ),
    "iphone photo": _l(
        "This photo is of a kind that many computers cannot show (HEIC). Save it as a JPEG."
    ),
    "pages": _l("This file has %(has)s pages. Send %(most)s pages or fewer."),
    "pixels": _l("This picture is too big. Save it with %(most)s million dots or fewer."),
    "unknown": _l(
        "We cannot take this kind of file. Send a PDF, a Word, Excel or PowerPoint file, a photo"
        " (JPEG or PNG), plain text, or a short film or sound (MP4 or MP3)."
    ),
    "too big": _l("This file is too big. Files can have up to %(most)s MB."),
    "too much": _l("We could not check this file: it is too hard to read. Save it as a PDF."),
    "busy": _l("We are checking many files now. Try again in a minute."),
    "away": _l("We cannot keep files just now. Try again in a few minutes."),
    "none": _l("Choose a file."),
}


TABLES = {
    "no table": _l("Send a spreadsheet (.xlsx) or a CSV file. This is something else."),
    "unknown": _l("Send a spreadsheet (.xlsx) or a CSV file. This is something else."),
    "zip": _l("This is a folder packed into one file. Send the spreadsheet in it."),
    "bomb": _l("This file unpacks into far more than it seems. Save it as a CSV file."),
    "macros": _l("This file has macros: small programs. Save it without them, or as a CSV file."),
    "old office": _l(
        "This is an old kind of spreadsheet, or it needs a password. Save it as .xlsx without a"
        " password, or as a CSV file."
    ),
    "iphone photo": _l("Send a spreadsheet (.xlsx) or a CSV file. This is something else."),
    "rows": _l("This table has more than %(most)s rows. Send it in parts."),
    "columns": _l("This table has more than %(most)s columns. Take out those that are not needed."),
    "too much": _l("We could not read this file: it is too large. Send it in parts."),
}
"""Of a table, where the sentence is another one."""


def no_table(code: str, **facts: Any) -> Refused:
    """To be raised."""
    sentence = str(TABLES.get(code) or SENTENCES.get(code) or TABLES["too much"])
    told = {name: f"{fact:,}" for name, fact in facts.items()}
    return Refused([sentence % told if told else sentence])


def refused(code: str, **facts: Any) -> Refused:
    """To be raised."""
    sentence = str(SENTENCES.get(code, SENTENCES["too much"]))
    return Refused([sentence % facts if facts else sentence])


def being_checked() -> str:
    return _("This file is being checked for viruses. Try again in a few minutes.")


def away() -> str:
    return _("We cannot open files just now. Try again in a few minutes.")


def gone() -> str:
    return _("This file is not here any more.")


def not_clean() -> str:
    return _("The virus check did not let this file through. Nobody can open it.")

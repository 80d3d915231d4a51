"""Plain words for what the tables hold: kinds, states, roles, the sorts of project."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from web.scheme import Scheme


@dataclass(frozen=True)
class Word:
    """A label, and the sentence that stands beside it where somebody has to choose."""

    label: Any
    hint: Any = ""


KINDS = {
    "club": Word(_l("Club or community group")),
    "charity": Word(_l("Charity")),
    "sport": Word(_l("Sports club")),
    "faith": Word(_l("Faith group")),
    "school": Word(_l("School or college")),
    "council": Word(_l("Council or another public service")),
    "company": Word(_l("Company or social enterprise")),
    "other": Word(_l("Something else")),
}

STATES = {
    "unchecked": Word(
        _l("Not checked yet"),
        _l(
            "Only your colleagues and the Charter team can see it until the Charter team has "
            "checked it."
        ),
    ),
    "checked": Word(
        _l("Checked"), _l("The Charter team has checked that this organisation is real.")
    ),
    "closed": Word(_l("Closed"), _l("Nothing can be changed, and the public does not see it.")),
}

ROLES = {
    "lead": Word(
        _l("Lead"),
        _l("Can do everything: change details, send the pledge or take it back, invite people."),
    ),
    "editor": Word(
        _l("Editor"),
        _l("Can change details and projects, write the pledge and send it. Cannot invite people."),
    ),
    "viewer": Word(_l("Viewer"), _l("Can look at everything and change nothing.")),
}

APPOINTED = {
    "officer": _l("Charter team"),
    "data protection": _l("Data protection lead"),
    "safeguarding": _l("Safeguarding lead"),
    "assessor": _l("Assessor"),
    "lead assessor": _l("Lead assessor"),
    "young assessor": _l("Young assessor"),
    "steering group": _l("Steering group"),
    "chair": _l("Chair of the steering group"),
}
"""Roles in the programme."""

AFTERWARDS = {
    "editor": Word(_l("I stay and go on writing"), _l("You are an editor then.")),
    "viewer": Word(_l("I stay and only look"), _l("You are a viewer then.")),
    "leave": Word(_l("I leave"), _l("You do not see it any more.")),
}

SORTS = {
    "open": Word(
        _l("Anyone can drop in"),
        _l("Open access, like a youth club night. You may show where and when."),
    ),
    "group": Word(
        _l("A group that young people join or are sent to"), _l("A fixed group, a course, a team.")
    ),
    "detached": Word(
        _l("We go to where young people are"),
        _l("Detached work: streets, parks, shopping centres."),
    ),
    "one-to-one": Word(
        _l("One worker with one young person"),
        _l("Mentoring, casework, support at home or school."),
    ),
    "custody": Word(_l("In custody"), _l("Police custody, secure homes, prisons.")),
    "hospital": Word(_l("In hospital"), _l("Wards, emergency departments.")),
    "online": Word(_l("Online"), _l("By phone, video or messages.")),
}

REQUESTS = {
    "see": Word(
        _l("See what you hold about me"),
        _l("With an account you can see and download it at once, under “Your account”."),
    ),
    "correct": Word(_l("Correct something"), _l("Tell us what is wrong and how it should read.")),
    "erase": Word(
        _l("Delete what you hold about me"),
        _l("With an account you can delete it yourself, under “Your account”."),
    ),
    "object": Word(
        _l("Stop using my data for something"), _l("Tell us what we should not do with it.")
    ),
    "complain": Word(
        _l("Complain about how you use data"), _l("Tell us what happened and what should change.")
    ),
}

REQUEST_STATES = {
    "received": Word(_l("Received"), _l("We have it. We will tell you when we have read it.")),
    "acknowledged": Word(_l("Read"), _l("We have read it and are working on it.")),
    "answered": Word(_l("Answered"), _l("Our answer stands below.")),
    "refused": Word(_l("Refused"), _l("We said no. Our reason stands below.")),
    "withdrawn": Word(_l("Taken back"), _l("You took it back.")),
}

REQUEST_STEPS = {
    "acknowledge": _l("Read"),
    "answer": _l("Answered"),
    "refuse": _l("Refused"),
    "take back": _l("Taken back"),
    "look": _l("Somebody’s data looked at"),
    "erase the account": _l("Account deleted"),
}

PLACE_RULE = _l(
    "We only show addresses and times of places where anyone can drop in. We never show addresses "
    "or times for detached, custody, hospital or one-to-one work, or for closed groups."
)


def area_names(scheme: Scheme, keys: list[str]) -> list[str]:
    """In the scheme's order.  An area that the scheme has dropped keeps its key as its name."""
    known = [area.name for area in scheme.areas if area.key in keys]
    return known + [key for key in keys if scheme.area(key) is None]

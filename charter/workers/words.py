"""The words of a worker's pledge."""

from flask_babel import lazy_gettext as _l

UNCONFIRMED, LIVE, WITHDRAWN = "unconfirmed", "live", "withdrawn"

EVERYWHERE = "everywhere"
"""In place of an area: works all over the county."""

ROLES = {
    "youth-worker": _l("Youth worker"),
    "volunteer": _l("Volunteer"),
    "coach": _l("Coach or instructor"),
    "mentor": _l("Mentor"),
    "leader": _l("Leader or manager"),
    "trustee": _l("Trustee or on the committee"),
    "school": _l("School or college staff"),
    "public-service": _l("Council or public service staff"),
    "other": _l("Works with young people"),
}
"""A list, and no words of one's own: they would stand in public, and nobody reads them before."""

STATES = {
    UNCONFIRMED: _l("Not confirmed yet"),
    LIVE: _l("Signed"),
    WITHDRAWN: _l("Taken back"),
}

FEWEST = 5
"""A published count of people says no number below this one."""

"""The words of a call or visit."""

from flask_babel import lazy_gettext as _l

from review.visits.rules import CALL, DROP_IN, VISITED

KINDS = {
    CALL: _l("A call"),
    DROP_IN: _l("A drop-in"),
    VISITED: _l("A visit"),
}
HINTS = {
    CALL: _l("Half an hour by phone or video."),
    DROP_IN: _l("Half an hour while young people are there."),
    VISITED: _l("See the place, and hear young people."),
}
STARS = {
    1: _l("1 star: not at all"),
    2: _l("2 stars"),
    3: _l("3 stars: so-so"),
    4: _l("4 stars"),
    5: _l("5 stars: very much"),
}

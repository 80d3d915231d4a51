"""What the steering group's people bring: for now what the chain calls its rows."""

from flask_babel import lazy_gettext as _l

import steering.models
from steering import example
from web.contributions import Contribution, ExamplePart

THINGS = {
    "seat": _l("a seat on the steering group"),
    "seat_term": _l("a time in a seat"),
    "chairing": _l("a time as chair"),
    "assessor_term": _l("a time as an assessor"),
    "tie": _l("a tie to an organisation"),
}

contribution = Contribution(
    name="steering",
    things=THINGS,
    example=(ExamplePart(33, example.plan),),
    example_people=example.CAST,
)
__all__ = ["contribution", "steering"]

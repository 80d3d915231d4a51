"""What the pages call things."""

from flask_babel import lazy_gettext as _l

from steering import gaps
from steering.models.assessors import ADULT, YOUNG
from steering.models.seats import CHAIR, DEPUTY, DEPUTY_CHAIR, MEMBER
from steering.ties import (
    COMPLAINANT,
    EMPLOYEE,
    FUNDER,
    GRANT_MANAGER,
    RELATIVE,
    STANDS_ASIDE,
    TRUSTEE,
)
from steering.ties import MEMBER as BELONGS

PARTS = {
    MEMBER: _l("Member"),
    DEPUTY: _l("Deputy"),
    CHAIR: _l("Chair"),
    DEPUTY_CHAIR: _l("Deputy chair"),
}
KINDS = {ADULT: _l("Adult assessor"), YOUNG: _l("Young assessor")}
TIES = {
    BELONGS: _l("I belong to it"),
    EMPLOYEE: _l("I work there"),
    TRUSTEE: _l("I am a trustee"),
    RELATIVE: _l("Somebody close to me is there"),
    COMPLAINANT: _l("I complained about it"),
    GRANT_MANAGER: _l("I manage a grant that it gets"),
    FUNDER: _l("My employer gives it money"),
    STANDS_ASIDE: _l("I would rather stand aside"),
}
"""As the person says it."""
YOUTH_TIES = {
    BELONGS: _l("I go there"),
    RELATIVE: _l("I know someone there"),
    STANDS_ASIDE: TIES[STANDS_ASIDE],
}
"""As a young person does."""
TEAM_TIES = {
    BELONGS: _l("Belongs to it"),
    EMPLOYEE: _l("Works there"),
    TRUSTEE: _l("Is a trustee"),
    RELATIVE: _l("Somebody close to them is there"),
    COMPLAINANT: _l("Complained about it"),
    GRANT_MANAGER: _l("Manages a grant that it gets"),
    FUNDER: _l("Their employer gives it money"),
    STANDS_ASIDE: _l("Stands aside"),
}
GAPS = {
    gaps.NO_MEMBER: _l("Nobody holds a seat"),
    gaps.NO_DEPUTY: _l("A seat has no deputy"),
    gaps.NO_CHAIR: _l("Nobody chairs"),
    gaps.NO_DEPUTY_CHAIR: _l("The chair has no deputy"),
    gaps.FEW_YOUTH_SEATS: _l("There are fewer than four youth seats"),
    gaps.ENDS: _l("A time in a seat ends soon"),
    gaps.CHAIR_ENDS: _l("A time as chair ends soon"),
    gaps.ASSESSOR_ENDS: _l("An assessor is soon given no more cases"),
    gaps.NO_QUORUM: _l("A group has too few people to vote"),
    gaps.TIED_QUORUM: _l("A group has too few people without a tie"),
}

YOUTH_STATES = {
    "invited": _l("Not joined yet"),
    "joined": _l("Waits until you open it"),
    "open": _l("Open"),
    "ended": _l("Ended"),
}
YOUTH_PARTS = PARTS | {"young assessor": KINDS[YOUNG]}

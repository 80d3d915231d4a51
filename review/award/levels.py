"""What the register and the organisation's public page say of an award."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from charter.register import level_from
from review.award import queries
from review.award.states import WORDS
from review.models import Award
from review.models.awards import LIVE, REPLACED
from web.database import db
from web.pages import long_date


@level_from
def level_of(session: Session, organisation: Organisation) -> str | None:
    """The name of the level, while the award is current."""
    award = queries.standing_of(session, organisation.id)
    return level_name(award) if award is not None and award.state == LIVE else None


def level_name(award: Award) -> str:
    found: str = award.framework_version.framework.level_by_key[award.level].name
    return found


@dataclass(frozen=True)
class Shown:
    """In public."""

    award: Award

    @property
    def current(self) -> bool:
        return self.award.state == LIVE

    @property
    def level(self) -> str:
        return level_name(self.award)

    @property
    def meaning(self) -> str:
        found: str = self.award.framework_version.framework.level_by_key[self.award.level].meaning
        return found

    @property
    def standing(self) -> str:
        return str(WORDS[self.award.state].public)

    @property
    def checked(self) -> str:
        return checked_words(self.award.checked_how)


def shown(slug: str) -> Shown | None:
    """For the pages about an organisation: one statement."""
    award = queries.shown_of(db(), slug)
    return Shown(award) if award is not None and award.state != REPLACED else None


KINDS = {
    "call": lambda day: _("a call on %(day)s", day=day),
    "drop-in": lambda day: _("a drop-in on %(day)s", day=day),
    "visit": lambda day: _("a visit on %(day)s", day=day),
}


def checked_words(checked_how: str) -> str:
    """ "Two assessors read what it sent. Then: a visit on 3 March 2027."."""
    said = [_met(part) for part in checked_how.split(", ") if part]
    read = _("Assessors who have no tie to it read what it sent.")
    if not said:
        return read
    return f"{read} " + _("Then they met people there: %(how)s.", how=", ".join(said))


def _met(part: str) -> str:
    kind, _space, day = part.rpartition(" ")
    words: Any = KINDS[kind]
    return str(words(long_date(date.fromisoformat(day))))

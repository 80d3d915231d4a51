"""What a link shows, for whom and for how long."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, StringField

from accounts.forms.fields import OneOf, SomeOf
from training.passport.showing import STAGES, in_date
from training.rules import ALL
from training.status import Picture
from web.forms import Form

DAYS = {"7": _l("1 week"), "30": _l("1 month"), "90": _l("3 months")}


class LinkForm(Form):
    shows = SomeOf(_l("What does it show?"), _l("Choose what it shows."))
    days = OneOf(
        _l("For how long does it work?"),
        _l("Choose how long it works."),
        choices=[SelectChoice(days, words) for days, words in DAYS.items()],
        default="30",
    )
    for_whom = StringField(_l("Whom is it for? (if you like)"), most=80)

    def offer(self, seen: Picture) -> None:
        self.shows.choices = [
            SelectChoice(STAGES, _("The stages that you have whole")),
            SelectChoice(ALL, _("Everything that is in date, also what I add later")),
            *(SelectChoice(s.module.key, s.module.name) for s in in_date(seen)),
        ]

    @property
    def chosen(self) -> dict[str, Any]:
        """As the action takes it."""
        return {
            "shows": self.shows.data,
            "days": int(self.days.data),
            "for_whom": self.for_whom.data or "",
        }

"""The forms of the panel."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from accounts.forms.fields import AnyOf
from endorsement.fields import DayField
from review.panel.counting import NOT_YET, Cast
from review.panel.voting import ABSTAIN, AGAINST, FOR, Choice
from steering.ties import FUNDER, STANDS_ASIDE
from web.forms import Form

WHY = _l("Write a few words that say why.")
ADULT_TIES = [
    ("none", _l("No, nothing ties me to them")),
    (FUNDER, _l("My employer pays them. I can vote, and the others read it")),
    ("member", _l("I am or was a member there")),
    ("employee", _l("I work or worked there")),
    ("trustee", _l("I am or was a trustee there")),
    ("relative", _l("Somebody close to me is there")),
    ("complainant", _l("I have complained about them")),
    ("grant manager", _l("I look after their grant")),
    (STANDS_ASIDE, _l("I’d rather stand aside. You need not say why")),
]
YOUTH_TIES = [
    ("none", _l("No")),
    ("yes", _l("Yes")),
    (STANDS_ASIDE, _l("I’d rather stand aside. You need not say why")),
]


class TiesForm(Form):
    said = RadioField(
        _l("Does anything tie you to them?"),
        validators=[InputRequired(_l("Choose an answer."))],
        choices=ADULT_TIES,
    )

    def for_youth(self) -> None:
        self.said.label.text = _l("Do you go there, or know someone there?")
        self.said.choices = YOUTH_TIES


class VoteForm(Form):
    choice = RadioField(
        _l("What do you vote for?"), validators=[InputRequired(_l("Choose an answer."))]
    )
    with_conditions = RadioField(
        _l("If they get a level: must they still do something?"),
        choices=[
            ("no", _l("No, without conditions")),
            ("yes", _l("Yes, with conditions: things to be done by a day")),
        ],
        default="no",
    )
    reason = TextAreaField(_l("Why? (you need not say)"), most=2000)

    def offer(self, offered: Iterable[Any], *, young: bool) -> None:
        levels = [(f"level:{one.key}", one.name) for one in offered]
        neither = _l("I can’t choose") if young else _l("I abstain")
        self.choice.choices = [*levels, (AGAINST, _l("Not yet")), (ABSTAIN, neither)]

    def chosen(self) -> Choice:
        kind, _sep, level = (self.choice.data or "").partition(":")
        reason = self.reason.data or ""
        if kind != "level":
            return Choice(kind, reason=reason)
        return Choice(FOR, level, self.with_conditions.data == "yes", reason)


def facts_of(vote: Any) -> dict[str, str]:
    """The vote that stands, as the form shows it."""
    if vote is None:
        return {}
    return {
        "choice": f"level:{vote.level}" if vote.level else vote.choice,
        "with_conditions": "yes" if vote.with_conditions else "no",
        "reason": vote.reason,
    }


class CloseForm(Form):
    """``casting`` is asked for in a tie only."""

    casting = RadioField(_l("Your casting vote"), validators=[], default="")

    def offer(self, offered: Iterable[Any]) -> None:
        choices: list[tuple[str, Any]] = []
        for rank, one in reversed(list(enumerate(reversed(list(offered))))):
            choices += [
                (f"{rank}:no", _l("%(level)s, without conditions", level=one.name)),
                (f"{rank}:yes", _l("%(level)s, with conditions", level=one.name)),
            ]
        self.casting.choices = [*choices, (f"{NOT_YET}:no", _l("Not yet"))]
        self.casting.validate_choice = False

    def vote(self) -> Cast | None:
        if self.casting.data not in [value for value, _label in self.casting.choices or ()]:
            return None
        rank, _sep, wish = self.casting.data.partition(":")
        return Cast("chair", int(rank), wish == "yes")


class WhyForm(Form):
    why = TextAreaField(
        _l("Why? For the organisation, in plain words"), validators=[InputRequired(WHY)]
    )


class StandardForm(Form):
    why = TextAreaField(_l("Why?"), most=3000)
    next_step = TextAreaField(_l("What could they do next?"), most=2000)


class AnswerForm(Form):
    for_youth = TextAreaField(
        _l("Your answer to the young members"),
        validators=[InputRequired(_l("Write a plain answer."))],
    )


class NoteForm(Form):
    note = TextAreaField(_l("Why?"), validators=[InputRequired(WHY)], most=1000)


class ConditionForm(Form):
    standard = SelectField(_l("Which standard is it about?"))
    what = TextAreaField(
        _l("What must be done?"),
        validators=[InputRequired(_l("Write what must be done."))],
        most=1000,
    )
    by_on = DayField(_l("By which day?"), validators=[InputRequired(_l("Enter a day."))])

    def offer(self, standards: Iterable[Any]) -> None:
        self.standard.choices = [(one.key, one.name) for one in standards]


class GuestForm(Form):
    email = StringField(
        _l("Their e-mail address"), validators=[InputRequired(_l("Enter their e-mail address."))]
    )
    group = RadioField(_l("For which group?"), validators=[InputRequired(_l("Choose a group."))])

    def offer(self, groups: Iterable[Any]) -> None:
        self.group.choices = [(one.key, one.name) for one in groups]


class MeetingForm(Form):
    on = DayField(_l("Which day?"), validators=[InputRequired(_l("Enter a day."))])
    hour = StringField(
        _l("At what time?"), validators=[InputRequired(_l("Enter a time, like 17:30."))], most=5
    )
    place = StringField(_l("Where?"), validators=[InputRequired(_l("Enter where it is."))])


class AgendaForm(Form):
    cases = AnyOf(_l("What is on the agenda?"), _l("Choose cases that are on the list."))


class HeldForm(Form):
    present = AnyOf(_l("Who was there?"), _l("Choose people who are on the list."))
    notes = TextAreaField(_l("What else belongs into the minutes?"), most=5000)


class ReleaseForm(Form):
    cases = AnyOf(
        _l("Which decisions do you tell?"),
        _l("Choose decisions that are on the list."),
        validators=[InputRequired(_l("Choose the decisions that you tell."))],
    )

"""What is asked of a piece of evidence."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import DataRequired, ValidationError

from accounts.forms import written as ways_of_writing
from accounts.forms.fields import SomeOf, Written
from charter.sessions import written
from endorsement.evidence import contents, rules
from endorsement.evidence.actions import Described
from endorsement.evidence.contents import Content
from endorsement.evidence.uploads import Judged, UploadsField
from endorsement.models import EvidenceItem, EvidenceVersion
from endorsement.models.evidence import LINK, STATEMENT
from web.forms import Form
from web.merging import Facts, SharedForm
from web.workflow import Refused

KEEP, REMOVE = "keep", "remove"
NEVER_LATER = date(2100, 1, 1)


class AnyOf(SomeOf):
    """Any number of a list: none too."""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)
        else:
            self.data = []


class DetailsForm(SharedForm):
    """What an organisation says of an item; several people may be changing it."""

    title = StringField(
        _l("Title"),
        validators=[DataRequired(_l("Enter a title, like “Minutes of the youth forum”."))],
        most=120,
    )
    shows = TextAreaField(_l("What does it show?"), most=600)
    standards = AnyOf(
        _l("Which standards does it show?"), _l("Choose standards from the list, or none.")
    )
    review_on = StringField(_l("When will you look at it again?"), most=40)
    youth_may_see = BooleanField(_l("Youth members may see it"))

    def __init__(
        self,
        item: EvidenceItem | None,
        standards: Iterable[tuple[str, str]],
        chosen: Iterable[str] = (),
    ):
        """``standards``: keys and names that may be chosen; ``chosen``: those that are, of a new
        item."""
        facts = facts_of(item) if item else self.new_facts(list(chosen))
        super().__init__(facts, new=item is None)
        self.standards.choices = [SelectChoice(key, name) for key, name in standards]

    def new_facts(self, chosen: list[str]) -> Facts:
        return {
            "title": "",
            "shows": "",
            "standards": chosen,
            "review_on": "",
            "youth_may_see": False,
        }

    def validate_review_on(self, field: Any) -> None:
        if not field.data:
            return
        day = written.day(field.data)
        if day is None or day >= NEVER_LATER:
            raise ValidationError(_l("Enter the day like 3 March 2027, or leave this empty."))

    def described(self) -> Described:
        return Described(
            title=self.title.data or "",
            shows=self.shows.data or "",
            standards=tuple(self.standards.data or ()),
            review_on=written.day(self.review_on.data or ""),
            youth_may_see=bool(self.youth_may_see.data),
        )


def facts_of(item: EvidenceItem) -> Facts:
    return {
        "title": item.title,
        "shows": item.shows,
        "standards": item.standards,
        "review_on": item.review_on.isoformat() if item.review_on else "",
        "youth_may_see": item.youth_may_see,
    }


# What it is


def _kept(_form: Form, field: Any) -> None:
    why = rules.what_is_not_kept(field.data or "")
    if why:
        raise ValidationError(why)


def _text() -> Any:
    return TextAreaField(
        _l("Your words"),
        validators=[DataRequired(_l("Write a sentence or two about what you do.")), _kept],
        most=3000,
    )


def _link() -> Any:
    return Written(
        _l("The link"),
        ways_of_writing.website,
        needed=_l("Enter the link, like www.example.org/our-rules."),
        most=2000,
    )


class AddWords(DetailsForm):
    text = _text()

    def new_facts(self, chosen: list[str]) -> Facts:
        return {**super().new_facts(chosen), "text": ""}

    def content(self) -> Content:
        return contents.words(self.text.data or "")


class AddLink(DetailsForm):
    link = _link()

    def new_facts(self, chosen: list[str]) -> Facts:
        return {**super().new_facts(chosen), "link": ""}

    def content(self) -> Content:
        return contents.link(self.link.data)


class AddVisit(DetailsForm):
    def content(self) -> Content:
        return contents.at_visit()


class AddFiles(DetailsForm):
    """Several at once: each gets its own file's name as its title, one alone may have another."""

    takes_files = True
    title = StringField(_l("Title, if you send one file"), most=120)
    files = UploadsField(_l("Files"))

    def described_as(self, judged: Judged) -> Described:
        alone = len(self.files.judged) == 1
        title = (self.title.data if alone else "") or title_of(judged.name)
        return replace(self.described(), title=title)


def title_of(name: str) -> str:
    """A file's name as a title: "minutes_2027-03.pdf" reads as minutes 2027-03."""
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split()) or name


class WhyGone(Form):
    """To protect somebody who is in it."""

    why = TextAreaField(
        _l("Why does it have to go? Write no names."),
        validators=[DataRequired(_l("Say in a few words why it has to go. Write no names."))],
        most=300,
    )


class ReplaceForm(SharedForm):
    """Another content in place of the one that stands."""

    before = RadioField(
        _l("What happens to the one before?"),
        choices=[
            SelectChoice(KEEP, _l("Keep it: this one is newer")),
            SelectChoice(
                REMOVE, _l("Destroy it: it shows or names somebody who should not be in it")
            ),
        ],
        default=KEEP,
        validate_choice=False,
    )
    why = TextAreaField(_l("If it is destroyed: why? Write no names."), most=300)

    seen = HiddenField(most=20)
    """The number of the version that stood there when the page was opened."""

    def __init__(self, version: EvidenceVersion, facts: Facts):
        super().__init__(facts)
        if request.method == "GET":
            self.seen.data = str(version.number)
        if self.before.data not in (KEEP, REMOVE):
            self.before.data = KEEP

    def validate_why(self, field: Any) -> None:
        if self.before.data == REMOVE and not field.data:
            raise ValidationError(_l("Say in a few words why it has to go. Write no names."))

    @property
    def seen_number(self) -> int | None:
        """None where the texts are merged, so that nobody's is lost."""
        if self.now:
            return None
        said = self.seen.data or ""
        return int(said) if said.isascii() and said.isdigit() else 0

    @property
    def remove_why(self) -> str:
        return (self.why.data or "") if self.before.data == REMOVE else ""


class ReplaceByWords(ReplaceForm):
    text = _text()

    def __init__(self, version: EvidenceVersion):
        super().__init__(version, {"text": version.text if version.kind == STATEMENT else ""})

    def content(self) -> Content:
        return contents.words(self.text.data or "")


class ReplaceByLink(ReplaceForm):
    link = _link()

    def __init__(self, version: EvidenceVersion):
        super().__init__(version, {"link": version.address if version.kind == LINK else ""})

    def content(self) -> Content:
        return contents.link(self.link.data)


class ReplaceByVisit(ReplaceForm):
    def __init__(self, version: EvidenceVersion):
        super().__init__(version, {})

    def content(self) -> Content:
        return contents.at_visit()


class ReplaceByFile(ReplaceForm):
    takes_files = True
    files = UploadsField(_l("The new file"), at_once=1)

    def __init__(self, version: EvidenceVersion):
        super().__init__(version, {})

    def content(self) -> Content:
        (judged,) = self.files.judged
        if judged.checked is None:
            raise Refused([judged.why])
        return contents.file(judged.checked)


WAYS = ("words", "link", "visit")
ADD = {"words": AddWords, "link": AddLink, "visit": AddVisit}
REPLACE = {"words": ReplaceByWords, "link": ReplaceByLink, "visit": ReplaceByVisit}

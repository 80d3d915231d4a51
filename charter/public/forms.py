"""The register's search."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional, StopValidation

from charter.models import Commitment
from charter.public.queries import Wanted
from web.forms import QueryForm
from web.scheme import Scheme

SORTS = {"name": _l("Name, A to Z"), "newest": _l("Newest first")}
FURTHEST = 100_000
NO_PAGE, NOT_LISTED = _l("Give the page as a number, from 1."), _l("Choose one of these.")


def from_one(_form: Any, field: IntegerField) -> None:
    if field.errors:  # it is no number: that is said already
        raise StopValidation
    if not 1 <= field.data <= FURTHEST:
        raise StopValidation(NO_PAGE)


class RegisterSearch(QueryForm):
    q = StringField(_l("Name of the club or group"), most=100)
    area = SelectField(_l("Area"), default="", invalid_choice_message=NOT_LISTED)
    commitment = SelectField(_l("Commitment"), default="", invalid_choice_message=NOT_LISTED)
    sort = SelectField(_l("Order"), default="name", invalid_choice_message=NOT_LISTED)
    page = IntegerField(
        _l("Page"), [Optional(), from_one], default=1, invalid_value_message=NO_PAGE
    )

    @classmethod
    def of(cls, scheme: Scheme, commitments: list[Commitment]) -> "RegisterSearch":
        form = cls()
        form.area.choices = [
            SelectChoice("", _l("Anywhere")),
            *(SelectChoice(area.key, area.name) for area in scheme.areas),
        ]
        form.commitment.choices = [
            SelectChoice("", _l("Any")),
            *(SelectChoice(c.key, c.title) for c in commitments),
        ]
        form.sort.choices = [SelectChoice(key, label) for key, label in SORTS.items()]
        return form

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            words=self.q.data or "",
            area=self.area.data or "",
            commitment=self.commitment.data or "",
            sort=self.sort.data or "name",
            page=self.page.data or 1,
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q.data or self.area.data or self.commitment.data)

    def query(self, **changed: object) -> dict[str, object]:
        """The query of an address for the same search, with changes; nothing empty."""
        values = {"q": self.q.data, "area": self.area.data, "commitment": self.commitment.data}
        if self.sort.data != "name":
            values["sort"] = self.sort.data
        return {k: v for k, v in (values | changed).items() if v}

"""What is asked of a practitioner."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Form as PlainForm
from wtforms import SelectChoice, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, StopValidation, ValidationError

from accounts.forms.fields import OneOf, SomeOf
from accounts.models import Project
from accounts.not_kept import what_is_not_kept
from charter.sessions import written
from training.models import TrainingRecord
from training.pathways import Pathways, Role
from training.records.entered import UPDATE, Entered, chosen
from training.rules import ALL
from training.states import AT_WORK, COURSE, ONLINE, PRIOR, WAY_WORDS
from web import clock
from web.credentials.foreign import is_badge
from web.credentials.forms import CredentialFileField
from web.files.forms import UploadField
from web.files.receiving import Checked
from web.forms import Form

BADGES = ".json,.jsonld,.jwt,.txt,.svg,.png,application/json,image/svg+xml,image/png"
LONG_AGO = date(1950, 1, 1)
WITH_WORDS = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "text"})
NEVER_KEPT = _l(
    "This looks like a DBS certificate or its number. We never keep those. Your employer tells us "
    "only that its checks are done."
)


def _kept(_form: PlainForm, field: Any) -> None:
    if what_is_not_kept(field.data or ""):
        raise ValidationError(NEVER_KEPT)


class AnyOf(SomeOf):
    """Any number of a list: none too."""

    def pre_validate(self, form: Any) -> None:
        if self.data:
            super().pre_validate(form)
        else:
            self.data = []


class ModuleField(SelectField):
    """A module, or the update of one."""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, validate_choice=False, **more)
        self.type = "SelectField"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002
        if not self.data or self.data not in {c.value for c in self.choices or ()}:
            raise StopValidation(_l("Choose what you learned."))


class CertificateField(UploadField):
    """Optional; what its name or its words say is a DBS certificate is turned away."""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, **more)
        self.type = "UploadField"

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:
        name = self.data.filename if isinstance(self.data, FileStorage) else ""
        if what_is_not_kept("", name or ""):
            raise ValidationError(NEVER_KEPT)
        if form.errors:
            return  # it would be looked at for nothing
        super().post_validate(form, validation_stopped)
        checked = self.checked
        if checked and checked.kind in WITH_WORDS and what_is_not_kept(checked.words()):
            self.checked = None
            raise ValidationError(NEVER_KEPT)


class BadgeField(CredentialFileField):
    """Somebody else's Open Badge.  ``sent``: as it came, once it is known to be one."""

    sent = b""

    def __init__(self, label: Any, **more: Any):
        super().__init__(label, render_kw={"accept": BADGES}, **more)
        self.type = "CredentialFileField"

    def post_validate(self, form: PlainForm, validation_stopped: bool) -> None:  # noqa: ARG002
        self.sent = self.read()
        if self.sent and not is_badge(self.sent):
            raise ValidationError(
                _l("We cannot read this as an Open Badge. Send the file as you got it.")
            )


class RecordForm(Form):
    """Something they learned.  The file's field stands last: it is looked at when all else is."""

    takes_files = True
    module = ModuleField(_l("What did you learn?"))
    day = StringField(_l("When did you finish it?"), most=40)
    provider = StringField(
        _l("Who taught it?"),
        validators=[DataRequired(_l("Enter who taught it, like “County Safeguarding”.")), _kept],
        most=120,
    )
    how = OneOf(
        _l("How?"),
        _l("Choose how you learned it."),
        choices=[SelectChoice(key, WAY_WORDS[key]) for key in (COURSE, ONLINE, AT_WORK)],
        default=COURSE,
    )
    certificate = CertificateField(_l("The certificate, if there is one"))
    badge = BadgeField(_l("An Open Badge for it, if you have one"))

    def offer(self, pathways: Pathways, required: Iterable[str]) -> None:
        self.module.choices = list(_modules(pathways, set(required), updates=True))

    def validate_day(self, field: Any) -> None:
        _past(field)

    def entered(self) -> Entered:
        key, is_update = chosen(self.module.data or "")
        return Entered(
            module=key,
            completed_on=written.day(self.day.data or "") or clock.today(),
            how=str(self.how.data),
            provider=self.provider.data or "",
            is_update=is_update,
        )

    @property
    def sent_file(self) -> Checked | None:
        return self.certificate.checked


class PriorForm(Form):
    """What they learned before, in another way."""

    takes_files = True
    module = ModuleField(_l("Which module do you know already?"))
    words = TextAreaField(
        _l("How did you learn it?"),
        validators=[DataRequired(_l("Write where and how you learned it.")), _kept],
        most=2000,
    )
    day = StringField(_l("When did you last learn it or use it?"), most=40)
    certificate = CertificateField(_l("Something that shows it, if there is anything"))
    badge = BadgeField(_l("An Open Badge for it, if you have one"))

    def offer(self, pathways: Pathways, required: Iterable[str]) -> None:
        self.module.choices = list(_modules(pathways, set(required), updates=False))

    def validate_day(self, field: Any) -> None:
        _past(field)

    def entered(self) -> Entered:
        return Entered(
            module=self.module.data or "",
            completed_on=written.day(self.day.data or "") or clock.today(),
            how=PRIOR,
            words=self.words.data or "",
        )

    @property
    def sent_file(self) -> Checked | None:
        return self.certificate.checked


def _past(field: Any) -> None:
    day = written.day(field.data or "")
    if day is None or day < LONG_AGO:
        raise ValidationError(_l("Enter the day like 3 March 2027."))
    if day > clock.today():
        raise ValidationError(_l("Enter a day that has been. You add it when it is done."))


def _modules(pathways: Pathways, required: set[str], *, updates: bool) -> Iterable[SelectChoice]:
    """What their roles need comes first."""
    yield SelectChoice("", _("Choose"))
    for module in sorted(pathways.modules, key=lambda m: m.key not in required):
        yield SelectChoice(module.key, module.name)
        if updates and module.update:
            yield SelectChoice(module.key + UPDATE, f"{module.name}: {module.update.name}")


def told(record: TrainingRecord) -> dict[str, Any]:
    """What a form shows of a record that is put right."""
    return {
        "module": record.module + (UPDATE if record.is_update else ""),
        "day": record.completed_on.isoformat(),
        "provider": record.provider,
        "how": record.how,
        "words": record.words,
    }


def of_projects(projects: Iterable[Project]) -> list[SelectChoice]:
    """Those that are open."""
    return [SelectChoice(p.slug, p.name) for p in projects if not p.closed]


class RolesForm(Form):
    roles = AnyOf(_l("What do you do there?"), _l("Choose from the list, or nothing."))
    projects = AnyOf(_l("Which projects do you work in?"), _l("Choose from the list, or nothing."))

    def offer(self, roles: Iterable[Role], projects: Iterable[Project]) -> None:
        self.roles.choices = [SelectChoice(r.key, r.name, {"hint": r.about}) for r in roles]
        self.projects.choices = of_projects(projects)


class ShownForm(Form):
    modules = AnyOf(_l("What else may it see?"), _l("Choose from the list, or nothing."))

    def offer(self, pathways: Pathways, needed: Iterable[str]) -> None:
        besides = [m for m in pathways.modules if m.key not in needed]
        self.modules.choices = [
            SelectChoice(ALL, _("All of my training, also what I add later")),
            *(SelectChoice(m.key, m.name) for m in besides),
        ]

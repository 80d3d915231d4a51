"""What training holds of a person, for "Your data" (web.my_data), and how it is erased."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from training import versions
from training.badges.sent import OUTCOME_WORDS
from training.keeping import unused
from training.models import (
    Practitioner,
    PractitionerRole,
    TrainingRecord,
    TrainingRecordEvent,
)
from training.pathways import Pathways
from training.records import queries, writing
from training.rules import ALL
from training.states import HAPPENED, WAY_WORDS, WORDS
from web.audit.chain import name_of
from web.contributions import DataSection, Erasure
from web.credentials.issuing import of_holder

MOST = 500

THINGS = {
    "pathway_version": _l("a version of the Training Pathways"),
    "practitioner": _l("somebody’s training"),
    "practitioner_role": _l("what somebody does for an organisation"),
    "practitioner_project": _l("a project that somebody works in"),
    "shown_module": _l("what an organisation may see of somebody’s training"),
    "training_record": _l("a training record"),
    "training_record_event": _l("a step of a training record"),
}
"""By table, what the record of somebody's acts calls it."""

Row = dict[str, Any]


def sections(session: Session, person: Any) -> Iterable[DataSection]:
    mine = queries.practitioner_of(session, person)
    named = _Names(session)
    yield DataSection(
        "training",
        _("Your training"),
        _(
            "So that you can show what you learned, wherever you go. It is yours. An organisation "
            "sees what your role there needs, and more only if you choose so. It is kept while "
            "you belong to an organisation and for some years after that, also when your account "
            "is deleted because nobody uses it. With the same email address you can have it back."
        ),
        [
            *_roles(mine, named),
            *_projects(mine),
            *_records(session, mine, named),
            *_shown(mine, named),
        ],
        change="my_training.pathway",
    )
    yield DataSection(
        "training-others",
        _("What you did with other people’s training"),
        _("So that it is known who entered or checked it. It stays with their training."),
        _for_others(session, person, named),
    )


class _Names:
    """Modules and roles as today's pathways call them; what they no longer have, by its key."""

    def __init__(self, session: Session):
        version = versions.newest(session)
        self.pathways: Pathways | None = version.pathways if version else None

    def module(self, key: str) -> str:
        found = self.pathways.by_key.get(key) if self.pathways else None
        return f"{key} {found.name}" if found else key

    def role(self, key: str) -> str:
        found = self.pathways.role_by_key.get(key) if self.pathways else None
        return found.name if found else key


def _roles(mine: Practitioner | None, named: _Names) -> Iterable[Row]:
    for role in mine.roles if mine else ():
        yield {
            _("Organisation"): role.organisation.name,
            _("What you do there"): named.role(role.role),
            _("Since"): role.began_at,
            _("Until"): role.left_at,
            _("The employer’s own checks finished"): role.checks_on,
            _("Looked at again"): role.checks_review_on,
            _("You may check colleagues’ training since"): role.may_check_since,
        }


def _projects(mine: Practitioner | None) -> Iterable[Row]:
    for one in mine.projects if mine else ():
        yield {
            _("Organisation"): one.project.organisation.name,
            _("Project you work in"): one.project.name,
            _("Since"): one.chosen_at,
        }


def _records(session: Session, mine: Practitioner | None, named: _Names) -> Iterable[Row]:
    for training in queries.records_of(session, mine) if mine else ():
        yield {
            _("Module"): named.module(training.module),
            _("Completed"): training.completed_on,
            _("How"): str(WAY_WORDS[training.how]),
            _("With whom"): training.provider or None,
            _("In your words"): training.words or None,
            _("Certificate"): training.file_name or None,
            _("Open Badge sent with it"): _badge(training),
            _("How it stands"): str(WORDS[training.state].name),
            _("Checked"): training.checked_at,
            _("Reason"): training.reason or None,
            _("What happened"): [_said(event) for event in training.events],
        }


def _badge(training: TrainingRecord) -> str | None:
    """What was kept of it: its own words, and what we found."""
    badge = training.badge
    if badge is None:
        return None
    said = (badge.title, badge.issuer_name, badge.issuer, badge.names)
    return "; ".join([*filter(None, said), str(OUTCOME_WORDS[badge.outcome])])


def _said(event: TrainingRecordEvent) -> str:
    what = str(HAPPENED[event.verb])
    return f"{what}: {event.note}" if event.note else what


def _shown(mine: Practitioner | None, named: _Names) -> Iterable[Row]:
    for shown in mine.shown if mine else ():
        what = _("all of your training") if shown.module == ALL else named.module(shown.module)
        yield {
            _("Organisation"): shown.organisation.name,
            _("You let it see"): what,
            _("Since"): shown.chosen_at,
        }


# Others'


def _for_others(session: Session, person: Any, named: _Names) -> list[Row]:
    return [
        *_volunteers(session, person),
        *_their_roles(session, person, named),
        *_their_records(session, person, named),
    ]


def _volunteers(session: Session, person: Any) -> Iterable[Row]:
    wanted = select(Practitioner).where(Practitioner.entered_by_id == person.id)
    for found in session.scalars(wanted.order_by(Practitioner.id).limit(MOST)):
        yield _row(_("You entered somebody"), found.began_at, found.reference)


def _their_roles(session: Session, person: Any, named: _Names) -> Iterable[Row]:
    chose, checked = PractitionerRole.chosen_by_id, PractitionerRole.checks_by_id
    let = PractitionerRole.let_check_by_id
    wanted = _of_others(select(PractitionerRole), PractitionerRole.practitioner_id, person)
    mine = wanted.where(or_(chose == person.id, checked == person.id, let == person.id))
    whole = mine.options(joinedload(PractitionerRole.organisation))
    for role in session.scalars(whole.order_by(PractitionerRole.id).limit(MOST)):
        what = _said_of(role, person)
        row = _row(what, role.began_at, role.reference)
        yield row | {_("Organisation"): role.organisation.name, _("Text"): named.role(role.role)}


def _said_of(role: PractitionerRole, person: Any) -> str:
    if role.checks_by_id == person.id:
        return _("You wrote down that the employer’s checks are finished")
    if role.let_check_by_id == person.id:
        return _("You let somebody check the training of colleagues")
    return _("You said what somebody does")


def _their_records(session: Session, person: Any, named: _Names) -> Iterable[Row]:
    wanted = (
        select(TrainingRecordEvent, TrainingRecord)
        .join(TrainingRecord, TrainingRecord.id == TrainingRecordEvent.record_id)
        .where(TrainingRecordEvent.by_id == person.id)
    )
    whole = _of_others(wanted, TrainingRecord.practitioner_id, person)
    for event, training in session.execute(whole.order_by(TrainingRecordEvent.id).limit(MOST)):
        row = _row(str(HAPPENED[event.verb]), event.at, training.reference)
        yield row | {_("Module"): named.module(training.module), _("Text"): event.note or None}


def _of_others(wanted: Any, whose: Any, person: Any) -> Any:
    owner: ColumnElement[bool] = and_(
        Practitioner.id == whose,
        or_(Practitioner.person_id.is_(None), Practitioner.person_id != person.id),
    )
    return wanted.join(Practitioner, owner)


def _row(what: str, at: datetime, reference: str) -> Row:
    return {_("What"): what, _("When"): at, _("Reference"): reference}


# Erasing


def _erase(session: Session, person: Any, *, by: Any, at: datetime) -> None:
    """The record is theirs, so it goes with them: rows, certificates and all.  Where only the
    account's time is over, it waits for them (training.keeping.unused)."""
    mine = queries.practitioner_of(session, person, lock=True)
    if mine is None:
        return
    if unused.stays(mine, by):
        unused.let_go(session, mine, by=by, at=at)
    else:
        writing.forget(session, mine, by=by, at=at)


def _warns(session: Session, person: Any) -> Sequence[str]:
    if queries.practitioner_of(session, person) is None:
        return []
    return [_("Your training goes too, with its certificates. Download your data first.")]


def _keeps(session: Session, person: Any) -> Sequence[str]:
    kept = []
    if _for_others(session, person, _Names(session)):
        kept.append(_("That you entered or checked other people’s training. It stays with theirs."))
    mine = queries.practitioner_of(session, person)
    if mine is not None and of_holder(session, name_of(mine)):
        kept.append(
            _("The numbers of your badges, without your name: whoever checks one reads that it is "
              "taken back.")
        )  # fmt: skip
    return kept


erasure = Erasure(erase=_erase, warns=_warns, keeps=_keeps)

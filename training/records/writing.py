"""All that changes a record: entered, asked for, put right, checked, taken back."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.models import Organisation
from training import rules
from training.badges import sent
from training.models import Practitioner, TrainingRecord
from training.passport import actions as passport
from training.records import queries
from training.records.entered import Entered
from training.records.sampling import drawn
from training.states import ASKED, AWAITING, CHECKED, PRIOR
from training.workflow import TRANSITIONS
from web import credentials
from web.audit import record
from web.audit.chain import name_of
from web.audit.purging import forget_values
from web.files.models import StoredFile
from web.files.receiving import Checked, keep
from web.files.removing import destroy
from web.references import new_reference
from web.workflow import Refused, insist, perform

MOST_RECORDS = queries.MOST


class EnteredAlready(Refused):
    """The same module of the same day stands there."""

    def __init__(self, there: TrainingRecord):
        super().__init__([_("You have added this one already, for the same day.")])
        self.there = there


def enter(
    session: Session,
    practitioner: Practitioner,
    entered: Entered,
    certificate: Checked | None = None,
    *,
    by: Any,
    at: datetime,
) -> TrainingRecord:
    """A record, or a request to recognise prior learning.  Raises Refused, EnteredAlready."""
    insist(rules.may_write_for(by, practitioner))
    queries.hold(session, practitioner)
    _refuse_twice(session, practitioner, entered)
    stored = _keep(session, certificate, by, at)
    prior = entered.how == PRIOR
    made = TrainingRecord(
        practitioner=practitioner,
        state=ASKED if prior else AWAITING,
        entered_at=at,
        entered_by_id=by.id,
        file=stored,
        file_name=certificate.name if certificate is not None else "",
    )
    return _begin(session, made, "ask" if prior else "enter", entered, by, at)


def seen(
    session: Session,
    practitioner: Practitioner,
    entered: Entered,
    organisation: Organisation | None,
    *,
    by: Any,
    at: datetime,
    verb: str = "see",
) -> TrainingRecord:
    """Checked from the start: who gave the training saw it done.  Whether they did is asked by
    training.sessions; never of themselves.  Raises Refused, EnteredAlready."""
    if rules.is_own(by, practitioner):
        raise Refused([rules.NOT_OWN])
    queries.hold(session, practitioner)
    _refuse_twice(session, practitioner, entered)
    reference = new_reference()
    made = TrainingRecord(
        reference=reference,
        draw=drawn(reference, at),
        practitioner=practitioner,
        state=CHECKED,
        entered_at=at,
        entered_by_id=by.id,
        checked_at=at,
        checked_by_id=by.id,
        checked_for_id=organisation.id if organisation is not None else None,
        file_name="",
    )
    return _begin(session, made, verb, entered, by, at)


def arrived(
    session: Session,
    practitioner: Practitioner,
    entered: Entered,
    *,
    trusted: bool,
    by: Any,
    at: datetime,
) -> TrainingRecord:
    """Sent by a learning platform, as an officer (``by``) arranged; ``trusted``: it needs no other
    look, unless it is that officer's own.  Raises Refused, EnteredAlready."""
    if trusted and not rules.is_own(by, practitioner):
        return seen(session, practitioner, entered, None, by=by, at=at, verb="arrive")
    queries.hold(session, practitioner)
    _refuse_twice(session, practitioner, entered)
    made = TrainingRecord(
        practitioner=practitioner,
        state=AWAITING,
        entered_at=at,
        entered_by_id=by.id,
        file_name="",
    )
    return _begin(session, made, "arrive", entered, by, at)


def _begin(
    session: Session,
    made: TrainingRecord,
    verb: str,
    entered: Entered,
    by: Any,
    at: datetime,
) -> TrainingRecord:
    _write(made, entered)
    session.add(made)
    session.flush()
    event = made.happened(verb=verb, before="", by=by, at=at, note="")
    session.add(event)
    session.flush()
    record(session, made, verb, by=by, at=at)
    record(session, event, verb, by=by, at=at)
    return made


def put_right(
    session: Session,
    training: TrainingRecord,
    entered: Entered,
    certificate: Checked | None = None,
    *,
    by: Any,
    at: datetime,
) -> None:
    """What was sent back, or not recognised, is changed and sent again.  Raises Refused."""
    insist(rules.may_write_record(by, training))
    queries.hold(session, training.practitioner)
    _refuse_twice(session, training.practitioner, entered, but=training)
    stored = _keep(session, certificate, by, at)
    _move(session, "ask again" if training.is_prior else "send again", training, by=by, at=at)
    _write(training, entered)
    training.entered_at = at
    if stored is not None and certificate is not None:
        if training.file is not None:
            destroy(session, training.file, by=by, at=at)
        training.file, training.file_name = stored, certificate.name
    session.flush()


def _refuse_twice(
    session: Session,
    practitioner: Practitioner,
    entered: Entered,
    but: TrainingRecord | None = None,
) -> None:
    there = queries.standing_record(
        session, practitioner, entered.module, entered.completed_on, is_update=entered.is_update
    )
    if there is not None and there is not but:
        raise EnteredAlready(there)
    if len(queries.records_of(session, practitioner)) >= MOST_RECORDS:
        raise Refused([_("These are the most records the portal can keep for one person.")])


def _keep(
    session: Session, certificate: Checked | None, by: Any, at: datetime
) -> StoredFile | None:
    """Before anything else is written: while the store is away it raises Refused."""
    return keep(session, certificate, by=by, at=at) if certificate is not None else None


def _write(training: TrainingRecord, entered: Entered) -> None:
    training.module, training.completed_on = entered.module, entered.completed_on
    training.how, training.provider = entered.how, entered.provider
    training.is_update, training.words = entered.is_update, entered.words


def check(
    session: Session,
    training: TrainingRecord,
    *,
    organisation: Organisation | None,
    by: Any,
    at: datetime,
) -> None:
    """Confirmed; ``organisation``: for whom the checker looked, None for the Charter team."""
    _decide(session, "check", training, organisation, "", by, at)


def give_back(
    session: Session, training: TrainingRecord, note: str, *, by: Any, at: datetime
) -> None:
    _move(session, "return", training, by=by, at=at, note=note)


def look_again(
    session: Session, training: TrainingRecord, note: str, *, by: Any, at: datetime
) -> None:
    """A sample of what others checked; this one does not hold."""
    _move(session, "reopen", training, by=by, at=at, note=note)


def hold(session: Session, training: TrainingRecord, *, by: Any, at: datetime) -> None:
    """A sample of what others checked; this one stands."""
    _move(session, "hold", training, by=by, at=at)


def recognise(
    session: Session,
    training: TrainingRecord,
    reason: str,
    *,
    organisation: Organisation | None,
    by: Any,
    at: datetime,
) -> None:
    _decide(session, "recognise", training, organisation, reason, by, at)


def refuse(
    session: Session, training: TrainingRecord, reason: str, *, by: Any, at: datetime
) -> None:
    _decide(session, "refuse", training, None, reason, by, at)


def withdraw(session: Session, training: TrainingRecord, *, by: Any, at: datetime) -> None:
    """Taken back by its owner: its certificate goes, the history stays."""
    _move(session, "withdraw", training, by=by, at=at)
    sent.forget(session, training, by=by, at=at)
    if training.file is not None:
        destroy(session, training.file, by=by, at=at)


def destroy_certificate(
    session: Session, training: TrainingRecord, *, by: Any, at: datetime
) -> None:
    """By its owner; or by who checks it and finds what the portal never keeps."""
    insist(rules.may_see_record(by, training))
    if training.file is not None:
        destroy(session, training.file, by=by, at=at)
        record(session, training, "destroy certificate", by=by, at=at)


def _decide(
    session: Session,
    name: str,
    training: TrainingRecord,
    organisation: Organisation | None,
    reason: str,
    by: Any,
    at: datetime,
) -> None:
    def say_who() -> None:
        training.checked_at, training.checked_by_id = at, by.id
        training.draw = drawn(training.reference, at)
        training.checked_for_id = organisation.id if organisation is not None else None
        training.reason = reason.strip()

    _move(session, name, training, by=by, at=at, note=reason, also=say_who)


def _move(
    session: Session,
    name: str,
    training: TrainingRecord,
    *,
    by: Any,
    at: datetime,
    note: str = "",
    also: Any = None,
) -> None:
    with session.no_autoflush:
        event = perform(TRANSITIONS, name, training, by=by, at=at, note=note)
        session.add(event)
        if also is not None:
            also()
    session.flush()
    record(session, training, name, by=by, at=at)
    record(session, event, name, by=by, at=at)


# Forgetting


def forget(session: Session, practitioner: Practitioner, *, by: Any, at: datetime) -> None:
    """All of it, rows and files: the owner asked, or it was kept for long enough."""
    queries.hold(session, practitioner)
    credentials.forget(session, name_of(practitioner), by=by, at=at)
    passport.forget_all(session, practitioner, by=by, at=at)
    for booking in list(practitioner.bookings):
        for step in list(booking.events):
            _gone(session, step, by, at)
        _gone(session, booking, by, at)
    for training in list(practitioner.records):
        for event in list(training.events):
            _gone(session, event, by, at)
        if training.file is not None:
            destroy(session, training.file, by=by, at=at)
        sent.forget(session, training, by=by, at=at)
        _gone(session, training, by, at)
    for thing in (*practitioner.shown, *practitioner.projects, *practitioner.roles):
        _gone(session, thing, by, at)
    session.expire(practitioner, ["records", "roles", "shown", "projects"])
    _gone(session, practitioner, by, at)


def _gone(session: Session, thing: Any, by: Any, at: datetime) -> None:
    """The chain keeps that there was one, and no word of it."""
    forget_values(session, thing)
    record(session, thing, "forget", by=by, at=at)
    session.delete(thing)
    session.flush()

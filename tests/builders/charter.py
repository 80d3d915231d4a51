"""Pledges in every state, made by the real actions."""

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import count

from flask import current_app
from sqlalchemy.orm import Session

from accounts.actions.organisations import Details, check_organisation, register_organisation
from accounts.models import Membership, Organisation, Person
from charter import actions, content, queries, states
from charter.models import CharterVersion, Pledge
from tests.builders.people import officer, person
from web import clock
from web.audit import record

GOOD = {
    "safe": "Two of us stand at the door each night until the last young person has gone home.",
    "respect": "We learn every new name in three weeks, and ask how to say it.",
    "heard": "Each term we ask what to change first, and tell everyone what came of it.",
}
_number = count(1)


def charter(session: Session) -> CharterVersion:
    """The text the portal starts with: example text."""
    content.load_default(session)
    session.commit()
    found = queries.current_charter(session)
    assert found is not None
    return found


def agreed_charter(session: Session, code: str = "2027") -> CharterVersion:
    """The same words, agreed by a group of young people: pledges to it can be confirmed."""
    text = content.read(content.DEFAULT).model_copy(
        update={"code": code, "agreed_by": "The Tuesday group", "agreed_on": date(2027, 2, 1)}
    )
    version = content.publish(session, text, by="system:test", at=clock.now())
    session.commit()
    assert version is not None
    return version


def club(
    session: Session, lead: Person | None = None, name: str | None = None, **more: object
) -> Organisation:
    """A registered organisation, not checked yet."""
    details = {"kind": "club", "areas": ["ashfield"], "volunteer_run": True} | more
    name = name or f"Kites Youth Club {next(_number)}"
    made = register_organisation(
        session,
        Details(name=name, **details),  # type: ignore[arg-type]
        by=lead or person(session),
        at=clock.now(),
    )
    session.commit()
    return made


def joined(session: Session, organisation: Organisation, role: str, name: str = "Sam") -> Person:
    """Somebody who belongs to it."""
    made = person(session, name)
    row = Membership(person=made, organisation=organisation, role=role, began_at=clock.now())
    session.add(row)
    session.flush()
    record(session, row, "begin", by=made, at=clock.now())
    session.commit()
    return made


def lead_of(organisation: Organisation) -> Person:
    return next(m.person for m in organisation.memberships if m.role == "lead" and not m.ended_at)


def pledge(
    session: Session,
    state: str = states.DRAFT,
    *,
    organisation: Organisation | None = None,
    by: Person | None = None,
    written: Mapping[str, str] = GOOD,
    version: CharterVersion | None = None,
) -> Pledge:
    """A pledge in a state, led there by those who may.  ``by`` is the officer."""
    organisation = organisation or club(session)
    version = version or queries.current_charter(session) or agreed_charter(session)
    made = begun(session, organisation, version)
    if state == states.DRAFT:
        return made
    fill(session, made, written)
    lead = lead_of(organisation)
    if state == states.WITHDRAWN:
        actions.withdraw(session, made, by=lead, at=clock.now(), note="We closed.")
    else:
        actions.send(session, made, by=lead, at=clock.now(), scheme=scheme())
        if state != states.SENT:
            decide(session, made, state, by or officer(session))
    session.commit()
    return made


def begun(session: Session, organisation: Organisation, version: CharterVersion) -> Pledge:
    made = actions.begin(
        session, organisation, version, by=lead_of(organisation), at=clock.now(), scheme=scheme()
    )
    session.commit()
    return made


def fill(session: Session, made: Pledge, written: Mapping[str, str] = GOOD) -> None:
    """All that sending needs."""
    who = {"by": lead_of(made.organisation), "at": clock.now()}
    actions.see_details(
        session, made, contact_name="Amina Khan", contact_email="amina@example.org", **who
    )
    actions.cover_all_as_one(session, made, **who)
    actions.name_signatory(session, made, name="Joan Price", role="Chair", **who)
    if made.renews is not None:  # every commitment is asked for, and how the year before went
        written = {c.key: GOOD["safe"] for c in made.charter_version.commitments} | dict(written)
        for action in made.renews.actions:
            said = "We did it each week of the year."
            actions.look_back(session, made, action, how="kept", text=said, **who)
    for commitment in made.charter_version.commitments:
        if commitment.key in written:
            actions.write_action(session, made, commitment, written[commitment.key], **who)
    session.commit()


def decide(session: Session, made: Pledge, state: str, by: Person) -> None:
    """From sent to any state that comes after it."""
    at = clock.now()
    if state == states.RETURNED:
        notes = {"commitment-1": "Say when."}
        actions.return_with_notes(
            session, made, notes, by=by, at=at, note="Nearly there.", scheme=scheme()
        )
        return
    if made.organisation.state == "unchecked":
        check_organisation(session, made.organisation, by=by, at=at)
    actions.confirm(session, made, by=by, at=at, scheme=scheme(), example=False)
    if state in (states.SUSPENDED, states.ENDED):
        actions.suspend(session, made, by=by, at=at, note="A worry.", scheme=scheme())
    if state == states.ENDED:
        actions.end(session, made, by=by, at=at, note="It did not get better.")
    if state == states.RENEWED:
        renewed(session, made, by)
    if state in (states.DUE, states.LAPSED):
        days = 366 if state == states.DUE else 500
        actions.move_with_the_date(session, at + timedelta(days=days), scheme())


def renewal(session: Session, standing: Pledge, state: str = states.DRAFT) -> Pledge:
    """The next pledge after one that is due or ran out, by its lead; ``standing`` may be early."""
    organisation, at = standing.organisation, clock.now()
    version = queries.current_charter(session)
    assert version is not None
    made = begun(session, organisation, version)
    if state != states.DRAFT:
        fill(session, made)
        actions.send(session, made, by=lead_of(organisation), at=at, scheme=scheme())
        session.commit()
    return made


def renewed(session: Session, made: Pledge, by: Person) -> Pledge:
    """The renewal of a live pledge, confirmed 30 days before its year is over."""
    now = clock.now()
    assert made.due_on is not None
    clock.freeze(clock.begins(made.due_on - timedelta(days=30)) + timedelta(hours=10))
    session.commit()
    after = renewal(session, made, states.SENT)
    actions.confirm(session, after, by=by, at=clock.now(), scheme=scheme(), example=False)
    session.commit()
    clock.freeze(now)
    return after


def scheme():  # type: ignore[no-untyped-def] # the scheme file as it is loaded
    return current_app.extensions["scheme"]

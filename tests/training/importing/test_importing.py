"""From a sheet to records: looked at, written, taken back; nothing doubled and nothing lost."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from accounts.actions import colleagues
from tests.builders import accounts, people
from tests.builders import imports as build
from tests.builders import training as trainings
from tests.conftest import NOW, SECRET
from training.importing import adding, beginning, keeping, looking, queries
from training.importing.states import ADD, ADDED, CANNOT, STAYS, TAKEN_BACK, THERE
from training.models import (
    Practitioner,
    TrainingImportRow,
    TrainingRecord,
    TrainingRecordEvent,
)
from training.records import writing
from training.records.queries import practitioner_of
from web import clock
from web.audit.verify import verify
from web.erasing import erase
from web.mail import OutboxMail
from web.my_data import sections_of
from web.workflow import Refused

SAM, VIC = "sam@example.org", "vic@example.org"


@pytest.fixture
def sam(session, organisation):
    """A colleague who has not said yet what they do."""
    made = people.person(session, "Sam Reid", email=SAM)
    asked = accounts.invitation(session, organisation, SAM, "viewer")

    colleagues.accept_invitation(session, asked, by=made, at=clock.now())
    session.commit()
    return made


def fates(session, it):
    session.expire_all()
    wanted = select(TrainingImportRow).where(TrainingImportRow.import_id == it.id)
    rows = session.scalars(wanted.order_by(TrainingImportRow.number))
    return [row.fate for row in rows]


def records(session):
    return session.scalars(select(TrainingRecord).order_by(TrainingRecord.id)).all()


def row(name="", email="", module="W1", day="1 March 2027", how="", provider=""):
    return (name, email, module, day, how, provider)


SHEET = [
    row("", SAM),
    row("Vic Vale", VIC, "W2", "03/02/2027", "online", "Mill Lane"),
    row("Ann Other", "", "W1"),
    row("Ann Other", "", "W2"),
    row("Ann Other", "", "W2"),
    row("Ann Other", "", "Z9"),
]


def test_a_dry_run_says_what_becomes_of_every_row_and_writes_nothing(session, organisation, sam):
    it = build.begun(session, organisation, SHEET)
    assert fates(session, it) == [ADD, ADD, ADD, ADD, THERE, CANNOT]
    assert queries.counts(session, it) == {ADD: 4, THERE: 1, CANNOT: 1}
    assert session.scalar(select(func.count()).select_from(TrainingRecord)) == 0
    assert session.scalar(select(func.count()).select_from(Practitioner)) == 0
    assert not session.scalars(
        select(OutboxMail).where(OutboxMail.kind == "training/entered")
    ).all()


def test_what_is_confirmed_is_written_and_the_chain_holds(session, organisation, lead, sam):
    it = build.added(session, organisation, SHEET)
    assert fates(session, it) == [ADDED, ADDED, ADDED, ADDED, THERE, CANNOT]
    assert it.state == "done"
    found = records(session)
    assert {(r.practitioner.called, r.module) for r in found} == {
        ("Sam Reid", "W1"), ("Vic Vale", "W2"), ("Ann Other", "W1"), ("Ann Other", "W2"),
    }  # fmt: skip
    assert {(r.state, r.entered_by_id, r.version) for r in found} == {
        ("awaiting check", lead.id, 1)
    }
    vic = next(r for r in found if r.practitioner.called == "Vic Vale")
    assert (vic.how, vic.provider, str(vic.completed_on)) == ("online", "Mill Lane", "2027-02-03")
    assert [e.verb for e in vic.events] == ["import"]
    assert practitioner_of(session, sam).records
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "training/entered")).all()
    assert [mail.address for mail in mails] == [VIC]
    assert list(verify(session, SECRET[::-1].encode())) == []


def test_the_same_sheet_again_adds_nothing(session, organisation, sam):
    trainings.with_roles(session, sam, organisation, "volunteer")
    build.added(session, organisation, SHEET)
    again = build.begun(session, organisation, SHEET)
    assert fates(session, again) == [THERE, THERE, THERE, THERE, THERE, CANNOT]
    with pytest.raises(Refused):
        beginning.confirm(session, again, by=accounts.lead_of(organisation), at=clock.now())


def test_an_organisation_does_not_learn_what_it_may_not_see(session, organisation, sam):
    """Sam has no role there: whether W1 is there already is Sam's own affair."""
    trainings.entered(session, sam, "W1", NOW.date() - timedelta(days=1))
    it = build.added(session, organisation, [row("", SAM, "W1", "1 March 2027")])
    assert fates(session, it) == [ADDED]
    assert len(records(session)) == 1


def test_nobody_checks_their_own(session, organisation, lead):
    build.added(session, organisation, [row("", lead.email)])
    (own,) = records(session)
    with pytest.raises(Refused):
        writing.check(session, own, organisation=organisation, by=lead, at=clock.now())


def test_of_two_who_confirm_one_does(session, organisation, lead):
    it = build.confirmed(session, organisation, [row("Ann Other")])
    with pytest.raises(Refused):
        beginning.confirm(session, it, by=lead, at=clock.now())
    session.rollback()
    build.worked(session)
    build.worked(session)
    assert len(records(session)) == 1


def test_a_worker_that_is_killed_goes_on_where_it_was(session, organisation, pathways, monkeypatch):
    monkeypatch.setattr(adding, "CHUNK", 2)
    it = build.confirmed(session, organisation, [row(f"Person {n}") for n in range(5)])
    adding.add(session, it.id, pathways.pathways, clock.now())
    session.commit()
    adding.add(session, it.id, pathways.pathways, clock.now())
    session.rollback()
    assert (it.done_to, len(records(session))) == (3, 2)
    build.worked(session)
    assert fates(session, it) == [ADDED] * 5
    assert len(records(session)) == 5


def test_large_sheets_are_looked_at_by_the_worker(session, organisation, monkeypatch):
    monkeypatch.setattr(looking, "CHUNK", 2)
    it = build.confirmed(session, organisation, SHEET)
    assert fates(session, it)[1:] == [ADD, ADD, ADD, THERE, CANNOT]
    table = enumerate([list(build.HEADINGS), *map(list, SHEET)], start=1)
    lead = accounts.lead_of(organisation)
    other = beginning.begin(session, organisation, "b.csv", table, by=lead, at=clock.now())
    session.commit()
    with pytest.raises(Refused, match="No row"):
        beginning.confirm(session, other, by=lead, at=clock.now())
    build.worked(session)
    assert other.is_looked_at
    assert set(fates(session, other)) == {THERE, CANNOT}


def test_much_may_happen_before_it_is_written(session, organisation, sam, lead):
    it = build.confirmed(session, organisation, [row("", SAM), row("Ann Other")])
    standing = accounts.membership(session, organisation, sam)

    colleagues.end_membership(session, standing, by=lead, at=clock.now())
    session.commit()
    build.worked(session)
    assert fates(session, it) == [CANNOT, ADDED]


def test_who_leads_no_more_adds_no_more(session, organisation, lead):
    other = accounts.member(session, organisation, "lead", "Lou Lead")
    it = build.confirmed(session, organisation, [row("Ann Other")], by=other)

    standing = accounts.membership(session, organisation, other)
    colleagues.end_membership(session, standing, by=lead, at=clock.now())
    session.commit()
    build.worked(session)
    assert fates(session, it) == [CANNOT]
    assert not records(session)


def test_only_so_many_new_people_are_written_to_in_a_day(app, session, organisation, monkeypatch):
    few = app.extensions["settings"].model_copy(update={"invitations_a_day": 1})
    monkeypatch.setitem(app.extensions, "settings", few)
    sheet = [row("Ann Other", "ann@example.org"), row("Bea Best", "bea@example.org"), row("Cy Coe")]
    it = build.added(session, organisation, sheet)
    assert fates(session, it) == [ADDED, CANNOT, ADDED]


# Undoing


def undone(session, it):
    beginning.undo(session, it, by=it.confirmed_by, at=clock.now())
    session.commit()
    build.worked(session)


def test_it_is_undone_as_a_whole(session, organisation, sam):
    it = build.added(session, organisation, SHEET)
    undone(session, it)
    assert it.state == "undone"
    assert fates(session, it) == [TAKEN_BACK] * 4 + [THERE, CANNOT]
    for model in (TrainingRecord, TrainingRecordEvent, Practitioner):
        assert session.scalar(select(func.count()).select_from(model)) == 0
    assert list(verify(session, SECRET[::-1].encode())) == []


def test_what_somebody_worked_with_stays_and_is_named(session, organisation, sam):
    it = build.added(session, organisation, SHEET)
    first, *_ = records(session)
    officer = people.officer(session)
    writing.check(session, first, organisation=None, by=officer, at=clock.now())
    session.commit()
    undone(session, it)
    assert fates(session, it) == [STAYS] + [TAKEN_BACK] * 3 + [THERE, CANNOT]
    assert [r.state for r in records(session)] == ["checked"]
    assert practitioner_of(session, sam) is not None


def test_a_day_later_it_stays(session, organisation, lead):
    it = build.added(session, organisation, [row("Ann Other")])
    clock.freeze(NOW + timedelta(hours=25))
    with pytest.raises(Refused, match="A day has gone by"):
        beginning.undo(session, it, by=lead, at=clock.now())


# What is kept


def test_the_rows_go_a_day_later_and_what_happened_stays(session, organisation):
    done = build.added(session, organisation, [row("Ann Other")])
    open_ = build.begun(session, organisation, [row("Bea Best")])
    at = NOW + timedelta(hours=23)
    assert not keeping.retention.due(session, at)
    at = NOW + timedelta(hours=25)
    due = list(keeping.retention.due(session, at))
    assert due == [done.id, open_.id]
    for number in due:
        keeping.retention.take_away(session, number, at)
    session.commit()
    assert session.scalar(select(func.count()).select_from(TrainingImportRow)) == 0
    assert (done.name, done.headings, done.state, open_.state) == ("", [], "done", "thrown away")
    assert len(records(session)) == 1
    assert not keeping.retention.due(session, at)


def test_what_a_row_says_of_somebody_is_theirs_to_see_and_goes_with_them(
    session, organisation, sam
):
    it = build.begun(session, organisation, SHEET)
    (section,) = [s for s in sections_of(session, sam) if s.key == "training-imports"]
    assert any(SAM in (row.get("Text") or []) for row in section.rows)
    erase(session, sam, by=sam, at=clock.now())
    session.commit()
    assert len(fates(session, it)) == len(SHEET) - 1


def test_an_organisation_that_is_merged_takes_its_sheets_along(session, organisation, lead):
    other = accounts.checked_organisation(session, name="Otters")
    it = build.confirmed(session, organisation, [row("Ann Other")])
    assert keeping.merging.obstacles(session, other, organisation)
    build.worked(session)
    assert not keeping.merging.obstacles(session, other, organisation)
    who = {"by": people.officer(session), "at": clock.now()}
    memo = keeping.merging.merge(session, other, organisation, **who)
    session.commit()
    assert it.organisation is other
    keeping.merging.undo(session, other, organisation, memo, **who)
    session.commit()
    assert it.organisation is organisation

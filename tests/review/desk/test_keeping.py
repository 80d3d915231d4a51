"""How long an assessor's words are kept: notes for a year, the rest with the case."""

from datetime import timedelta

from sqlalchemy import select

from review.desk import keeping
from review.models import Reading
from tests.builders import review as build
from tests.builders import sending
from web import clock


def rows(session, person):
    (section,) = keeping.my_data(session, person)
    return section.rows


def notes(session):
    return set(session.scalars(select(Reading.private_note)))


def test_each_downloads_their_own_words_alone(session, parts, lead):
    build.wrote(session, parts[0], "A1", reason="So.", private_note="Mine.")
    asked = build.asked(session, parts[0], "B1", "How often?")
    assert "Mine." in str(rows(session, parts[0].person))
    assert "How often?" in str(rows(session, parts[0].person))
    assert rows(session, parts[1].person) == []
    asked.answer, asked.answered_by_id = "Weekly.", lead.id
    told = str(rows(session, lead))
    assert "Weekly." in told
    assert "How often?" not in told


def test_notes_go_a_year_after_it_was_decided_or_taken_back(session, case, parts):
    build.sent(session, parts[0], private_note="Mine.")
    session.commit()
    later = clock.now() + timedelta(days=800)
    assert keeping.retention.due(session, later) == []
    sending.withdrawn(session, case.submission)
    assert keeping.retention.due(session, clock.now() + timedelta(days=360)) == []
    due = keeping.retention.due(session, clock.now() + timedelta(days=370))
    assert len(due) == 12
    for one in due:
        keeping.retention.take_away(session, one, clock.now() + timedelta(days=370))
    session.commit()
    assert notes(session) == {""}


def test_erasing_somebody_takes_their_notes_and_leaves_what_was_sealed(session, parts):
    build.sent(session, parts[0], private_note="Mine.")
    session.commit()
    person = parts[0].person
    assert keeping.keeps(session, person)
    keeping.erasure.erase(session, person, by="system:test", at=clock.now())
    session.commit()
    assert notes(session) == {""}
    assert set(session.scalars(select(Reading.reason))) == {"It works."}

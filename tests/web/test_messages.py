"""Messages we sent you: one's own alone, without secrets, and not for ever."""

import smtplib
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.builders import people
from tests.conftest import NOW
from tests.web.test_digest import forget
from web import clock
from web.mail import OutboxMail, keeping, post, sending
from web.mail.models import DigestReader, ToldReminder

DAY = timedelta(days=1)


def posted(session, person, kind="accounts/password_changed", **facts):
    mail = post(
        session,
        kind,
        to=person.email,
        at=clock.now(),
        person_id=person.id,
        person=person.id,
        **facts,
    )
    session.commit()
    return mail


def deliver(app, session):
    with app.test_request_context(base_url="http://localhost"):
        sending.send_due(app.extensions["database"])
    session.expire_all()


def texts(page):
    return [" ".join(li.get_text().split()) for li in page.select("li.app-message")]


def test_each_sees_their_own_newest_first_without_what_lets_them_in(client, session, app):
    sam, other = people.person(session, "Sam"), people.person(session, "Other")
    posted(session, sam)
    deliver(app, session)
    clock.freeze(NOW + DAY)
    posted(session, sam, "accounts/reset")
    posted(session, other, "accounts/renamed")
    deliver(app, session)
    waiting = posted(session, sam)
    client.sign_in(sam)
    one, two = texts(client.page("/my/messages"))
    assert "3 March 2027" in one
    assert "[link removed]" in one
    assert "2 March 2027" in two
    assert waiting.sent_at is None
    client.sign_in(people.person(session, "New"))
    assert "We have sent you nothing yet." in client.page("/my/messages").main.get_text()


def test_what_could_not_be_delivered_says_so_and_can_be_read(client, session, app, monkeypatch):
    sam = people.person(session)
    mail = posted(session, sam)

    def refuse(mail, letter):
        raise smtplib.SMTPRecipientsRefused({mail.address: (550, b"no such mailbox")})

    monkeypatch.setattr(sending, "_hand_over", refuse)
    deliver(app, session)
    assert mail.gave_up_at is not None
    client.sign_in(sam)
    [one] = texts(client.page("/my/messages"))
    assert "Could not be delivered" in one
    assert "choose a new password" in one


def test_there_are_twenty_on_a_page(client, session, app):
    sam = people.person(session)
    for _ in range(23):
        posted(session, sam)
    deliver(app, session)
    client.sign_in(sam)
    first = client.page("/my/messages")
    assert len(texts(first)) == 20
    assert "1 to 20 of 23" in first.main.get_text()
    assert len(texts(client.page("/my/messages?page=2"))) == 3
    assert len(texts(client.page("/my/messages?page=junk"))) == 20


@pytest.mark.parametrize(("after", "count"), [(364, 0), (367, 2)])
def test_the_words_are_forgotten_after_a_year(client, session, app, after, count, monkeypatch):
    sam = people.person(session)
    sent = posted(session, sam)
    posted(session, people.person(session, "Alex"), "no.such")
    monkeypatch.setattr(sending, "PATIENCE", ())
    deliver(app, session)
    waiting = posted(session, sam)
    at = NOW + after * DAY
    assert forget(session, "messages", at) == count
    assert forget(session, "messages", at) == 0
    forgotten = count > 0
    assert (sent.body is None, sent.address == "", sent.facts == {}) == (forgotten,) * 3
    assert waiting.address == sam.email
    session.commit()
    client.sign_in(sam)
    [one] = texts(client.page("/my/messages"))
    assert ("The text is no longer kept" in one) is forgotten


def test_my_data_tells_of_mails_and_reminders(session, app):
    sam = people.person(session)
    posted(session, sam)
    posted(session, people.person(session, "Other"))
    deliver(app, session)
    session.add(ToldReminder(person_id=sam.id, key="pledge:AB12:60", told_at=NOW))
    keeping.want_reminders(session, sam.id, wanted=False, at=NOW)
    messages, reminders = keeping.my_data(session, sam)
    [mail] = messages.rows
    assert mail["To"] == sam.email
    assert "password" in mail["Text"]
    assert [row["What"] for row in reminders.rows] == ["You want no reminders", "pledge:AB12:60"]


def test_erasing_takes_the_words_and_stops_what_waits_but_not_the_last_mail(session, app):
    sam, other = people.person(session), people.person(session, "Other")
    sent, theirs = posted(session, sam), posted(session, other)
    deliver(app, session)
    waiting = posted(session, sam)
    session.add(ToldReminder(person_id=sam.id, key="one", told_at=NOW))
    keeping.want_reminders(session, sam.id, wanted=False, at=NOW)
    at = NOW + DAY
    clock.freeze(at)
    farewell = posted(session, sam)
    keeping.erase(session, sam, by=sam, at=at)
    session.commit()
    assert [m.address for m in (sent, waiting, farewell, theirs)] == [
        "",
        "",
        sam.email,
        other.email,
    ]
    assert waiting.gave_up_at == at
    assert (
        session.scalars(select(ToldReminder)).all()
        == session.scalars(select(DigestReader)).all()
        == []
    )
    deliver(app, session)
    assert (waiting.sent_at, farewell.sent_at) == (None, at)


def test_the_list_takes_the_same_statements_for_few_and_many(client, session, app):
    from tests.charter.counting import statements

    counts = []
    sam = people.person(session)
    client.sign_in(sam)
    for _ in range(2):
        for _ in range(8):
            posted(session, sam)
        deliver(app, session)
        with statements(app) as said:
            client.page("/my/messages")
        counts.append(len(said))
    assert counts[0] == counts[1]
    assert session.scalars(select(OutboxMail)).all()

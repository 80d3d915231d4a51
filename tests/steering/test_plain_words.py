"""What a young member reads is written in few and plain words."""

import re

import pytest

from tests.builders import people, youth
from tests.test_reading_age import LONGEST, NINE_ON_A_SHORT_PAGE, grade, sentences
from web import clock


@pytest.mark.once
def test_every_page_of_a_young_member_reads_at_nine(app, client, session):
    from steering import actions

    officer = people.officer(session)
    seat = actions.make_seat(session, "youth", "", by=officer, at=clock.now())
    asked = youth.invited(session, seat, by=officer)
    session.commit()
    told = {page: sentences(app, client.page(page)) for page in (
        "/join-seat", "/join-seat/code", "/join-seat/waits", "/seat-sign-in",
    )}  # fmt: skip
    client.send("/join-seat/code", code=youth.code(asked))
    told["you"] = sentences(app, client.page("/join-seat/you"))
    person = youth.opened(session, asked, "Comet", by=officer)
    asked.reset_at = clock.now()
    session.commit()
    client.sign_in(person)
    for page in ("/my/steering/", "/my/steering/ties/new"):
        told[page] = sentences(app, client.page(page))
    assert "I go there" in client.page("/my/steering/ties/new").main.get_text()
    hard = {page: grade(said) for page, said in told.items()}
    assert {page: level for page, level in hard.items() if level > NINE_ON_A_SHORT_PAGE} == {}
    long = re.split(r"(?<=[.?])\s+", " ".join(one for said in told.values() for one in said))
    assert [one for one in long if len(one.split()) > LONGEST] == []

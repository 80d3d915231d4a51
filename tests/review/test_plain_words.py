"""What young assessors and young members read of a case is written in few and plain words."""

import re

import pytest

from endorsement.sending.snapshot import Declared
from review.panel.voting import Choice
from review.states import DESK, PANEL, VISIT
from tests.builders import panel, sending
from tests.builders import review as build
from tests.test_reading_age import LONGEST, NINE_ON_A_SHORT_PAGE, grade, sentences

LEVEL = Declared("Joan Price", "Chair", "excellent")
NOT_OURS = ".app-voices p:not(.app-note), .app-voices li, .govuk-radios__hint, .app-scroll, .govuk-task-list"
"""What the organisation wrote, and what the framework says: that has its own test."""


@pytest.mark.once
def test_every_page_of_a_case_reads_at_nine_for_young_people(app, client, session, group):
    """A whole case, from being asked to having voted."""
    told = {}

    def read(person, *addresses, once=""):
        client.sign_in(person)
        for address in addresses:
            page = client.page(address)
            for node in page.main.select(NOT_OURS):
                node.extract()
            told[f"{address} {once}"] = [unnamed(one) for one in sentences(app, page)]

    def unnamed(sentence):
        """Standards are called what they are called."""
        for standard in case.standards:
            sentence = sentence.replace(standard.name, "this")
        return sentence

    case = build.waiting(session, sending.sent(session, declared=LEVEL))
    build.given(session, group, case)
    session.commit()
    young, here = group.young[0], f"/assess/{case.reference}"
    read(young, "/my/", "/assess/", here, f"{here}/part", "/assess/sheets", once="asked")
    build.case_at(session, group, DESK, case.submission)
    read(young, "/my/", "/assess/", here, f"{here}/standards/B1", f"{here}/send", f"{here}/worry")
    mine = next(a for a in case.allocations if a.part == "young")
    build.whole(session, mine)
    session.commit()
    read(young, f"{here}/send", once="whole")
    build.case_at(session, group, VISIT, case.submission)
    visit = build.arranged(session, group, case)
    session.commit()
    read(young, "/my/", "/assess/sheets", f"/assess/sheets/{visit.reference}", once="visit")
    build.case_at(session, group, PANEL, case.submission)
    member = group.members["youth"][0]
    vote = f"/panel/{case.reference}"
    read(member, "/my/", "/panel/", f"{vote}/ties")
    for ballot in panel.ballots(case, "youth"):
        panel.open_pack(session, ballot)
    session.commit()
    read(member, vote, f"{vote}/vote")
    for ballot in panel.ballots(case, "youth"):
        panel.vote(session, ballot, Choice("not yet"))
    session.commit()
    read(member, "/my/", "/panel/", vote, f"{vote}/vote", once="voted")
    hard = {
        page: (round(grade(said), 1), said)
        for page, said in told.items()
        if said and grade(said) > NINE_ON_A_SHORT_PAGE
    }
    assert hard == {}
    long = re.split(r"(?<=[.?])\s+| · ", " ".join(one for said in told.values() for one in said))
    assert [one for one in long if len(one.split()) > LONGEST] == []

"""What becomes of evidence in time: frozen, removed from what was sent, reminded of, merged."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.actions import merging
from endorsement.evidence import actions, contents, queries
from endorsement.evidence.freezing import frozen, turned_away, version_of
from endorsement.evidence.reminding import reminders
from endorsement.evidence.removing import remove
from endorsement.models import EvidenceItem
from tests.builders import accounts, evidence, people, quality, sending
from tests.charter.counting import statements
from tests.conftest import NOW
from tests.web.files import making
from web import clock
from web.audit import record
from web.files.models import BEING_CHECKED, REFUSED
from web.my_data import sections_of

TODAY = date(2027, 3, 2)


def test_what_is_frozen_is_what_stands_by_hash(session, club):
    evidence.item(session, club, "Not asked for", standards=("C1",))
    words = evidence.item(session, club, content=contents.words("We ask."), standards=("A1", "C2"),
                          shows="Listening", review_on=TODAY, youth_may_see=True)  # fmt: skip
    file = evidence.file(session, club, b"We meet.", "plan.txt", title="Plan", standards=("A1",))
    gone = evidence.item(session, club, "Gone", standards=("A1",))
    remove(session, gone.current, "A name.", by=accounts.lead_of(club), at=NOW)
    away = evidence.item(session, club, "Away", standards=("A1",))
    actions.put_away(session, away, by=accounts.lead_of(club), at=NOW)
    session.commit()
    assert frozen(session, club, ["A1", "B1"]) == [
        {
            "reference": words.reference, "version": 1, "kind": "statement",
            "title": "How we listen", "shows": "Listening", "standards": ["A1"],
            "sha256": words.current.digest, "file": None,
            "review_on": "2027-03-02", "youth_may_see": True, "being_checked": False,
        },
        {
            "reference": file.reference, "version": 1, "kind": "file", "title": "Plan",
            "shows": "", "standards": ["A1"], "sha256": file.current.file.sha256,
            "file": {"name": "plan.txt", "size": 8}, "review_on": None, "youth_may_see": False,
            "being_checked": False,
        },
    ]  # fmt: skip
    assert contents.words("We ask.").digest == words.current.digest


def test_a_file_in_the_virus_check_says_so_and_a_refused_one_is_not_sent(session, club):
    file = evidence.file(session, club, b"We meet.", "plan.txt", title="Plan", standards=("A1",))
    for state, reason in ((BEING_CHECKED, ""), (REFUSED, "Eicar")):
        file.current.file.state, file.current.file.reason = state, reason
        record(session, file.current.file, "test", by="system:test", at=NOW)
        session.commit()
        told = frozen(session, club, ["A1"])
        assert [one["being_checked"] for one in told] == ([True] if not reason else [])
        assert turned_away(session, club, ["A1"]) == (["Plan"] if reason else [])
        assert turned_away(session, club, ["B1"]) == []


def test_what_was_sent_stays_readable_after_it_is_replaced(session, mine, club, home):
    item = evidence.file(session, club, making.picture(), "old.png", title="Hall",
                         standards=("A1",))  # fmt: skip
    (sent,) = frozen(session, club, ["A1"])
    actions.replace(session, item, contents.at_visit(), by=accounts.lead_of(club), at=NOW)
    session.commit()
    old = version_of(session, club, sent["reference"], sent["version"])
    assert old.digest == sent["sha256"]
    assert old.file.is_ready
    assert mine.get(f"{home}/{item.reference}/versions/1/file").status_code == 200


def test_freezing_costs_the_same_for_many(app, session, club):
    def cost():
        session.expunge_all()
        with statements(app) as said:
            frozen(session, session.merge(club, load=False), ["A1"])
        return len(said)

    for n in range(2):
        evidence.item(session, club, f"Item {n}", standards=("A1",))
    before = cost()
    club = session.merge(club)
    for n in range(2, 30):
        evidence.item(session, club, f"Item {n}", standards=("A1",))
    assert cost() == before


def test_reminded_when_the_day_has_come_and_once_for_each_day(session, club):
    editor = accounts.member(session, club, "editor")
    viewer = accounts.member(session, club, "viewer", "Vi Viewer")
    for n in range(3):
        evidence.item(session, club, f"Due {n}", review_on=TODAY)
    evidence.item(session, club, "Alone", review_on=TODAY - timedelta(days=10))
    evidence.item(session, club, "Later", review_on=TODAY + timedelta(days=1))
    evidence.item(session, club, "Given up", review_on=TODAY - timedelta(days=90))
    away = evidence.item(session, club, "Away", review_on=TODAY - timedelta(days=1))
    actions.put_away(session, away, by=accounts.lead_of(club), at=NOW)
    session.commit()
    told = list(reminders(session, clock.now()))
    assert {r.person_id for r in told} == {editor.id, accounts.lead_of(club).id}
    assert viewer.id not in {r.person_id for r in told}
    mine = [r for r in told if r.person_id == editor.id]
    assert [r.sentence for r in mine] == [
        "Kites: look at “Alone” again. Does it still show what you do?",
        "Kites: look at 3 pieces of evidence again. Do they still show what you do?",
    ]
    assert len({r.key for r in mine}) == 2


def test_items_move_with_a_merger_and_go_back(session, club):
    officer = people.officer(session)
    goes = accounts.checked_organisation(session, name="Harbour")
    here = evidence.item(session, club, "Ours", contents.words("We ask."))
    theirs = evidence.item(session, goes, "Theirs", contents.words("We ask."), standards=("A1",))
    made = accounts.merger(session, officer, club, goes)
    assert {i.organisation_id for i in (here, theirs)} == {club.id}
    assert [i.title for i in queries.items_for(session, club.id, "A1")] == ["Theirs"]
    since = evidence.item(session, club, "Since")
    merging.undo(session, made, by=officer, at=clock.now(), parts=_parts())
    session.commit()
    assert (here.organisation, theirs.organisation) == (club, goes)
    assert since.organisation is club


def _parts():
    from flask import current_app

    return [p for c in current_app.extensions["contributions"] for p in c.merging]


def test_a_person_sees_what_they_added_and_destroyed(session, club, lead):
    item = evidence.item(session, club, "Forum", contents.words("We sit together."))
    with_name = evidence.item(session, club, "Trip", contents.words("Robin came."))
    remove(session, with_name.current, "A child is named.", by=lead, at=NOW)
    session.commit()
    (section,) = [s for s in sections_of(session, lead) if s.key == "quality"]
    said = str(section.rows)
    for words in ("Forum", "We sit together.", "A child is named."):
        assert words in said
    assert "Robin" not in said
    assert session.scalars(select(EvidenceItem.id)).all() == [item.id, with_name.id]


POLICY = (
    "Safer recruitment policy. We ask the Disclosure and Barring Service for an enhanced "
    "certificate. We note the certificate number and the date of issue only in our own file, "
    "look at the children's barred list information, and never keep a copy."
)


@pytest.mark.parametrize(
    ("text", "name", "kept"),
    [
        (POLICY, "policy.txt", True),
        ("All our checks are done. We look again in March.", "", True),
        ("Call 01159 123456 or 0115 912 3456.", "", True),
        ("", "DBS certificate policy.pdf", True),
        ("", "how to get a DBS certificate.docx", True),
        ("", "dbs_certificate_lena.jpg", False),
        ("", "Lena DBS cert (2).PDF", False),
        ("Lena: DBS 001234567890, checked", "", False),
        ("Lena: DBS number 0012 3456 7890", "", False),
        ("Applicant Personal Details ... Countersignatory Details ...", "", False),
        ("Children’s Barred List information: NONE RECORDED\nCertificate Number 001234567890", "",
         False),
    ],
)  # fmt: skip
def test_certificates_and_their_numbers_are_known_from_policies(text, name, kept):
    from endorsement.evidence.rules import what_is_not_kept

    assert (what_is_not_kept(text, name) == "") is kept


def test_destroyed_to_protect_somebody_it_goes_from_what_was_sent(session, club):
    """The file's name and title may name them; the seal of the rest stays whole."""
    item = evidence.file(session, club, b"Robin came.", "Robin.txt", title="Trip",
                         standards=("A1",))  # fmt: skip
    sent = sending.sent(session, quality.rated(session, club))
    lead = accounts.lead_of(club)
    assert "Robin" in str([i.content for i in sent.items])
    actions.replace(session, item, contents.at_visit(), by=lead, at=NOW)
    remove(session, item.versions[0], "A child is named.", by=lead, at=NOW)
    session.commit()
    (sealed,) = [i for i in sent.items if i.kind == "evidence"]
    assert (sealed.content, sealed.removed_why) == (None, "A child is named.")
    assert sealed.digest
    assert "Robin" not in str([i.content for i in sent.items])
    others = [i for i in sent.items if i is not sealed]
    assert all(i.content is not None for i in others)

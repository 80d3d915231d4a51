"""From the ready check to the receipt, as a browser without scripts sees it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import organisations
from endorsement.assessing import queries as assessing
from endorsement.evidence import removing
from endorsement.models import QualityPoint, Submission
from endorsement.sending import actions, queries, seal
from endorsement.sending.verifying import differences
from tests.builders import charter as pledges
from tests.builders import evidence as library
from tests.builders import people, quality
from tests.builders import sending as build
from tests.client import soup
from web import clock
from web.mail import OutboxMail
from web.mail.writing import write

HERE = "/my/organisations/kites/quality"
DECLARED = {"level": "foundation", "name": "Joan Price", "role": "Chair", "declared": "y"}
SEND = "Send and seal it"


def words(page):
    return " ".join(page.main.get_text(" ").split())


def all_sent(session):
    session.expire_all()
    return session.scalars(select(Submission).order_by(Submission.id)).all()


def test_the_ready_check_lists_and_leads_to_the_place(session, at_work, ready):
    build.say(session, ready, "A1", 2, reason="")
    page = at_work.page(f"{HERE}/ready")
    assert "One thing is missing." in words(page)
    (link,) = page.select("main ol a")
    place, anchor = link["href"].split("#")
    assert place == f"{HERE}/standards/A1"
    assert at_work.page(place).find(id=anchor) is not None
    assert "Go on to send" not in words(page)
    assert at_work.get(f"{HERE}/send").location.endswith("/ready")


@pytest.mark.parametrize("key", ["rating", "reason", "next-step"])
def test_each_place_is_on_the_standards_page(at_work, ready, key):
    assert at_work.page(f"{HERE}/standards/A1").find(id=key) is not None


def test_a_lead_sends_and_gets_the_receipt(session, at_work, ready):
    assert "Nothing is missing." in words(at_work.page(f"{HERE}/ready"))
    answer = at_work.send(f"{HERE}/send", press=SEND, **DECLARED)
    (made,) = all_sent(session)
    assert answer.status_code == 303
    assert answer.location == f"{HERE}/submissions/{made.reference}"
    told = words(at_work.page(answer.location))
    assert "Foundation" in told
    assert seal.in_groups(made.root) in told
    assert "Joan Price, Chair" in told
    point = session.scalars(select(QualityPoint)).one()
    assert (point.why, point.level, point.ratings["A1"]) == ("sent", "foundation", 2)


def test_the_mails_can_be_written(app, session, at_work, ready):
    at_work.send(f"{HERE}/send", press=SEND, **DECLARED)
    (made,) = all_sent(session)
    build.withdrawn(session, made)
    mails = session.scalars(select(OutboxMail).where(OutboxMail.kind.startswith("endorsement/")))
    with app.test_request_context():
        letters = {mail.kind: write(session, mail) for mail in mails}
    assert set(letters) == {f"endorsement/{kind}" for kind in ("sent", "to-read", "withdrawn")}
    assert seal.in_groups(made.root) in letters["endorsement/sent"].body
    assert f"/submissions/{made.reference}" in letters["endorsement/sent"].body
    assert "We found a gap." in letters["endorsement/withdrawn"].body


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("level", "Choose the level you ask for."),
        ("name", "Enter your name."),
        ("role", "Enter what you are"),
        ("declared", "Tick the box if it is true"),
    ],
)
def test_the_declaration_is_whole(session, at_work, ready, left_out, said):
    typed = DECLARED | {left_out: ""}
    if left_out in ("level", "declared"):
        typed.pop(left_out)
    answer = at_work.send(f"{HERE}/send", press=SEND, **typed)
    assert answer.status_code == 422
    assert said in words(soup(answer))
    assert all_sent(session) == []


def test_a_level_of_nowhere_is_refused(session, at_work, ready):
    answer = at_work.send(f"{HERE}/send", press=SEND, **DECLARED | {"level": "established"})
    assert answer.status_code == 422
    assert all_sent(session) == []


def test_a_level_that_is_not_reached_is_warned_of_and_can_be_asked_for(session, at_work, ready):
    page = at_work.page(f"{HERE}/send")
    (warned,) = [r for r in page.select(".govuk-radios__hint") if "do not reach" in r.get_text()]
    assert "excellent" not in warned.get_text()
    at_work.send(f"{HERE}/send", press=SEND, **DECLARED | {"level": "excellent"})
    assert [s.level for s in all_sent(session)] == ["excellent"]


def test_what_was_changed_meanwhile_is_looked_at_again(session, at_work, ready):
    page = soup(at_work.get(f"{HERE}/send"))
    seen = page.select_one("input[name=seen]")["value"]
    build.say(session, ready, "A1", 3, reason="We found more.")
    answer = at_work.post_raw(f"{HERE}/send", DECLARED | {"seen": seen})
    assert answer.status_code == 422
    assert "changed something after you opened this page" in words(soup(answer))
    assert all_sent(session) == []
    assert at_work.send(f"{HERE}/send", press=SEND, **DECLARED).status_code == 303


def test_who_sends_twice_sees_the_first_receipt(session, at_work, ready):
    first = at_work.send(f"{HERE}/send", press=SEND, **DECLARED).location
    again = at_work.post_raw(f"{HERE}/send", DECLARED)
    assert (again.status_code, again.location) == (303, first)
    assert at_work.get(f"{HERE}/send").location == first
    assert len(all_sent(session)) == 1
    assert "It waits for an answer" in words(at_work.page(f"{HERE}/ready"))


def test_what_is_previewed_is_what_is_sealed(session, at_work, ready):
    library.item(session, ready.organisation, "How we listen", standards=("B1",))
    before = at_work.page(f"{HERE}/preview")
    at_work.send(f"{HERE}/send", press=SEND, **DECLARED)
    (made,) = all_sent(session)
    build.say(session, ready, "A1", 0, reason="Edited later.")
    after = at_work.page(f"{HERE}/submissions/{made.reference}/record")
    sections = [[words_of(s) for s in page.select("section")] for page in (before, after)]
    assert sections[0] == sections[1]
    assert len(sections[0]) == 12
    assert "we sit together every Friday" in words(after)
    assert "Edited later" not in words(after)


def words_of(tag):
    return " ".join(tag.get_text(" ").split())


def test_a_removed_part_is_told(session, at_work, ready):
    made = build.sent(session, ready)
    for kind in ("answer", "action", "declaration", "organisation", "submission", "framework"):
        number = next(i.number for i in made.items if i.kind == kind)
        who = {"by": "system:test", "at": clock.now()}
        actions.remove_item(session, made, number, "They asked.", **who)
    session.commit()
    told = words(at_work.page(f"{HERE}/submissions/{made.reference}/record"))
    assert told.count("They asked.") == 6
    receipt = words(at_work.page(f"{HERE}/submissions/{made.reference}"))
    assert "One part was removed" in receipt


def test_evidence_that_was_taken_away_is_told(session, at_work, ready):
    item = library.item(session, ready.organisation, "How we listen", standards=("B1",))
    made = build.sent(session, ready)
    lead = pledges.lead_of(ready.organisation)
    removing.remove(session, item.current, "A face.", by=lead, at=clock.now())
    session.commit()
    told = words(at_work.page(f"{HERE}/submissions/{made.reference}/record"))
    assert "This part was removed on 2 March 2027: A face." in told
    assert "every Friday" not in told
    assert list(differences(made, made.root)) == []


# Taking back


def test_it_is_taken_back_and_sent_again(session, at_work, ready):
    first = at_work.send(f"{HERE}/send", press=SEND, **DECLARED).location
    assert at_work.send(f"{first}/withdraw", note="").status_code == 422
    clock.freeze(clock.now() + timedelta(days=3))
    assert at_work.send(f"{first}/withdraw", note="We found a gap.").location == first
    told = words(at_work.page(first))
    assert "You took it back" in told
    assert "We found a gap." in told
    again = at_work.post_raw(f"{first}/withdraw", {"note": "Twice."})
    assert (again.status_code, again.location) == (303, first)
    second = at_work.send(f"{HERE}/send", press=SEND, **DECLARED).location
    assert second != first
    listed = [a["href"] for a in at_work.page(f"{HERE}/submissions").select("main li a")]
    assert listed == [second, first]


# Who sees what


def test_an_editor_sees_and_does_not_send(session, client, ready):
    editor = pledges.joined(session, ready.organisation, "editor")
    client.sign_in(editor)
    assert "A lead of your organisation sends it." in words(client.page(f"{HERE}/ready"))
    assert client.get(f"{HERE}/send").status_code == 403
    made = build.sent(session, ready)
    assert "Take it back" not in words(client.page(f"{HERE}/submissions/{made.reference}"))


def test_another_organisations_receipt_is_not_here(session, at_work, ready):
    other = build.sent(session)
    assert at_work.get(f"{HERE}/submissions/{other.reference}").status_code == 404


def test_the_team_sees_what_was_sent_and_nothing_before(session, client, ready):
    officer = people.officer(session)
    client.sign_in(officer)
    assert "Nothing waits" in words(client.page("/team/submissions/"))
    assert client.get(f"{HERE}/preview").status_code == 404
    gone, waits = build.withdrawn(session), build.sent(session, ready)
    page = client.page("/team/submissions/")
    assert [a.get_text() for a in page.select("main h2 a")] == ["Kites"]
    everything = client.page("/team/submissions/?show=all")
    assert len(everything.select("main h2 a")) == 2
    told = words(client.page(f"/team/submissions/{waits.reference}"))
    assert "By the organisation’s own account" in told
    assert client.get(f"/team/submissions/{gone.reference}").status_code == 200
    assert "Self-assessments that were sent" in words(client.page("/my/"))


def test_a_closed_organisations_waits_for_nobody(session, ready):
    build.sent(session, ready)
    assert queries.waiting(session, clock.now()).count == 1
    who = {"by": people.officer(session), "at": clock.now()}
    organisations.close_organisation(session, ready.organisation, **who)
    session.commit()
    assert queries.waiting(session, clock.now()).count == 0


def test_statements_do_not_grow_with_answers_and_evidence(session, at_work, ready, counted):
    build.sent(session, ready)
    library.item(session, ready.organisation, "The first", standards=("B1",))
    addresses = (f"{HERE}/ready", f"{HERE}/preview", "/my/organisations/kites/quality/submissions")
    before = [counted(at_work, address) for address in addresses]
    for number in range(6):
        library.item(session, ready.organisation, f"Item {number}", standards=("B1", "A1"))
        quality.action(session, ready.organisation, "B2")
    assert [counted(at_work, address) for address in addresses] == before


def test_the_open_assessment_goes_on(session, at_work, ready):
    build.sent(session, ready)
    assert assessing.open_assessment(session, ready.organisation) is not None
    assert "Kites" in words(at_work.page(HERE))

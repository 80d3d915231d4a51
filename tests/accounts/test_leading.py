"""That somebody leads: handing over, the only lead leaving, and finding another."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import jobs
from accounts.models import LeadHandover, Organisation
from tests.builders import accounts as build
from tests.builders.people import officer, person
from tests.client import soup
from web import clock

DESK = "/my/organisations/kites-youth-club"
HAND_OVER, TAKE_OVER = f"{DESK}/hand-over", f"{DESK}/take-over"


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def kites(session):
    return build.checked_organisation(session, person(session, "Amina Khan", "amina@example.org"))


@pytest.fixture
def lead(client, kites):
    client.sign_in(build.lead_of(kites))
    return client


@pytest.fixture
def sam(session, kites):
    return build.member(session, kites, "editor", "Sam Reid")


def signed(app, who):
    other = app.test_client()
    other.sign_in(who)
    return other


def roles(session, kites) -> dict[str, str]:
    session.expire_all()
    return {m.person.name: m.role for m in kites.memberships if m.ended_at is None}


@pytest.mark.parametrize(
    ("afterwards", "then"),
    [
        ("editor", {"Sam Reid": "lead", "Amina Khan": "editor"}),
        ("viewer", {"Sam Reid": "lead", "Amina Khan": "viewer"}),
        ("leave", {"Sam Reid": "lead"}),
    ],
)
def test_handing_over(app, lead, session, kites, sam, fetch_mail, afterwards, then):
    fetch_mail()
    to = build.membership(session, kites, sam).reference
    assert lead.send(HAND_OVER, to=to, afterwards=afterwards).status_code == 303
    assert roles(session, kites) == {"Sam Reid": "editor", "Amina Khan": "lead"}, "not yet"
    (mail,) = fetch_mail()
    assert (mail.to, mail.subject) == (sam.email, "Will you lead Kites Youth Club?")
    theirs = signed(app, sam)
    assert "Amina Khan asks you to take over." in words(theirs.get("/my/"))
    assert theirs.send(mail.link, "Yes, I lead it from now on").status_code == 303
    assert roles(session, kites) == then
    assert [m.subject for m in fetch_mail()] == ["Sam Reid leads Kites Youth Club now"]
    assert theirs.get(TAKE_OVER).status_code == 404
    session.refresh(kites)
    assert kites.without_lead_since is None


def test_saying_no_changes_nothing(app, lead, session, kites, sam, fetch_mail):
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    fetch_mail()
    assert signed(app, sam).send(TAKE_OVER, "No").status_code == 303
    assert roles(session, kites) == {"Sam Reid": "editor", "Amina Khan": "lead"}
    assert [m.subject for m in fetch_mail()] == ["Sam Reid does not take over Kites Youth Club"]


def test_nobody_else_takes_the_offer(app, lead, session, kites, sam):
    other = build.member(session, kites, "editor", "Eve")
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    for who in (other, build.lead_of(kites)):
        assert signed(app, who).post_raw(TAKE_OVER, {"do": "accept"}).status_code == 403
    assert roles(session, kites)["Eve"] == "editor"


def test_an_offer_is_taken_back_and_made_once(app, lead, session, kites, sam):
    to = build.membership(session, kites, sam).reference
    for _ in range(2):
        assert lead.post_raw(HAND_OVER, {"to": to, "afterwards": "leave"}).status_code == 303
    assert len(session.scalars(select(LeadHandover)).all()) == 1
    eve = build.membership(session, kites, build.member(session, kites, "viewer", "Eve"))
    answer = lead.post_raw(HAND_OVER, {"to": eve.reference, "afterwards": "leave"})
    assert "offered to somebody already" in words(answer)
    assert lead.send(HAND_OVER, "Take the offer back").status_code == 303
    assert signed(app, sam).post_raw(TAKE_OVER, {"do": "accept"}).status_code == 404


def test_an_offer_of_somebody_who_no_longer_leads_is_void(app, lead, session, kites, sam):
    other = build.member(session, kites, "lead", "Eve")
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    mine = build.membership(session, kites, session.merge(person_named(kites, "Amina Khan")))
    eve = signed(app, other)
    eve.send(f"{DESK}/colleagues/{mine.reference}", role="viewer")
    answer = signed(app, sam).post_raw(TAKE_OVER, {"do": "accept"})
    assert answer.status_code == 422
    assert "does not lead this organisation any more" in words(answer)


def person_named(kites, name):
    return next(m.person for m in kites.memberships if m.person.name == name)


def test_an_offer_runs_out(app, lead, session, kites, sam):
    build.offers_lead(session, kites, build.membership(session, kites, sam))
    theirs = signed(app, sam)
    clock.freeze(clock.now() + timedelta(days=14))
    answer = theirs.post_raw(TAKE_OVER, {"do": "accept"})
    assert "This offer has run out." in words(answer)
    jobs.end_what_has_run_out(session, clock.now())
    session.commit()
    assert theirs.get(TAKE_OVER).status_code == 404
    assert roles(session, kites)["Sam Reid"] == "editor"


# The only lead leaves


def leave(lead, session, kites):
    mine = build.membership(session, kites, build.lead_of(kites))
    address = f"{DESK}/colleagues/{mine.reference}/end"
    assert "You are the only lead." in words(lead.get(address))
    return lead.send(address, "Leave, and tell the Charter team")


def test_the_only_lead_leaves_after_a_warning(app, lead, session, kites, sam, fetch_mail):
    fetch_mail()
    assert leave(lead, session, kites).location == "/my/"
    assert roles(session, kites) == {"Sam Reid": "editor"}
    assert kites.without_lead_since == clock.now()
    told = {m.kind: m for m in fetch_mail()}
    assert told["accounts/lead_wanted"].to == sam.email
    team_address = app.extensions["scheme"].contacts.email
    assert told["accounts/without_lead"].to == team_address
    team = signed(app, officer(session))
    assert "Organisations without a lead 1" in words(team.get("/my/"))
    assert "Kites Youth Club" in words(team.get("/team/leads"))


def test_somebody_of_it_takes_over(app, lead, session, kites, sam, fetch_mail):
    leave(lead, session, kites)
    asked = next(m for m in fetch_mail() if m.kind == "accounts/lead_wanted")
    theirs = signed(app, sam)
    assert "Nobody leads it" in words(theirs.get("/my/"))
    assert theirs.send(asked.link, "I would lead it", note="I do Tuesdays.").status_code == 303
    (mail,) = fetch_mail()
    assert roles(session, kites) == {"Sam Reid": "editor"}, "the Charter team decides"
    assert theirs.get(mail.link).status_code == 403
    team = signed(app, officer(session))
    assert team.send(mail.link, "Let them lead it").status_code == 303
    assert roles(session, kites) == {"Sam Reid": "lead"}
    assert kites.without_lead_since is None


def test_the_charter_team_invites_a_lead(app, lead, session, kites, fetch_mail):
    leave(lead, session, kites)
    fetch_mail()
    team = signed(app, officer(session))
    address = "/team/organisations/kites-youth-club/lead"
    assert team.send(address, email="new@example.org").status_code == 303
    assert "has an invitation to lead" in words(team.send(address, email="new@example.org"))
    (mail,) = (m for m in fetch_mail() if m.kind == "accounts/invitation")
    new = person(session, "Nia New", "new@example.org")
    assert signed(app, new).send(mail.link, "Accept the invitation").status_code == 303
    assert roles(session, kites) == {"Nia New": "lead"}
    assert kites.without_lead_since is None
    assert team.get(address).status_code == 403, "now its lead invites"


def test_a_lead_whose_account_ended_counts_as_none(app, session, kites, sam, fetch_mail):
    lead = build.lead_of(kites)
    assert jobs.notice_who_leads(session, clock.now()).startswith("0 ")
    end_account(session, lead)
    assert jobs.notice_who_leads(session, clock.now()).startswith("1 ")
    session.commit()
    assert kites.without_lead_since == clock.now()
    mails = {m.to for m in fetch_mail() if "lead" in m.kind}
    assert sam.email in mails
    assert lead.email not in mails
    assert jobs.notice_who_leads(session, clock.now()).startswith("0 ")


def end_account(session, who):
    from web.audit import record

    who.active = False
    record(session, who, "end", by="system:test", at=clock.now())
    session.commit()


def test_one_of_two_leads_just_leaves(app, lead, session, kites):
    build.member(session, kites, "lead", "Sam Reid")
    mine = build.membership(session, kites, person_named(kites, "Amina Khan"))
    assert lead.send(f"{DESK}/colleagues/{mine.reference}/end", "Leave").status_code == 303
    session.expire_all()
    assert session.scalars(select(Organisation.without_lead_since)).one() is None

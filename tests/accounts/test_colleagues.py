"""Inviting colleagues, accepting, and what they may do."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.actions import colleagues as actions
from accounts.actions.organisations import close_organisation
from accounts.invitation_links import token_of
from accounts.models import Invitation
from tests.builders import accounts as build
from tests.builders.people import PASSWORD, officer, person
from tests.charter.counting import statements
from tests.client import soup
from web import clock
from web.workflow import Refused

DESK = "/my/organisations/kites-youth-club"
INVITE = f"{DESK}/colleagues/invite"


def words(response) -> str:
    return " ".join(soup(response).get_text(" ").split())


@pytest.fixture
def kites(session):
    return build.organisation(session, person(session, "Amina Khan", "amina@example.org"))


@pytest.fixture
def lead(client, session, kites):
    """The lead's browser."""
    client.sign_in(build.lead_of(kites))
    return client


def roles(session, kites) -> dict[str, str]:
    session.expire_all()
    return {m.person.name: m.role for m in kites.memberships if m.ended_at is None}


def later(**by: float) -> None:
    clock.freeze(clock.now() + timedelta(**by))


def test_an_invitation_from_mail_to_membership(app, lead, session, kites, fetch_mail):
    assert lead.send(INVITE, email=" Sam@Example.org ", role="editor").status_code == 303
    assert "sam@example.org" in words(lead.get(f"{DESK}/colleagues"))
    (mail,) = fetch_mail()
    assert mail.to == "sam@example.org"
    assert mail.subject == "Amina Khan invites you to Kites Youth Club"
    sam = person(session, "Sam Reid", "sam@example.org")
    browser = app.test_client()
    browser.sign_in(sam)
    assert "Amina Khan invites you" in words(browser.get(mail.link))
    assert roles(session, kites) == {"Amina Khan": "lead"}, "opening the page changes nothing"
    answer = browser.send(mail.link, "Accept the invitation")
    assert (answer.status_code, answer.location) == (303, DESK)
    assert roles(session, kites) == {"Amina Khan": "lead", "Sam Reid": "editor"}
    again = browser.post_raw(mail.link, {})
    assert (again.status_code, again.location) == (303, DESK), "the button pressed twice"
    assert "sam@example.org" not in lead.page(f"{DESK}/colleagues").select_one("main").find_all(
        "form"
    )


def test_the_link_survives_signing_in(app, lead, session, fetch_mail):
    person(session, "Sam Reid", "sam@example.org", password=PASSWORD)
    lead.send(INVITE, email="sam@example.org", role="viewer")
    link = next(m.link for m in fetch_mail() if m.kind == "accounts/invitation")
    browser = app.test_client()
    page = browser.page(link)
    onward = {a.get_text(strip=True): a["href"] for a in page.select("main a")}
    signed_in = browser.send(
        onward["Sign in"], "Sign in", email="sam@example.org", password=PASSWORD
    )
    assert signed_in.location.endswith(link)
    assert link in onward["Create an account"].replace("%2F", "/")


def test_an_invitation_stands_on_the_first_page_of_its_address(app, kites, session):
    build.invitation(session, kites, "sam@example.org")
    browser = app.test_client()
    browser.sign_in(person(session, "Sam Reid", "sam@example.org"))
    page = browser.page("/my/")
    assert "You are invited to Kites Youth Club" in page.get_text()
    link = next(a["href"] for a in page.select("main a") if "See the invitation" in a.get_text())
    assert browser.send(link, "Accept the invitation").status_code == 303


def test_another_address_cannot_accept(app, lead, session, kites, fetch_mail):
    lead.send(INVITE, email="sam@example.org", role="lead")
    (mail,) = fetch_mail()
    browser = app.test_client()
    browser.sign_in(person(session, "Eve", "eve@example.org"))
    page = browser.get(mail.link)
    assert "was sent to another address" in words(page)
    assert "sam@example.org" not in words(page)
    answer = browser.post_raw(mail.link, {})
    assert answer.status_code == 403
    assert "another address" in words(answer)
    assert "Eve" not in roles(session, kites)


def test_nobody_without_the_link_finds_it(client, session, kites):
    build.invitation(session, kites, "sam@example.org")
    reference = session.scalar(select(Invitation.reference))
    for token in (reference, f'"{reference}".x', "x" * 3000, "%00", "é"):
        assert client.get(f"/my/invitations/{token}").status_code in (400, 404)


def test_run_out_taken_back_and_used(app, lead, session, kites, fetch_mail):
    sam = person(session, "Sam Reid", "sam@example.org")
    browser = app.test_client()
    browser.sign_in(sam)
    lead.send(INVITE, email="sam@example.org", role="editor")
    (mail,) = fetch_mail()
    later(days=14)
    for answer in (browser.get(mail.link), browser.post_raw(mail.link, {})):
        assert answer.status_code == 410
        assert "This invitation has run out." in words(answer)
    assert "It has run out" in words(lead.get(f"{DESK}/colleagues"))
    lead.send(f"{DESK}/colleagues", "Send again to sam@example.org")
    (again,) = fetch_mail()
    assert again.link == mail.link
    assert browser.get(mail.link).status_code == 200
    lead.send(f"{DESK}/colleagues", "Take back")
    assert "was taken back" in words(browser.post_raw(mail.link, {}))
    assert roles(session, kites) == {"Amina Khan": "lead"}


def test_of_a_closed_organisation(app, lead, session, kites, fetch_mail):
    lead.send(INVITE, email="sam@example.org", role="editor")
    (mail,) = fetch_mail()
    close_organisation(session, kites, by=officer(session), at=clock.now())
    session.commit()
    browser = app.test_client()
    browser.sign_in(person(session, "Sam Reid", "sam@example.org"))
    answer = browser.post_raw(mail.link, {})
    assert (answer.status_code, "This organisation is closed." in words(answer)) == (410, True)


def test_inviting_says_the_same_whether_there_is_an_account_or_not(app, lead, session, fetch_mail):
    person(session, "Sam Reid", "sam@example.org")
    said = []
    for email in ("sam@example.org", "nobody@example.org"):
        answer = lead.send(INVITE, email=email, role="viewer", follow=True)
        (mail,) = fetch_mail()
        pages = words(answer), mail.subject, mail.body.replace(mail.link, "LINK")
        said.append([text.replace(email, "ADDRESS") for text in pages])
    first, second = said
    assert first[1:] == second[1:]
    assert "We are sending the invitation to ADDRESS." in first[0]
    assert "We are sending the invitation to ADDRESS." in second[0]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"email": "", "role": "editor"}, "Enter their email address."),
        ({"email": "sam", "role": "editor"}, "Enter an email address like"),
        ({"email": "sam@example.org"}, "Choose what they may do."),
        ({"email": "sam@example.org", "role": "owner"}, "Choose what they may do."),
        ({"email": "amina@example.org", "role": "viewer"}, "one of your colleagues here already"),
        (
            {"email": "s@example.org\r\nBcc: x@example.org", "role": "viewer"},
            "Enter an email address",
        ),
        ({"email": "s" * 10_000 + "@example.org", "role": "viewer"}, "shorten this"),
    ],
)
def test_mistakes_in_inviting(lead, session, typed, said):
    answer = lead.post_raw(INVITE, typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert session.scalars(select(Invitation)).all() == []


def test_one_address_is_not_invited_twice_nor_mailed_twice_a_day(lead, session):
    lead.send(INVITE, email="sam@example.org", role="editor")
    answer = lead.send(INVITE, email="SAM@example.org", role="editor")
    assert "has an invitation already" in words(answer)
    said = words(lead.send(f"{DESK}/colleagues", "Send again to sam@example.org", follow=True))
    assert "You can send it again tomorrow" in said
    later(hours=24)
    said = words(lead.send(f"{DESK}/colleagues", "Send again to sam@example.org", follow=True))
    assert "We are sending the invitation again." in said


def test_so_many_invitations_a_day_and_registering_more_does_not_help(app, lead, session, kites):
    most = app.extensions["settings"].invitations_a_day
    for i in range(most):
        assert lead.send(INVITE, email=f"s{i}@example.org", role="viewer").status_code == 303
    assert f"You can send {most} invitations" in words(
        lead.send(INVITE, email="more@example.org", role="viewer")
    )
    build.organisation(session, build.lead_of(kites), name="Another")
    answer = lead.send(
        "/my/organisations/another/colleagues/invite", email="m@example.org", role="viewer"
    )
    assert answer.status_code == 422
    later(hours=24, seconds=1)
    assert lead.send(INVITE, email="more@example.org", role="viewer").status_code == 303


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_only_a_lead_invites_and_changes(client, session, kites, role):
    build.invitation(session, kites, "sam@example.org")
    mine = build.member(session, kites, role)
    amina = build.membership(session, kites, build.lead_of(kites))
    client.sign_in(mine)
    page = client.page(f"{DESK}/colleagues")
    assert "sam@example.org" not in page.get_text()
    assert "amina@example.org" not in page.get_text()
    reference = session.scalar(select(Invitation.reference).limit(1))
    for address in (
        f"{DESK}/colleagues/{amina.reference}",
        f"{DESK}/colleagues/{amina.reference}/end",
    ):
        assert client.get(address).status_code == 403
        assert client.post_raw(address, {"role": "viewer"}).status_code == 403
    for verb in ("withdraw", "send-again"):
        assert client.post_raw(f"{DESK}/invitations/{reference}/{verb}", {}).status_code == 403
    assert client.get(INVITE).status_code == 403


def test_nothing_of_another_organisation_can_be_named(lead, session):
    other = build.organisation(session, name="Other")
    theirs = build.membership(session, other, build.lead_of(other))
    asked = build.invitation(session, other, "sam@example.org")
    assert lead.get(f"{DESK}/colleagues/{theirs.reference}").status_code == 404
    answer = lead.post_raw(f"{DESK}/invitations/{asked.reference}/withdraw", {})
    assert answer.status_code == 404


def test_there_is_always_a_lead(lead, session, kites):
    mine = build.membership(session, kites, build.lead_of(kites))
    for address, typed in ((f"{DESK}/colleagues/{mine.reference}", {"role": "viewer"}),
                           (f"{DESK}/colleagues/{mine.reference}/end", {})):  # fmt: skip
        answer = lead.post_raw(address, typed)
        assert answer.status_code == 422
        assert "Name another lead first" in words(answer)
    sam = build.membership(session, kites, build.member(session, kites))
    assert lead.send(f"{DESK}/colleagues/{sam.reference}", role="lead").status_code == 303
    left = lead.send(f"{DESK}/colleagues/{mine.reference}/end", "Leave")
    assert left.location == "/my/"
    assert roles(session, kites) == {"Sam Reid": "lead"}
    assert lead.get(DESK).status_code == 404


def test_a_lead_takes_somebody_off_who_can_come_back(lead, session, kites):
    sam = build.member(session, kites)
    gone = build.membership(session, kites, sam)
    lead.send(f"{DESK}/colleagues/{gone.reference}/end", "Take off")
    assert roles(session, kites) == {"Amina Khan": "lead"}
    asked = build.invitation(session, kites, sam.email, "viewer")
    actions.accept_invitation(session, asked, by=sam, at=clock.now())
    session.commit()
    assert roles(session, kites) == {"Amina Khan": "lead", "Sam Reid": "viewer"}


def test_whoever_belongs_already_keeps_the_higher_role(session, kites):
    sam = person(session, "Sam Reid", "sam@example.org")
    asked = build.invitation(session, kites, "sam@example.org", "viewer")
    actions.accept_invitation(session, asked, by=sam, at=clock.now())
    session.commit()
    with pytest.raises(Refused, match="one of your colleagues"):
        build.invitation(session, kites, "sam@example.org", "lead")
    session.rollback()
    assert roles(session, kites)["Sam Reid"] == "viewer"


def test_an_unconfirmed_address_cannot_accept(session, kites):
    sam = person(session, "Sam", "sam@example.org", confirmed=False)
    asked = build.invitation(session, kites, "sam@example.org")
    with pytest.raises(Refused, match="Confirm"):
        actions.accept_invitation(session, asked, by=sam, at=clock.now())


@pytest.mark.postgresql
def test_whoever_accepts_locks_in_the_order_in_which_a_lead_does(app, lead, session, kites):
    """The organisation, then the invitation: or each could hold what the other waits for."""
    browser = app.test_client()
    browser.sign_in(person(session, "Sam", "sam@example.org"))
    asked = build.invitation(session, kites, "sam@example.org")
    with app.test_request_context():
        link = f"/my/invitations/{token_of(asked.reference)}"
    again = f"{DESK}/invitations/{asked.reference}/send-again"
    for sender, address in ((lead, again), (browser, link)):
        with statements(app) as said:
            assert sender.post_raw(address, {}).status_code == 303
        locked = [s.split("FROM ")[1].split()[0] for s in said if "FOR UPDATE" in s]
        first = list(
            dict.fromkeys(table for table in locked if table in ("organisation", "invitation"))
        )
        assert first == ["organisation", "invitation"]

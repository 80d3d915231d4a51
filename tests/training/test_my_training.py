"""A practitioner's own side: add in a minute, see what is next, choose who sees what."""

import io
from datetime import date

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from accounts.actions import colleagues
from tests.builders import accounts, people
from tests.builders import training as build
from tests.web.files import making
from training.models import PractitionerRole, TrainingRecord
from training.records import queries, writing
from training.rules import modules_shown
from web import clock

HERE = "/my/training"


@pytest.fixture
def version(pathways):
    return pathways


@pytest.fixture
def club(organisation):
    return organisation


@pytest.fixture
def worker(session, club):
    return build.worker(session, club, "volunteer")


@pytest.fixture
def at_work(client, worker):
    client.sign_in(worker)
    return client


def form(**fields):
    return {
        "module": "W3", "day": "2 March 2026", "provider": "Mill Lane Training", "how": "course",
    } | fields  # fmt: skip


def post(browser, address, data):
    """As a browser sends it; ``certificate`` is its content and its name."""
    certificate = data.pop("certificate", None)
    if certificate is None:
        return browser.post_raw(address, data)
    sent = MultiDict({"csrf_token": browser.token(), **data})
    sent.add("certificate", FileStorage(io.BytesIO(certificate[0]), certificate[1]))
    boundary, body = encode_multipart(sent)  # the client's own leaves large bodies in open files
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(address, data=body, content_type=kind)


def records(session):
    session.expire_all()
    return list(session.scalars(select(TrainingRecord).order_by(TrainingRecord.id)))


def test_somebody_new_is_asked_what_they_do(client, session, club):
    client.sign_in(accounts.member(session, club, "viewer", "Nia New"))
    page = client.page(HERE)
    assert "First say what you do" in page.main.text
    post(client, f"{HERE}/roles/{club.slug}", {"roles": ["trustee", "volunteer"]})
    page = client.page(HERE)
    assert "Next: The Youth Charter and our values" in page.main.text
    told = page.main.get_text(" ", strip=True)
    assert "Trustee or committee member" in told
    assert "Governance for trustees" in told


def test_the_path_is_drawn_and_said(at_work, session, worker):
    for code in ("W1", "W2", "W3", "W4", "K3"):
        build.checked(session, worker, code)
    page = at_work.page(HERE)
    drawn = page.main.find("svg", role="img")
    assert drawn["aria-label"]
    assert [t.text for t in drawn.find_all("text")] == [
        "Welcome", "done", "Core", "1 of 4", "Youth diversion", "not needed",
        "Specialist", "not needed", "Lead and shape", "not needed",
    ]  # fmt: skip
    assert page.main.find("h3", string="Core: 1 of 4")


def test_a_record_is_added_and_waits(at_work, session, worker):
    answer = post(at_work, f"{HERE}/add", form())
    (made,) = records(session)
    assert answer.headers["Location"].endswith(f"/records/{made.reference}")
    assert (made.state, made.module, made.completed_on) == (
        "awaiting check",
        "W3",
        date(2026, 3, 2),
    )
    told = at_work.page(HERE).main.get_text(" ", strip=True)
    assert "Waits to be checked" in told
    assert "Next: The Youth Charter" in told


def test_a_yearly_update_is_one_of_the_choices(at_work, session):
    post(at_work, f"{HERE}/add", form(module="W2:update"))
    (made,) = records(session)
    assert (made.module, made.is_update) == ("W2", True)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"module": ""}, "Choose what you learned."),
        ({"module": "Z9"}, "Choose what you learned."),
        ({"module": "W3:update"}, "Choose what you learned."),
        ({"day": "soon"}, "Enter the day like 3 March 2027."),
        ({"day": "1 January 1900"}, "Enter the day like 3 March 2027."),
        ({"day": "1 January 2099"}, "Enter a day that has been."),
        ({"provider": ""}, "Enter who taught it"),
        ({"provider": "DBS 001234567890"}, "We never keep those."),
        ({"how": "by magic"}, "Choose how you learned it."),
    ],
)
def test_a_mistake_is_said_and_nothing_is_kept(at_work, session, fields, said):
    page = post(at_work, f"{HERE}/add", form(**fields))
    assert page.status_code == 422
    assert said in page.text
    assert records(session) == []


def test_the_same_again_is_shown_not_kept_twice(at_work, session):
    post(at_work, f"{HERE}/add", form())
    page = post(at_work, f"{HERE}/add", form())
    (made,) = records(session)
    assert page.status_code == 422
    assert made.reference in page.text


def test_a_certificate_is_kept_opened_by_its_owner_and_destroyed(at_work, session, client):
    post(at_work, f"{HERE}/add", form(certificate=(making.pdf(), "certificate.pdf")))
    (made,) = records(session)
    address = f"{HERE}/records/{made.reference}/certificate"
    got = at_work.get(address)
    assert got.headers["Content-Disposition"].startswith("attachment")
    post(at_work, f"{HERE}/records/{made.reference}/remove-certificate", {})
    assert at_work.get(address).status_code == 404
    assert "Destroyed" in at_work.page(f"{HERE}/records/{made.reference}").main.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"Disclosure and Barring Service. Number 001234567890.", "scan.txt"),
        (making.picture(), "my DBS certificate.png"),
    ],
)  # fmt: skip
def test_a_dbs_certificate_is_turned_away_in_words(at_work, session, content, name):
    page = post(at_work, f"{HERE}/add", form(certificate=(content, name)))
    assert page.status_code == 422
    assert "looks like a DBS certificate" in page.text
    assert records(session) == []


def test_the_form_says_so_before_anything_is_sent(at_work):
    for page in ("add", "prior-learning"):
        assert "No DBS certificates, and no numbers of them." in at_work.page(f"{HERE}/{page}").text


def test_prior_learning_is_asked_for_and_recognised_by_a_named_person(at_work, session, lead):
    post(
        at_work,
        f"{HERE}/prior-learning",
        {"module": "K3", "day": "1 May 2024", "words": "I ran a youth council for five years."},
    )
    (made,) = records(session)
    assert made.state == "asked"
    writing.recognise(
        session, made, "They led it; I saw it.", organisation=None, by=lead, at=clock.now()
    )
    session.commit()
    told = at_work.page(f"{HERE}/records/{made.reference}").main.text
    assert lead.name in told
    assert "They led it; I saw it." in told
    assert "Prior learning recognised" in at_work.page(HERE).main.text


def test_what_is_sent_back_is_put_right(at_work, session, worker):
    made = build.sent_back(session, worker, "W3")
    page = at_work.page(f"{HERE}/records/{made.reference}")
    assert "The day is missing." in page.main.text
    assert page.main.find("a", href=f"{HERE}/records/{made.reference}/change")
    post(at_work, f"{HERE}/records/{made.reference}/change", form(day="5 March 2026"))
    (again,) = records(session)
    assert (again.state, again.completed_on) == ("awaiting check", date(2026, 3, 5))


def test_a_new_certificate_takes_the_place_of_the_old_one(at_work, session, worker):
    made = build.sent_back(session, worker, "W3", certificate=making.pdf())
    old, address = made.file, f"{HERE}/records/{made.reference}"
    post(at_work, f"{address}/change", form(certificate=(making.picture(), "photo.png")))
    (again,) = records(session)
    assert (again.state, again.file_name) == ("awaiting check", "photo.png")
    assert old.destroyed_at is not None
    assert again.file.destroyed_at is None


def test_what_was_checked_is_not_changed_but_can_be_taken_back(at_work, session, worker):
    made = build.checked(session, worker, "W3", certificate=making.pdf())
    address = f"{HERE}/records/{made.reference}"
    assert at_work.get(f"{address}/change").status_code == 303
    post(at_work, f"{address}/withdraw", {})
    (gone,) = records(session)
    assert (gone.state, gone.file.destroyed_at is not None) == ("withdrawn", True)
    assert "Waits to be checked" not in at_work.page(HERE).main.text


def test_roles_are_chosen_and_left_and_the_old_one_stays_as_history(at_work, session, club, worker):
    post(at_work, f"{HERE}/roles/{club.slug}", {"roles": ["trustee"]})
    mine = queries.practitioner_of(session, worker)
    session.expire_all()
    assert {r.role: r.stands for r in mine.roles} == {"volunteer": False, "trustee": True}
    post(at_work, f"{HERE}/roles/{club.slug}", {})
    session.expire_all()
    assert not any(r.stands for r in mine.roles)


def test_a_role_nobody_knows_is_refused(at_work, session, club):
    page = post(at_work, f"{HERE}/roles/{club.slug}", {"roles": ["wizard"]})
    assert page.status_code == 422
    assert len(list(session.scalars(select(PractitionerRole)))) == 1


def test_who_sees_more_is_the_owners_choice_for_each_organisation(
    at_work, session, club, worker, version
):
    other = accounts.checked_organisation(session, name="Harbour")
    post(at_work, f"{HERE}/shown/{club.slug}", {"modules": ["S2"]})
    mine = queries.practitioner_of(session, worker)
    (shown,) = queries.shown_to(session, mine, club)
    assert shown.module == "S2"
    seen = modules_shown(version.pathways, {"volunteer"}, {shown.module})
    assert "S2" in seen
    assert "M1" not in seen
    assert queries.shown_to(session, mine, other) == []
    post(at_work, f"{HERE}/shown/{club.slug}", {"modules": ["*"]})
    (shown,) = queries.shown_to(session, mine, club)
    assert modules_shown(version.pathways, (), {shown.module}) == set(version.pathways.by_key)
    post(at_work, f"{HERE}/shown/{club.slug}", {})
    assert queries.shown_to(session, mine, club) == []


def test_moving_on_keeps_all(client, session, club, worker):
    """The record belongs to the person: what is left behind is only the role."""
    build.checked(session, worker, "W2")
    standing = accounts.membership(session, club, worker)
    colleagues.end_membership(session, standing, by=worker, at=clock.now())
    session.commit()
    client.sign_in(worker)
    page = client.page(HERE)
    assert "Safeguarding basics" in page.main.text
    assert "You choose it for an organisation that you belong to." in page.main.text
    assert client.get(f"{HERE}/roles/{club.slug}").status_code == 404


def test_nobody_opens_anybody_elses(client, session, lead, worker):
    made = build.entered(session, worker, certificate=making.pdf())
    for who in (lead, people.officer(session), people.person(session, "Stranger")):
        client.sign_in(who)
        for page in ("", "/certificate", "/change", "/withdraw"):
            assert client.get(f"{HERE}/records/{made.reference}{page}").status_code == 404


def test_my_portal_says_what_is_next(at_work):
    panel = at_work.page("/my/").main.get_text(" ", strip=True)
    assert "Your training Next: The Youth Charter and our values. Then 7 more." in panel

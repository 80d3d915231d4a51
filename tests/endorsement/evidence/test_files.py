"""Files of the library through the real door: taken or turned away in words, one by one."""

import io
import json
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import encode_multipart

from accounts.actions.organisations import close_organisation
from endorsement.models import EvidenceItem
from tests.builders import accounts, evidence, people
from tests.conftest import NOW
from tests.web.files import making
from web import clock
from web.audit import record
from web.audit.models import AuditValue
from web.files import removing
from web.files.models import BEING_CHECKED, REFUSED, StoredFile
from web.files.store import Missing, content_key, store

PDF = making.pdf()
"""Every PDF that is made has an id of its own."""
CERTIFICATE = (
    b"Enhanced Certificate\nDisclosure and Barring Service\nApplicant Personal Details\n"
    b"Surname: QUILL\nCertificate Number: 001234567890\nDate of Issue: 3 MARCH 2026\n"
    b"Police Records of Convictions, Cautions, Reprimands and Warnings\nNONE RECORDED\n"
)


def send(browser, address, *files, headers=None, **fields):
    """(content, name) each, as a browser sends them."""
    data = MultiDict({"csrf_token": browser.token(), **fields})
    for content, name in files:
        data.add("files", FileStorage(io.BytesIO(content), name))
    boundary, body = encode_multipart(data)  # the client's own leaves large bodies in open files
    kind = f"multipart/form-data; boundary={boundary}"
    return browser.post(address, data=body, content_type=kind, headers=headers)


def items(session):
    return session.scalars(select(EvidenceItem).order_by(EvidenceItem.id)).all()


def test_several_files_each_become_an_item(session, mine, home):
    answer = send(
        mine,
        f"{home}/add/files",
        (making.pdf(3), "youth_forum minutes.pdf"),
        (making.docx(), "Policy.docx"),
        (making.photo(), "Hall.jpg"),
        standards=["A1", "B1"],
        youth_may_see="y",
    )
    assert answer.status_code == 303
    found = items(session)
    assert [i.title for i in found] == ["youth forum minutes", "Policy", "Hall"]
    assert all(i.standards == ["A1", "B1"] and i.youth_may_see for i in found)
    page = mine.page(f"{home}/{found[0].reference}")
    assert len(page.select("img.app-evidence__page")) == 3
    assert "youth_forum minutes.pdf" in page.text
    picture = mine.get(page.select_one("img.app-evidence__page")["src"])
    assert picture.content_type == "image/webp"
    sent = mine.get(f"{home}/{found[0].reference}/versions/1/file")
    assert sent.headers["Content-Disposition"].startswith("attachment")


def test_one_file_has_the_title_it_was_given(session, mine, home):
    send(mine, f"{home}/add/files", (PDF, "a.pdf"), title="Our forum")
    assert [i.title for i in items(session)] == ["Our forum"]


def test_a_photo_s_place_and_owner_are_gone(session, mine, home):
    send(mine, f"{home}/add/files", (making.photo(), "Hall.jpg"))
    (item,) = items(session)
    kept = mine.get(f"{home}/{item.reference}/versions/1/file").data
    assert b"Robin Owner" in making.photo()
    assert b"Robin" not in kept
    assert not dict(Image.open(io.BytesIO(kept)).getexif())


def test_what_cannot_be_taken_is_told_for_each_and_the_others_are_taken(session, mine, home):
    answer = send(
        mine,
        f"{home}/add/files",
        (PDF, "good.pdf"),
        (making.docx({"word/vbaProject.bin": b"x"}), "macros.docx"),
        (b"", "empty.txt"),
        (CERTIFICATE, "scan.txt"),
        (b"We meet on Fridays.", "fridays.txt"),
    )
    assert answer.status_code == 422
    assert [i.title for i in items(session)] == ["good", "fridays"]
    for words in ("Not taken: macros.docx, empty.txt, scan.txt", "small programs", "is empty",
                  "looks like a DBS certificate"):  # fmt: skip
        assert words in answer.text
    assert session.scalar(select(func.count(StoredFile.id))) == 2


def test_no_file_and_too_many_are_said(session, mine, home):
    assert "Choose a file." in send(mine, f"{home}/add/files").text
    many = [(b"x", f"{n}.txt") for n in range(21)]
    assert "Send 20 files at once" in send(mine, f"{home}/add/files", *many).text
    assert items(session) == []


def test_a_mistake_elsewhere_takes_no_file(session, mine, home):
    answer = send(mine, f"{home}/add/files", (PDF, "a.pdf"), review_on="someday")
    assert answer.status_code == 422
    assert "Enter the day like 3 March 2027" in answer.text
    assert items(session) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [("DBS certificate Lena.jpg", "DBS certificate"), ("my_dbs-cert.pdf", "DBS certificate")],
)
def test_what_is_called_a_certificate_is_turned_away(session, mine, home, name, words):
    answer = send(mine, f"{home}/add/files", (making.picture(), name))
    assert answer.status_code == 422
    assert words in answer.text
    assert items(session) == []


def test_the_same_file_says_where_it_is_and_offers_that_one(session, mine, club, home):
    item = evidence.file(session, club, PDF, title="Forum", standards=("A1",))
    answer = send(mine, f"{home}/add/files?standard=B1", (PDF, "again.pdf"))
    assert answer.status_code == 422
    assert "You have this already: “Forum”" in answer.text
    assert "Use that one for B1 too" in answer.text
    mine.post_raw(f"{home}/{item.reference}/use", {"standard": "B1"})
    session.expire_all()
    assert item.standards == ["A1", "B1"]
    assert session.scalar(select(func.count(StoredFile.id))) == 1


def test_sent_again_by_the_same_person_it_is_one_item(session, mine, home):
    for _ in range(2):
        answer = send(mine, f"{home}/add/files", (PDF, "forum.pdf"))
        assert answer.status_code == 303
    assert len(items(session)) == 1


def test_the_script_is_told_of_each_file(session, mine, home):
    def told(*files, **fields):
        accept = {"Accept": "application/json"}
        answer = send(mine, f"{home}/add/files", *files, headers=accept, **fields)
        return answer.status_code, json.loads(answer.data)

    status, said = told((PDF, "forum.pdf"))
    (item,) = items(session)
    assert (status, said["taken"]) == (
        200, [{"title": "forum", "address": f"{home}/{item.reference}"}]
    )  # fmt: skip
    status, said = told((PDF, "other.pdf"))
    assert (status, said["turned"][0]["title"]) == (422, "forum")
    status, said = told((b"", "empty.txt"))
    assert (status, said["turned"][0]["name"]) == (422, "empty.txt")
    status, said = told((PDF, "a.pdf"), review_on="someday")
    assert (status, len(said["errors"])) == (422, 1)


def test_a_newer_file_stands_and_the_old_one_can_still_be_opened(session, mine, club, home):
    item = evidence.file(session, club, making.pdf(1), title="Forum")
    clock.freeze(NOW + timedelta(days=400))
    address = f"{home}/{item.reference}/replace/file"
    seen = mine.page(address).select_one("input[name=seen]")["value"]
    answer = send(mine, address, (making.pdf(2), "new.pdf"), before="keep", seen=seen)
    assert answer.status_code == 303
    session.expire_all()
    assert (item.current.number, item.current.file.pages) == (2, 2)
    for number in (1, 2):
        assert mine.get(f"{home}/{item.reference}/versions/{number}/file").status_code == 200
    late = send(mine, address, (making.pdf(4), "late.pdf"), before="keep", seen=seen)
    assert late.status_code == 422
    assert "Somebody replaced this a moment ago" in late.text


def test_to_remove_someone_the_old_file_is_destroyed(session, mine, club, home):
    item = evidence.file(session, club, making.photo(), name="Robin.jpg", title="Trip")
    digest = item.current.digest
    answer = send(
        mine,
        f"{home}/{item.reference}/replace/file",
        (making.picture(), "blurred.png"),
        before="remove",
        why="A child’s face.",
        seen="1",
    )
    assert answer.status_code == 303
    session.expire_all()
    old = item.versions[0]
    assert (old.removed_why, old.file_name) == ("A child’s face.", "")
    assert "Robin.jpg" not in str(session.scalars(select(AuditValue.after)).all())
    for path in ("file", "pages/1"):
        gone = mine.get(f"{home}/{item.reference}/versions/1/{path}")
        assert gone.status_code == 404
        assert "not here any more" in gone.text
    removing.remove(session, old.file_id, NOW)
    session.commit()
    with pytest.raises(Missing):
        store().read(content_key(digest))
    tombstone = mine.page(f"{home}/{item.reference}", version="1").text
    assert "It was destroyed on 2 March 2027" in tombstone
    again = send(mine, f"{home}/add/files", (making.photo(), "again.jpg"))
    assert "This was taken away on 2 March 2027 to protect somebody" in again.text


def test_the_same_file_of_another_club_stays_when_one_is_destroyed(session, mine, club, home):
    item = evidence.file(session, club, PDF, title="Ours")
    other = accounts.checked_organisation(session, name="Harbour")
    theirs = evidence.file(session, other, PDF, title="Theirs")
    mine.send(f"{home}/{item.reference}/versions/1/remove", why="A name.")
    session.expire_all()
    removing.remove(session, item.current.file_id, NOW)
    session.commit()
    assert b"".join(store().read(content_key(theirs.current.digest)))


def _held(session, item, state, reason=""):
    stored = item.current.file
    stored.state, stored.reason = state, reason
    record(session, stored, "test", by="system:test", at=NOW)
    session.commit()


def test_until_it_is_clean_nobody_can_open_it(session, mine, club, home):
    item = evidence.file(session, club, PDF, title="Forum")
    _held(session, item, BEING_CHECKED)
    page = mine.page(f"{home}/{item.reference}")
    assert "Being checked" in page.text
    assert page.select("img.app-evidence__page") == []
    for path in ("file", "pages/1"):
        assert mine.get(f"{home}/{item.reference}/versions/1/{path}").status_code == 404
    _held(session, item, REFUSED, "Eicar-Test-Signature")
    page = mine.page(f"{home}/{item.reference}")
    assert "Not let through" in page.text
    assert mine.get(f"{home}/{item.reference}/versions/1/file").status_code == 404


def test_a_viewer_sees_the_list_and_not_the_files(session, client, club, home):
    item = evidence.file(session, club, PDF, title="Forum")
    client.sign_in(accounts.member(session, club, "viewer"))
    assert "Forum" in client.page(f"{home}/").text
    page = client.page(f"{home}/{item.reference}")
    assert "Only editors and leads" in page.text
    assert page.select("img.app-evidence__page") == []
    assert send(client, f"{home}/add/files", (PDF, "a.pdf")).status_code == 403


def test_of_a_closed_organisation_files_can_be_opened_and_not_added(session, mine, club, home):
    item = evidence.file(session, club, PDF, title="Forum")
    close_organisation(session, club, by=people.officer(session), at=NOW)
    session.commit()
    assert mine.get(f"{home}/{item.reference}/versions/1/file").status_code == 200
    assert send(mine, f"{home}/add/files", (making.pdf(2), "a.pdf")).status_code == 403


@pytest.mark.parametrize("path", ["file", "pages/1"])
def test_everyone_who_may_not_tries_the_address_of_a_file(session, client, club, home, path):
    """The access table asks this of all its people; here of those it does not know."""
    item = evidence.file(session, club, PDF, title="Forum")
    there = f"{home}/{item.reference}/versions/1/{path}"
    assert client.get(there).status_code == 302
    other = people.person(session, "Otto Other")
    theirs = accounts.checked_organisation(session, other, name="Harbour")
    outsider = accounts.member(session, theirs, "editor", "Eda Editor")
    gone = accounts.member(session, club, "editor", "Gone Gray")
    from accounts.actions import colleagues

    colleagues.end_membership(
        session, accounts.membership(session, club, gone), by=accounts.lead_of(club), at=NOW
    )
    session.commit()
    for person in (other, outsider, gone, people.officer(session), people.person(session)):
        client.sign_in(person)
        assert client.get(there).status_code == 404, person.name
        assert client.get(there.replace("/kites/", f"/{theirs.slug}/")).status_code == 404
    client.sign_in(accounts.member(session, club, "viewer"))
    assert client.get(there).status_code == 403
    for wrong in (
        "versions/2/file",
        "versions/1/pages/9",
        "versions/0/file",
        f"versions/{10**30}/file",
    ):
        client.sign_in(accounts.lead_of(club))
        assert client.get(f"{home}/{item.reference}/{wrong}").status_code == 404
    words = evidence.item(session, club)
    assert client.get(f"{home}/{words.reference}/versions/1/file").status_code == 404

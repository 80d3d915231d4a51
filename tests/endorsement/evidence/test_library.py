"""Items of a library: added, described, replaced, destroyed for somebody's sake, put away."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.actions.organisations import close_organisation
from accounts.models import Organisation
from endorsement.evidence import actions, contents, queries
from endorsement.evidence.actions import AlreadyThere, Described
from endorsement.evidence.removing import remove
from endorsement.models import EvidenceItem, EvidenceLink, EvidenceVersion
from tests.builders import accounts, evidence, people
from tests.charter.counting import statements
from tests.conftest import NOW
from web import clock
from web.audit.models import AuditValue
from web.workflow import Refused


def test_words_are_added_and_shown_for_many_standards(session, mine, club, home):
    answer = mine.send(
        f"{home}/add/words?standard=B1",
        title="How we listen",
        text="We sit together every Friday.",
        standards=["B1", "B2"],
        review_on="3 March 2028",
    )
    (item,) = session.scalars(select(EvidenceItem)).all()
    assert answer.status_code == 303
    assert answer.location.endswith(f"{home}/{item.reference}")
    assert item.standards == ["B1", "B2"]
    assert item.review_on == date(2028, 3, 3)
    page = mine.page(f"{home}/{item.reference}")
    assert "We sit together every Friday." in page.text
    assert "Assessors, not youth members" in page.text
    for key in ("B1", "B2"):
        assert [i.title for i in queries.items_for(session, club.id, key)] == ["How we listen"]
    assert queries.counts_by_standard(session, club.id) == {"B1": 1, "B2": 1}


def test_what_it_is_for_is_ticked_already(mine, club, home):
    page = mine.page(f"{home}/add")
    assert "faces" in page.text
    assert "DBS" in page.text
    page = mine.page(f"{home}/add/words", standard="C2")
    ticked = page.select("input[name=standards][checked]")
    assert [box["value"] for box in ticked] == ["C2"]
    assert mine.page(f"{home}/add", standard="Z9").select_one("a[href*=Z9]") is None


def test_a_link_is_text_with_its_host_and_never_opened(session, mine, home):
    mine.send(f"{home}/add/link", title="Our rules", link="kites.example.org/rules?x=<b>")
    (item,) = session.scalars(select(EvidenceItem)).all()
    assert item.current.address == "https://kites.example.org/rules?x=<b>"
    page = mine.page(f"{home}/{item.reference}")
    assert page.select_one(".app-evidence__host").text == "kites.example.org"
    assert not [a for a in page.select("a") if "kites.example.org" in a.get("href", "")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://kites.example.org", "file:///etc/passwd",
        "https://lena:secret@kites.example.org", "http://", "https://kites", "http://[::1", "a b.org",
    ],
)  # fmt: skip
def test_a_link_that_is_none_is_refused_in_words(session, mine, home, address):
    answer = mine.send(f"{home}/add/link", title="Our rules", link=address)
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert session.scalars(select(EvidenceItem)).all() == []


def test_what_is_shown_at_the_visit_needs_nothing_sent(session, mine, home):
    mine.send(f"{home}/add/visit", title="Photos of the trip", shows="Who came")
    (item,) = session.scalars(select(EvidenceItem)).all()
    assert item.current.kind == "visit"
    assert "You will show this at the visit" in mine.page(f"{home}/{item.reference}").text


def test_the_same_again_says_where_it_is_and_offers_that_one(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("We ask."), standards=("A1",))
    answer = mine.send(
        f"{home}/add/words?standard=B1", title="Listening", text="We ask.", standards=["B1"]
    )
    assert answer.status_code == 422
    assert "You have this already: “How we listen”" in answer.text
    mine.post_raw(f"{home}/{item.reference}/use", {"standard": "B1"})
    session.expire_all()
    assert item.standards == ["A1", "B1"]
    assert len(session.scalars(select(EvidenceItem)).all()) == 1


def test_the_button_pressed_twice_makes_one(session, club, lead):
    for _ in range(2):
        evidence.item(session, club, content=contents.words("We ask."), standards=("A1",))
    assert len(session.scalars(select(EvidenceItem)).all()) == 1
    with pytest.raises(AlreadyThere):
        evidence.item(session, club, "Something else", contents.words("We ask."))


def test_another_organisation_may_have_the_same(session, club, lead):
    evidence.item(session, club, content=contents.words("We ask."))
    other = accounts.checked_organisation(session, name="Harbour")
    assert evidence.item(session, other, content=contents.words("We ask.")).organisation is other


def test_a_newer_version_stands_and_the_old_one_stays(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("We ask."), standards=("A1",))
    clock.freeze(NOW + timedelta(days=400))
    mine.send(f"{home}/{item.reference}/replace/words", text="We ask and act.")
    session.expire_all()
    assert item.current.text == "We ask and act."
    assert [v.number for v in queries.history(session, item)] == [2, 1]
    page = mine.page(f"{home}/{item.reference}")
    assert "We ask and act." in page.text
    assert "We ask." in mine.page(f"{home}/{item.reference}", version="1").text
    assert [i.current.number for i in queries.items_for(session, club.id, "A1")] == [2]


def test_two_who_replace_the_words_meet(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("We ask."))
    page = mine.page(f"{home}/{item.reference}/replace/words")
    opened = page.select_one("input[name=opened]")["value"]
    actions.replace(
        session, item, contents.words("We ask daily."), by=accounts.lead_of(club), at=NOW
    )
    session.commit()
    answer = mine.post_raw(
        f"{home}/{item.reference}/replace/words",
        {"text": "We ask weekly.", "opened": opened, "before": "keep"},
    )
    assert answer.status_code == 422
    assert "We ask daily." in answer.text
    assert "We ask weekly." in answer.text


def test_two_who_describe_it_meet(session, mine, club, home):
    item = evidence.item(session, club)
    page = mine.page(f"{home}/{item.reference}/change")
    opened = page.select_one("input[name=opened]")["value"]
    by = {"by": accounts.lead_of(club), "at": NOW}
    actions.describe(session, item, Described("Their title", "Their words"), **by)
    session.commit()
    sent = {"title": "My title", "shows": "", "opened": opened, "review_on": "1 May 2027"}
    answer = mine.post_raw(f"{home}/{item.reference}/change", sent)
    assert answer.status_code == 422
    assert "Their title" in answer.text
    again = mine.post_raw(
        f"{home}/{item.reference}/change",
        {"title": "Both titles", "shows": "Their words", "review_on": "1 May 2027",
         "opened": _opened(answer)},
    )  # fmt: skip
    session.expire_all()
    assert again.status_code == 303
    assert (item.title, item.shows, item.review_on) == (
        "Both titles",
        "Their words",
        date(2027, 5, 1),
    )


def _opened(answer):
    from tests.client import soup

    return soup(answer).select_one("input[name=opened]")["value"]


def test_to_protect_somebody_no_word_stays(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("Robin Quill said we listen."))
    assert "Robin Quill" in str(session.scalars(select(AuditValue.after)).all())
    answer = mine.send(
        f"{home}/{item.reference}/replace/words",
        text="A young person said we listen.",
        before="remove",
        why="A child is named.",
    )
    assert answer.status_code == 303
    session.expire_all()
    old = item.versions[0]
    assert (old.text, old.digest, old.removed_why) == ("", "", "A child is named.")
    assert "Robin Quill" not in str(session.scalars(select(AuditValue.after)).all())
    page = mine.page(f"{home}/{item.reference}", version="1")
    assert "It was destroyed on 2 March 2027" in page.text
    assert "A child is named." in page.text
    assert item.current.text == "A young person said we listen."


def test_it_is_not_destroyed_without_a_reason(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("Robin said."))
    for address, typed in (
        (f"{home}/{item.reference}/replace/visit", {"before": "remove"}),
        (f"{home}/{item.reference}/versions/1/remove", {}),
    ):
        answer = mine.send(address, **typed)
        assert answer.status_code == 422
        assert "Say in a few words why it has to go" in answer.text
    session.expire_all()
    assert item.current.text == "Robin said."


def test_destroyed_with_nothing_in_its_place(session, mine, club, home):
    item = evidence.item(session, club, content=contents.words("Robin said."))
    mine.send(f"{home}/{item.reference}/versions/1/remove", why="A child is named.")
    session.expire_all()
    assert item.current.removed_at is not None
    assert "Robin" not in mine.page(f"{home}/{item.reference}").text
    remove(session, item.current, "again", by=accounts.lead_of(club), at=NOW)
    assert item.current.removed_why == "A child is named."


def test_put_away_it_is_on_no_list_and_comes_back(session, mine, club, home):
    item = evidence.item(session, club, standards=("A1",))
    mine.send(f"{home}/{item.reference}/put-away", press="Put it away")
    assert queries.items_for(session, club.id, "A1") == []
    assert queries.counts_by_standard(session, club.id) == {}
    assert "How we listen" not in mine.page(f"{home}/").select_one(".app-rows").text
    assert "How we listen" in mine.page(f"{home}/", **{"put-away": "yes"}).text
    mine.post_raw(f"{home}/{item.reference}/bring-back", {})
    session.expire_all()
    assert len(queries.items_for(session, club.id, "A1")) == 1


def test_of_a_closed_organisation_it_is_read_only(session, mine, club, home):
    item = evidence.item(session, club)
    close_organisation(session, club, by=people.officer(session), at=NOW)
    session.commit()
    assert mine.page(f"{home}/").select("a[href$=add]") == []
    assert mine.get(f"{home}/{item.reference}").status_code == 200
    for address in (f"{home}/add/words", f"{home}/{item.reference}/change"):
        assert mine.get(address).status_code == 403
        assert mine.post_raw(address, {}).status_code == 403
    with pytest.raises(Refused):
        evidence.item(session, club, "Another")


def test_a_viewer_adds_nothing(session, club):
    viewer = accounts.member(session, club, "viewer")
    with pytest.raises(Refused):
        evidence.item(session, club, by=viewer)


@pytest.mark.parametrize(
    "path", ["", "{}", "{}/change", "{}/replace/words", "{}/versions/1/remove"]
)
def test_another_club_s_is_not_there(session, mine, home, path):
    other = accounts.checked_organisation(session, name="Harbour")
    theirs = evidence.item(session, other)
    there = f"/my/organisations/{other.slug}/quality/evidence/"
    assert mine.get(there + path.format(theirs.reference)).status_code == 404
    if path:  # not under one's own address either
        assert mine.get(f"{home}/{path.format(theirs.reference)}").status_code == 404


def test_pages_cost_the_same_with_ten_items_as_with_a_thousand(app, session, mine, club, home):
    def cost():
        said = {}
        for name, address in pages.items():
            with statements(app) as made:
                assert mine.get(address).status_code == 200
            said[name] = len(made)
        for name, ask in (("standard", queries.items_for), ("counts", None)):
            session.expunge_all()
            with statements(app) as made:
                if ask:
                    [(i.current.kind, i.title) for i in ask(session, number, "B1")]
                else:
                    queries.counts_by_standard(session, number)
            said[name] = len(made)
        return said

    number = club.id
    first = evidence.item(session, club, "First", standards=("B1", "B2"))
    pages = {
        "library": f"{home}/",
        "of a standard": f"{home}/?standard=B1",
        "item": f"{home}/{first.reference}",
        "add": f"{home}/add/words?standard=B1",
    }
    _fill(session, club, 1000, 1009)
    before = cost()
    _fill(session, session.get_one(Organisation, number), 2000, 2990)
    assert cost() == before
    assert before["standard"] == before["counts"] == 1
    assert before["library"] <= 14


def _fill(session, club, first, last):
    """Past the session and its chain: this is about reading."""
    person, there = club.created_by_id, session.connection()
    rows = [
        {"id": n, "reference": f"R{n}", "organisation_id": club.id, "title": f"Item {n}",
         "shows": "", "youth_may_see": False, "added_at": NOW, "added_by_id": person, "version": 1}
        for n in range(first, last)
    ]  # fmt: skip
    there.execute(EvidenceItem.__table__.insert(), rows)
    version = {"number": 1, "kind": "visit", "text": "", "address": "", "file_name": "",
               "digest": "", "added_at": NOW, "added_by_id": person, "removed_why": ""}  # fmt: skip
    there.execute(
        EvidenceVersion.__table__.insert(), [version | {"item_id": row["id"]} for row in rows]
    )
    there.execute(
        EvidenceLink.__table__.insert(), [{"item_id": r["id"], "standard": "B1"} for r in rows]
    )
    session.commit()

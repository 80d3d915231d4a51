"""The practice case: each alone, then all together; it counts as the shadowed one."""

from endorsement import versions
from review.practice import queries
from review.practice.case import practice_case


def words(page):
    return " ".join(page.main.get_text().split())


def rated(client, person, rating):
    client.sign_in(person)
    page = client.page("/practice/")
    links = [a["href"] for a in page.select(".govuk-task-list__link")]
    for address in links:
        assert client.send(address, rating=str(rating), reason="So I read it.").status_code == 303
    return links


def test_each_alone_and_then_adults_and_young_side_by_side(client, session, group):
    versions.load_default(session)
    session.commit()
    adult, young = group.assessors[0], group.young[0]
    assert len(rated(client, adult, 2)) == len(practice_case().standards)
    assert client.get("/practice/together").status_code == 303
    assert client.send("/practice/", press="Send it").location.endswith("/practice/together")
    assert len(rated(client, young, 3)) < len(practice_case().standards)
    assert client.get("/practice/together").status_code == 303
    client.send("/practice/", press="Send it")
    page = client.page("/practice/together")
    assert "Young assessors" in words(page)
    assert adult.name not in words(page)
    assert "You said 3." in words(page)
    client.post_raw("/practice/standards/B1", {"rating": "0"})
    session.expire_all()
    kept = {r.rating for r in queries.own(session, young, practice_case().code).readings}
    assert kept == {3}
    assert set(queries.practised(session, [adult.id, young.id])) == {adult.id, young.id}
    client.sign_in(group.chair)
    assert client.get("/practice/").status_code in (403, 404)

"""The count on the standard's page, in what is sent, and the training that closes a gap."""

from endorsement.from_training.queries import counts_of
from endorsement.sending import seal
from tests.builders import sending
from tests.builders import training as trainings
from tests.charter.counting import statements
from tests.client import soup
from tests.endorsement.sending.test_seal import item_of
from web import clock

MODULES = ("W1", "W2", "W3", "W4", "K1", "K2", "K3", "K4")


def standard_page(client, slug, key="E2"):
    return client.get(f"/my/organisations/{slug}/quality/standards/{key}")


def words(response):
    return " ".join(soup(response).main.get_text(" ").split())


def trained(session, organisation, *modules, name="Win Wood"):
    win = trainings.worker(session, organisation, name=name)
    for module in modules:
        trainings.checked(session, win, module)
    return win


def test_the_standards_page_says_how_many_and_names_nobody(session, at_work, ready, club):
    trainings.pathways(session)
    assert "nothing to count" in words(standard_page(at_work, club.slug))
    trained(session, club, *MODULES)
    trained(session, club, "W1", name="Zoe Zed")
    page = words(standard_page(at_work, club.slug))
    assert "In date with all that their roles need: 1 of 2." in page
    assert "One person has no “Safeguarding basics” in date." in page
    assert "“In place” needs 2 in date." in page
    assert "never be alone" in page
    assert "Zoe" not in page
    assert "training record says" not in words(standard_page(at_work, club.slug, "A1"))


def test_until_the_pathways_stand_it_is_self_rated(at_work, ready, club):
    page = words(standard_page(at_work, club.slug))
    assert "training record says" not in page
    assert "Training that helps" not in page


def test_a_gap_leads_to_the_training_that_closes_it(session, at_work, ready, club):
    trainings.pathways(session)
    page = soup(standard_page(at_work, club.slug, "A1"))
    links = [a["href"] for a in page.select("#helps + ul a")]
    assert links
    for link in links:
        assert at_work.get(link).status_code == 200
    sending.say(session, ready, "A1", 0, reason="")
    session.commit()
    overview = at_work.get(f"/my/organisations/{club.slug}/quality")
    assert "Training that helps:" in words(overview)


def test_counts_are_sealed_and_shown_and_name_nobody(session, client, lead, ready, club):
    trainings.pathways(session)
    trained(session, club, *MODULES, name="Zoe Zed")
    made = sending.sent(session, ready)
    item = item_of(made, "training")
    figures = item.content["figures"]
    assert (figures["people"], figures["in_date"], figures["roles"]) == (1, 1, [])
    assert figures["standards"][0]["met"] is True
    assert "Zoe" not in str(item.content)
    assert seal.root_of(made.items) == made.root
    client.sign_in(lead)
    page = words(
        client.get(f"/my/organisations/{club.slug}/quality/submissions/{made.reference}/record")
    )
    assert "Training, counted on 2 March 2027" in page
    assert "1 of 1" in page


def test_counting_takes_as_many_statements_for_ten_as_for_one(app, session, ready, club):
    trainings.pathways(session)
    framework = ready.framework

    def asked():
        session.expire_all()
        assert club.id
        with statements(app) as said:
            counts_of(session, club, framework, clock.today())
        return len(said)

    trained(session, club, "W1")
    first = asked()
    for number in range(9):
        trained(session, club, "W1", "W2", name=f"Person {number}")
    assert asked() == first

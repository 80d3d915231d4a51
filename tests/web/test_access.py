"""The one door every view stands behind."""

import pytest
from flask import Blueprint

from tests.client import soup
from tests.conftest import settings_for_tests
from tests.web import probe
from web.access import allow, anyone, published, signed_in
from web.contributions import Contribution
from web.factory import create_app


@pytest.fixture
def signed_in_client(client, session):
    client.sign_in(probe.a_person(session))
    return client


def test_the_portal_does_not_start_with_an_unguarded_view(database_url):
    bare = Blueprint("bare", __name__)
    bare.add_url_rule("/bare", "view", lambda: "anybody's")
    with pytest.raises(RuntimeError, match=r"no @allow: bare\.view"):
        create_app(settings_for_tests(database_url), Contribution(name="bare", blueprints=(bare,)))


def test_every_view_of_the_portal_has_a_guard_also_the_libraries(app):
    assert app.view_functions["security.login"].guard
    assert all(hasattr(view, "guard") for view in app.view_functions.values())


def test_what_is_not_yours_to_know_of_is_not_there(signed_in_client):
    assert signed_in_client.get("/probe/things/hidden").status_code == 404
    assert probe.asked == ["loader"]


def test_a_refusal_says_why(signed_in_client):
    response = signed_in_client.get("/probe/things/theirs")
    assert response.status_code == 403
    assert "Only the club's lead can open this." in soup(response).main.get_text()


def test_the_view_gets_the_thing_that_was_asked_about(signed_in_client):
    assert "It is mine." in signed_in_client.get("/probe/things/mine").text
    assert probe.asked == ["loader", "rule"]


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/probe/things/mine", "next=/probe/things/mine"),
        (
            "/probe/things/mine?page=2&q=caf%C3%A9",
            "next=/probe/things/mine?page%3D2%26q%3Dcaf%25C3%25A9",
        ),
    ],
)
def test_signed_out_you_are_sent_to_sign_in_and_back(client, address, wanted):
    response = client.get(address)
    assert response.status_code == 302
    assert response.location.endswith(wanted)
    assert probe.asked == []


def test_a_post_without_its_token_is_refused_in_words(signed_in_client):
    response = signed_in_client.post("/probe/things/mine")
    assert response.status_code == 400
    assert "This form was open too long, or cookies are switched off." in response.text


def test_a_post_with_another_sessions_token_is_refused(app, signed_in_client):
    foreign = app.test_client().token()
    response = signed_in_client.post("/probe/things/mine", data={"csrf_token": foreign})
    assert response.status_code == 400


def test_a_post_with_its_token_goes_through(signed_in_client):
    assert signed_in_client.post_raw("/probe/things/mine", {}).status_code == 200


def test_the_order_of_the_door(app, signed_in_client, monkeypatch):
    """Signed in, second factor, CSRF, loader, rule."""
    steps = app.extensions["door_steps"]
    monkeypatch.setitem(
        app.extensions, "door_steps", [*steps, lambda rule: probe.asked.append("step")]
    )
    assert signed_in_client.post("/probe/things/hidden").status_code == 400
    assert probe.asked == ["step"]
    probe.asked.clear()
    assert signed_in_client.post_raw("/probe/things/theirs", {}).status_code == 403
    assert probe.asked == ["step", "loader", "rule"]
    signed_in_client.sign_out()
    probe.asked.clear()
    assert signed_in_client.post("/probe/things/theirs").status_code == 303
    assert probe.asked == []


def test_a_step_at_the_door_may_turn_somebody_away(app, signed_in_client, monkeypatch):
    away = app.response_class(status=418)
    monkeypatch.setitem(app.extensions, "door_steps", [lambda rule: away])
    assert signed_in_client.get("/probe/things/mine").status_code == 418
    assert probe.asked == []


def test_published_stands_only_over_anyone():
    def view() -> str:
        return ""

    for wrong in (view, allow(signed_in)(view)):
        with pytest.raises(TypeError, match=r"view is published, so @allow\(anyone\)"):
            published(wrong)
    assert published(allow(anyone)(view)).guard.published


def test_a_page_for_strangers_sends_you_home_when_you_are_signed_in(client, session):
    assert client.get("/probe/strangers").status_code == 200
    client.sign_in(probe.a_person(session))
    response = client.get("/probe/strangers")
    assert (response.status_code, response.location) == (303, "/my/")


def test_two_people_in_one_test_are_two_people(client, session, app):
    """A request keeps nothing of the one before it."""
    sam, ada = probe.a_person(session), probe.a_person(session, "Ada Bell")
    client.sign_in(sam)
    assert client.get("/probe/things/mine").status_code == 200
    client.sign_out()
    assert client.get("/probe/things/mine").status_code == 302
    client.sign_in(ada)
    assert client.get("/probe/things/mine").status_code == 200

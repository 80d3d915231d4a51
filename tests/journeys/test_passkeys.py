"""Passkeys, with a real browser and a key of its own making (Chromium's virtual authenticator)."""

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.builders.people import PASSWORD, officer
from tests.conftest import settings_for_tests
from web import clock, migrate
from web.factory import create_app

pytestmark = [pytest.mark.slow, pytest.mark.browser]
OLU = "olu@example.org"


@pytest.fixture(autouse=True)
def still_clock() -> None:
    """The browser lives today: the clock runs."""
    clock.freeze(None)


@dataclass
class Site:
    address: str
    app: Flask


@pytest.fixture
def site(tmp_path: Any) -> Iterator[Site]:
    """At a name, with its port: a browser keeps no passkey for a number."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"sqlite:///{tmp_path / 'portal.sqlite'}"
    migrate.upgrade(url)
    address = f"http://localhost:{port}"
    app = create_app(settings_for_tests(url, site_url=address))
    app.testing = False
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        officer(session, "Olu Officer", email=OLU, password=PASSWORD)
    server = make_server("127.0.0.1", port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(address, app)
    server.shutdown()
    thread.join(10)
    server.server_close()
    app.extensions["database"].engine.dispose()


@pytest.fixture
def page(browser: Any, site: Site) -> Iterator[Any]:
    context = browser.new_context(base_url=site.address)
    context.set_default_timeout(10_000)
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    yield page
    context.close()


def by_password(page: Any) -> None:
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(OLU)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Any) -> None:
    page.get_by_role("button", name="Sign out").first.click()
    page.wait_for_url("**/sign-in")


def test_set_up_then_shown_as_the_second_step_then_alone(page: Any) -> None:
    by_password(page)
    page.wait_for_url(re.compile(r"/my/proof\?"))
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_label("A name for it").fill("My phone")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url(re.compile("/my/proof/recovery-codes"))
    assert page.locator("code").count() == 10
    page.get_by_role("button", name="I have kept them: go on").click()
    page.goto("/my/proof")
    assert page.get_by_text("My phone", exact=True).first.is_visible()
    assert page.get_by_role("button", name="Remove My phone").count() == 0

    sign_out(page)
    by_password(page)
    page.wait_for_url(re.compile("/sign-in/second-step"))
    page.get_by_role("button", name="Use your passkey").click()
    page.wait_for_url("**/team/")

    sign_out(page)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/team/")


def test_made_up_passkeys_open_nothing(page: Any, site: Site) -> None:
    page.goto("/sign-in")
    for made_up in ("{}", "not json", '{"id": "AA", "rawId": "AA", "type": "public-key"}'):
        # Sent a moment later: a page that leaves while it is being asked is an error here.
        with page.expect_navigation():
            page.evaluate(
                """text => {
                  const form = document.querySelector("[data-passkey] form");
                  form.elements.credential.value = text;
                  setTimeout(() => form.submit(), 50);
                }""",
                made_up,
            )
        assert "That passkey did not work" in page.locator("main").inner_text()
    assert page.goto("/my/").url.startswith(f"{site.address}/sign-in?")


def test_without_scripts_there_is_another_way(browser: Any, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    by_password(page)
    page.wait_for_url(re.compile(r"/my/proof\?"))
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("link", name="set up an app instead").click()
    assert page.locator(".app-picture-code svg").is_visible()
    context.close()

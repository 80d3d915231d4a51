"""A real server on the example county, and a real browser.

Fixtures for tests/journeys and tests/test_pages.py; tests/conftest.py hands them on.
"""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.county import copied
from web import clock, worker
from web.factory import create_app

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = "Chromium is not installed: apt install chromium"


@dataclass
class Portal:
    """A running portal: its address, its application, and its worker at hand."""

    address: str
    app: Flask

    def deliver(self) -> None:
        """Let the worker make a round: mail arrives."""
        worker.once(self.app)

    def newest_mail(self, to: str) -> Any:
        from sqlalchemy import select

        from web.mail.models import ExampleMail

        self.deliver()
        with self.app.extensions["database"].session(writes=False) as session:
            mine = select(ExampleMail).where(ExampleMail.address == to)
            return session.scalars(mine.order_by(ExampleMail.id.desc())).first()


def missing(sentence: str) -> None:
    """Skip, or fail where everything is to be tested."""
    if "PORTAL_TEST_EVERYTHING" in os.environ:
        pytest.fail(sentence)
    pytest.skip(sentence)


@contextmanager
def running(paths: pytest.TempPathFactory, name: str) -> Iterator[Portal]:
    """A portal of its own on the example county, in this process."""
    from tests.conftest import settings_for_tests

    clock.freeze(None)
    county = copied(paths, paths.mktemp(name))
    # A test's stop at a mistake would hide the page that people see instead.
    app = create_app(settings_for_tests(county.url, example=True, files=county.files))
    app.testing = False
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Portal(f"http://127.0.0.1:{server.server_port}", app)
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()
        app.extensions["database"].engine.dispose()


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    with running(tmp_path_factory, "portal") as portal:
        yield portal


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        missing(NO_BROWSER)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Any, portal: Portal) -> Iterator[Callable[..., Any]]:
    """``visit(width=360, scripts=False)``: a new person with a browser of their own."""
    contexts = []

    def open_browser(
        width: int = 1280, height: int = 900, scripts: bool = True, **more: Any
    ) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            base_url=portal.address,
            **more,
        )
        context.set_default_timeout(8000)
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()


@dataclass
class Signed:
    """One browser a person of the example county, signed in once."""

    browser: Any
    portal: Portal
    pages: dict[str, Any] = field(default_factory=dict)

    def __call__(self, key: str) -> Any:
        """``key`` is a person's of the county, or one of NOT_SIGNED_IN."""
        from tests.page_list import NOT_SIGNED_IN

        if key not in self.pages:
            context = self.browser.new_context(base_url=self.portal.address)
            context.set_default_timeout(15000)
            self.pages[key] = context.new_page()
            before = NOT_SIGNED_IN.get(key, lambda page: sign_in_as(page, key))
            before(self.pages[key])
        return self.pages[key]


@pytest.fixture(scope="module")
def signed(browser: Any, portal: Portal) -> Iterator[Signed]:
    clock.freeze(None)
    everybody = Signed(browser, portal)
    yield everybody
    for page in everybody.pages.values():
        page.context.close()


def sign_in_as(page: Any, key: str) -> None:
    """By the example page's one click."""
    page.goto("/example/")
    with page.expect_navigation(url=lambda url: "/example/" not in url):
        page.locator(f"form[action$='/example/sign-in/{key}'] button").click()

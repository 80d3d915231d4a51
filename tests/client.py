"""A browser for tests: it lints every page it gets and fills in forms as a person would."""

import os
from datetime import datetime
from itertools import count
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import object_session
from werkzeug.test import TestResponse

from accounts.actions import signing_in
from accounts.models import Device, Person
from accounts.sign_in import devices
from tests.lint import lint
from web import clock

_number = count(1)


class PortalClient(FlaskClient):
    lints = os.environ.get("TEST_DATABASE") != "postgresql"
    """A page is the same on PostgreSQL: SQLite's run lints it."""
    comes_back: tuple[str, datetime] | None = None
    """The digest of the sign-in of somebody who comes again and again, and when they last came."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        self._come_back()
        kwargs.setdefault("buffered", True)  # read whole and closed, as a server does
        # Flask would share the tests' context, and with it who was signed in a request ago.
        with self.application.app_context():
            response = super().open(*args, **kwargs)
        plain = not (response.location or response.content_encoding)
        if response.mimetype == "text/html" and response.data and plain and self.lints:
            lint(response)
        return response

    def sign_in(self, person: Any) -> None:
        """Signed in, without the pages for it: those have tests of their own."""
        self.comes_back = (self.carry(person.fs_uniquifier, object_session(person)), clock.now())

    def carry(self, uniquifier: str, own: Any = None, *, proved: bool = True) -> str:
        """The cookie of a sign-in of this person; ``proved``: their second factor was shown."""
        token = f"token {next(_number)}"
        with self.application.extensions["database"].session(writes=True) as other:
            _device(own or other, uniquifier, devices.digest_of(token), proved)
        with self.session_transaction() as cookie:
            cookie["_user_id"] = uniquifier
            cookie["_fresh"] = True
            cookie[devices.TOKEN] = token
            cookie.permanent = True
        return devices.digest_of(token)

    def again(self) -> "PortalClient":
        """Another window with the same cookies."""
        other = type(self)(self.application, self.response_wrapper)
        other._cookies = dict(self._cookies)
        return other

    def _come_back(self) -> None:
        """A test that moves the clock by weeks is not about signing in again."""
        if self.comes_back is None or self.comes_back[1] == clock.now():
            return
        digest, at = self.comes_back[0], clock.now()
        with self.application.extensions["database"].session(writes=True) as session:
            row = update(Device).where(Device.digest == digest)
            session.execute(row.values(signed_in_at=at, last_seen_at=at))
            session.commit()
        self.comes_back = (digest, at)

    def sign_out(self) -> None:
        with self.session_transaction() as cookie:
            cookie.clear()

    def page(self, address: str, **query: Any) -> BeautifulSoup:
        """Open a page that must be there."""
        response = self.get(address, query_string=query or None, follow_redirects=True)
        assert response.status_code == 200, f"{address}: {response.status}"
        return soup(response)

    def token(self) -> str:
        """A CSRF token that this browser may use: for posts that no page of ours would send."""
        with self.session_transaction() as cookie:
            return _token_for(cookie, self.application)

    def send(
        self, address: str, press: str | None = None, follow: bool = False, **typed: Any
    ) -> TestResponse:
        """Open the page, fill in its form and press its button (``press``: the button's words)."""
        page = soup(self.get(address))
        form = _form(page, press)
        assert form is not None, f"{address} has no such form"
        data = _filled(form) | _pressed(form, press)
        for name, value in typed.items():
            data[name] = value
        action = form.get("action") or address
        return self.post(action, data=data, follow_redirects=follow)

    def post_raw(self, address: str, data: dict[str, Any], **more: Any) -> TestResponse:
        """Post anything, with a good CSRF token."""
        return self.post(address, data={"csrf_token": self.token(), **data}, **more)


def _device(session: Any, uniquifier: str, digest: str, proved: bool) -> None:
    person = session.scalars(select(Person).where(Person.fs_uniquifier == uniquifier)).one()
    signing_in.begin(
        session,
        person,
        digest=digest,
        browser="Firefox",
        system="Linux",
        must_prove=False,
        proved=proved,
        at=clock.now(),
    )
    session.commit()


def soup(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.data, "html.parser")


def _token_for(cookie: Any, app: Any) -> str:
    from flask import g, session
    from flask_wtf.csrf import generate_csrf

    with app.test_request_context():
        if "csrf_token" in cookie:
            session["csrf_token"] = cookie["csrf_token"]
        made = generate_csrf()
        cookie["csrf_token"] = session["csrf_token"]
        g.pop("csrf_token", None)
        return made


def _form(page: BeautifulSoup, press: str | None) -> Any:
    for form in page.select("form[method=post]"):
        words = [" ".join(b.get_text().split()) for b in _buttons(form)]
        if press in words or (
            press is None and form.select("input:not([type=hidden]), textarea, select")
        ):
            return form
    return next(iter(page.select("main form[method=post]")), None) if press is None else None


def _buttons(form: Any) -> list[Any]:
    """Those inside it, and those that name it."""
    named = form.find_parent("html").select(f"button[form={form['id']}]") if form.get("id") else []
    return [*form.select("button"), *named]


def _pressed(form: Any, press: str | None) -> dict[str, str]:
    for button in _buttons(form):
        if (
            button.get("name")
            and press is not None
            and " ".join(button.get_text().split()) == press
        ):
            return {button["name"]: button.get("value", "")}
    return {}


def _filled(form: Any) -> dict[str, Any]:
    """What the form holds as it stands."""
    data: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        kind = field.get("type", "text")
        if kind in ("checkbox", "radio"):
            if field.has_attr("checked"):
                data.setdefault(field["name"], []).append(field.get("value", "on"))
        elif field.name == "textarea":
            data[field["name"]] = field.get_text().removeprefix("\n")
        elif field.name == "select":
            chosen = field.select_one("option[selected]") or field.select_one("option")
            data[field["name"]] = chosen["value"] if chosen else ""
        elif kind not in ("submit", "button", "file"):
            data[field["name"]] = field.get("value", "")
    return data

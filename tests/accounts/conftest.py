"""A mailbox that receives what the worker sends."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask import Flask

from web.mail import sending
from web.mail.models import OutboxMail
from web.mail.writing import Letter


@dataclass(frozen=True)
class Received:
    to: str
    kind: str
    subject: str
    body: str

    @property
    def link(self) -> str:
        """The first link, as the path that a browser of these tests opens."""
        found = re.search(r"http://localhost(/\S+)", self.body)
        assert found, self.body
        return found[1]

    @property
    def code(self) -> str:
        found = re.search(r"\b\d{6}\b", self.body)
        assert found, self.body
        return found[0]


@pytest.fixture
def fetch_mail(
    app: Flask, session: object, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[Received]]:
    """Let the worker send what is due and give back what arrived."""
    arrived: list[Received] = []

    def take(mail: OutboxMail, letter: Letter) -> None:
        arrived.append(Received(mail.address, mail.kind, letter.subject, letter.body))

    monkeypatch.setattr(sending, "_hand_over", take)

    def fetch() -> list[Received]:
        arrived.clear()
        with app.test_request_context(base_url="http://localhost"):
            sending.send_due(app.extensions["database"])
        return list(arrived)

    return fetch

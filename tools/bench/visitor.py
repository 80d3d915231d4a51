"""Somebody who signs in as people do: opens the page, fills in its form, presses the button."""

import http.client
import re
import time
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tools.bench.server import HOST


class Visitor:
    def __init__(self, port: int):
        self.port = port
        self.cookies: dict[str, str] = {}

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, str, str]:
        """Status, where it leads to, and the page."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body or None, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: m.value for name, m in SimpleCookie(line).items()}
            return (
                answer.status,
                answer.headers.get("Location", ""),
                answer.read().decode(errors="replace"),
            )
        finally:
            connection.close()

    def sign_in(self, email: str, password: str) -> float:
        """How long the post took, in milliseconds.  Raises RuntimeError when it was refused."""
        _, _, page = self.ask("GET", "/sign-in")
        hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
        typed = {name: unescape(value) for name, value in hidden.items()}
        typed |= {"email": email, "password": password}
        began = time.perf_counter()
        status, to, _ = self.ask("POST", "/sign-in", urlencode(typed))
        took = (time.perf_counter() - began) * 1000
        if status != 303:
            raise RuntimeError(f"signing in as {email} answered {status} {to}")
        return took

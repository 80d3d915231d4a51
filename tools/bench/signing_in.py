"""How long signing in takes: the whole request, its password check as slow as in production."""

import http.client
import re
import time
from urllib.parse import urlencode

from flask import Flask

from accounts.actions import people
from accounts.sign_in.passwords import hashed
from tools.bench.server import HOST
from web import clock
from web.database import Database

EMAIL, PASSWORD = "bench.person@example.org", "three red kites"
TIMES = 20


def add_somebody(app: Flask) -> None:
    """Who can sign in."""
    database: Database = app.extensions["database"]
    at = clock.now()
    with app.app_context(), database.session(writes=True) as session:
        person = people.register(
            session, name="Bench Person", email=EMAIL, password=hashed(PASSWORD), at=at
        )
        people.confirm(session, person, at=at)
        session.commit()


def measured(port: int) -> str:
    """One after the other, so that only the request itself is measured."""
    taken = sorted(_once(port) for _ in range(TIMES))
    p50, slowest = taken[len(taken) // 2], taken[-1]
    return f"Signing in, the whole request: p50 {p50:.0f} ms, slowest of {TIMES} {slowest:.0f} ms."


def _once(port: int) -> float:
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    connection.request("GET", "/sign-in")
    page = connection.getresponse()
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.read().decode())
    if token is None:
        raise RuntimeError("The sign-in page has no token.")
    typed = {"csrf_token": token[1], "email": EMAIL, "password": PASSWORD, "way": "password"}
    headers = {
        "Cookie": page.headers["Set-Cookie"].partition(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    began = time.monotonic()
    connection.request("POST", "/sign-in", urlencode(typed), headers)
    answer = connection.getresponse()
    answer.read()
    took = (time.monotonic() - began) * 1000
    connection.close()
    if answer.status != 303:
        raise RuntimeError(f"Signing in answered {answer.status}.")
    return took

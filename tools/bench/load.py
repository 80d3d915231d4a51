"""Load on one address, by wrk where it is installed, else by a small generator of our own."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tools.bench.server import HOST

CONNECTIONS = 16
SECONDS = 1
AGAIN = 8
"""So many times as long once more, when not one answer came in time."""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60000.0}


@dataclass(frozen=True)
class Result:
    per_second: float
    p50: float
    """Milliseconds, as p99."""
    p99: float
    failed: int


def name() -> str:
    wrk = shutil.which("wrk")
    if not wrk:
        return "a generator of our own in Python (apt install wrk for a better one)"
    said = subprocess.run([wrk, "-v"], capture_output=True, text=True).stdout
    return " ".join(said.split()[:2])


def run(
    port: int, path: str, etag: str = "", cookie: str = "", connections: int = CONNECTIONS
) -> Result:
    headers = {"Accept-Encoding": "br"} | ({"If-None-Match": etag} if etag else {})
    headers |= {"Cookie": cookie} if cookie else {}
    ask = _wrk if shutil.which("wrk") else _own
    for seconds in (SECONDS, SECONDS * AGAIN):
        result = ask(port, path, seconds, headers, connections)
        if result:
            return result
    return Result(0.0, 0.0, 0.0, failed=connections)


def fastest(results: Iterable[Result]) -> Result:
    """That of the most requests a second, with all that failed."""
    results = list(results)
    best = max(results, key=lambda r: r.per_second)
    return replace(best, failed=sum(r.failed for r in results))


def _wrk(
    port: int, path: str, seconds: float, headers: dict[str, str], connections: int
) -> Result | None:
    options = [f"-c{connections}", "-t1", f"-d{seconds:.0f}s", "--latency", "--timeout", "20s"]
    options += [word for n, value in headers.items() for word in ("-H", f"{n}: {value}")]
    said = subprocess.run(
        ["wrk", *options, f"http://{HOST}:{port}{path}"],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    ).stdout
    if re.search(r"^\s*0 requests in", said, re.MULTILINE):
        return None
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    sockets = re.search(r"Socket errors: .*", said)
    return Result(
        per_second=float(_found(r"Requests/sec:\s+([\d.]+)", said)),
        p50=_milliseconds(_found(r"^\s+50%\s+(\S+)", said)),
        p99=_milliseconds(_found(r"^\s+99%\s+(\S+)", said)),
        failed=(int(bad[1]) if bad else 0)
        + sum(map(int, re.findall(r"\d+", sockets[0])) if sockets else ()),
    )


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise RuntimeError(f"wrk said something else:\n{text}")
    return found[1]


def _milliseconds(text: str) -> float:
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s|m)", text).groups()  # type: ignore[union-attr]
    return float(number) * UNITS[unit]


def _own(
    port: int, path: str, seconds: float, headers: dict[str, str], connections: int
) -> Result | None:
    taken: list[float] = []
    failed: list[int] = []
    start = time.monotonic()
    until = start + seconds

    def ask() -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        while time.monotonic() < until:
            began = time.monotonic()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.monotonic() - began) * 1000)
            if answer.status >= 400:
                failed.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if not taken:
        return None
    taken.sort()
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    return Result(len(taken) / (time.monotonic() - start), p50, p99, len(failed))

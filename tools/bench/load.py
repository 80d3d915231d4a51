"""Load on one address, by wrk where it is installed, else by a small generator of our own."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tools.bench.server import HOST

CONNECTIONS = 16
FRESH = "fresh"
"""A parameter that no page knows: each request is another address, so none is answered from the
shelf."""
SCRIPT = """
local path, fresh, etag = "{path}", {fresh}, "{etag}"
local n, threads = 0, 0
function setup(thread) thread:set("id", threads); threads = threads + 1 end
function init() headers = {{["Accept-Encoding"] = "br"}}
  if etag ~= "" then headers["If-None-Match"] = etag end end
function request()
  n = n + 1
  if not fresh then return wrk.format("GET", path, headers) end
  local joint = path:find("?", 1, true) and "&" or "?"
  return wrk.format("GET", path .. joint .. "{name}={salt}" .. id .. "-" .. n, headers)
end
"""
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
    port: int, path: str, seconds: float, folder: Path, *, fresh: bool = False, etag: str = ""
) -> Result:
    if shutil.which("wrk"):
        return _wrk(port, path, seconds, folder, fresh, etag)
    return _own(port, path, seconds, fresh, etag)


def _wrk(port: int, path: str, seconds: float, folder: Path, fresh: bool, etag: str) -> Result:
    script = folder / "load.lua"
    quoted = etag.replace('"', '\\"')
    script.write_text(
        SCRIPT.format(
            path=path, fresh=str(fresh).lower(), etag=quoted, name=FRESH, salt=time.time_ns()
        )
    )
    options = [f"-c{CONNECTIONS}", "-t1", f"-d{seconds:.0f}s", "--latency", "--timeout", "20s"]
    said = subprocess.run(
        ["wrk", *options, "-s", script, f"http://{HOST}:{port}"],
        capture_output=True,
        text=True,
        timeout=seconds + 60,
        check=True,
    ).stdout
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


def _own(port: int, path: str, seconds: float, fresh: bool, etag: str) -> Result:
    taken: list[float] = []
    failed = count()
    until = time.monotonic() + seconds
    numbers = count(time.time_ns())
    headers = {"Accept-Encoding": "br"} | ({"If-None-Match": etag} if etag else {})

    def ask() -> None:
        connection = http.client.HTTPConnection(HOST, port, timeout=20)
        while time.monotonic() < until:
            joint = "&" if "?" in path else "?"
            to = f"{path}{joint}{FRESH}={next(numbers)}" if fresh else path
            began = time.monotonic()
            connection.request("GET", to, headers=headers)
            answer = connection.getresponse()
            answer.read()
            taken.append((time.monotonic() - began) * 1000)
            if answer.status >= 400:
                next(failed)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken.sort()
    p50, p99 = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
    return Result(len(taken) / seconds, p50, p99, next(failed))

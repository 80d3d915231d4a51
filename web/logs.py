"""Structured logs: one JSON line a request, with its id and no personal data.

An address in a log is the route's pattern, never the path that was asked for: slugs, tokens and
search words can name somebody.
"""

import json
import logging
import re
import sys
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from typing import Any
from uuid import uuid4

request_id: ContextVar[str] = ContextVar("request_id", default="-")
_OWN_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
log = logging.getLogger("portal.request")


class JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            "request": request_id.get(),
        }
        line |= {k: v for k, v in vars(record).items() if k not in _STANDARD}
        if record.exc_info and record.exc_info[0]:
            # The traceback's places, not its values: an error's words can quote what was typed.
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record.exc_info[2])
        return json.dumps(line, default=str)


def _places(trace: Any) -> list[str]:
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-12:]


def install(level: str) -> None:
    """Send every log of this process to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)


class RequestLog:
    """WSGI middleware: gives each request its id and logs how it went."""

    def __init__(self, app: Callable[..., Iterable[bytes]]):
        self.app = app

    def __call__(
        self, environ: dict[str, Any], start_response: Callable[..., Any]
    ) -> Iterable[bytes]:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        own = given if _OWN_ID.fullmatch(given) else uuid4().hex[:16]
        token = request_id.set(own)
        began = time.perf_counter()

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            headers.append(("X-Request-ID", own))
            log.info(
                "request",
                extra={
                    "method": environ["REQUEST_METHOD"],
                    "route": environ.get("portal.route", "-"),
                    "status": int(status[:3]),
                    "ms": round((time.perf_counter() - began) * 1000, 1),
                },
            )
            return start_response(status, headers, *rest)

        try:
            return self.app(environ, start)
        finally:
            request_id.reset(token)

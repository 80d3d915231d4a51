"""The worker: sends the outbox and runs the timed jobs.  Any number of them may run at once."""

import gc
import logging
from collections.abc import Callable

from flask import Flask

from web.database import Database
from web.jobs import in_turn, run_due
from web.mail.sending import send_due
from web.stopping import Told

PAUSE = 2.0
"""Seconds between looks at the outbox."""
LONGEST_PAUSE = 60.0
"""While rounds fail, as when the database is away, each pause is twice the last, up to this."""

log = logging.getLogger(__name__)


def once(app: Flask, told: Callable[[], bool] = lambda: False) -> tuple[int, list[str]]:
    """One round: how many mails went, which jobs ran.  ``told`` ends it between two of them."""
    database: Database = app.extensions["database"]
    with app.test_request_context(base_url=app.extensions["settings"].site_url):
        ran = []
        for job in in_turn(app.extensions["jobs"]):
            if told():
                break
            ran += run_due(database, [job])
        return send_due(database, told=told), ran


def settle() -> None:
    """What is there when it begins stays there.  To look through it again and again for what can
    be thrown away took a third of an import's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def run(app: Flask) -> None:
    """Rounds until SIGTERM or SIGINT; the mail or job under way is finished first."""
    settle()
    told = Told()
    pause = PAUSE
    log.info("the worker begins")
    while not told:
        pause = PAUSE if _round(app, told) else min(pause * 2, LONGEST_PAUSE)
        told.wait(pause)
    log.info("the worker ends")


def _round(app: Flask, told: Told) -> bool:
    """Whether it went through.  Nothing that goes wrong in one round may end the others."""
    try:
        sent, ran = once(app, told.__bool__)
    except Exception:
        log.exception("a round of the worker failed")
        return False
    if sent or ran:
        log.info("a round of the worker", extra={"mails": sent, "jobs": ran})
    return True

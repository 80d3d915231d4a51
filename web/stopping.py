"""Being told to stop: SIGTERM or SIGINT, heard between two pieces of work, never inside one."""

import signal
import time

STEP = 0.1
"""Seconds.  The wait goes in steps: setting a threading.Event from a signal handler while the
main thread waits on it can lock up."""


class Told:
    """True once a signal has asked this process to stop."""

    def __init__(self) -> None:
        self._told = False
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, self._hear)

    def _hear(self, *_: object) -> None:
        self._told = True

    def __bool__(self) -> bool:
        return self._told

    def wait(self, seconds: float) -> None:
        """Wait that long, or until told."""
        until = time.monotonic() + seconds
        while not self._told and (left := until - time.monotonic()) > 0:
            time.sleep(min(STEP, left))

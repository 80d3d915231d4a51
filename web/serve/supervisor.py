"""Two children, web and worker: started, restarted when they die, and ended together.

They are forked from this process after it has put the portal together once: importing it is most
of what a start costs.
"""

import ctypes
import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from flask import Flask
from gunicorn.app.base import BaseApplication

from web import worker
from web.stopping import Told

Say = Callable[[str], object]

PATIENCE = 10.0
"""Seconds for a child to finish what it is doing; then it is killed."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
STEADY = 60.0
"""A child that lived this long is not held to be failing over and over."""
PR_SET_PDEATHSIG = 1


class Web(BaseApplication):
    """gunicorn on a door that is open already.  No reuse_port: with it a second start on the same
    port would be let in, and the two would answer in turn."""

    def __init__(self, app: Flask, door: socket.socket):
        self.portal, self.door = app, door
        super().__init__()

    def load_config(self) -> None:
        wanted = {
            "bind": f"fd://{self.door.fileno()}",
            "worker_class": "gthread",
            "workers": 2,
            "threads": 8,
            "preload_app": True,
            "graceful_timeout": int(PATIENCE) - 2,
            "control_socket_disable": True,
            "loglevel": "warning",
        }
        for name, value in wanted.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        return self.portal


@dataclass
class Child:
    name: str
    work: Callable[[], object]
    pid: int = 0
    """0: not running."""
    began: float = 0
    pause: float = FIRST_PAUSE
    due: float = 0

    def start(self) -> None:
        self.began = time.monotonic()
        supervisor = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            _live(self.work, supervisor)

    def look(self) -> int | None:
        """Its exit status if it has ended since the last look."""
        if not self.pid:
            return None
        pid, status = os.waitpid(self.pid, os.WNOHANG)
        if not pid:
            return None
        self._kill_what_is_left()
        self.pid = 0
        return os.waitstatus_to_exitcode(status)

    def plan_restart(self) -> float:
        """Decide when to start again; returns in how many seconds."""
        if time.monotonic() - self.began > STEADY:
            self.pause = FIRST_PAUSE
        wait, self.pause = self.pause, min(self.pause * 2, LONGEST_PAUSE)
        self.due = time.monotonic() + wait
        return wait

    def end(self, signum: signal.Signals) -> None:
        if self.pid:
            os.kill(self.pid, signum)

    def _kill_what_is_left(self) -> None:
        """gunicorn's own workers, when gunicorn was killed and could not end them."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)


def supervise(app: Flask, door: socket.socket, say: Say) -> None:
    """Until SIGTERM or SIGINT."""
    web = Child("web", lambda: Web(app, door).run())
    children = (web, Child("worker", lambda: _work(app, door)))
    told = Told()
    while not told:
        for child in children:
            _keep_alive(child, say)
        told.wait(0.2)
    door.close()
    _end(children, say)


def _keep_alive(child: Child, say: Say) -> None:
    status = child.look()
    if status is not None:
        how = f"signal {-status}" if status < 0 else f"status {status}"
        wait = child.plan_restart()
        say(f"The {child.name} process ended by itself ({how}). It starts again in {wait:.0f} s.")
    if not child.pid and time.monotonic() >= child.due:
        child.start()


def _end(children: tuple[Child, ...], say: Say) -> None:
    for child in children:
        child.end(signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while any(child.pid for child in children) and time.monotonic() < until:
        for child in children:
            child.look()
        time.sleep(0.05)
    for child in children:
        if child.pid:
            say(f"The {child.name} process did not end in {PATIENCE:.0f} s and was killed.")
            child.end(signal.SIGKILL)
            os.waitpid(child.pid, 0)
            child._kill_what_is_left()


def _work(app: Flask, door: socket.socket) -> None:
    door.close()  # or the worker would keep the port when all others are gone
    worker.run(app)


def _live(work: Callable[[], object], supervisor: int) -> None:
    """A child's whole life.  Never returns into the supervisor's code."""
    status = 1
    try:
        os.setsid()  # Ctrl-C goes to the supervisor alone, which ends the children in order
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, signal.SIG_DFL)
        _die_with(supervisor)
        work()
        status = 0
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _die_with(supervisor: int) -> None:
    """Linux only: a supervisor killed with -9 takes its children along, and none keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:  # it died before we had asked
        os._exit(1)

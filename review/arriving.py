"""What follows when a case comes into a state: each stage adds its own, and none is known here."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from review.models import Case
from web.scheme import Scheme

Host = Callable[..., object]
"""``host(session, case, at=, scheme=)``, in the transaction of the move; it may raise Refused, and
then nothing is done."""

_hosts: dict[str, list[Host]] = defaultdict(list)


def arriving(*states: str, first: bool = False) -> Callable[[Host], Host]:
    """Called after a case has come into one of these states; ``first``: before the others, who are
    not called if it moves the case on."""

    def add(host: Host) -> Host:
        for state in states:
            if host not in _hosts[state]:
                _hosts[state].insert(0 if first else len(_hosts[state]), host)
        return host

    return add


def arrive(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    state = case.state
    for host in _hosts[state]:
        if case.state != state:
            return
        host(session, case, at=at, scheme=scheme)

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


def arriving(*states: str) -> Callable[[Host], Host]:
    """Called after a case has come into one of these states."""

    def add(host: Host) -> Host:
        for state in states:
            if host not in _hosts[state]:
                _hosts[state].append(host)
        return host

    return add


def arrive(session: Session, case: Case, *, at: datetime, scheme: Scheme) -> None:
    for host in _hosts[case.state]:
        host(session, case, at=at, scheme=scheme)

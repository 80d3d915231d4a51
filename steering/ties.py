"""Which ties bar somebody from a case, and for how long.  Plain Python (domain, section 4)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from web.working_days import months_after

MEMBER, EMPLOYEE, TRUSTEE, RELATIVE = "member", "employee", "trustee", "relative"
COMPLAINANT, GRANT_MANAGER = "complainant", "grant manager"
FUNDER, STANDS_ASIDE = "funder", "stands aside"

BARS = (MEMBER, EMPLOYEE, TRUSTEE, RELATIVE, COMPLAINANT, GRANT_MANAGER, STANDS_ASIDE)
"""While they last, and for the scheme's years after.  To stand aside needs no reason."""
DECLARED = (FUNDER,)
"""Their employer pays the applicant: said in the papers; they vote, and count."""
KINDS = (*BARS, *DECLARED)


@dataclass(frozen=True)
class Bond:
    """A tie, or a membership read as one."""

    person_id: int
    organisation_id: int
    kind: str
    over_on: date | None = None

    def bars_on(self, day: date, years: int) -> bool:
        if self.kind not in BARS:
            return False
        return self.over_on is None or day < months_after(self.over_on, 12 * years)


def barring(bonds: Iterable[Bond], day: date, years: int) -> list[Bond]:
    return [bond for bond in bonds if bond.bars_on(day, years)]


def domain_of(email: str) -> str:
    return email.rpartition("@")[2].lower()

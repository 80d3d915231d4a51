"""What the Charter team sees of assessors and their parts.  Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session

from review.allocation import queries, rules, wording
from review.allocation.parts import Candidate
from review.allocation.proposing import shortages
from review.allocation.queries import Pool, Ties
from review.models import Allocation, Case
from review.parts import PROPOSED, RECUSED
from steering.models import AssessorTerm
from steering.models.assessors import YOUNG
from steering.ties import domain_of
from web import clock
from web.pages import long_date
from web.scheme import Scheme


@dataclass(frozen=True)
class Line:
    """One assessor, as somebody who might be given a case."""

    term: AssessorTerm
    candidate: Candidate
    verdict: Any
    """True, or why this case is not for them."""
    notes: tuple[str, ...] = ()

    @property
    def can(self) -> bool:
        return self.verdict is True

    @property
    def hint(self) -> str:
        return " ".join((_load(self), *self.notes))


def _load(line: Line) -> str:
    one = line.candidate
    said = [
        _("Holds %(held)s of %(most)s.", held=one.held, most=one.most),
        ngettext("Has read %(num)s case.", "Has read %(num)s cases.", one.read),
        current_words(line.term, one),
    ]
    if not one.practised:
        said.append(_("Has not done the practice case."))
    if line.term.leads:
        said.append(_("A lead assessor: cannot check this case later."))
    return " ".join(said)


def current_words(term: AssessorTerm, one: Candidate) -> str:
    if one.by_training:
        return _("Current by their training.")
    return _("Current until %(day)s.", day=long_date(term.current_until))


def lines(session: Session, case: Case, at: datetime, scheme: Scheme, kind: str = "") -> list[Line]:
    """Those who are current, first whoever can take it and holds least."""
    pool = queries.pool(session, at, scheme)
    tied = queries.ties(session, pool.people, (case,), at, scheme)
    near = queries.domains(session, (case.organisation_id,)).get(case.organisation_id, set())
    terms = [term for term in pool.terms if kind in ("", term.kind)]
    found = [_line(case, term, pool, tied, near) for term in terms]
    return sorted(found, key=lambda line: (not line.can, line.candidate.held, line.term.leads))


def _line(case: Case, term: AssessorTerm, pool: Pool, tied: Ties, near: set[str]) -> Line:
    one = pool.candidate(term)
    is_tied = term.person_id in tied.barred(case.organisation_id)
    verdict = rules.may_be_given(case, term.person_id, tied=is_tied, room=one.room)
    if term.kind == YOUNG:
        return Line(term, one, str(wording.NOT_THIS_CASE) if is_tied else verdict)
    bonds = tied.between(term.person_id, case.organisation_id)
    notes = [f"{wording.TIES[kind]}." for kind in dict.fromkeys(bond.kind for bond in bonds)]
    if verdict is True and rules.same_domain(domain_of(term.person.email), near):
        notes.append(str(wording.SAME_DOMAIN))
    return Line(term, one, verdict, tuple(notes))


# All waiting cases


@dataclass(frozen=True)
class Waits:
    """A case that looks for assessors."""

    case: Case
    proposed: Sequence[Allocation]
    why_not: Sequence[str]
    """Why it cannot be filled now; empty where it can."""
    prompts: Sequence[str] = ()

    @property
    def is_whole(self) -> bool:
        return rules.is_to_be_asked(self.case)


def waiting(session: Session, by: Any, at: datetime, scheme: Scheme) -> list[Waits]:
    """Those of organisations to which the officer has no tie."""
    cases = queries.waiting(session)
    pool = queries.pool(session, at, scheme)
    tied = queries.ties(session, [*pool.people, by.id], cases, at, scheme)
    mine = [case for case in cases if by.id not in tied.barred(case.organisation_id)]
    near = queries.domains(session, {case.organisation_id for case in mine})
    return [_waits(case, pool, tied, near.get(case.organisation_id, set())) for case in mine]


def _waits(case: Case, pool: Pool, tied: Ties, near: set[str]) -> Waits:
    wanted = queries.as_wanted(case, tied.barred(case.organisation_id))
    short = shortages(wanted, pool.proposed) if rules.is_short(case) else []
    proposed = [a for a in case.allocations if a.state == PROPOSED]
    prompts = [
        a.person.name
        for a in proposed
        if a.part != YOUNG and rules.same_domain(domain_of(a.person.email), near)
    ]
    why_not = [wording.why_not(one) for one in short if not one.others_wait_longer]
    return Waits(case, proposed, why_not, prompts)


# One case


@dataclass(frozen=True)
class PartLine:
    """How one person's part stands, for the Charter team."""

    part: Allocation
    due: date | None
    late: bool
    replaced_on: date | None
    """From when on somebody else is looked for."""


def parts(case: Case, at: datetime, scheme: Scheme) -> list[PartLine]:
    day = clock.london(at).date()
    return [
        PartLine(
            one, rules.reading_due(one), rules.is_late(one, day), rules.is_replaced_on(one, scheme)
        )
        for one in case.allocations
    ]


def not_counting(case: Case) -> list[tuple[str, list[str]]]:
    """What people with a tie did in it before the tie was found: by name."""
    found = []
    for one in case.allocations:
        if one.state == RECUSED:
            inputs = _inputs(case, one)
            found.append((one.person.name, inputs or [_("Nothing: they had sent nothing yet.")]))
    return found


def _inputs(case: Case, one: Allocation) -> list[str]:
    said = []
    if one.sent_at is not None:
        day = long_date(one.sent_at)
        said.append(_("The reading sent on %(day)s. It stays sealed.", day=day))
    asked = sum(q.asked_by_id == one.person_id for q in case.questions)
    if asked:
        said.append(ngettext("%(num)s question.", "%(num)s questions.", asked))
    if any(visit.recorded_by_id == one.person_id for visit in case.visits):
        said.append(_("What they wrote down of the call or visit."))
    if case.report is not None and case.report.sent_by_id == one.person_id:
        said.append(_("The report, which they sent."))
    return said

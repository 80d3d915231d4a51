"""What waits for an assessor, on their first page: to answer, to read, to visit, to write."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from review import rules
from review.desk import queries
from review.desk.turns import ANSWER, READ, REPORT, VISIT, owed, until
from review.models import Allocation
from review.moderation.queries import to_check
from review.visits.queries import sheets_of
from steering import queries as steering
from web import clock
from web.contributions import Panel
from web.pages import how_long, long_date

WORDS = {
    ANSWER: (_l("Can you read it? Say yes or no."), _l("Say yes or no"), "answering.part"),
    READ: (_l("Read it, and send what you think."), _l("Go on reading"), "assess.case"),
    VISIT: (_l("Call or visit, and write down what you saw."), _l("See the visit"),
            "visits.everything"),
    REPORT: (_l("Write the report with the other assessor."), _l("Go on with the report"),
             "report.overview"),
}  # fmt: skip
"""By what they owe: the sentence, the link, the page."""


def panels(session: Session, person: Any) -> Sequence[Panel]:
    """Of a place that somebody is tied to, nothing."""
    if rules.is_assessor(person) is not True:
        return []
    scheme = current_app.extensions["scheme"]
    tied = steering.organisations_barred(session, person, clock.now(), scheme)
    parts = queries.open_parts(session, person, tied)
    found = [_part(part, what) for part in parts if (what := owed(part))]
    found += _sheets(session, person, tied)
    found += _together(session, person, tied)
    return found or [
        Panel(
            _("You have nothing to read"), _("We tell you when there is something."),
            _("See what you have read"), "assess.queue", has_a_part=True,
        )
    ]  # fmt: skip


def _part(part: Allocation, what: str) -> Panel:
    sentence, link, endpoint = WORDS[what]
    last = until(part)
    return Panel(
        title=part.case.organisation.name,
        sentence=f"{sentence} {_by(last)}" if last else str(sentence),
        link_text=str(link),
        endpoint=endpoint,
        values={"reference": part.case.reference},
        urgent=True,
        has_a_part=True,
    )


def _by(last: date) -> str:
    return _("Until %(day)s (%(left)s).", day=long_date(last), left=how_long(last))


def _sheets(session: Session, person: Any, tied: set[int]) -> Iterator[Panel]:
    """A young assessor's sheets of visits that were, and are not sent."""
    if rules.is_young_assessor(person) is not True:
        return
    for sheet in sheets_of(session, person):
        visit = sheet.visit
        if sheet.sent_at or visit.on > clock.today() or visit.case.organisation_id in tied:
            continue
        yield Panel(
            title=_("Your sheet: %(name)s", name=visit.case.organisation.name),
            sentence=_("Write down what you saw there."),
            link_text=_("Go on with the sheet"),
            endpoint="visits.sheet",
            values={"reference": visit.reference},
            urgent=True,
            has_a_part=True,
        )


def _together(session: Session, person: Any, tied: set[int]) -> Iterator[Panel]:
    """What a lead assessor checks."""
    if rules.is_lead_assessor(person) is not True:
        return
    cases = to_check(session, person, tied).total
    if cases:
        yield Panel(
            title=_("To check together"),
            sentence=ngettext("One report waits.", "%(num)d reports wait.", cases),
            link_text=_("See them") if cases > 1 else _("See it"),
            endpoint="moderate.queue",
            urgent=True,
            has_a_part=True,
        )

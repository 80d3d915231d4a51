"""The minutes, drafted: plain text, that a person reads over, changes and keeps.

Votes stand there by group, never by person.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _

from review.models import Meeting
from review.panel.wording import said_of, vote_words
from web.pages import long_time
from web.scheme import Scheme


def drafted(meeting: Meeting, items: Sequence[Any], scheme: Scheme) -> str:
    parts = [
        _("Minutes of the panel"),
        _("%(when)s, %(place)s", when=long_time(meeting.starts_at), place=meeting.place),
        "",
        *_present(meeting, scheme),
        "",
        *(line for number, item in enumerate(items, 1) for line in _item(number, item, scheme)),
        *([_("Also"), meeting.notes, ""] if meeting.notes else []),
    ]
    return "\n".join(parts).rstrip() + "\n"


def _present(meeting: Meeting, scheme: Scheme) -> Iterable[str]:
    """Young members are named nowhere: their number is."""
    for group in scheme.constituencies:
        there = [row.person.name for row in meeting.present if row.constituency == group.key]
        named = str(len(there)) if group.key == "youth" else ", ".join(there)
        yield f"{group.name}: {named or _('nobody')}"


def _item(number: int, item: Any, scheme: Scheme) -> Iterable[str]:
    case = item.case
    level = case.framework.level_by_key[case.level].name
    yield f"{number}. {case.organisation.name} ({level}, {case.reference})"
    decision = next((d for d in case.decisions if d.undone_at is None), None)
    if decision is None:
        yield "   " + _("Not decided.")
    else:
        yield "   " + _("Decided: %(what)s.", what=said_of(decision, case))
        yield from _votes(decision, case, scheme)
        if decision.casting:
            yield "   " + _("The chair’s casting vote decided.")
        if decision.youth_differ:
            yield "   " + _("Most young members voted for something else and are answered.")
    aside = sum(b.standing != "open" for b in case.ballots)
    if aside:
        yield "   " + _("Stood aside or had a tie: %(n)s.", n=aside)
    yield ""


def _votes(decision: Any, case: Any, scheme: Scheme) -> Iterable[str]:
    for group in scheme.constituencies:
        votes = decision.counted.get(group.key, {})
        said = ", ".join(f"{vote_words(case, what)} {n}" for what, n in votes.items())
        yield f"   {group.name}: {said or '-'}"

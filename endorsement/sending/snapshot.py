"""What is sealed: the items of a submission, made of what was loaded.  Pure, and JSON throughout.

An item holds what a reader needs and nothing about who typed it.  The order is that of the
record's page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from endorsement.sending import seal
from web import clock

SUBMISSION, DECLARATION, FRAMEWORK = "submission", "declaration", "framework"
ORGANISATION, PLEDGE, TRAINING = "organisation", "pledge", "training"
ANSWER, ACTION, EVIDENCE = "answer", "action", "evidence"
KINDS = (
    SUBMISSION, DECLARATION, FRAMEWORK, ORGANISATION, PLEDGE, TRAINING, ANSWER, ACTION, EVIDENCE
)  # fmt: skip
TRUE = "This is true as far as we know."
"""What is declared.  Sealed in English, whatever language the page spoke."""
DONE_DAYS = 366
"""What was done longer ago than this is history, not the plan."""


@dataclass(frozen=True)
class Item:
    kind: str
    content: dict[str, Any]
    key: str = ""


@dataclass(frozen=True)
class Evidence:
    """One item of the library, as it stands on the day."""

    reference: str
    content: dict[str, Any]
    """With ``standards``: the keys of those it serves."""
    being_checked: bool = False


@dataclass(frozen=True)
class Whole:
    """All that goes into a submission, loaded."""

    assessment: Any
    actions: Sequence[Any] = ()
    """All actions of the organisation; those that count are chosen here."""
    evidence: Sequence[Evidence] = ()
    turned_away: Sequence[str] = ()
    """Titles of evidence that the virus check refused, and that does not go along."""
    pledge: Any = None
    """The one it stands by."""
    newer_since: datetime | None = None
    """When a newer version of the framework was published, if one was."""
    training: Mapping[str, Any] | None = None
    """Counts from the Training Pathways, never a name; None until they stand."""
    held: Mapping[str, int] = field(default_factory=dict)
    """By the level's key, for how many whole months an award of it has been held."""

    @property
    def organisation(self) -> Any:
        return self.assessment.organisation

    @property
    def framework(self) -> Any:
        return self.assessment.framework

    @property
    def standards(self) -> tuple[Any, ...]:
        return tuple(self.framework.on_track(self.assessment.track))


@dataclass(frozen=True)
class Declared:
    """Who declares that it is true, and which level they seek."""

    name: str
    role: str
    level: str
    reference: str = field(default="", compare=False)


def items_of(whole: Whole, today: date) -> list[Item]:
    """What the steering group will see; sending puts the two items of the sending before it."""
    return [
        Item(FRAMEWORK, _framework(whole)),
        Item(ORGANISATION, _organisation(whole.organisation)),
        Item(PLEDGE, _pledge(whole.pledge)),
        Item(TRAINING, {"figures": dict(whole.training) if whole.training else None}),
        *_answers(whole),
        *_actions(whole, today),
        *(Item(EVIDENCE, one.content, one.reference) for one in whole.evidence),
    ]


def items_of_sending(
    whole: Whole, declared: Declared, reached: str | None, at: datetime
) -> list[Item]:
    told = {
        "reference": declared.reference,
        "assessment": whole.assessment.reference,
        "track": whole.assessment.track,
        "level": declared.level,
        "reached": reached,
        "sent_at": moment(at),
    }
    said = {"name": declared.name, "role": declared.role, "words": TRUE}
    return [Item(SUBMISSION, told), Item(DECLARATION, said)]


def fingerprint(items: Sequence[Item]) -> str:
    """What a page showed, so that nobody seals what they have not read."""
    return seal.digest_of("", 0, "", "", [[i.kind, i.key, i.content] for i in items])


def moment(at: datetime) -> str:
    """The same text for one moment, whatever the database gives back."""
    return clock.london(at).isoformat()


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _framework(whole: Whole) -> dict[str, Any]:
    version, track = (
        whole.assessment.framework_version,
        whole.framework.track(whole.assessment.track),
    )
    return {
        "code": version.code,
        "title": version.title,
        "fingerprint": version.fingerprint,
        "agreed_by": version.agreed_by,
        "agreed_on": _day(version.agreed_on),
        "track": track.key,
        "track_name": track.name,
    }


def _organisation(organisation: Any) -> dict[str, Any]:
    return {
        "name": organisation.name,
        "kind": organisation.kind,
        "about": organisation.about,
        "areas": list(organisation.areas),
        "volunteer_run": organisation.volunteer_run,
        "charity_number": organisation.charity_number,
        "company_number": organisation.company_number,
        "website": organisation.website,
        "projects": [
            {"name": p.name, "sort": p.sort, "areas": list(p.areas)}
            for p in organisation.projects
            if not p.closed
        ],
    }


def _pledge(pledge: Any) -> dict[str, Any]:
    if pledge is None:
        return {"reference": None}
    return {
        "reference": pledge.reference,
        "charter": pledge.charter_version.code,
        "state": pledge.state,
        "signed_since": _day(pledge.signed_since),
        "due_on": _day(pledge.due_on),
    }


def _answers(whole: Whole) -> Iterator[Item]:
    answers = {answer.standard: answer for answer in whole.assessment.answers}
    for standard in whole.standards:
        answer = answers.get(standard.key)
        told = {"standard": standard.key, "name": standard.name, "area": standard.area}
        yield Item(ANSWER, told | _answer(whole.framework, answer), standard.key)


def _answer(framework: Any, answer: Any) -> dict[str, Any]:
    """A blank one where nothing was said: the preview shows it too."""
    rating = answer.rating if answer else None
    point = next((p.name for p in framework.scale if p.value == rating), None)
    return {
        "rating": rating,
        "point": point,
        "does_not_apply": bool(answer and answer.does_not_apply),
        "reason": answer.reason if answer else "",
        "shown_by": answer.shown_by if answer else "",
        "at_visit": bool(answer and answer.at_visit),
        "voices": answer.voices if answer else "",
    }


def _actions(whole: Whole, today: date) -> Iterator[Item]:
    """By standard: what is open, and what was done within the year."""
    place = {standard.key: number for number, standard in enumerate(whole.standards)}
    wanted = [a for a in whole.actions if a.standard in place and _counts(a, today)]
    for action in sorted(wanted, key=lambda a: (place[a.standard], a.id)):
        yield Item(ACTION, _action(action), action.reference)


def _counts(action: Any, today: date) -> bool:
    done = action.done_on
    return bool(action.open or (done is not None and (today - done).days <= DONE_DAYS))


def _action(action: Any) -> dict[str, Any]:
    return {
        "standard": action.standard,
        "what": action.what,
        "who": action.who,
        "by_on": _day(action.by_on),
        "young_people": action.young_people,
        "done_on": _day(action.done_on),
        "note": action.note,
    }

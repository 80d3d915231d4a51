"""May it be sent?  Everything that stops it, each with the place where it is mended.  Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.models import CHECKED
from charter.states import CURRENT, SUSPENDED
from endorsement.framework import Level, Standard
from endorsement.gaps import waiting
from endorsement.levels import reaches
from endorsement.progress import missing_from, standing_of
from endorsement.sending.snapshot import Whole
from web.months import months_before


@dataclass(frozen=True)
class Stop:
    """One thing that is missing, in a sentence, and the page where it is mended."""

    sentence: str
    endpoint: str = ""
    """Nothing: the organisation can only wait."""
    values: dict[str, Any] = field(default_factory=dict)
    anchor: str | None = None
    link: str = ""
    """The words of the link."""


def stops(whole: Whole, at: datetime, retired_months: int) -> list[Stop]:
    """``retired_months``: for how long a version that was replaced is still taken."""
    return [
        *_of_organisation(whole),
        *_of_pledge(whole),
        *_of_framework(whole, at, retired_months),
        *_of_standards(whole),
    ]


def warnings(whole: Whole) -> list[Stop]:
    """What does not stop it, but should be known before."""
    return [*_of_evidence(whole), *_of_what_was_turned_away(whole), *_of_text(whole)]


def _here(whole: Whole) -> dict[str, Any]:
    return {"slug": whole.organisation.slug}


def _of_organisation(whole: Whole) -> Iterator[Stop]:
    if whole.organisation.state != CHECKED:
        yield Stop(
            _(
                "The Charter team has not checked your organisation yet. It does that with your "
                "first pledge, so there is nothing else to do."
            )
        )


def _of_pledge(whole: Whole) -> Iterator[Stop]:
    pledge = whole.pledge
    if pledge is not None and pledge.state in CURRENT:
        return
    if pledge is not None and pledge.state == SUSPENDED:
        said = _("Your pledge to the charter is paused.")
    else:
        said = _("Your organisation has no pledge to the charter that is confirmed and current.")
    yield Stop(said, "pledging.pledge", _here(whole), link=_("Go to your pledge"))


def _of_framework(whole: Whole, at: datetime, retired_months: int) -> Iterator[Stop]:
    since = whole.newer_since
    if since is None or since >= months_before(at, retired_months):
        return
    yield Stop(
        ngettext(
            "You used a framework that was replaced more than %(num)d month ago.",
            "You used a framework that was replaced more than %(num)d months ago.",
            retired_months,
        ),
        "assessing.next_year",
        _here(whole),
        link=_("Move your answers to the new one"),
    )


def _of_standards(whole: Whole) -> Iterator[Stop]:
    answers = {answer.standard: answer for answer in whole.assessment.answers}
    planned = {action.standard for action in whole.actions if action.open}
    for standard in whole.standards:
        answer = answers.get(standard.key)
        yield from _of_standard(whole, standard, answer, standard.key in planned)


WHERE = {"rating": "rating", "reason": "reason", "action": "next-step"}
"""What is missing, and where on the standard's page it is."""


def _of_standard(whole: Whole, standard: Standard, answer: Any, planned: bool) -> Iterator[Stop]:
    missing: Sequence[str] = missing_from(answer, planned)
    said = [_missing(whole, standard, answer, what) for what in missing]
    if answer is not None and answer.does_not_apply and not whole.framework.may_not_apply(standard):
        missing, said = ("rating",), [_("%(name)s: this one applies to everybody. Choose a point.",
                                        name=standard.name)]  # fmt: skip
    values = _here(whole) | {"key": standard.key}
    for what, sentence in zip(missing, said, strict=True):
        link = _("Mend it: %(name)s", name=standard.name)
        yield Stop(sentence, "assessing.standard", values, WHERE[what], link)


def _missing(whole: Whole, standard: Standard, answer: Any, what: str) -> str:
    if what == "rating" and standard.essential:
        return _("%(name)s: this is an essential. Choose a point.", name=standard.name)
    if what == "rating":
        return _("%(name)s: choose a point.", name=standard.name)
    if what == "reason" and answer.does_not_apply:
        return _("%(name)s: say why it does not apply to you.", name=standard.name)
    if what == "reason":
        return _("%(name)s: say why you chose this point.", name=standard.name)
    point = whole.framework.scale[answer.rating].name
    return _(
        "%(name)s: plan what you will do. You chose “%(point)s”.", name=standard.name, point=point
    )


def _of_evidence(whole: Whole) -> Iterator[Stop]:
    waits = [one.content["title"] for one in whole.evidence if one.being_checked]
    if waits:
        yield Stop(
            ngettext(
                "One file is still being checked for viruses: %(names)s. It goes along once it "
                "is clean.",
                "%(num)d files are still being checked for viruses: %(names)s. They go along "
                "once they are clean.",
                len(waits),
                names=", ".join(waits[:5]),
            )
        )


def _of_what_was_turned_away(whole: Whole) -> Iterator[Stop]:
    if whole.turned_away:
        yield Stop(
            ngettext(
                "The virus check did not let one file through, so it does not go along: "
                "%(names)s. Put another one in its place.",
                "The virus check did not let %(num)d files through, so they do not go along: "
                "%(names)s. Put others in their place.",
                len(whole.turned_away),
                names=", ".join(whole.turned_away[:5]),
            )
        )


def _of_text(whole: Whole) -> Iterator[Stop]:
    if whole.assessment.framework_version.example_text:
        yield Stop(
            _(
                "The framework is example text: nobody has agreed it yet. You can send, but "
                "nobody can give you a level on it."
            )
        )


# The level that is sought


@dataclass(frozen=True)
class Offered:
    """A level that can be asked for."""

    level: Level
    reached: bool
    """By the organisation's own ratings."""
    wait: str
    """What time alone can mend, in a sentence; empty when nothing waits for it."""


def offered(whole: Whole) -> list[Offered]:
    """Every award of the track, lowest first.  One that is not reached can be asked for too: the
    assessors may see more than the organisation says; the page warns."""
    framework, track = whole.framework, whole.assessment.track
    standing = standing_of(whole.assessment, whole.held)
    return [
        Offered(
            level,
            reaches(framework, track, level, standing),
            waiting(framework, level, standing),
        )
        for level in framework.levels_on(track)
        if level.award
    ]

"""The states of an award, in plain words."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from review.models.awards import ENDED, LIVE, PAUSED, REPLACED


@dataclass(frozen=True)
class StateWords:
    name: str
    organisation: str
    public: str


WORDS: dict[str, StateWords] = {
    LIVE: StateWords(
        _l("Current"),
        _l("You hold the award. It is on your public page, and you can show the badge."),
        _l("This award stands."),
    ),
    PAUSED: StateWords(
        _l("Paused"),
        _l("We have paused it and told you why. In public it says “not current”."),
        _l("Not current: the Charter team is looking at something."),
    ),
    ENDED: StateWords(
        _l("Over"),
        _l("The award is over. You can send a new self-assessment."),
        _l("Not current: this award is over."),
    ),
    REPLACED: StateWords(
        _l("Followed by a newer one"),
        _l("A newer award has taken its place."),
        _l("A newer award has taken its place."),
    ),
}

HAPPENED = {
    "award": _l("Awarded"),
    "pause": _l("Paused"),
    "keep paused": _l("Looked at again: it stays paused"),
    "go on": _l("Current again"),
    "end": _l("Ended by the Charter team"),
    "run out": _l("Its time was over"),
    "lapse": _l("Ended: a condition was not met in time"),
    "take back": _l("Ended: the decision was taken back"),
    "restore": _l("Current again: the newer award was taken back"),
    "replace": _l("A newer award took its place"),
    "check": _l("The yearly check was made"),
}

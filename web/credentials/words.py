"""Each verdict in plain words: what it is, what is proven, what is not."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from web.credentials.models import IN_USE, RETIRED, STOLEN
from web.credentials.verifying import Verdict


@dataclass(frozen=True)
class Words:
    title: Any
    proven: tuple[Any, ...] = ()
    not_proven: tuple[Any, ...] = ()
    good: bool = False


_SIGNED = _l("We signed it.")
_UNCHANGED = _l("Nobody has changed a word of it since.")
_SAME_PERSON = _l("That the person who shows it to you is the person it names. Ask them.")
_MEANS = _l("More than it says. Read what it says it means.")
_NOW = _l("That it still counts today. It does not.")
_ANYTHING = _l("Anything that it says.")

WORDS = {
    Verdict.VALID: Words(
        _l("It is real and it stands"),
        (_SIGNED, _UNCHANGED, _l("We have not taken it back, and it has not run out.")),
        (_SAME_PERSON, _MEANS),
        good=True,
    ),
    Verdict.EXPIRED: Words(
        _l("It is real, but it has run out"), (_SIGNED, _UNCHANGED), (_NOW, _SAME_PERSON)
    ),
    Verdict.NOT_YET: Words(
        _l("It is real, but it does not count yet"), (_SIGNED, _UNCHANGED), (_NOW, _SAME_PERSON)
    ),
    Verdict.REVOKED: Words(
        _l("We took it back"), (_l("We signed it once."), _UNCHANGED), (_NOW, _SAME_PERSON)
    ),
    Verdict.CHANGED: Words(
        _l("Do not trust it: it was changed"),
        (_l("It is not what we signed."),),
        (_ANYTHING,),
    ),
    Verdict.UNKNOWN_KEY: Words(
        _l("Do not trust it: we do not know its key"),
        (_l("It says that we signed it, but not with a key of ours."),),
        (_ANYTHING,),
    ),
    Verdict.STOLEN_KEY: Words(
        _l("Do not trust it: its key was lost or stolen"),
        (_l("Somebody else may have signed it. Ask its owner for a new one."),),
        (_ANYTHING,),
    ),
    Verdict.NOT_ON_LIST: Words(
        _l("Do not trust it: it is not on our list"),
        (_l("A key of ours signed it, but we have no record of it. Please tell us."),),
        (_ANYTHING,),
    ),
    Verdict.NOT_OURS: Words(
        _l("We did not sign it"),
        (),
        (
            _l("Whether it is real. It says that somebody else signed it. Ask them."),
            _l("We look at nothing outside this site."),
        ),
    ),
    Verdict.UNREADABLE: Words(
        _l("We cannot read it"),
        (),
        (
            _l("Whether it is real. It is not a credential in a form that we know."),
            _l("Send the whole file as you got it."),
        ),
    ),
}
KEY_WORDS = {
    IN_USE: _l("Signs today."),
    RETIRED: _l("Signs no more. What it signed is still good."),
    STOLEN: _l("Lost or stolen. Trust nothing that it signed."),
}

GLOBALS: dict[str, Any] = {"credential_verdicts": WORDS, "signing_key_words": KEY_WORDS}

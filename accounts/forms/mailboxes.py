"""The question whose a mailbox is: asked wherever somebody gives an address."""

from flask_babel import lazy_gettext as _l

from accounts.forms.fields import OneOf, of_words
from accounts.words import Word

MINE, SHARED = "mine", "shared"
MAILBOXES = {
    MINE: Word(_l("Mine alone"), _l("Nobody else reads it.")),
    SHARED: Word(_l("Shared by my club"), _l("Several of us read it, like info@ our club.")),
}


def mailbox_field() -> OneOf:
    return OneOf(
        _l("Is this mailbox yours alone, or shared by your club?"),
        _l("Say whether the mailbox is yours alone or shared."),
        choices=of_words(MAILBOXES),
    )

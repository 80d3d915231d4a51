"""Taking the words, facts and address of a mail away.  Its number and day stay."""

from datetime import datetime

from web.mail.models import OutboxMail

LAST = "the last mail to an erased person"
"""Among a mail's facts: it is forgotten as soon as it went, or cannot go."""


def forget(mail: OutboxMail, at: datetime) -> None:
    mail.address, mail.facts = "", {}
    mail.subject = mail.body = mail.last_error = None
    mail.forgotten_at = at


def forget_if_last(mail: OutboxMail, at: datetime) -> None:
    if LAST in mail.facts:
        forget(mail, at)

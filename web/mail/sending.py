"""Sending the outbox: take one mail with a committed lease, send it, write down that it went.

SMTP knows no exactly-once.  A worker killed between the server's 250 and our commit leaves a mail
that is sent again when its lease ends, under the same Message-ID.  That is the one window; both
sides of it are tested.
"""

import logging
import smtplib
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import current_app
from flask_mail import Connection, Mail, Message
from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session

from web import clock
from web.database import Database
from web.mail.forgetting import forget_if_last
from web.mail.models import ExampleMail, OutboxMail
from web.mail.writing import Letter, write

LEASE = timedelta(minutes=5)
PATIENCE = (1, 5, 15, 60, 240, 720, 1440)
"""Minutes until the next try, by tries so far; after the last of them we give up."""

log = logging.getLogger(__name__)


class CheckedConnection(Connection):
    """Flask-Mail's STARTTLS takes any certificate; ours must be the server's."""

    def configure_host(self) -> smtplib.SMTP | smtplib.SMTP_SSL:
        settings = current_app.extensions["settings"]
        ca = str(settings.mail_ca_file) if settings.mail_ca_file else None
        context = ssl.create_default_context(cafile=ca)
        server, port = settings.mail_server, settings.mail_port
        host: smtplib.SMTP | smtplib.SMTP_SSL
        if settings.mail_security == "tls":
            host = smtplib.SMTP_SSL(server, port, timeout=30, context=context)
        else:
            host = smtplib.SMTP(server, port, timeout=30)
        try:
            if settings.mail_security == "starttls":
                host.starttls(context=context)
            if settings.mail_username:
                host.login(settings.mail_username, settings.mail_password.get_secret_value())
        except Exception:
            host.close()
            raise
        return host

    def __exit__(self, *_: object) -> None:
        """A server that hangs up without a goodbye has taken the mail all the same."""
        if self.host is not None:
            try:
                self.host.quit()
            except (OSError, smtplib.SMTPException):
                self.host.close()


class PortalMail(Mail):
    def connect(self) -> Connection:
        return CheckedConnection(self.state)  # type: ignore[arg-type]


def send_due(database: Database, most: int = 100, told: Callable[[], bool] = lambda: False) -> int:
    """Send up to ``most`` mails that are due, or until told to stop; returns how many went."""
    sent = 0
    for _ in range(most):
        taken = None if told() else take(database)
        if taken is None:
            break
        sent += send_taken(database, taken)
    return sent


def take(database: Database) -> int | None:
    """Lease the next due mail and commit the lease; returns its id, or None."""
    at = clock.now()
    with database.session(writes=True) as session:
        mail = session.scalars(_waiting(at).limit(1).with_for_update(skip_locked=True)).first()
        if mail is None:
            return None
        mail.leased_until = at + LEASE
        mail.attempts += 1
        taken = mail.id
        session.commit()
    return taken


def _waiting(at: datetime):  # type: ignore[no-untyped-def] # Select[...]: its type says nothing here
    return (
        select(OutboxMail)
        .where(
            OutboxMail.sent_at.is_(None),
            OutboxMail.gave_up_at.is_(None),
            OutboxMail.due_at <= at,
            or_(OutboxMail.leased_until.is_(None), OutboxMail.leased_until <= at),
        )
        .order_by(OutboxMail.due_at, OutboxMail.id)
    )


def send_taken(database: Database, mail_id: int) -> bool:
    """Send one leased mail and write down how it went.  True when it was sent."""
    letter: Letter | None = None
    failure: Exception | None = None
    with database.session(writes=False) as session:
        mail = session.get_one(OutboxMail, mail_id)
        try:
            letter = write(session, mail)
            _hand_over(mail, letter)
        except Exception as error:
            failure = error
        session.rollback()
    with database.session(writes=True) as session:
        mail = session.get_one(OutboxMail, mail_id)
        if letter is not None and failure is None:
            _write_down_sent(session, mail, letter)
        elif failure is not None:
            _write_down_failure(mail, failure, letter)
        session.commit()
    return failure is None


def _hand_over(mail: OutboxMail, letter: Letter) -> None:
    settings = current_app.extensions["settings"]
    if not settings.mail_goes_out:
        return
    message = Message(letter.subject, recipients=[mail.address], body=letter.body)
    message.sender = settings.mail_from
    message.msgId = f"<{mail.reference}@{urlsplit(settings.site_url).hostname}>"
    message.reply_to = current_app.extensions["scheme"].contacts.email  # "answer this mail"
    message.extra_headers = {"Auto-Submitted": "auto-generated"}
    current_app.extensions["mail"].send(message)


def _write_down_sent(session: Session, mail: OutboxMail, letter: Letter) -> None:
    mail.sent_at = at = clock.now()
    mail.leased_until = mail.last_error = None
    _keep(mail, letter)
    if current_app.extensions["settings"].example:
        session.add(
            ExampleMail(address=mail.address, subject=letter.subject, body=letter.body, sent_at=at)
        )
    forget_if_last(mail, at)


def _keep(mail: OutboxMail, letter: Letter) -> None:
    mail.subject, mail.body = letter.kept_subject, letter.kept_body


def _write_down_failure(mail: OutboxMail, error: Exception, letter: Letter | None) -> None:
    at = clock.now()
    mail.leased_until = None
    mail.last_error = _said(error)
    refused = isinstance(error, smtplib.SMTPRecipientsRefused) and _for_good(error)
    if refused or mail.attempts > len(PATIENCE):
        mail.gave_up_at = at
        if letter is not None:  # they can still read on the portal what did not reach them
            _keep(mail, letter)
        forget_if_last(mail, at)
        log.error("gave up on a mail", extra={"mail": mail.id, "kind": mail.kind})
    else:
        mail.due_at = at + timedelta(minutes=PATIENCE[mail.attempts - 1])
        log.warning("mail not sent", extra={"mail": mail.id, "error": type(error).__name__})


def _for_good(error: smtplib.SMTPRecipientsRefused) -> bool:
    return all(code >= 500 for code, _ in error.recipients.values())


def _said(error: Exception) -> str:
    """The error's kind and code only: a server's words can quote the address."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()


def oldest_waiting(session: Session) -> datetime | None:
    """Since when the mail that has waited longest waits: the outbox's age.

    A try that fails puts the next one off and does not end the wait: else a mail server that
    refuses our password would never show.  Only what one mailbox refuses is no fault of ours.
    """
    theirs = OutboxMail.last_error.startswith(smtplib.SMTPRecipientsRefused.__name__)
    ours = and_(OutboxMail.last_error.is_not(None), ~theirs)
    since = case((ours, OutboxMail.created_at), else_=OutboxMail.due_at)
    wanted = select(func.min(since)).where(
        OutboxMail.sent_at.is_(None), OutboxMail.gave_up_at.is_(None)
    )
    return session.scalar(wanted)

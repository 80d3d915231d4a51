"""Mail as a transactional outbox, to a real SMTP server."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from jinja2 import ChoiceLoader, DictLoader
from sqlalchemy import select

from tests.conftest import NOW
from tests.smtp import Postbox, private_server, server
from tests.web.conftest import at_once, portal_with
from web import clock
from web.mail import OutboxMail, post
from web.mail.models import ExampleMail
from web.mail.sending import LEASE, PATIENCE, oldest_waiting, send_due, take

TEMPLATES = {
    "plain.txt": "Subject: Hello {{ name }}\n\nDear {{ name }},\nall is well.\n",
    "secret.txt": 'Subject: Your code {{ secret("code") }}\n\n{{ secret("code") }}\n'
    '{{ secret("link") }}\nSee {{ url_for("health.live", _external=True) }}\n',
    "broken.txt": "Subject: {{ nobody_gave_this }}\n\nx",
}


def with_templates(app):
    """Adds mails of the tests' own to the portal's."""
    probes = DictLoader({f"mail/probe/{name}": text for name, text in TEMPLATES.items()})
    app.jinja_env.loader = ChoiceLoader([probes, app.jinja_env.loader])
    app.extensions["mail_secrets"] |= {
        "code": lambda session, facts: "123456",
        "link": lambda session, facts: f"https://portal.example.org/in/123456-{facts['name']}",
    }
    return app


@pytest.fixture
def portal(empty_url):
    """A portal that commits, and sends to a server on demand."""
    made = []

    def make(**settings):
        generator = portal_with(empty_url, **settings)
        made.append(generator)
        return with_templates(next(generator))

    yield make
    for generator in made:
        next(generator, None)


def outbox(app):
    with app.extensions["database"].session(writes=False) as session:
        return session.scalars(select(OutboxMail).order_by(OutboxMail.id)).all()


def put(app, kind="probe/plain", to="sam@example.org", **facts):
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        post(session, kind, to=to, at=clock.now(), **({"name": "Sam"} | facts))
        session.commit()


def send(app):
    with app.test_request_context(base_url=app.extensions["settings"].site_url):
        return send_due(app.extensions["database"])


# Posting and writing


def test_a_mail_goes_only_if_its_transaction_commits(portal):
    app = portal()
    with app.app_context(), app.extensions["database"].session(writes=True) as session:
        post(session, "probe/plain", to="sam@example.org", at=NOW, name="Sam")
        session.flush()
        session.rollback()
        session.commit()
    assert (outbox(app), send(app)) == ([], 0)
    put(app)
    assert send(app) == 1
    [mail] = outbox(app)
    assert (mail.subject, mail.sent_at, mail.attempts) == ("Hello Sam", NOW, 1)


def test_what_is_kept_has_no_secrets(portal):
    app = portal(example=True, environment="development")
    put(app, "probe/secret")
    assert send(app) == 1
    [mail] = outbox(app)
    assert mail.subject == "Your code [link removed]"
    assert mail.body.splitlines() == [
        "[link removed]",
        "[link removed]",
        "See http://localhost/health/live",
    ]
    with app.extensions["database"].session(writes=False) as session:
        [seen] = session.scalars(select(ExampleMail)).all()
    assert "https://portal.example.org/in/123456-Sam" in seen.body


def test_a_secret_that_is_empty_removes_nothing(portal, monkeypatch):
    app = portal()
    monkeypatch.setitem(app.extensions["mail_secrets"], "link", lambda *_: "")
    put(app, "probe/secret")
    send(app)
    assert outbox(app)[0].body.startswith("[link removed]\n\nSee http")


@pytest.mark.parametrize(
    "name", ["Sam\nBcc: all@example.org", "Sam\r\nBcc: all@example.org", "\rSam", "\x0bSam\u2028x"]
)
def test_no_name_can_add_a_header(portal, name):
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings())
        put(app, name=name)
        send(app)
        send(app)
    for mail in postbox.mails:
        assert mail["Bcc"] is None
        assert mail["To"] == "sam@example.org"
        assert "\n" not in mail["Subject"]


def test_every_mail_of_the_portal_has_a_subject_line_and_then_an_empty_one(app):
    from web.settings import ROOT

    files = list((ROOT / "templates" / "mail").rglob("*.txt"))
    included = re.compile(r'{% include "([^"]+)"')
    parts = {name for file in files for name in included.findall(file.read_text())}
    mails = [f for f in files if f.relative_to(ROOT / "templates").as_posix() not in parts]
    assert len(mails) > 40
    for file in mails:
        lines = [line for line in file.read_text().splitlines() if not line.startswith("{#")]
        while lines[0].startswith(("{%", "{#")):
            lines.pop(0)
        assert lines[0].startswith("Subject: "), file
        assert lines[1] == "", file


# Sending


def test_it_arrives_as_it_was_written(portal):
    subject = "Zoë’s “Shed” – " + "مرحبا 北京 🎈 " * 8
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings())
        put(app, name=subject.strip(), to="sam@exämple.org")
        assert send(app) == 1
    [mail] = postbox.mails
    assert mail["Subject"] == f"Hello {subject.strip()}"
    assert mail["From"] == "portal@example.org"
    assert mail["Reply-To"] == app.extensions["scheme"].contacts.email, "“answer this mail”"
    assert mail["To"] == "sam@xn--exmple-cua.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == f"<{outbox(app)[0].reference}@localhost>"
    assert (
        mail.get_content()
        .replace("\r\n", "\n")
        .startswith(f"Dear {subject.strip()},\nall is well.")
    )


def test_over_starttls_with_a_login(portal, tmp_path):
    postbox = Postbox()
    with private_server(postbox, tmp_path) as settings:
        app = portal(**settings)
        put(app)
        assert send(app) == 1
    assert len(postbox.mails) == 1


def test_another_servers_certificate_is_refused(portal, tmp_path):
    postbox = Postbox()
    with private_server(postbox, tmp_path, named="other.example.org") as settings:
        app = portal(**settings)
        put(app)
        assert send(app) == 0
    assert postbox.mails == []
    assert outbox(app)[0].last_error.startswith("SSLCertVerificationError")


def test_an_unknown_authority_is_refused(portal, tmp_path):
    postbox = Postbox()
    with private_server(postbox, tmp_path) as settings:
        app = portal(**settings | {"mail_ca_file": None})
        put(app)
        assert send(app) == 0
    assert outbox(app)[0].last_error.startswith("SSLCertVerificationError")


def test_a_server_that_offers_no_starttls_gets_nothing(portal):
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings(mail_security="starttls"))
        put(app)
        assert send(app) == 0
    assert postbox.mails == []
    assert outbox(app)[0].last_error == "SMTPNotSupportedError"


def test_a_wrong_password_is_tried_again(portal, tmp_path, still_clock):
    postbox = Postbox()
    with private_server(postbox, tmp_path) as settings:
        app = portal(**settings | {"mail_password": "wrong"})
        put(app)
        assert send(app) == 0
        [mail] = outbox(app)
        assert (mail.last_error, mail.gave_up_at) == ("SMTPAuthenticationError 535", None)
        clock.freeze(still_clock + timedelta(minutes=PATIENCE[0]))
        right = portal(**settings)
        assert send(right) == 1


def test_back_off_and_in_the_end_give_up(portal, still_clock):
    with server(Postbox(refuse="451 Later")) as postbox:
        app = portal(**postbox.settings())
        put(app)
        waits = []
        for _ in range(len(PATIENCE) + 1):
            assert send(app) == 0
            mail = outbox(app)[0]
            if mail.gave_up_at is None:
                waits.append((mail.due_at - clock.now()).total_seconds() / 60)
                clock.freeze(mail.due_at - timedelta(seconds=1))
                assert send(app) == 0, "not before its time"
                assert outbox(app)[0].attempts == mail.attempts
                clock.freeze(mail.due_at)
        assert waits == list(PATIENCE)
        assert outbox(app)[0].gave_up_at == clock.now()
        clock.freeze(clock.now() + timedelta(days=30))
        assert send(app) == 0
    assert outbox(app)[0].attempts == len(PATIENCE) + 1
    assert outbox(app)[0].last_error == "SMTPRecipientsRefused"


def test_an_address_that_is_refused_for_good_is_tried_once(portal):
    with server(Postbox(refuse="550 sam@example.org: nobody of that name")) as postbox:
        app = portal(**postbox.settings())
        put(app)
        assert send(app) == 0
    [mail] = outbox(app)
    assert mail.gave_up_at == NOW
    assert "sam" not in mail.last_error, "the server's words can quote the address"


def test_one_bad_mail_does_not_hold_up_the_others(portal):
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings())
        put(app, "probe/broken")
        put(app, "probe/nonexistent")
        put(app, to="not an address\nat all")
        put(app)
        assert send(app) == 1
    assert [bool(mail.last_error) for mail in outbox(app)] == [True, True, True, False]


def test_a_server_that_hangs_up_after_taking_it_gets_it_once(portal):
    with server(Postbox(answer=lambda mail: "hang up")) as postbox:
        app = portal(**postbox.settings())
        put(app)
        assert send(app) == 1
    assert outbox(app)[0].last_error is None


def test_no_server_there_is_a_failure_like_another(portal):
    with server(Postbox()) as postbox:
        pass
    app = portal(**postbox.settings())
    put(app)
    assert send(app) == 0
    assert outbox(app)[0].last_error == "ConnectionRefusedError"


# Several workers


def test_no_two_workers_take_one_mail(portal):
    app = portal()
    for _ in range(40):
        put(app)
    taken = at_once(lambda _: take(app.extensions["database"]), 60)
    assert sorted(t for t in taken if t) == sorted(m.id for m in outbox(app))


def test_a_lease_that_ended_lets_another_worker_take_it(portal, still_clock):
    app = portal()
    put(app)
    database = app.extensions["database"]
    assert take(database)
    clock.freeze(still_clock + LEASE - timedelta(seconds=1))
    assert take(database) is None
    clock.freeze(still_clock + LEASE)
    assert take(database)
    assert outbox(app)[0].attempts == 2


def test_the_outboxs_age(portal):
    app = portal()
    with app.extensions["database"].session(writes=False) as session:
        assert oldest_waiting(session) is None
        put(app)
        session.rollback()
        assert oldest_waiting(session) == NOW
        send(app)
        session.rollback()
        assert oldest_waiting(session) is None


@pytest.mark.parametrize(
    ("refuse", "waits"), [("451 Full", False), ("", True)], ids=["one mailbox", "no server"]
)
def test_a_server_that_takes_nothing_shows_and_one_full_mailbox_does_not(
    portal, still_clock, refuse, waits
):
    with server(Postbox(refuse=refuse)) as postbox:
        app = portal(**postbox.settings() | ({} if refuse else {"mail_port": 1}))
        put(app)
        for minutes in (0, 1, 6, 21, 81):
            clock.freeze(still_clock + timedelta(minutes=minutes))
            assert send(app) == 0
    with app.extensions["database"].session(writes=False) as session:
        assert (oldest_waiting(session) == still_clock) is waits
        assert (oldest_waiting(session) > clock.now()) is not waits
    with app.app_context():
        ready = app.test_client().get("/health/ready")
    assert (ready.status_code == 503) is waits


# A worker that is killed: a process of its own, SIGKILL at the very moment

WORKER = """
import sys
from tests.conftest import settings_for_tests
from tests.web.conftest import portal_with
from tests.web.test_mail import send, with_templates
url, port, hold = sys.argv[1], int(sys.argv[2]), sys.argv[3]
app = with_templates(next(portal_with(url, environment="development", mail_server="localhost",
                                      mail_port=port, mail_security="none")))
if hold == "after":
    import web.mail.sending as sending
    def held(*_):
        print("sent", flush=True)
        sys.stdin.read()
    sending._write_down_sent = held
send(app)
print("done", flush=True)
"""


@contextmanager
def worker(url: str, postbox: Postbox, hold: str = "") -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", WORKER, url, str(postbox.port), hold],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={k: v for k, v in os.environ.items() if not k.startswith("PORTAL_")},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.slow
def test_killed_before_the_server_answered_it_is_sent_once(portal, empty_url, still_clock):
    clock.freeze(None)  # the worker has a clock of its own
    asked, go = threading.Event(), threading.Event()

    def wait(_mail):
        asked.set()
        go.wait(20)
        return "451 Your line went dead"

    with server(Postbox(answer=wait)) as postbox:
        app = portal(**postbox.settings())
        put(app)
        with worker(empty_url, postbox) as process:
            assert asked.wait(20)
            process.send_signal(signal.SIGKILL)
            process.wait()
        go.set()
    [mail] = outbox(app)
    assert (mail.sent_at, mail.attempts) == (None, 1)
    clock.freeze(mail.leased_until)
    with server(Postbox()) as again:
        app = portal(**again.settings())
        assert send(app) == 1
    assert len(again.mails) == 1
    assert outbox(app)[0].sent_at


@pytest.mark.slow
def test_killed_after_the_server_answered_it_is_sent_again_under_its_name(
    portal, empty_url, still_clock
):
    """The one window that SMTP leaves open: at least once, never not at all."""
    clock.freeze(None)
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings())
        put(app)
        with worker(empty_url, postbox, hold="after") as process:
            assert process.stdout.readline() == "sent\n"
            process.send_signal(signal.SIGKILL)
            process.wait()
        [mail] = outbox(app)
        assert mail.sent_at is None
        assert send(app) == 0, "its lease still holds"
        clock.freeze(mail.leased_until)
        assert send(app) == 1
    first, second = postbox.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert outbox(app)[0].sent_at


def test_a_worker_left_alone_sends_it_once(portal, empty_url, still_clock):
    clock.freeze(None)
    with server(Postbox()) as postbox:
        app = portal(**postbox.settings())
        put(app)
        with worker(empty_url, postbox) as process:
            assert process.stdout.readline() == "done\n"
    assert len(postbox.mails) == 1
    assert outbox(app)[0].attempts == 1

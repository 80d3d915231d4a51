"""`flask officers …`, `flask data-protection …`, `flask safeguarding …`: who has which role.

The first of each is appointed here.
"""

from dataclasses import dataclass

import click
from flask.cli import AppGroup

from accounts.actions import factors, people
from accounts.models import Person
from accounts.models.people import DATA_PROTECTION, OFFICER, SAFEGUARDING
from accounts.queries.people import people_with_role, person_by_email
from accounts.sign_in import keys
from accounts.sign_in.forms import kept_form
from web import clock
from web.database import db
from web.workflow import Refused

second_step = AppGroup("second-step", help="What people prove themselves with.")


@dataclass(frozen=True)
class Post:
    """A role as its commands speak of it."""

    command: str
    role: str
    help: str
    one: str
    """"an officer": as it stands in a sentence."""
    of: str = ""
    nobody: str = ""

    @property
    def by(self) -> str:
        return f"system:flask {self.command}"


POSTS = (
    Post(
        "officers",
        OFFICER,
        "The Charter team's officers.",
        "an officer",
        " of the Charter team",
        "Nobody is an officer yet.",
    ),
    Post(
        "data-protection",
        DATA_PROTECTION,
        "Who answers requests and complaints about data.",
        "a data protection lead",
        "",
        "Nobody is a data protection lead yet.",
    ),
    Post(
        "safeguarding",
        SAFEGUARDING,
        "Who reads what assessors worry about: the safeguarding lead and the deputy.",
        "a safeguarding lead",
        "",
        "Nobody is a safeguarding lead yet.",
    ),
)


def group_of(post: Post) -> AppGroup:
    group = AppGroup(post.command, help=post.help)

    @group.command("appoint", help=f"Make the person with this address {post.one}.")
    @click.argument("email")
    @click.option("--name", help="makes an account for somebody who has none")
    def appoint(email: str, name: str | None) -> None:
        _appoint(post, email, name)

    @group.command("end", help=f"End the appointment of {post.one}.")
    @click.argument("email")
    def end(email: str) -> None:
        _end(post, email)

    @group.command("list", help=f"Everybody who is {post.one}.")
    def list_them() -> None:
        _list(post)

    return group


def _appoint(post: Post, email: str, name: str | None) -> None:
    address = _address(email)
    person = person_by_email(db(), address) or _new_account(post, address, name)
    try:
        people.appoint(db(), person, post.role, by=post.by, at=clock.now())
    except Refused as refused:
        already = f"{person.name} ({address}) is {post.one} already."
        said = already if person.has_role(post.role) else " ".join(refused.reasons)
        raise click.ClickException(said) from None
    db().commit()
    click.echo(f"{person.name} ({address}) is {post.one}{post.of} now.")
    if person.confirmed_at is None:
        click.echo(
            "A mail is on its way to them with a link to choose a password. It works for a day;"
        )
        click.echo("after that they can ask for another one under “Forgotten your password?”.")


def _end(post: Post, email: str) -> None:
    address = _address(email)
    person = person_by_email(db(), address)
    if person is None:
        raise click.ClickException(f"Nobody has an account with {address}.")
    try:
        people.end_appointment(db(), person, post.role, by=post.by, at=clock.now())
    except Refused:
        raise click.ClickException(f"{person.name} ({address}) is not {post.one}.") from None
    db().commit()
    click.echo(f"{person.name} ({address}) is not {post.one} any more.")


def _list(post: Post) -> None:
    found = people_with_role(db(), post.role)
    for person in found:
        click.echo(f"{person.name} <{person.email}>")
    if not found:
        click.echo(f"{post.nobody} Appoint one: flask {post.command} appoint EMAIL")


def _address(text: str) -> str:
    try:
        return kept_form(text)
    except ValueError:
        raise click.ClickException(f"“{text}” is not an email address.") from None


def _new_account(post: Post, address: str, name: str | None) -> Person:
    """Without a password: the mailed link sets one and shows that the mailbox is theirs."""
    if not name or not name.strip():
        raise click.ClickException(
            f"Nobody has an account with {address}. Let them register first, or make the account "
            f'and mail them a link: flask {post.command} appoint {address} --name "Their Name"'
        )
    return people.register(
        db(), name=" ".join(name.split()), email=address, password=None, at=clock.now()
    )


@second_step.command("reset")
@click.argument("email")
def reset_second_step(email: str) -> None:
    """Forget what the person with this address proves themselves with: they lost it."""
    address = _address(email)
    person = person_by_email(db(), address, lock=True)
    if person is None:
        raise click.ClickException(f"Nobody has an account with {address}.")
    factors.reset(db(), person, by="system:flask second-step", at=clock.now())
    db().commit()
    click.echo(f"{person.name} ({address}) is signed out everywhere and signs in with their")
    click.echo("password alone. If their role needs a second step, they set it up anew then.")


@second_step.command("encrypt-anew")
def encrypt_anew() -> None:
    """Encrypt what apps share with us by the newest key, so that older ones can go."""
    done, lost = keys.encrypt_anew(db())
    db().commit()
    click.echo(f"Encrypted anew for {done} of {done + lost} people.")
    if lost:
        raise click.ClickException(
            f"{lost} could not be read: their key is missing in PORTAL_TOTP_KEYS. Put it back, "
            "or reset them one by one: flask second-step reset EMAIL"
        )


commands = (*(group_of(post) for post in POSTS), second_step)

"""``flask keys …``: the keys that sign credentials."""

import click
from flask.cli import AppGroup

from web import clock
from web.credentials import keys
from web.credentials.models import IN_USE, SigningKey
from web.database import db
from web.workflow import Refused

signing_keys = AppGroup("keys", help="The keys that sign credentials.")
BY = "system:flask keys"


@signing_keys.command("new")
def new() -> None:
    """Make the next key.  It signs from now on; what older ones signed goes on verifying."""
    key = keys.make(db(), by=BY, at=clock.now())
    db().commit()
    click.echo(f"{key.reference} signs from now on. Retire the older ones when you are ready.")


@signing_keys.command("list")
def everything() -> None:
    """Every key, the newest first."""
    found = keys.everything(db())
    for key in found:
        click.echo(_line(key))
    if not found:
        click.echo("There is no key yet. The first is made when it is needed.")


def _line(key: SigningKey) -> str:
    until = f" to {key.ended_at:%Y-%m-%d}" if key.ended_at else ""
    lost = key.state == IN_USE and not keys.is_readable(key)
    unreadable = " - cannot be read: the secret key was changed; make a new one" if lost else ""
    return f"{key.reference}  {key.state}, from {key.began_at:%Y-%m-%d}{until}{unreadable}"


@signing_keys.command("retire")
@click.argument("reference")
@click.option("--stolen", is_flag=True, help="nothing it signed is to be trusted any more")
def retire(reference: str, stolen: bool) -> None:
    """It signs no more.  What it signed goes on verifying, unless it was stolen."""
    key = keys.by_reference(db(), reference, lock=True)
    if key is None:
        raise click.ClickException(f"There is no key {reference}. See: flask keys list")
    try:
        revoked = keys.retire(db(), key, stolen=stolen, by=BY, at=clock.now())
    except Refused as refused:
        raise click.ClickException(str(refused)) from None
    db().commit()
    click.echo(f"{reference} signs no more. Revoked: {revoked}.")

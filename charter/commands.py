"""``flask charter …``."""

from pathlib import Path

import click
from flask.cli import AppGroup

from charter import content, workflow
from charter.sessions import workflow as session_workflow
from web import clock
from web.database import db

charter = AppGroup("charter", help="The charter's text and the states of a pledge.")

BY = "system:flask charter load"


@charter.command("load")
@click.argument("file", type=click.Path(path_type=Path))
def load(file: Path) -> None:
    """Publish the text in FILE as a version.  The newest one is what new pledges are to."""
    try:
        version = content.publish(db(), content.read(file), by=BY, at=clock.now())
    except (content.CharterError, content.CodeTaken) as refusal:
        raise click.ClickException(str(refusal)) from None
    if version is None:
        click.echo("This text is published already: nothing was changed.")
        return
    db().commit()
    said = f"Version {version.code} is published with {len(version.commitments)} commitments"
    if version.example_text:
        click.echo(f"{said}. It is example text: nobody has agreed it, so no pledge is confirmed.")
    else:
        click.echo(f"{said}, agreed by {version.agreed_by}.")


@charter.command("states")
def states() -> None:
    """Print docs/states-of-a-pledge.md: every state of a pledge, and every way it moves."""
    click.echo(workflow.as_markdown(), nl=False)


@charter.command("session-states")
def session_states() -> None:
    """Print docs/states-of-a-charter-session.md, likewise."""
    click.echo(session_workflow.as_markdown(), nl=False)

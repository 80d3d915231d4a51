"""``flask pathways …``."""

from pathlib import Path

import click
from flask.cli import AppGroup

from training import versions
from training.pathways.reading import PathwaysError, read
from web import clock
from web.database import db

pathways = AppGroup("pathways", help="The Training Pathways' text.")

BY = "system:flask pathways load"
REFUSALS = (PathwaysError, versions.CodeTaken, versions.KeysGone, versions.CodeReused)
FILE = click.argument("file", type=click.Path(path_type=Path))


@pathways.command("load")
@FILE
def load(file: Path) -> None:
    """Publish the text in FILE as a version.  By the newest one everybody's training is seen."""
    try:
        text = read(file)
        version = versions.publish(db(), text, by=BY, at=clock.now())
    except REFUSALS as refusal:
        raise click.ClickException(str(refusal)) from None
    if version is None:
        click.echo("This text is published already: nothing was changed.")
        return
    db().commit()
    said = (
        f"Version {version.code} is published with {len(text.modules)} modules "
        f"and {len(text.roles)} roles"
    )
    if version.example_text:
        click.echo(f"{said}. It is example text: nobody has agreed it.")
    else:
        click.echo(f"{said}, agreed by {version.agreed_by}.")


@pathways.command("check")
@FILE
def check(file: Path) -> None:
    """Say whether FILE could be published, and change nothing."""
    try:
        text = read(file)
        versions.keep_the_keys(text, [v.pathways for v in versions.all_versions(db())])
    except REFUSALS as refusal:
        raise click.ClickException(str(refusal)) from None
    standing = versions.by_code(db(), text.code)
    click.echo(
        f"{text.title}, version {text.code}: {len(text.stages)} stages, "
        f"{len(text.modules)} modules, {len(text.roles)} roles. Nothing is wrong with it."
    )
    if standing is not None and standing.fingerprint != text.fingerprint:
        click.echo(f"Before you publish it give it another code: {text.code} is taken.")

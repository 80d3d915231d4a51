"""``flask framework …``."""

from pathlib import Path

import click
from flask.cli import AppGroup

from endorsement import versions
from endorsement.framework import Framework
from endorsement.framework.reading import FrameworkError, read
from web import clock
from web.database import db

framework = AppGroup("framework", help="The quality framework's text.")

BY = "system:flask framework load"
REFUSALS = (
    FrameworkError,
    versions.CodeTaken,
    versions.KeysGone,
    versions.CodeReused,
)
FILE = click.argument("file", type=click.Path(path_type=Path))


@framework.command("load")
@FILE
def load(file: Path) -> None:
    """Publish the text in FILE as a version.  The newest one is what new assessments are on."""
    try:
        text = read(file)
        version = versions.publish(db(), text, by=BY, at=clock.now())
    except REFUSALS as refusal:
        raise click.ClickException(str(refusal)) from None
    _warn_of_commitments(text)
    if version is None:
        click.echo("This text is published already: nothing was changed.")
        return
    db().commit()
    said = f"Version {version.code} is published with {len(text.standards)} standards"
    if version.example_text:
        click.echo(f"{said}. It is example text: nobody has agreed it, so no award is made on it.")
    else:
        click.echo(f"{said}, agreed by {version.agreed_by}.")


@framework.command("check")
@FILE
def check(file: Path) -> None:
    """Say whether FILE could be published, and change nothing."""
    try:
        text = read(file)
        versions.keep_the_keys(text, [v.framework for v in versions.all_versions(db())])
    except REFUSALS as refusal:
        raise click.ClickException(str(refusal)) from None
    _warn_of_commitments(text)
    standing = versions.by_code(db(), text.code)
    click.echo(
        f"{text.title}, version {text.code}: {len(text.areas)} areas, "
        f"{len(text.standards)} standards, {len(text.levels)} levels. Nothing is wrong with it."
    )
    if standing is not None and standing.fingerprint != text.fingerprint:
        click.echo(f"Before you publish it give it another code: {text.code} is taken.")


def _warn_of_commitments(text: Framework) -> None:
    """The charter may move on before the framework does: no reason to refuse either."""
    for key, named in versions.unknown_commitments(db(), text).items():
        click.echo(f"Note: {key} goes with {', '.join(named)}, which the charter does not have.")

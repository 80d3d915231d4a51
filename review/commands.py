"""``flask review …``"""

import click
from flask.cli import AppGroup

from review.workflow import as_markdown

review = AppGroup("review", help="The steering group's cases.")


@review.command("states")
def states() -> None:
    """Print docs/states-of-a-case.md."""
    click.echo(as_markdown(), nl=False)

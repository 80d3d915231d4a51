"""``flask submission …``."""

import click
from flask.cli import AppGroup

from endorsement.models import Submission
from endorsement.sending import actions, queries, seal, verifying, workflow
from web import clock
from web.database import db
from web.workflow import Refused

submission = AppGroup("submission", help="Sealed submissions: prove one, remove a part of one.")

BY = "system:flask submission remove"


@submission.command("verify")
@click.argument("reference")
@click.option("--root", default="", help="The root on the receipt or in the mail.")
def verify(reference: str, root: str) -> None:
    """Work REFERENCE's root out anew and say what differs from what was sealed."""
    found = _found(reference)
    wrong = list(verifying.differences(found, root))
    for sentence in wrong:
        click.echo(sentence, err=True)
    if wrong:
        raise click.exceptions.Exit(1)
    gone = [item for item in found.items if item.content is None]
    click.echo(f"{reference} is as it was sealed: {len(found.items)} items.")
    click.echo(seal.in_groups(found.root))
    for item in gone:
        click.echo(f"{verifying.name_of(item)} was removed: {item.removed_why}")


@submission.command("states")
def states() -> None:
    """Print docs/states-of-a-submission.md: every state, and every way it moves."""
    click.echo(workflow.as_markdown(), nl=False)


@submission.command("items")
@click.argument("reference")
def items(reference: str) -> None:
    """List the items of REFERENCE by number."""
    for item in _found(reference).items:
        click.echo(verifying.name_of(item) + (" removed" if item.content is None else ""))


@submission.command("remove")
@click.argument("reference")
@click.argument("item", type=int)
@click.option("--why", required=True, help="Stands in its place; so name nobody.")
def remove(reference: str, item: int, why: str) -> None:
    """Take away the words of ITEM (its number) of REFERENCE, for somebody's erasure."""
    found = _found(reference, lock=True)
    try:
        row = actions.remove_item(db(), found, item, why, by=BY, at=clock.now())
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    db().commit()
    click.echo(f"{verifying.name_of(row)} is removed. Its digest stays, so the rest is proved.")


def _found(reference: str, *, lock: bool = False) -> Submission:
    found = queries.by_reference(db(), reference, lock=lock)
    if found is None:
        raise click.ClickException(f"There is no submission {reference}.")
    return found

"""The shared core's commands."""

import sys

import click
from flask import current_app
from flask.cli import AppGroup

from web import clock, example, retention, settings, worker
from web.audit import AuditHead
from web.audit.verify import rolled_back, verify
from web.database import database, db

audit = AppGroup("audit", help="The chain of who did what.")
content = AppGroup("content", help="What the portal needs before its first day.")
county = AppGroup("example", help="The example county.")
work = AppGroup("work", help="The worker: mail and timed jobs.")
keeping = AppGroup("retention", help="What is not kept for ever.")
listed = AppGroup("settings", help="Every setting.")


@audit.command("verify")
@click.option("--head", nargs=2, type=(int, str), help="what `flask audit head` once printed")
def audit_verify(head: tuple[int, str] | None) -> None:
    """Is the chain whole, and do the rows still say what it says?"""
    key = current_app.extensions["settings"].audit_key.get_secret_value().encode()
    with database().snapshot() as session:
        found = list(verify(session, key))
        for part in current_app.extensions["contributions"]:
            found += [sentence for proof in part.proofs for sentence in proof(session)]
        if head and (sentence := rolled_back(session, *head)):
            found.append(sentence)
    for sentence in found:
        click.echo(sentence, err=True)
    if found:
        many = len(found) > 1
        count = f"{len(found)} things are" if many else "1 thing is"
        click.echo(f"{count} not as {'they were' if many else 'it was'} written.", err=True)
        sys.exit(1)
    click.echo("The audit chain is whole, and every row is as it was written.")


@audit.command("head")
def audit_head() -> None:
    """The last entry's number and seal: write them down elsewhere, to know an old copy by."""
    head = db().get(AuditHead, 1)
    click.echo(f"{head.number} {head.seal}" if head else "0: nothing is written yet")


@keeping.command("run")
@click.option("--dry-run", is_flag=True, help="say what would go, and change nothing")
def retention_run(dry_run: bool) -> None:
    """Take away what is kept no longer."""
    if dry_run:
        with database().snapshot() as session:
            for line in retention.due(session, clock.now()):
                click.echo(_would_go(line))
        return
    report = retention.run_by_hand(database(), "flask retention run")
    if report is None:
        raise click.ClickException("The worker is at it right now. It does the rest.")
    for told in report.report:
        failed = f", {told['failed']} failed ({told['error']})" if told["error"] else ""
        click.echo(f"{told['rule']}: {told['taken']} taken away{failed}")
    if any(told["error"] for told in report.report):
        sys.exit(1)


def _would_go(line: retention.Due) -> str:
    if line.error:
        return f"{line.rule.name}: failed ({line.error})"
    oldest = f", the oldest from {line.oldest:%Y-%m-%d}" if line.oldest else ""
    return f"{line.rule.name}: {line.count} would go{oldest}"


@content.command("load")
def content_load() -> None:
    """Load the default content where it is missing.  Safe to run again."""
    example.load_content(db())
    db().commit()
    click.echo("The content is loaded.")


@county.command("load")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="the day the county lives on")
def example_load(as_of: object) -> None:
    """Fill an empty database with an invented county, through the real actions."""
    try:
        example.load_county(db(), as_of=as_of, say=click.echo)  # type: ignore[arg-type]
    except example.NotHere as refusal:
        raise click.ClickException(str(refusal)) from None


@work.command("once")
def work_once() -> None:
    """Send what is due and run the jobs whose time has come, once."""
    sent, ran = worker.once(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"Mails sent: {sent}. Jobs run: {', '.join(ran) or 'none'}.")


@work.command("run")
def work_run() -> None:
    """Go on until told to stop."""
    worker.run(current_app._get_current_object())  # type: ignore[attr-defined]


@listed.command("list")
def settings_list() -> None:
    """Print the settings as the README's table."""
    click.echo(settings.as_markdown())


core_commands = (audit, content, county, work, listed, keeping)

"""Is a submission still what was sealed?  Reads only; a sentence for each thing that differs."""

from collections.abc import Iterator
from typing import Any

from endorsement.models import Submission, SubmissionItem
from endorsement.sending import seal
from endorsement.sending.snapshot import DECLARATION, FRAMEWORK, SUBMISSION, moment


def differences(submission: Submission, root: str = "") -> Iterator[str]:
    """``root``: what the receipt or the mail says; without it the row's own is held to."""
    items = submission.items
    yield from _numbers(items)
    for item in items:
        yield from _of_item(submission, item)
    found = seal.root_of(items)
    if found != submission.root:
        yield "The list of items is not the one that was sealed: the root is another."
    if root and _bare(root) != submission.root:
        yield "The root kept here is not the one you gave."
    yield from _of_row(submission)


def name_of(item: SubmissionItem) -> str:
    return f"Item {item.number} ({item.kind}{f' {item.key}' if item.key else ''})"


def _bare(root: str) -> str:
    return "".join(root.split()).lower()


def _numbers(items: list[SubmissionItem]) -> Iterator[str]:
    there = [item.number for item in items]
    for number in sorted(set(range(1, max(there, default=0) + 1)) - set(there)):
        yield f"Item {number} is not there."


def _of_item(submission: Submission, item: SubmissionItem) -> Iterator[str]:
    if item.content is None or item.salt is None:
        if not _was_told(submission, item):
            yield f"{name_of(item)} is gone, and nothing says that it was removed."
        return
    if item.digest != seal.digest_of(item.salt, item.number, item.kind, item.key, item.content):
        yield f"{name_of(item)} differs from what was sealed."


def _was_told(submission: Submission, item: SubmissionItem) -> bool:
    """By an event, which the audit's chain covers."""
    return any(
        event.verb == "forget" or (event.verb == "remove" and event.item == item.number)
        for event in submission.events
    )


def _of_row(submission: Submission) -> Iterator[str]:
    """What the row says beside its items must be what they say."""
    for kind, said in _said(submission).items():
        item = next((i for i in submission.items if i.kind == kind), None)
        content = item.content if item is not None else None
        if content is None:
            continue
        for name, value in said.items():
            if content.get(name) != value:
                yield f"The submission's own {name} is not what item {item and item.number} says."


def _said(submission: Submission) -> dict[str, dict[str, Any]]:
    version = submission.framework_version
    return {
        SUBMISSION: {
            "reference": submission.reference,
            "track": submission.track,
            "level": submission.level,
            "sent_at": moment(submission.sent_at),
        },
        DECLARATION: {"name": submission.declared_name, "role": submission.declared_role},
        FRAMEWORK: {"code": version.code, "fingerprint": version.fingerprint},
    }

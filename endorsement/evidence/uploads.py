"""Several files in one form, each judged by itself.

Judging takes seconds and happens before the transaction: what it is (web.files), and whether its
words say that it is something we never keep.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import Form, MultipleFileField
from wtforms.validators import ValidationError

from endorsement.evidence import rules
from web.files.forms import check_between
from web.files.kinds import ACCEPT
from web.files.receiving import Checked, tidy_name
from web.workflow import Refused

MOST_AT_ONCE = 20
WITH_WORDS = frozenset({"pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "text"})


@dataclass(frozen=True)
class Judged:
    """One file, and why it cannot be taken; ``checked`` is there when it can."""

    name: str
    why: str = ""
    checked: Checked | None = None


class UploadsField(MultipleFileField):
    """``judged`` has a line for each file that was sent, in its order.

    ``at_once``: more are not looked at.  One that cannot be taken is no mistake of the form: the
    others are taken all the same.
    """

    def __init__(self, label: Any = "", *, at_once: int = MOST_AT_ONCE, **more: Any):
        marks = {"accept": ACCEPT} | ({"multiple": "multiple"} if at_once > 1 else {})
        super().__init__(label, render_kw=marks, **more)
        self.type = "UploadField"
        self.at_once = at_once
        self.judged: list[Judged] = []

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002
        sent = [f for f in self.data or () if isinstance(f, FileStorage) and f.filename]
        if not sent:
            raise ValidationError(_l("Choose a file."))
        if len(sent) > self.at_once:
            most = self.at_once
            raise ValidationError(
                _l("Send %(most)s files at once, not more.", most=most)
                if most > 1
                else _l("Send one file.")
            )
        if not form.errors:
            self.judged = [judge(upload) for upload in sent]


def judge(upload: FileStorage) -> Judged:
    name = tidy_name(upload.filename or "")
    try:
        why = rules.what_is_not_kept("", name)
        if why:
            return Judged(name, why)
        checked = check_between(upload)
        why = rules.what_is_not_kept(checked.words() if checked.kind in WITH_WORDS else "")
    except Refused as refused:
        return Judged(name, " ".join(refused.reasons))
    return Judged(name, why, None if why else checked)

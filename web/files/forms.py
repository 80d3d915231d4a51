"""The field of a form that takes a file, and says beside it why it cannot be taken."""

from typing import Any

from flask import g
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form
from wtforms.validators import ValidationError

from web.database import let_go
from web.files.kinds import ACCEPT
from web.files.receiving import Checked, check
from web.workflow import Refused


class UploadField(FileField):
    """``checked`` is what ``receiving.keep`` takes; None where nothing was sent.

    Its form says ``takes_files = True``, and its view stands below ``@takes_files``.
    """

    def __init__(self, label: str = "", *, required: bool = False, **kwargs: Any):
        kwargs.setdefault("render_kw", {"accept": ACCEPT})
        super().__init__(label, **kwargs)
        self.required = required
        self.checked: Checked | None = None

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002
        """Checking takes seconds, so it is done while no transaction of this request is open."""
        if validation_stopped:
            return
        upload = self.data if isinstance(self.data, FileStorage) else None
        if upload is None or not upload.filename:
            if self.required:
                raise ValidationError(_l("Choose a file."))
            return
        try:
            self.checked = check_between(upload)
        except Refused as refused:
            raise ValidationError(" ".join(refused.reasons)) from None


def check_between(upload: FileStorage) -> Checked:
    """Check it between two transactions of this request, in which nothing was changed yet.

    What is not kept goes when the request ends.  Raises Refused.
    """
    let_go()
    checked = check(upload)
    g.setdefault("checked_files", []).append(checked)
    return checked


def forget_checked(_error: BaseException | None = None) -> None:
    """After the request, what was not kept lies nowhere."""
    for one in (*g.pop("checked_files", ()), *g.pop("streams", ())):
        one.close()

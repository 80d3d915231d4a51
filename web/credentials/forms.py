"""The form of /verify."""

from typing import Any

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, TextAreaField

from web.credentials.reading import MOST_BYTES, MOST_OF_A_PICTURE
from web.forms import Form, more_errors


class CredentialFileField(FileField):
    """A small file that is read and forgotten: nothing of it is kept."""

    def read(self) -> bytes:
        upload = self.data
        if not isinstance(upload, FileStorage) or not upload.filename:
            return b""
        return upload.stream.read(MOST_OF_A_PICTURE + 1)


class VerifyForm(Form):
    takes_files = True
    pasted = TextAreaField(_l("Paste it here"), most=MOST_BYTES)
    file = CredentialFileField(
        _l("Or choose its file"),
        render_kw={"accept": ".json,.jsonld,.svg,.png,application/json,image/svg+xml,image/png"},
    )

    def sent_credential(self) -> bytes:
        """What was sent; empty with a mistake beside the field where nothing was."""
        sent: bytes = self.file.read() or (self.pasted.data or "").encode()
        if not sent:
            more_errors(self, "pasted", _said_nothing())
        return sent


def _said_nothing() -> Any:
    return _l("Paste a credential, or choose its file.")

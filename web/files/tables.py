"""A table that somebody sends: a spreadsheet or a CSV file, read in the child, row by row.

It is not kept: whoever asks for it takes what they need of its rows before ``close``.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import current_app, g
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import FileStorage
from wtforms import FileField, Form
from wtforms.validators import ValidationError

from web.database import let_go
from web.files import checking
from web.files.receiving import PREFIX, Upload, scratch, tidy_name, write
from web.workflow import Refused

ACCEPT = ".csv,.xlsx,.txt,.tsv"


@dataclass(frozen=True)
class Limits:
    megabytes: int = 10
    rows: int = 100_000
    """Without the headings."""
    columns: int = 50
    characters: int = 500
    """Of a cell; what is longer is cut there."""


@dataclass(frozen=True)
class Table:
    name: str
    """As its owner called it, without folders."""
    folder: Path
    length: int
    """With the row of headings."""

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """Each row that is not empty: its number in the sheet, and its cells without those that
        are empty at the end."""
        with (self.folder / "rows").open(encoding="utf-8") as lines:
            for line in lines:
                number, cells = json.loads(line)
                yield number, cells

    def close(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def read(upload: Upload, limits: Limits) -> Table:
    """Raises Refused, in sentences for the person who sent it."""
    settings = current_app.extensions["settings"]
    folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=scratch(settings)))
    asked = {
        "most_rows": limits.rows,
        "most_columns": limits.columns,
        "most_characters": limits.characters,
    }
    try:
        write(upload.stream, folder / "sent", limits.megabytes)
        length = checking.table(folder / "sent", folder, settings, asked)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Table(tidy_name(upload.filename or ""), folder, length)


class TableField(FileField):
    """``table`` is what was sent.  Its form says ``takes_files = True``, and its view stands below
    ``@takes_files``."""

    def __init__(self, label: str = "", *, limits: Limits, **kwargs: Any):
        kwargs.setdefault("render_kw", {"accept": ACCEPT})
        super().__init__(label, **kwargs)
        self.type = "UploadField"
        self.limits = limits
        self.table: Table | None = None

    def post_validate(self, form: Form, validation_stopped: bool) -> None:  # noqa: ARG002
        """Reading takes seconds, so it is done while no transaction of this request is open."""
        upload = self.data if isinstance(self.data, FileStorage) else None
        if upload is None or not upload.filename:
            raise ValidationError(_l("Choose a file."))
        let_go()
        try:
            self.table = read(upload, self.limits)
        except Refused as refused:
            raise ValidationError(" ".join(refused.reasons)) from None
        g.setdefault("checked_files", []).append(self.table)

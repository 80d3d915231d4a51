"""Bringing a database to the newest schema, from Python as from `alembic upgrade head`."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Engine

from web.settings import ROOT


class NewerDatabaseError(Exception):
    """The database was written by a newer version of the code than this."""


def configuration(url: str) -> Config:
    config = Config(toml_file=Path(ROOT) / "pyproject.toml")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    config.attributes["url"] = url
    return config


def upgrade(url: str, revision: str = "head") -> None:
    command.upgrade(configuration(url), revision)


def downgrade(url: str, revision: str) -> None:
    command.downgrade(configuration(url), revision)


def is_newest(engine: Engine) -> bool:
    """Whether the schema is at the newest revision: quick, so that a second start is."""
    return _current(engine) == _scripts().get_current_head()


def refuse_newer(engine: Engine) -> None:
    """Raise NewerDatabaseError for a revision that this version of the code does not know."""
    current = _current(engine)
    try:
        if current is not None:
            _scripts().get_revision(current)
    except CommandError:
        raise NewerDatabaseError(
            f"The database is at revision {current}, which this version of the portal does not "
            "know: it was last used with a newer one. Take that version, or another database."
        ) from None


def _scripts() -> ScriptDirectory:
    return ScriptDirectory(str(ROOT / "migrations"))


def _current(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()

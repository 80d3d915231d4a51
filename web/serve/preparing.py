"""From an empty folder, or yesterday's database, to a portal that can be opened."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url
from sqlalchemy.exc import DatabaseError

from web import example, logs, migrate
from web.database import Database
from web.factory import create_app
from web.serve.doors import CannotStartError
from web.settings import Settings, SettingsError, load_settings
from web.toml_errors import ContentError

Say = Callable[[str], object]


def make_portal() -> Flask:
    try:
        settings = load_settings()
        refuse_unwritable(settings)
        app = create_app(settings)
    except (SettingsError, ContentError, FileNotFoundError) as error:
        raise CannotStartError(str(error)) from None
    logs.install(settings.log_level)
    return app


def refuse_unwritable(settings: Settings) -> None:
    """A SQLite file needs its folder too: the journal is written beside it."""
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    file = Path(url.database).absolute()
    stands = next(folder for folder in file.parents if folder.exists())
    if not stands.is_dir() or not os.access(stands, os.W_OK | os.X_OK):
        raise CannotStartError(
            f"The database cannot be kept in {file.parent}: {stands} is not a folder that this "
            "account may write to. Set DATABASE_URL, or give the folder to this account."
        )
    if file.exists() and not os.access(file, os.R_OK | os.W_OK):
        raise CannotStartError(f"This account may not write to the database {file}.")


def prepare(app: Flask, say: Say) -> None:
    """Migrate, and fill what is empty.  When nothing is to do it costs a few milliseconds."""
    database: Database = app.extensions["database"]
    try:
        _look(app, database)
        if _is_ready(app, database):
            _load_new_content(app, database)
        else:
            with _one_at_a_time(say):
                _migrate_and_fill(app, database, say)
    finally:
        database.engine.dispose()  # no connection may cross the fork


def _look(app: Flask, database: Database) -> None:
    """Is there a database that this code can use, or an empty place for one?"""
    try:
        migrate.refuse_newer(database.engine)
    except migrate.NewerDatabaseError as error:
        raise CannotStartError(str(error)) from None
    except DatabaseError as error:
        shown = make_url(app.extensions["settings"].database_url).render_as_string()
        raise CannotStartError(f"The database {shown} cannot be used: {error.orig}") from None


def _is_ready(app: Flask, database: Database) -> bool:
    if not migrate.is_newest(database.engine):
        return False
    with app.app_context(), database.session(writes=False) as session:
        return example.is_loaded(session)


def _load_new_content(app: Flask, database: Database) -> None:
    """What a newer version of the code brought along."""
    with app.app_context(), database.session(writes=True) as session:
        example.load_content(session)
        session.commit()


@contextmanager
def _one_at_a_time(say: Say) -> Iterator[None]:
    """Two first starts on one database would both fill it.  The lock goes with the process."""
    with Path(__file__).open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another start is preparing the database. Waiting for it.")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate_and_fill(app: Flask, database: Database, say: Say) -> None:
    if not migrate.is_newest(database.engine):
        say("Preparing the database")
        migrate.upgrade(app.extensions["settings"].database_url)
    if not app.extensions["settings"].example:
        _load_new_content(app, database)
        return
    with app.app_context(), database.session(writes=True) as session:
        if not example.is_loaded(session):
            say("Loading the example county")
            example.load_county(session, as_of=None, say=lambda line: say(f"  {line}"))


def who_to_be(app: Flask, port: int) -> list[str]:
    """Whom to sign in as; empty outside example mode."""
    with app.app_context():
        cast = example.cast() if app.extensions["settings"].example else []
    if not cast:
        return []
    kinds = max(len(str(person.kind)) for person in cast)
    emails = max(len(person.email) for person in cast)
    lines = [f"Sign in with one click at http://127.0.0.1:{port}/example/ as:"]
    lines += [f"  {p.kind!s:<{kinds}}  {p.email:<{emails}}  {p.sentence}" for p in cast]
    (password,) = {person.password for person in cast}
    return [*lines, f"Or at http://127.0.0.1:{port}/sign-in. Everybody's password: {password}"]

"""Alembic's environment.  The database comes from the caller, else from the settings."""

from alembic import context

import web.factory  # noqa: F401 - knows every package's models
from web.database import Base, Database
from web.settings import SettingsError, load_settings

config = context.config
options = {
    "target_metadata": Base.metadata,
    "compare_type": True,
    "render_as_batch": True,  # SQLite changes a table by copying it
    "transaction_per_migration": True,
}


def database_url() -> str:
    if url := config.attributes.get("url"):
        return url
    try:
        return load_settings().database_url
    except SettingsError as error:
        raise SystemExit(str(error)) from None


def run_offline() -> None:
    context.configure(url=database_url(), literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    engine = Database(database_url()).writer
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            # A table is changed by copying it, and others point to the one that is dropped.
            # Works only before a transaction begins, so it is said to the driver itself.
            driver = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys=OFF").close()  # type: ignore[union-attr]
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


if context.is_offline_mode():
    run_offline()
else:
    run_online()

"""The portal as a WSGI application: `gunicorn wsgi:app`, `flask …`."""

import sys

from web import logs
from web.factory import create_app
from web.settings import SettingsError
from web.toml_errors import ContentError

try:
    app = create_app()
except (SettingsError, ContentError, FileNotFoundError) as error:
    # What is wrong and how to mend it; a traceback would only bury it.
    sys.stderr.write(f"{error}\n")
    # gunicorn takes 4 for "could not be loaded" and ends; on 1 it would try again for ever.
    raise SystemExit(4) from None
logs.install(app.extensions["settings"].log_level)

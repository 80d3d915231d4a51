"""The portal as a WSGI application: `gunicorn wsgi:app`, `flask …`."""

import gc
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

# What is loaded now stays loaded: to look through it again and again cost a tenth of the time, and
# some request in a hundred a quarter of a second.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

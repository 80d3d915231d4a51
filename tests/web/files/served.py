"""The portal with a shelf, for gunicorn: ``tests.web.files.served:make()``."""

from flask import Flask

from tests.web.files import probe
from web.factory import create_app


def make() -> Flask:
    return create_app(None, probe.part)

"""Named as the library names its own, so that its url_for_security finds our pages."""

from flask import Blueprint

bp = Blueprint("security", __name__)

ADDRESS = "address"
"""In the session: the address that the last mail was asked for, to show it and to check a code."""
NAME = "name"
"""In the session: the name somebody registered with, for when the address had a slip."""

"""The port, and what the environment leaves open.  Imports nothing of the portal: to be quick."""

import errno
import socket
from collections.abc import MutableMapping

HOST = "127.0.0.1"


class CannotStartError(Exception):
    """Why the portal cannot start here, in words for whoever typed the command."""


def port_from(text: str) -> int:
    if not text.strip():
        return 8000
    # isdigit alone lets other alphabets' digits in.
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise CannotStartError(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def listen(port: int) -> socket.socket:
    """Take the port now and keep it: whoever comes second is told, and browsers wait meanwhile."""
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((HOST, port))
        door.listen(128)
    except OSError as error:
        door.close()
        raise CannotStartError(_in_words(port, error)) from None
    return door


def _in_words(port: int, error: OSError) -> str:
    other = (
        "Choose another: make run PORT=8001"
        if port != 8001
        else "Choose another: make run PORT=8002"
    )
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken by another program, perhaps by the portal itself. {other}"
    if error.errno == errno.EACCES:
        return f"You may not use port {port}. {other}"
    return f"Port {port} cannot be used: {error.strerror}. {other}"


def set_defaults(environment: MutableMapping[str, str], port: int) -> None:
    """A machine for trying things, unless the environment says otherwise."""
    environment.setdefault("PORTAL_ENVIRONMENT", "development")
    if environment["PORTAL_ENVIRONMENT"] == "development":
        environment.setdefault("PORTAL_EXAMPLE", "true")
    environment.setdefault("PORTAL_SITE_URL", f"http://{HOST}:{port}")
    environment.setdefault("PORTAL_LOG_LEVEL", "WARNING")

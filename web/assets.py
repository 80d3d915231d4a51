"""Built assets: the manifest the build writes, and serving them with their compressed twins."""

import json
from pathlib import Path

from flask import Flask, current_app
from whitenoise import WhiteNoise

from web.settings import ROOT

STATIC = ROOT / "static"


def manifest(folder: Path = STATIC) -> dict[str, str]:
    """Plain name → hashed name.  Raises FileNotFoundError with the command that mends it."""
    try:
        found: dict[str, str] = json.loads((folder / "manifest.json").read_text())
    except FileNotFoundError:
        raise FileNotFoundError("The assets are not built: run `make assets`.") from None
    return found


def asset(name: str) -> str:
    """The address of an asset; raises KeyError for one that the build did not make."""
    return f"/static/{current_app.extensions['assets'][name]}"


def drawn_sign(name: str) -> str:
    """The name of a commitment's drawing; that of the plain circle where nobody has drawn one."""
    return name if f"signs/{name}.svg" in current_app.extensions["assets"] else "us"


def sign(name: str) -> str:
    """The address of a commitment's drawing."""
    return f"{asset('signs.svg')}#{drawn_sign(name)}"


def install(app: Flask) -> None:
    app.extensions["assets"] = manifest()


def serve(app: Flask) -> None:
    """Answer /static/… before Flask.  Hashed names never change, so browsers keep them a year."""
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=STATIC,
        prefix="static/",
        immutable_file_test=lambda path, _url: Path(path).name != "manifest.json",
        max_age=60,
    )

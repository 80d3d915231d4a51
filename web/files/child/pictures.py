"""Pictures by Pillow: made anew, so that nothing but the picture is left.

A phone writes into a photo where and when it was taken, and by whose phone.
"""

import warnings
from itertools import islice
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from web.files.child.saying import No

MOST_PIXELS = 50_000_000
"""Of all its frames together: what a good phone takes, and 200 MB in memory, twice."""
SIDE = 1200
MOST_PROFILE = 1024 * 1024
FORMATS = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WEBP"}
BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, IndexError, TypeError)

Image.MAX_IMAGE_PIXELS = None  # looked at below, and said in words
warnings.simplefilter("ignore")


def look(file: Path, kind: str, folder: Path) -> dict[str, Any]:
    """Writes ``cleaned``, and ``1.webp`` to show."""
    try:
        with Image.open(file, formats=[FORMATS[kind]]) as picture:
            # A JPEG's further frames are what some phones keep of before it was cut.
            frames = 1 if kind == "jpeg" else getattr(picture, "n_frames", 1)
            if picture.width * picture.height * frames > MOST_PIXELS:
                raise No("pixels", most=MOST_PIXELS // 1_000_000)
            first = _clean(picture, kind, frames, folder / "cleaned")
            width, height = first.size
            first.thumbnail((SIDE, SIDE))
            _flat(first).save(folder / "1.webp", quality=80)
    except BROKEN as error:
        raise No("broken") from error
    return {"width": width, "height": height, "drawn": 1}


def _clean(picture: Image.Image, kind: str, number: int, to: Path) -> Image.Image:
    """Writes it and returns its first frame.  The colour profile stays: it names nobody."""
    options: dict[str, Any] = {"quality": 90} if kind in ("jpeg", "webp") else {}
    profile = picture.info.get("icc_profile")
    if profile and len(profile) < MOST_PROFILE:
        options["icc_profile"] = profile
    duration = picture.info.get("duration") or 100
    frames = [_bare(frame) for frame in islice(ImageSequence.Iterator(picture), number)]
    if number > 1:
        options |= {"save_all": True, "append_images": frames[1:], "loop": 0, "duration": duration}
    first = frames[0]
    if kind == "jpeg" and first.mode not in ("L", "RGB", "CMYK"):
        first = first.convert("RGB")
    first.save(to, FORMATS[kind], **options)
    return first


def _bare(frame: Image.Image) -> Image.Image:
    """The dots alone, upright: no comment, no place, no name."""
    bare = ImageOps.exif_transpose(frame)
    transparency = bare.info.get("transparency")
    bare.info = {} if transparency is None else {"transparency": transparency}
    return bare


def _flat(picture: Image.Image) -> Image.Image:
    return picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGBA")

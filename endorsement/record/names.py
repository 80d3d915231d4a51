"""Names of files in an archive that every computer can unpack, and that lead nowhere else."""

import re
import unicodedata
from pathlib import PurePosixPath

LONGEST = 80
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Words that Windows keeps for itself."""


def safe_name(name: str, ending: str = "") -> str:
    """One plain part of a path: letters, digits, spaces, dots and hyphens.  ``ending``: the true
    one, put where the name's own says something else."""
    plain = unicodedata.normalize("NFKC", name.replace("\\", "/").rsplit("/", 1)[-1])
    plain = re.sub(r"[^\w .()-]", "_", plain)
    own = PurePosixPath(plain).suffix
    if ending and own.lower() != ending:
        plain += ending
        own = ending
    stem = plain.removesuffix(own)[: LONGEST - len(own)].strip(" .") or "file"
    if stem.split(".")[0].strip().lower() in RESERVED:
        stem = f"_{stem}"
    return stem + own

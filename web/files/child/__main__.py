"""The child's beginning: limits first, then the one thing it was asked for."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 20
"""Of processor time."""
MOST_SECONDS_OF_A_TABLE = 60
"""A hundred thousand rows of a spreadsheet take ten on a machine that does nothing else."""
MOST_MEMORY = 1024 * 1024 * 1024
MOST_WRITTEN = 200 * 1024 * 1024


def limit(seconds: int = MOST_SECONDS) -> None:
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_DATA, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def run(verb: str, file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    from web.files.child import looking, tables
    from web.files.child.saying import No

    verbs = {
        "look": looking.look,
        "draw": looking.draw,
        "read": looking.read,
        "table": tables.read,
    }
    try:
        return verbs[verb](file, folder, limits)
    except No as no:
        return {"no": no.code, **no.facts}
    except (MemoryError, RecursionError):
        return {"no": "too much"}


if __name__ == "__main__":
    _, verb, file, folder, limits = sys.argv
    limit(MOST_SECONDS_OF_A_TABLE if verb == "table" else MOST_SECONDS)
    print(json.dumps(run(verb, Path(file), Path(folder), json.loads(limits))))  # noqa: T201

"""The child's beginning: limits first, then the one thing it was asked for."""

import json
import resource
import sys
from pathlib import Path
from typing import Any

MOST_SECONDS = 20
"""Of processor time."""
MOST_MEMORY = 1024 * 1024 * 1024
MOST_WRITTEN = 200 * 1024 * 1024


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_DATA, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, MOST_WRITTEN),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def run(verb: str, file: Path, folder: Path, limits: dict[str, int]) -> dict[str, Any]:
    from web.files.child import looking
    from web.files.child.saying import No

    try:
        return {"look": looking.look, "draw": looking.draw, "read": looking.read}[verb](
            file, folder, limits
        )
    except No as no:
        return {"no": no.code, **no.facts}
    except (MemoryError, RecursionError):
        return {"no": "too much"}


if __name__ == "__main__":
    limit()
    _, verb, file, folder, limits = sys.argv
    print(json.dumps(run(verb, Path(file), Path(folder), json.loads(limits))))  # noqa: T201

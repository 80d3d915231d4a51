"""A framework as the file that would be read as it: the way back from ``reading``."""

import json
import re
from collections.abc import Iterator
from typing import Any

from endorsement.framework.parts import Framework

BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_data(framework: Framework) -> dict[str, Any]:
    """What its file says, as a TOML reader gives it: lists and tables, nothing that is left out."""
    data = framework.model_dump(mode="json", exclude_defaults=True)
    if framework.agreed_on is not None:
        data["agreed_on"] = framework.agreed_on
    return data


def as_toml(framework: Framework) -> str:
    data = as_data(framework)
    plain = {key: value for key, value in data.items() if not _is_tables(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if _is_tables(value):
            for table in value:
                lines += ["", *_table(key, table)]
    return "\n".join(lines) + "\n"


def rules_as_toml(rules: list[dict[str, Any]]) -> str:
    """The rules of one level alone, each under [[rules]]."""
    return "\n".join("\n".join([*_table("rules", rule), ""]) for rule in rules)


def _table(name: str, table: dict[str, Any]) -> Iterator[str]:
    """A table of a list; the tables within it stand last, as the reader needs them."""
    yield f"[[{name}]]"
    inner = []
    for key, value in table.items():
        if _is_tables(value):
            inner += [line for one in value for line in ("", *_table(f"{name}.{key}", one))]
        else:
            yield f"{_key(key)} = {_value(value)}"
    yield from inner


def _is_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, dict) for v in value)


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):  # JSON escapes as TOML does, but for DEL
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list):
        return _list(value)
    return str(value)


def _list(value: list[Any]) -> str:
    """Texts that fill a line stand on lines of their own."""
    parts = [_value(one) for one in value]
    together = f"[{', '.join(parts)}]"
    if len(together) <= 90:
        return together
    return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"

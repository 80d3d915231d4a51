"""A document as the TOML file that would be read as it: the way back from ``toml_errors``."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

BARE = re.compile(r"[A-Za-z0-9_-]+")


def as_data(document: BaseModel) -> dict[str, Any]:
    """What its file says, as a TOML reader gives it: lists and tables, nothing that is left out."""
    data = document.model_dump(mode="json", exclude_defaults=True)
    agreed_on = getattr(document, "agreed_on", None)
    return data | {"agreed_on": agreed_on} if agreed_on is not None else data


def as_toml(document: BaseModel) -> str:
    data = as_data(document)
    plain = {key: value for key, value in data.items() if not _is_tables(value)}
    lines = [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in data.items():
        if _is_tables(value):
            for table in value:
                lines += ["", *_table(key, table)]
    return "\n".join(lines) + "\n"


def tables_as_toml(name: str, tables: list[dict[str, Any]]) -> str:
    """A list of tables alone, each under [[name]]."""
    return "\n".join("\n".join([*_table(name, table), ""]) for table in tables)


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

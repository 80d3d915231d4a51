"""What a framework's file says of its keys, read from raw data of which any value may be wrong."""

from collections.abc import Iterator
from typing import Any

from endorsement.framework.parts import ALL, ESSENTIALS
from web.toml_errors import listed


def keyed(data: Any, name: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """The tables of a list that have a key, with their places."""
    for place, item in listed(data, name):
        if isinstance(item.get("key"), str):
            yield place, item["key"], item


def words(value: Any) -> list[str]:
    """The texts of a list; of anything else, none."""
    return [word for word in value if isinstance(word, str)] if isinstance(value, list) else []


def number(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


class Shape:
    """The keys of a file, and what they point to."""

    def __init__(self, data: dict[str, Any]):
        self.points = len(list(listed(data, "scale")))
        self.areas = [key for _, key, _ in keyed(data, "areas")]
        self.area_of = {key: s.get("area") for _, key, s in keyed(data, "standards")}
        self.essentials = {k for k, s in self._standards(data) if s.get("essential") is True}
        self.tracks = {key: track for _, key, track in keyed(data, "tracks")}
        self.levels = [key for _, key, _ in keyed(data, "levels")]

    @staticmethod
    def _standards(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
        return ((key, standard) for _, key, standard in keyed(data, "standards"))

    @property
    def top(self) -> int:
        return self.points - 1

    def on_track(self, key: str) -> list[str]:
        wanted = self.tracks[key].get("standards", ALL)
        return [s for s in self.area_of if wanted == ALL or s in words(wanted)]

    def meant(self, of: Any, track: str) -> list[str]:
        """The standards of a track that a rule speaks of."""
        on_track = self.on_track(track)
        if of == ALL:
            return on_track
        wanted = self.essentials if of == ESSENTIALS else set(words(of))
        return [key for key in on_track if key in wanted]

    def asked_on(self, *limits: Any) -> list[str]:
        """The tracks that each of these lists allows; an empty list allows all."""
        return [t for t in self.tracks if all(not words(limit) or t in limit for limit in limits)]

"""What a visit costs on the wire: the page and all that a browser fetches for it."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tools.bench.server import get

FACE = re.compile(r"@font-face\s*{([^}]*)}")
ADDRESS = re.compile(r"""url\((['"]?)(?!data:|#)(.+?)\1\)""")


class _Links(HTMLParser):
    """What the page itself asks for.  Pictures far down count too: the heaviest case."""

    def __init__(self) -> None:
        super().__init__()
        self.wanted: dict[str, None] = {}
        self.words: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kinds = (given.get("rel") or "").split()
        if tag == "link" and {"stylesheet", "icon", "preload", "manifest"} & set(kinds):
            self._want(given.get("href"))
        elif tag in ("script", "img"):
            self._want(given.get("src"))
        elif tag == "use":
            self._want(given.get("href"))

    def handle_data(self, data: str) -> None:
        self.words.update(data)

    def _want(self, address: str | None) -> None:
        if address and not address.startswith(("data:", "#")):
            self.wanted[address.partition("#")[0]] = None


@dataclass
class Browser:
    """One that keeps what it fetched, as hashed assets allow."""

    port: int
    kept: set[str] = field(default_factory=set)

    def visit(self, path: str) -> int:
        """Bytes of the answers' bodies and headers for a page and what is missing for it."""
        weight, page = self._fetch(path)
        links = _Links()
        links.feed(page)
        return weight + sum(self._asset(address, links.words) for address in links.wanted)

    def _asset(self, address: str, words: set[str]) -> int:
        if address in self.kept:
            return 0
        self.kept.add(address)
        weight, text = self._fetch(address)
        if address.endswith(".css"):
            weight += sum(self._asset(a, words) for a in _asked_by(text, address, words))
        return weight

    def _fetch(self, path: str) -> tuple[int, str]:
        _, headers, plain = get(self.port, path)
        status, headers, body = get(self.port, path, Accept_Encoding="br")
        if status != 200:
            raise RuntimeError(f"{path} answered {status}")
        head = sum(len(name) + len(value) + 4 for name, value in headers.items())
        is_text = "text" in headers["content-type"]
        return len(body) + head + 17, plain.decode() if is_text else ""


def _asked_by(css: str, address: str, words: set[str]) -> list[str]:
    """Fonts only when the page has one of their characters; every picture."""
    folder = address.rpartition("/")[0]
    faces = [f for f in FACE.findall(css) if _covers(f, words)]
    found = [m[1] for text in (*faces, FACE.sub("", css)) for m in ADDRESS.findall(text)]
    return [a if a.startswith("/") else f"{folder}/{a}" for a in dict.fromkeys(found)]


def _covers(face: str, words: set[str]) -> bool:
    ranges = re.search(r"unicode-range:\s*([^;}]+)", face)
    if ranges is None:
        return True
    pairs = [r.strip()[2:].partition("-") for r in ranges[1].split(",")]
    limits = [(int(low, 16), int(high or low, 16)) for low, _, high in pairs]
    return any(low <= ord(c) <= high for c in words for low, high in limits)

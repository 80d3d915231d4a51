"""What an xAPI statement may look like, and what of it we read.  Plain Python.

The rules are those of xAPI 1.0.3 (part two, 2.4) and of IEEE 9274.1.1 (2.0) for the parts we look
at.  Who sends another shape is told where it is wrong; nothing is guessed.
"""

import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from web import clock

MOST_AT_ONCE = 200
MOST_TEXT = 1000
VERSION = re.compile(r"(1\.0|2\.0)(\.\d+)?", re.ASCII)
IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
MAILTO = re.compile(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+\.[^\s@<>\"]+", re.I)
SHA1 = re.compile(r"[0-9a-f]{40}", re.I | re.ASCII)
KEYS = frozenset(
    {
        "id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority",
        "version", "attachments",
    }
)  # fmt: skip
NAMED_BY = ("mbox", "mbox_sha1sum", "openid", "account")
COMPLETES = frozenset(
    {"http://adlnet.gov/expapi/verbs/completed", "http://adlnet.gov/expapi/verbs/passed"}
)
"""Of what somebody did, the verbs that say they finished it."""
EARLIEST = date(1970, 1, 1)


class NotAStatement(Exception):
    """What is wrong, and where, in a sentence for whoever runs the platform."""


@dataclass(frozen=True)
class Actor:
    kind: str
    """One of NAMED_BY."""
    value: str
    """Of an account its home page and its name."""


@dataclass(frozen=True)
class Statement:
    id: str
    """Empty: the platform left it to us."""
    actor: Actor
    activity: str
    activity_name: str
    day: date
    completes: bool
    """It says that the activity was finished, and not that it failed."""
    digest: str
    """Of all it says, however it is written: the same statement sent again has the same."""


def version_of(header: str | None) -> str:
    """The one to answer with.  Raises NotAStatement."""
    if header is None:
        raise NotAStatement("The header X-Experience-API-Version is missing. Send 1.0.3 or 2.0.0.")
    found = VERSION.fullmatch(header.strip())
    if found is None:
        raise NotAStatement("We speak xAPI 1.0.3 and 2.0.0. Send X-Experience-API-Version: 1.0.3.")
    return "1.0.3" if found[1] == "1.0" else "2.0.0"


def parsed(body: bytes) -> list[Any]:
    """The statements of a body: one, or a list of them.  Raises NotAStatement."""
    try:
        told = json.loads(body.decode("utf-8"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAStatement("The body is no JSON in UTF-8.") from None
    found = told if isinstance(told, list) else [told]
    if not found:
        raise NotAStatement("The list holds no statement.")
    if len(found) > MOST_AT_ONCE:
        raise NotAStatement(f"Send at most {MOST_AT_ONCE} statements at once.")
    return found


def _no_number(word: str) -> Any:
    raise ValueError(word)


def read(told: Any, received: datetime) -> Statement:
    """One statement.  Raises NotAStatement."""
    try:
        return _read(_table(told, "the statement"), received)
    except RecursionError:
        raise NotAStatement("The statement is nested too deep.") from None


def _read(told: dict[str, Any], received: datetime) -> Statement:
    _only(told, KEYS, "the statement")
    for name in ("actor", "verb", "object"):
        if name not in told:
            raise NotAStatement(f"“{name}” is missing.")
    actor = _actor(_table(told["actor"], "actor"))
    verb = _iri(_table(told["verb"], "verb").get("id"), "verb.id")
    activity, name = _object(_table(told["object"], "object"))
    _version(told.get("version"))
    return Statement(
        id=_id(told.get("id")),
        actor=actor,
        activity=activity,
        activity_name=name,
        day=_day(told.get("timestamp"), received),
        completes=bool(activity) and verb in COMPLETES and _went_well(told.get("result")),
        digest=digest_of(told),
    )


def digest_of(told: Mapping[str, Any]) -> str:
    """Without what a receiver sets itself."""
    said = {key: value for key, value in told.items() if key not in ("id", "stored", "authority")}
    try:
        text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    except ValueError:
        raise NotAStatement("It holds a number that we cannot keep.") from None
    return hashlib.sha256(text.encode()).hexdigest()


def id_of(told: str | None) -> str:
    """The statementId of an address.  Raises NotAStatement."""
    found = _id(told)
    if not found:
        raise NotAStatement("The parameter statementId is missing.")
    return found


def _id(told: Any) -> str:
    if told is None:
        return ""
    text = _text(told, "id")
    try:
        found = UUID(text)
    except ValueError:
        raise NotAStatement("“id” is no UUID.") from None
    if str(found) != text.lower():
        raise NotAStatement("“id” is no UUID as xAPI writes it: with hyphens.")
    return str(found)


def _actor(told: dict[str, Any]) -> Actor:
    kind = told.get("objectType", "Agent")
    if kind not in ("Agent", "Group"):
        raise NotAStatement("“actor.objectType” is neither Agent nor Group.")
    named = [name for name in NAMED_BY if name in told]
    if len(named) != 1:
        raise NotAStatement(f"“actor” needs one of {', '.join(NAMED_BY)}, and only one.")
    if kind == "Group":
        raise NotAStatement("“actor” is a group. Send a statement for each person.")
    (how,) = named
    return Actor(how, _named(how, told[how]))


def _named(how: str, told: Any) -> str:
    if how == "account":
        account = _table(told, "actor.account")
        _only(account, ("homePage", "name"), "actor.account")
        home = _iri(account.get("homePage"), "actor.account.homePage")
        name = _text(account.get("name"), "actor.account.name")
        if not name.strip():
            raise NotAStatement("“actor.account.name” is empty.")
        return f"{home} {name}"
    text = _text(told, f"actor.{how}")
    if how == "mbox":
        if not MAILTO.fullmatch(text):
            raise NotAStatement("“actor.mbox” is no address like mailto:sam@example.org.")
        return text[len("mailto:") :].lower()
    if how == "mbox_sha1sum":
        if not SHA1.fullmatch(text):
            raise NotAStatement("“actor.mbox_sha1sum” is no SHA-1: 40 digits from 0 to f.")
        return text.lower()
    return _iri(text, "actor.openid")


def _object(told: dict[str, Any]) -> tuple[str, str]:
    """An activity's address and name; of anything else nothing, since nobody completes that."""
    kind = told.get("objectType", "Activity")
    if kind not in ("Activity", "Agent", "Group", "SubStatement", "StatementRef"):
        raise NotAStatement("“object.objectType” is none that xAPI knows.")
    if kind != "Activity":
        return "", ""
    activity = _iri(told.get("id"), "object.id")
    if "definition" not in told:
        return activity, ""
    names = _table(told["definition"], "object.definition").get("name", {})
    said = _table(names, "object.definition.name")
    texts = [_text(text, "object.definition.name") for text in said.values()]
    return activity, texts[0].strip() if texts else ""


def _went_well(told: Any) -> bool:
    if told is None:
        return True
    result = _table(told, "result")
    for name in ("completion", "success"):
        if name in result and not isinstance(result[name], bool):
            raise NotAStatement(f"“result.{name}” is neither true nor false.")
    return result.get("completion", True) and result.get("success", True)


def _version(told: Any) -> None:
    if told is not None and not VERSION.fullmatch(_text(told, "version")):
        raise NotAStatement("“version” is neither 1.0.x nor 2.0.x.")


def _day(told: Any, received: datetime) -> date:
    if told is None:
        return clock.london(received).date()
    try:
        moment = datetime.fromisoformat(_text(told, "timestamp"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        day = clock.london(moment).date()
    except (ValueError, OverflowError):
        raise NotAStatement("“timestamp” is no moment like 2027-03-02T10:30:00Z.") from None
    if moment > received + timedelta(days=1):
        raise NotAStatement("“timestamp” is still to come.")
    if day < EARLIEST:
        raise NotAStatement("“timestamp” is before 1970.")
    return min(day, clock.london(received).date())


def _table(told: Any, where: str) -> dict[str, Any]:
    if not isinstance(told, dict):
        raise NotAStatement(f"“{where}” is no object.")
    return told


def _only(told: dict[str, Any], known: Collection[str], where: str) -> None:
    others = sorted(set(told) - set(known))
    if others:
        shown = ", ".join(_shown(name) for name in others[:5])
        raise NotAStatement(f"xAPI knows no {shown} in {where}.")


def _text(told: Any, where: str) -> str:
    if not isinstance(told, str):
        raise NotAStatement(f"“{where}” is no text.")
    if len(told) > MOST_TEXT:
        raise NotAStatement(f"“{where}” is longer than {MOST_TEXT} characters.")
    if "\0" in told or _shown(told) != told:
        raise NotAStatement(f"“{where}” holds signs that cannot be kept.")
    return told


def _shown(text: str) -> str:
    """Half a sign cannot be written down."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _iri(told: Any, where: str) -> str:
    text = _text(told, where)
    if not IRI.fullmatch(text):
        raise NotAStatement(f"“{where}” is no address like https://example.org/course.")
    return text

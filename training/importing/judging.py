"""What becomes of one row, as far as its own cells say and whom the organisation knows.

Plain Python.  What stands in the database already, and what other rows say, is looked at in
``looking``.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from accounts.forms.written import Miswritten
from accounts.forms.written import email as written_email
from accounts.forms.written import name as written_name
from accounts.not_kept import what_is_not_kept
from training.importing import reading
from training.importing.fields import DAY, EMAIL, HOW, MODULE, NAME, PROVIDER, UPDATE
from training.pathways import Pathways
from training.records.entered import Entered
from web.folding import fold

EARLIEST = date(1970, 1, 1)
MOST_OF_A_NAME, MOST_OF_A_PROVIDER = 100, 200
Note = tuple[str, str]
"""A field, and what is to be said of its cell: a code of training.importing.words."""


@dataclass(frozen=True)
class Whom:
    """Somebody the organisation knows."""

    practitioner_id: int | None
    person_id: int | None
    seen: frozenset[str] | None
    """Codes of the modules that the organisation may know of; None: all."""

    @property
    def key(self) -> str:
        if self.practitioner_id is not None:
            return f"p{self.practitioner_id}"
        return f"u{self.person_id}"

    def is_hidden(self, module: str) -> bool:
        """Whether the organisation is not to learn that they have done it."""
        return self.seen is not None and module not in self.seen


@dataclass(frozen=True)
class Newcomer:
    name: str
    email: str

    @property
    def key(self) -> str:
        """Those with an address begin with e: they are written to."""
        return f"{'e' if self.email else 'n'}:{fold(self.name)}|{self.email}"


@dataclass
class Known:
    """Whom an organisation knows."""

    by_email: dict[str, Whom] = field(default_factory=dict)
    by_name: dict[str, list[Whom]] = field(default_factory=dict)
    """People without an account."""
    without_email: set[int] = field(default_factory=set)
    """Of those, by their id."""
    colleagues: frozenset[str] = frozenset()
    """The names of people with an account."""


@dataclass(frozen=True)
class Asked:
    """What is the same for all rows."""

    places: Mapping[str, int]
    modules: Mapping[str, str]
    retired: frozenset[str]
    updated: frozenset[str]
    """The modules that have a yearly update."""
    how: str
    newcomers: bool
    today: date


def asked_by(
    pathways: Pathways, places: Mapping[str, int], *, how: str, newcomers: bool, today: date
) -> Asked:
    return Asked(
        places=places,
        modules=reading.modules(pathways),
        retired=reading.retired(pathways),
        updated=frozenset(m.key for m in pathways.modules if m.update is not None),
        how=how,
        newcomers=newcomers,
        today=today,
    )


@dataclass
class Judged:
    number: int
    whom: Whom | None = None
    newcomer: Newcomer | None = None
    entered: Entered | None = None
    notes: list[Note] = field(default_factory=list)
    wrong: bool = False

    @property
    def owner(self) -> str:
        if self.whom is not None:
            return self.whom.key
        return self.newcomer.key if self.newcomer is not None else ""

    @property
    def can_be_added(self) -> bool:
        return not self.wrong and self.entered is not None and bool(self.owner)

    def refuse(self, field_: str, code: str) -> None:
        self.wrong = True
        self.notes.append((field_, code))

    @property
    def mark(self) -> str:
        """The same for every row that says the same."""
        said = self.entered
        if not self.can_be_added or said is None:
            return ""
        kind = "u" if said.is_update else "m"
        return f"{self.owner}|{said.module}|{said.completed_on.isoformat()}|{kind}"


def judge(number: int, cells: Sequence[str], asked: Asked, known: Known) -> Judged:
    found = Judged(number)

    def cell(key: str) -> str:
        place = asked.places.get(key)
        text = cells[place] if place is not None and place < len(cells) else ""
        if text.startswith("="):
            found.refuse(key, "formula")
            return ""
        return text

    said = {key: cell(key) for key in (EMAIL, NAME, MODULE, DAY, HOW, PROVIDER, UPDATE)}
    if not found.wrong:
        _who(found, said, asked, known)
        _what(found, said, asked)
    return found


def _who(found: Judged, said: Mapping[str, str], asked: Asked, known: Known) -> None:
    email, name = _kept(found, said, EMAIL, written_email), _kept(found, said, NAME, written_name)
    if found.wrong:
        return
    if not email and not name:
        found.refuse(EMAIL if EMAIL in asked.places else NAME, "nobody")
    elif email in known.by_email:
        found.whom = known.by_email[email]
    elif not name:
        found.refuse(EMAIL, "unknown email")
    else:
        _by_name(found, name, email, asked, known)


def _kept(found: Judged, said: Mapping[str, str], key: str, kind: Callable[[str], str]) -> str:
    try:
        return kind(said[key])
    except Miswritten:
        found.refuse(key, f"{key} miswritten")
        return ""


def _by_name(found: Judged, name: str, email: str, asked: Asked, known: Known) -> None:
    """An address that nobody has may be that of somebody who was entered without one."""
    plain = fold(name)
    same = known.by_name.get(plain, [])
    if email:
        same = [whom for whom in same if whom.practitioner_id in known.without_email]
    if len(same) == 1:
        found.whom = same[0]
    elif same:
        found.refuse(NAME, "two of that name")
    elif not email and plain in known.colleagues:
        found.refuse(NAME, "has an account")
    elif not asked.newcomers:
        found.refuse(NAME, "not entered")
    elif len(name) > MOST_OF_A_NAME:
        found.refuse(NAME, "too long")
    else:
        found.newcomer = Newcomer(name, email)


def _what(found: Judged, said: Mapping[str, str], asked: Asked) -> None:
    module = _module(found, said[MODULE], asked)
    on = _day(found, said[DAY], asked)
    how = reading.way(said[HOW]) if said[HOW] else asked.how
    is_update = reading.yes_or_no(said[UPDATE])
    if not how:
        found.refuse(HOW, "unknown way")
    if is_update is None:
        found.refuse(UPDATE, "neither yes nor no")
    elif is_update and module and module not in asked.updated:
        found.refuse(UPDATE, "no update")
    if len(said[PROVIDER]) > MOST_OF_A_PROVIDER:
        found.refuse(PROVIDER, "too long")
    for key in (NAME, PROVIDER):
        if what_is_not_kept(said[key]):
            found.refuse(key, "not kept")
    if not found.wrong and on is not None:
        found.entered = Entered(module, on, how, said[PROVIDER], bool(is_update))


def _module(found: Judged, text: str, asked: Asked) -> str:
    plain = fold(text)
    module = asked.modules.get(plain, "")
    if not text:
        found.refuse(MODULE, "no module")
    elif not module:
        found.refuse(MODULE, "retired" if plain in asked.retired else "unknown module")
    return module


def _day(found: Judged, text: str, asked: Asked) -> date | None:
    on, in_two_ways = reading.day(text)
    if not text:
        found.refuse(DAY, "no day")
    elif on is None or on < EARLIEST:
        found.refuse(DAY, "not a day")
    elif on > asked.today:
        found.refuse(DAY, "to come")
    elif in_two_ways:
        found.notes.append((DAY, "day first"))
    return on

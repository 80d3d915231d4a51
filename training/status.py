"""How somebody stands with their training, from facts and a day.  Plain Python; nothing is stored.

Rules: what nobody checked counts for nothing but its own "awaiting check".  A module that renews
another counts as that one too, for whoever had it.  What ran out keeps its record; what needed
it does not count while it is out of date.  A record can only make things better, time only worse
(tests/training/test_status.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from training.pathways import Module, Pathways, Stage

FOR_EVER = date.max


class Kind(Enum):
    COMPLETED = "completed"
    UPDATE = "update"
    """The yearly update of a module, not the whole of it."""
    PRIOR = "prior learning"
    """``checked``: recognised by a named person.  Until then it is asked for."""
    BOOKED = "booked"
    UPDATE_BOOKED = "update booked"
    """It is of use to whoever owes the update that day, and has the rest of the module."""


@dataclass(frozen=True)
class Record:
    module: str
    on: date
    """The day it was completed; of a booking the day it will be."""
    kind: Kind = Kind.COMPLETED
    checked: bool = True


class Status(Enum):
    NOT_REQUIRED = "not required"
    NOT_STARTED = "not started"
    EXPIRED = "expired"
    BOOKED = "booked"
    AWAITING_CHECK = "awaiting check"
    DUE = "due"
    PRIOR_LEARNING = "prior learning recognised"
    IN_DATE = "in date"

    @property
    def counts(self) -> bool:
        """They have it today."""
        return self in COUNTING


COUNTING = frozenset({Status.DUE, Status.PRIOR_LEARNING, Status.IN_DATE})
RANK = {
    Status.NOT_REQUIRED: 0,
    Status.NOT_STARTED: 0,
    Status.EXPIRED: 1,
    Status.BOOKED: 2,
    Status.AWAITING_CHECK: 3,
    Status.DUE: 4,
    Status.PRIOR_LEARNING: 5,
    Status.IN_DATE: 5,
}
"""Which of two is the better one."""


@dataclass(frozen=True)
class Standing:
    """One module, for one person on one day."""

    module: Module
    required: bool
    status: Status
    until: date | None = None
    """The last day in date, or the day it ran out; None for what never runs out, or never was."""
    update_by: date | None = None
    """Where it is an update that is owed by ``until``, and not the whole module again."""
    done_on: date | None = None
    """The day of the record that counts."""
    renewed_by: str = ""
    """The code of the module whose record counts, where that is another."""
    booked_on: date | None = None
    waiting: bool = False
    """A record of it waits to be checked, whatever the status is."""
    missing_before: tuple[str, ...] = ()
    """Codes of what has to come before it and is not in date."""

    @property
    def counts(self) -> bool:
        """In date, with all that has to come before it in date too."""
        return self.status.counts and not self.missing_before


@dataclass(frozen=True)
class StageStanding:
    stage: Stage
    modules: tuple[Standing, ...]
    because: tuple[Standing, ...] = ()
    """What stands between the person and the whole stage: its own modules, and what they need."""

    @property
    def complete(self) -> bool:
        return not self.because

    @property
    def asked(self) -> tuple[Standing, ...]:
        return tuple(standing for standing in self.modules if standing.required)

    @property
    def asked_is_done(self) -> bool:
        """What their roles need of it is in date."""
        return all(standing.counts for standing in self.asked)


@dataclass(frozen=True)
class Picture:
    """Everything, for one person on one day."""

    on: date
    modules: dict[str, Standing]
    stages: tuple[StageStanding, ...]
    next: tuple[Standing, ...]
    """What their roles need and they do not have today, or not for long: the first can be begun
    now, and nothing stands before what it needs."""

    @property
    def ready(self) -> bool:
        """All that their roles need is in date."""
        return all(s.counts for s in self.modules.values() if s.required)

    def running_out(self) -> list[Standing]:
        """What is in date and will not be for ever, the soonest first."""
        held = [s for s in self.modules.values() if s.status.counts and s.until]
        return sorted(held, key=lambda s: s.until or FOR_EVER)


def picture(
    pathways: Pathways,
    roles: Iterable[str],
    records: Iterable[Record],
    on: date,
    charters: Collection[date] = (),
) -> Picture:
    """``charters``: the days on which versions of the charter were published."""
    required = pathways.required(roles)
    looked_at = _Looking(pathways, records, on, charters)
    alone = {m.key: looked_at.at(m, m.key in required) for m in pathways.modules}
    modules = {key: _with_before(pathways, key, alone) for key in alone}
    stages = tuple(_stage(pathways, stage, modules) for stage in pathways.stages)
    return Picture(on, modules, stages, tuple(_next(pathways, modules)))


def current_on(pathways: Pathways, step: str, seen: Picture) -> bool:
    """Whether somebody has all that a step of a side route needs, and the steps before it."""
    return all(seen.modules[key].counts for key in pathways.asked_at(step))


@lru_cache(maxsize=65536)
def months_after(day: date, months: int) -> date:
    """The same day so many months later; in a shorter month its last day."""
    try:
        return day + relativedelta(months=months)
    except (ValueError, OverflowError):  # past the year 9999
        return FOR_EVER


@dataclass(frozen=True)
class _Base:
    """A record that may count for a module, its own or one that renews it."""

    record: Record
    until: date
    whole_until: date
    """Without the updates that are owed in between."""


class _Looking:
    def __init__(
        self, pathways: Pathways, records: Iterable[Record], on: date, charters: Collection[date]
    ):
        self.pathways, self.on = pathways, on
        self.charters = sorted(day for day in charters if day <= on)
        self.done: dict[str, list[Record]] = defaultdict(list)
        self.updates: dict[str, list[Record]] = defaultdict(list)
        self.booked: dict[str, list[date]] = defaultdict(list)
        self.updates_booked: dict[str, list[date]] = defaultdict(list)
        self.waiting: set[str] = set()
        """Modules of which a record waits to be checked."""
        ahead = {Kind.BOOKED: self.booked, Kind.UPDATE_BOOKED: self.updates_booked}
        for record in records:
            if record.kind in ahead:
                if record.on >= on:
                    ahead[record.kind][record.module].append(record.on)
            elif record.on <= on:
                kept = self.updates if record.kind is Kind.UPDATE else self.done
                kept[record.module].append(record)
                if not record.checked:
                    self.waiting.add(record.module)

    def at(self, module: Module, required: bool) -> Standing:
        checked = self._best(module, checked=True)
        claimed = self._best(module, checked=False) if self._is_claimed(module) else checked
        booked = self._booked(module)
        status = self._status(required, checked, claimed, booked)
        best = checked or claimed
        return Standing(
            module=module,
            required=required,
            status=status,
            until=best.until if best and best.until < FOR_EVER else None,
            update_by=best.until if best and self._owes(best) else None,
            done_on=best.record.on if best else None,
            renewed_by=best.record.module if best and best.record.module != module.key else "",
            booked_on=booked,
            waiting=module.key in self.waiting,
        )

    def _is_claimed(self, module: Module) -> bool:
        """Something that nobody checked is said of it, or of what renews it."""
        renewing = self.pathways.renewed_by[module.key]
        return module.key in self.waiting or not self.waiting.isdisjoint(renewing)

    def _owes(self, base: _Base) -> bool:
        """An update is all that it needs."""
        return base.until < base.whole_until and base.whole_until >= self.on

    def _booked(self, module: Module) -> date | None:
        days = list(self.booked[module.key])
        keys = (module.key, *self.pathways.renewed_by[module.key])
        updates = [day for key in keys for day in self.updates_booked[key]]
        if updates:
            owing = [b.whole_until for b in self._bases(module, checked=False) if self._owes(b)]
            days += [day for day in updates if any(day <= until for until in owing)]
        return min(days, default=None)

    def _status(
        self, required: bool, checked: _Base | None, claimed: _Base | None, booked: date | None
    ) -> Status:
        if checked and checked.until >= self.on:
            if checked.until < FOR_EVER and checked.until - self.on <= self._due:
                return Status.DUE
            prior = checked.record.kind is Kind.PRIOR
            return Status.PRIOR_LEARNING if prior else Status.IN_DATE
        if claimed and claimed.until >= self.on:
            return Status.AWAITING_CHECK
        if booked:
            return Status.BOOKED
        if checked or claimed:
            return Status.EXPIRED
        return Status.NOT_STARTED if required else Status.NOT_REQUIRED

    @property
    def _due(self) -> timedelta:
        return timedelta(days=self.pathways.due_days)

    def _best(self, module: Module, *, checked: bool) -> _Base | None:
        """The one that lasts longest, of the checked ones or of all."""
        bases = self._bases(module, checked=checked)
        return max(
            bases,
            key=lambda b: (b.until, b.record.kind is not Kind.PRIOR, b.record.on),
            default=None,
        )

    def _bases(self, module: Module, *, checked: bool) -> list[_Base]:
        own = self._counting(self.done[module.key], checked)
        if not own:
            return []  # there is nothing to renew
        since = min(record.on for record in own)
        renewing = [
            record
            for key in self.pathways.renewed_by[module.key]
            for record in self._counting(self.done[key], checked)
            if record.on >= since
        ]
        updates = [r.on for r in self._counting(self._updates_of(module), checked)]
        return [self._base(module, record, updates) for record in (*own, *renewing)]

    def _updates_of(self, module: Module) -> list[Record]:
        """Its own, and those of what renews it."""
        keys = (module.key, *self.pathways.renewed_by[module.key])
        return [record for key in keys for record in self.updates[key]]

    @staticmethod
    def _counting(records: Sequence[Record], checked: bool) -> list[Record]:
        return [record for record in records if record.checked or not checked]

    def _base(self, module: Module, record: Record, updates: list[date]) -> _Base:
        whole = self._whole_until(module, record.on)
        owed = FOR_EVER
        if module.update and not module.qualification:
            last = max((day for day in updates if day >= record.on), default=record.on)
            owed = months_after(last, module.update.months)
        return _Base(record, min(whole, owed), whole)

    def _whole_until(self, module: Module, done: date) -> date:
        ends = [FOR_EVER]
        if module.qualification:
            return FOR_EVER
        if module.valid_months is not None:
            ends.append(months_after(done, module.valid_months))
        if module.after_charter_months is not None:
            newer = next((day for day in self.charters if day > done), None)
            if newer is not None:
                ends.append(months_after(newer, module.after_charter_months))
        return min(ends)


def _with_before(pathways: Pathways, key: str, alone: dict[str, Standing]) -> Standing:
    standing = alone[key]
    before = sorted(pathways.all_before[key], key=lambda k: pathways.order[k])
    missing = tuple(k for k in before if not alone[k].status.counts)
    if not missing:
        return standing
    return Standing(**{**vars(standing), "missing_before": missing})


def _stage(pathways: Pathways, stage: Stage, modules: dict[str, Standing]) -> StageStanding:
    own = [m.key for m in pathways.in_stage(stage.key)]
    wanted = {*own}.union(*(pathways.all_before[key] for key in own))
    because = [modules[key] for key in wanted if not modules[key].status.counts]
    because.sort(key=lambda s: pathways.order[s.module.key])
    return StageStanding(stage, tuple(modules[key] for key in own), tuple(because))


def _next(pathways: Pathways, modules: dict[str, Standing]) -> list[Standing]:
    """Not what waits for somebody else to check it."""
    open_ = [
        s
        for s in modules.values()
        if s.required
        and (not s.status.counts or s.status is Status.DUE)
        and s.status is not Status.AWAITING_CHECK
    ]
    return sorted(open_, key=lambda s: (_after(s), pathways.order[s.module.key]))


def _after(standing: Standing) -> int:
    """What is only due can wait until what is missing is done."""
    return 1 if standing.status is Status.DUE else 0

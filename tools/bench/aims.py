"""What is measured of a page, and what the pages are held to."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.bench.load import Result

STATEMENTS, FIRST_VISIT, LATER_VISIT = 12, 60_000, 15_000
CACHED, UNCACHED = 1.0, 0.5
"""Of a bare page's requests a second: a page from the shelf is held against the one with its rows
in memory, a page made anew against the one that reads them.  The other share is reported too."""
FLAT = 0.75
"""Of the requests a second with fewer pledges; what is missing to 1 is the machine's own noise."""
SEARCH = "/register?q="
"""Free text looks at every entry: reported only."""
WHOLE = ("/register.json", "/register.csv")
"""The whole register in one answer.  They grow with it: held to nothing when fresh, nor as files
of more than FIRST_VISIT bytes to a speed at all."""


@dataclass(frozen=True)
class Row:
    page: str
    pledges: int
    bare: Result
    reading: Result
    """The bare pages, measured just before: a machine is not equally free all the time."""
    cached: Result
    fresh: Result
    unchanged: Result
    statements: int
    wire: int
    first: int
    """Bytes of a first visit; 0 for what is no page."""
    later: int

    def __str__(self) -> str:
        speeds = "".join(
            f"{r.per_second:>9.0f}{r.p50:>7.1f}{r.p99:>8.1f}" for r in (self.cached, self.fresh)
        )
        beside = f"{self.bare.per_second:>8.0f}{self.reading.per_second:>8.0f}"
        visits = f"{self.first or '':>8}{self.later or '':>8}"
        end = f"{self.unchanged.per_second:>8.0f}{self.statements:>5}{self.wire:>10,}{visits}"
        return f"{self.page:22}{beside}{speeds}{end}"


HEAD = f"{'page':22}{'bare/s':>8}{'read/s':>8}{'cached/s':>9}{'p50':>7}{'p99':>8}"
HEAD += f"{'fresh/s':>9}{'p50':>7}{'p99':>8}{'304/s':>8}{'SQL':>5}{'br bytes':>10}"
HEAD += f"{'first':>8}{'later':>8}"


def misses(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        for what in _misses(row):
            yield f"{row.page} with {row.pledges:,} pledges: {what}"
    yield from _not_flat(rows)


def _misses(row: Row) -> Iterator[str]:
    failed = row.cached.failed + row.fresh.failed + row.unchanged.failed
    if failed:
        yield f"{failed} answers failed"
    cached = row.cached.per_second / max(row.bare.per_second, 1)
    if cached < CACHED and not _heavy(row):
        yield f"cached {cached:.2f} of the bare page, not {CACHED}"
    fresh = row.fresh.per_second / max(row.reading.per_second, 1)
    if fresh < UNCACHED and row.page not in (SEARCH, *WHOLE):
        rather = row.fresh.per_second / max(row.bare.per_second, 1)
        yield (
            f"fresh {fresh:.2f} of the bare page that reads its rows, not {UNCACHED} "
            f"({rather:.2f} of the one that has them)"
        )
    if row.statements > STATEMENTS:
        yield f"{row.statements} statements, more than {STATEMENTS}"
    if row.first > FIRST_VISIT:
        yield f"first visit {row.first:,} bytes, more than {FIRST_VISIT:,}"
    if row.later > LATER_VISIT:
        yield f"later visit {row.later:,} bytes, more than {LATER_VISIT:,}"


def _heavy(row: Row) -> bool:
    return row.page in WHOLE and row.wire > FIRST_VISIT


def _not_flat(rows: list[Row]) -> Iterator[str]:
    """Each page's most pledges against its fewest: cached, the fewest that there are; fresh, the
    fewest that fill a page, since ten pledges are half of one."""
    for page in dict.fromkeys(row.page for row in rows if row.page not in (SEARCH, *WHOLE)):
        of_it = [row for row in rows if row.page == page]
        full = [row for row in of_it if row.pledges > 100] or of_it
        for kind, fewest in (("cached", of_it[0]), ("fresh", full[0])):
            share = _relative(of_it[-1], kind) / max(_relative(fewest, kind), 0.001)
            if share < FLAT:
                yield (
                    f"{page} {kind} is not flat: with {of_it[-1].pledges:,} pledges {share:.2f} "
                    f"of its speed with {fewest.pledges:,}"
                )


def _relative(row: Row, kind: str) -> float:
    result: Result = getattr(row, kind)
    return result.per_second / max(row.bare.per_second, 1)

"""What is measured of a page, and what the pages are held to."""

from collections.abc import Iterator
from dataclasses import dataclass

from tools.bench.load import Result

STATEMENTS, FIRST_VISIT, LATER_VISIT = 12, 60_000, 15_000
CACHED, UNCACHED = 1.0, 0.5
"""Of the bare page's requests a second, measured just before."""
FLAT = 0.75
"""Of the speed with the fewest pledges, that with the most; a machine that other people use too
is no steadier than that."""
SEARCH, NEARLY = "/register?q=", "/register?q=misspelt"
WHOLE = ("/register.json", "/register.csv")
SAID = f"""\
The aims, page by page:
  cached      at least as many requests a second as the bare page
  uncached    at least {UNCACHED} of them
  flat        with the most pledges at least {FLAT} of the speed with the fewest, both ways
  statements  at most {STATEMENTS}
  a visit     the first under {FIRST_VISIT:,} bytes, later ones under {LATER_VISIT:,}, all that a
              browser fetches for the page counted
Each is measured in turns of a second with the others; of its turns the fastest counts, since
other programs of the machine can only slow it down.
Uncached: the same server, but it keeps no page, and five times a second a public fact changes.
Made once for the process all the same: header and footer, and of each entry of a list its signs
and its line with the date.
{SEARCH} and {NEARLY} look through every entry: uncached they are reported only.
{" and ".join(WHOLE)} are the whole register in one answer and grow with it: they are
reported, and held to the statements only.
"""


@dataclass(frozen=True)
class Row:
    page: str
    pledges: int
    bare: Result
    cached: Result
    uncached: Result
    unchanged: Result
    statements: int
    wire: int
    first: int
    """Bytes of a first visit; 0 for what is no page."""
    later: int

    def __str__(self) -> str:
        speeds = "".join(
            f"{r.per_second:>9.{0 if r.per_second > 99 else 1}f}{r.p50:>7.1f}{r.p99:>8.1f}"
            for r in (self.bare, self.cached, self.uncached)
        )
        visits = f"{self.first or '':>8}{self.later or '':>8}"
        end = f"{self.unchanged.per_second:>8.0f}{self.statements:>5}{self.wire:>10,}{visits}"
        return f"{self.page:22}{speeds}{end}"

    def share(self, kind: str) -> float:
        """Of the bare page's requests a second."""
        result: Result = getattr(self, kind)
        return result.per_second / max(self.bare.per_second, 0.001)


HEAD = f"{'page':22}"
HEAD += "".join(f"{kind + '/s':>9}{'p50':>7}{'p99':>8}" for kind in ("bare", "cached", "unc."))
HEAD += f"{'304/s':>8}{'SQL':>5}{'br bytes':>10}{'first':>8}{'later':>8}"


def misses(rows: list[Row]) -> Iterator[str]:
    for row in rows:
        for what in _misses(row):
            yield f"{row.page} with {row.pledges:,} pledges: {what}"
    yield from _not_flat(rows)


def _misses(row: Row) -> Iterator[str]:
    failed = row.bare.failed + row.cached.failed + row.uncached.failed + row.unchanged.failed
    if failed:
        yield f"{failed} answers failed"
    if row.statements > STATEMENTS:
        yield f"{row.statements} statements, more than {STATEMENTS}"
    if row.page in WHOLE:
        return
    if row.share("cached") < CACHED:
        yield f"cached {row.share('cached'):.2f} of the bare page, not {CACHED}"
    if row.share("uncached") < UNCACHED and row.page not in (SEARCH, NEARLY):
        yield f"uncached {row.share('uncached'):.2f} of the bare page, not {UNCACHED}"
    if row.first >= FIRST_VISIT:
        yield f"first visit {row.first:,} bytes, not under {FIRST_VISIT:,}"
    if row.later >= LATER_VISIT:
        yield f"later visit {row.later:,} bytes, not under {LATER_VISIT:,}"


def _not_flat(rows: list[Row]) -> Iterator[str]:
    for page in dict.fromkeys(row.page for row in rows if row.page not in WHOLE):
        of_it = [row for row in rows if row.page == page]
        fewest, most = of_it[0], of_it[-1]
        for kind in ("cached",) if page in (SEARCH, NEARLY) else ("cached", "uncached"):
            share = most.share(kind) / max(fewest.share(kind), 0.001)
            if share < FLAT:
                yield (
                    f"{page} {kind} is not flat: with {most.pledges:,} pledges {share:.2f} of its "
                    f"speed with {fewest.pledges:,}"
                )

"""References: short names for things in addresses and on the phone, that give nothing away."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no word comes about; nothing that looks like something else."""

_source: random.Random = random.SystemRandom()


def new_reference() -> str:
    """Like 7K3M-Q2PX: some 380 thousand million of them."""
    drawn = "".join(_source.choices(LETTERS, k=8))
    return f"{drawn[:4]}-{drawn[4:]}"


def new_salt() -> str:
    """128 bits, as 32 hexadecimal digits: more than anybody tries."""
    return f"{_source.getrandbits(128):032x}"


def drawn_number(below: int) -> int:
    """From 0 on, each as likely as the other."""
    return _source.randrange(below)


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """For the example county, which is the same every time."""
    global _source
    before, _source = _source, source
    try:
        yield
    finally:
        _source = before

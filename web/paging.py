"""Lists by the page: always bounded, always saying how many and of how many."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Select, func
from sqlalchemy.orm import Session

PAGE = 50
FURTHEST = 1_000_000

Row = TypeVar("Row")


@dataclass(frozen=True)
class Paged(Generic[Row]):
    """One page of a list."""

    rows: list[Row]
    page: int
    total: int
    size: int = PAGE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        return (self.page - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.page - 1) * self.size + len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paged(session: Session, wanted: Select[Any], page: int, size: int = PAGE) -> Paged[Any]:
    """A page of an ordered select; one beyond the last gives the last."""
    total = (
        session.scalar(
            wanted.with_only_columns(func.count(), maintain_column_froms=True).order_by(None)
        )
        or 0
    )
    page = min(max(page, 1), max(1, -(-total // size)))
    rows = session.scalars(wanted.limit(size).offset((page - 1) * size)).unique().all()
    return Paged(list(rows), page, total, size)


def page_asked(name: str = "page") -> int:
    """The page number in the address; the first for anything that is none."""
    asked = request.args.get(name, "")
    return (
        min(int(asked), FURTHEST) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1
    )

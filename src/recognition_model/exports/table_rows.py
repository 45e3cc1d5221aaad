"""Rows made when they are read: a panel of days need not be held in memory as a whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from attrs import frozen

Cell = str | int | bool | date | None
Row = tuple[Cell, ...]


@frozen
class Run:
    """Rows in which only counting cells differ: each is one day, or one, above the row before.

    `first` is the first row, `length` the number of rows.
    """

    first: Row
    length: int = 1


@frozen
class Runs(Iterable[Row]):
    """Rows that are made anew each time they are read.

    `length` counts them without making them. `counting` are the places of the cells that count up
    within a run; an empty one stays empty.
    """

    make: Callable[[], Iterator[Run]]
    length: Callable[[], int]
    counting: tuple[int, ...] = ()

    def __iter__(self) -> Iterator[Row]:
        for run in self.make():
            yield from self.rows_of(run)

    def __len__(self) -> int:
        return self.length()

    def rows_of(self, run: Run) -> Iterator[Row]:
        """Yield the rows of a run, one by one."""
        yield run.first
        row = list(run.first)
        starts = [(at, cell) for at in self.counting if (cell := row[at]) is not None]
        for step in range(1, run.length):
            for at, cell in starts:
                row[at] = _counted_up(cell, step)
            yield tuple(row)


def _counted_up(cell: Cell, step: int) -> Cell:
    """Give the cell of a run that many rows after its first."""
    if isinstance(cell, date):
        return date.fromordinal(cell.toordinal() + step)
    if isinstance(cell, int):
        return cell + step
    raise TypeError(f"{cell!r} does not count")

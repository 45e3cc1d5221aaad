"""One reading of a history's uncertain dates, where a table or a log has room for one day only."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import accumulate

from recognition_model.history import History

OPEN = (date.min.toordinal(), date.max.toordinal())


class Dates(Enum):
    """How uncertain dates are read: each at one end, or all readings together."""

    EARLIEST = "earliest"
    LATEST = "latest"
    ALL = "all"


def begins(history: History, dates: Dates) -> list[int]:
    """The day on which each spell begins, as ordinals in order, with every date read at one end.

    The ends are those that the order of the entries leaves. An open side is read at the end that
    is known.
    """
    if dates is Dates.ALL:
        raise ValueError("one reading is the earliest or the latest")
    first = [pair if dates is Dates.EARLIEST else pair[::-1] for pair in history.bounds]
    return list(accumulate((other if day in OPEN else day for day, other in first), max))

"""The days on which two histories of one country answer differently.

An answer can turn only on the first or the last day on which a spell can have begun, or where the
basis turns. Between two such days it stays the same, so one day of each stretch is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attrs import evolve, frozen

from recognition_model.core.base import Readable
from recognition_model.core.dates import OPEN_END
from recognition_model.core.history import History
from recognition_model.core.position import Position
from recognition_model.core.stages import ban_in_words

PARTS = ("stage", "ban", "basis")
"""The parts of an answer that are compared."""
_NOTHING = "not documented"


@frozen(kw_only=True, repr=False)
class Answer(Readable):
    """One part of the answer for a day: its possible values, lowest first, and its words.

    None among the values stands for days on which the record may not have begun.
    """

    values: tuple[str | None, ...]
    words: str

    def __str__(self) -> str:
        return self.words


@frozen(kw_only=True, repr=False)
class TurnedDays(Readable):
    """A run of days on which one part of the answer turns, `first` and `last` included.

    `part` is `stage`, `ban` or `basis`. `last` is None if the answers differ for ever. `days`
    counts the days within the data: up to the last one that either record documents or reviewed.
    """

    part: str
    first: date
    last: date | None
    days: int
    before: Answer
    after: Answer

    def to_dict(self) -> dict[str, Any]:
        """Return plain data; the values of `before` and `after` as lists."""
        return {
            "part": self.part,
            "from": self.first.isoformat(),
            "to": self.last.isoformat() if self.last else None,
            "days": self.days,
            "before": list(self.before.values),
            "after": list(self.after.values),
        }

    def __str__(self) -> str:
        until = f"to {self.last}" if self.last else "on"
        return f"{self.part} {self.first} {until}: {self.before}, now {self.after}"


def turned_days(old: History, new: History) -> tuple[TurnedDays, ...]:
    """List the days whose stage, ban or basis turn between two histories, part by part."""
    firsts = sorted({*days_of_change(old), *days_of_change(new)})
    ends: list[int | None] = [day - 1 for day in firsts[1:]]
    end = last_day(old, new).toordinal()
    stretches = []
    for first, last in zip(firsts, [*ends, None], strict=True):
        day = date.fromordinal(first)
        stretches.append((first, last, _answers(old.on(day)), _answers(new.on(day))))
    turned: list[TurnedDays] = []
    for part in PARTS:
        runs = [
            TurnedDays(
                part=part,
                first=date.fromordinal(first),
                last=None if last is None else date.fromordinal(last),
                days=_within(first, last, end),
                before=before[part],
                after=after[part],
            )
            for first, last, before, after in stretches
            if before[part].values != after[part].values
        ]
        turned += _joined(runs)
    return tuple(turned)


def last_day(*histories: History) -> date:
    """Return the last day that any of the histories documents or that its coder reviewed."""
    return max(history.reviewed or history.documented_until for history in histories)


def count_days(turned: Iterable[TurnedDays]) -> int:
    """Count the days within the data on which any part turns, each day once."""
    total, counted = 0, 0  # `counted` is the last day counted, as an ordinal
    for run in sorted((run for run in turned if run.days), key=lambda run: run.first):
        first = run.first.toordinal()
        last = first + run.days - 1
        total += max(0, last - max(first - 1, counted))
        counted = max(counted, last)
    return total


def _within(first: int, last: int | None, end: int) -> int:
    return max(0, (end if last is None else min(last, end)) - first + 1)


def days_of_change(history: History) -> Iterator[int]:
    """Every day, as an ordinal, on which the answer of a history can turn, and some more."""
    days = {day for pair in history.bounds for day in pair}
    days |= {span.first for span in history.basis_spans}
    return (max(day, date.min.toordinal()) for day in days if day < OPEN_END.toordinal())


def _answers(position: Position) -> dict[str, Answer]:
    begun, spells = position.begun, position.spells
    unknown: tuple[str | None, ...] = () if begun and spells else (None,)
    stages = sorted({spell.stage for spell in spells})
    bans = sorted({spell.ban for spell in spells})
    words = [position.words_of(spell) for spell in spells]
    basis = position.basis.value if position.basis else None
    return {
        "stage": Answer(values=(*unknown, *map(str, stages)), words=_either(unknown, words)),
        "ban": Answer(
            values=(*unknown, *map(str, bans)), words=_either(unknown, map(ban_in_words, bans))
        ),
        "basis": Answer(values=(basis,), words=basis or _NOTHING),
    }


def _either(unknown: Iterable[str | None], words: Iterable[str]) -> str:
    return " or ".join(dict.fromkeys([*(_NOTHING for _ in unknown), *words]))


def _joined(runs: list[TurnedDays]) -> Iterator[TurnedDays]:
    """Join runs that follow each other with the same answers."""
    kept: list[TurnedDays] = []
    for run in runs:
        last = kept[-1] if kept else None
        if (
            last is not None
            and last.last is not None
            and last.last.toordinal() + 1 == run.first.toordinal()
            and (last.before, last.after) == (run.before, run.after)
        ):
            kept[-1] = evolve(last, last=run.last, days=last.days + run.days)
        else:
            kept.append(run)
    yield from kept

"""Columns of a panel that describe the days within a unit, and their cells.

Only entries that the replay used are counted: acts that a rule took, and signals. What is struck
out, refused or denied is not among them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from recognition_model.analysis.recorded import recorded_entries
from recognition_model.core.changes import Change
from recognition_model.core.dates import DateReading, is_open
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Family
from recognition_model.core.stages import Stage
from recognition_model.engine.outcomes import Replay
from recognition_model.exports.panel_states import bound_cells, bound_fields, spell_read_on
from recognition_model.exports.table_rows import Row
from recognition_model.exports.table_schema import Field, Kind

_ACTS, _SIGNALS, _DENIED = "acts", "signals", "signals_denied"
_COUNTED = (_ACTS, _SIGNALS, _DENIED, *(f"{_SIGNALS}_{family}" for family in Family))
_PERHAPS = ("acts_perhaps", "signals_perhaps")


def count_fields(unit: str, dates: DateReading) -> tuple[Field, ...]:
    """Make the columns for the cells of `Counts.within`."""
    surely = (
        f"Counted if every reading of its date puts it into the {unit}."
        if dates == "all"
        else f"Counted in the {unit} into which its {dates} possible day falls."
    )
    lie = f"whose possible days lie both in this {unit} and outside it"
    described = {
        _ACTS: ("acts", f"Acts that a rule took. {surely}"),
        _SIGNALS: ("signals", f"Signals of all families that are not denied. {surely}"),
        _DENIED: ("signals", f"Signals that a party denies, not among `signals`. {surely}"),
        **{
            f"{_SIGNALS}_{family}": (
                "signals",
                f"Signals of the family {family}: {family.meaning} {surely}",
            )
            for family in Family
        },
        _PERHAPS[0]: ("acts", f"Acts that a rule took, {lie}."),
        _PERHAPS[1]: ("signals", f"Signals not denied, {lie}."),
    }
    rule = (
        "Days are as narrowed by the order of the file and the end of the record. What is struck"
        " out or refused is never counted. A signal whose word no vocabulary has is in no family."
    )
    return tuple(
        Field(
            name=name,
            description=text,
            kind=Kind.COUNT,
            required=True,
            minimum=0,
            unit=of,
            rule=rule,
            example="1",
        )
        for name, (of, text) in described.items()
    )


@frozen
class _Event:
    """An entry to count: its first and last possible day, the day it is read on, its columns."""

    first: int
    last: int
    read: int | None
    columns: tuple[str, ...]

    def surely(self, first: int, last: int) -> bool:
        if self.read is not None:
            return first <= self.read <= last
        return first <= self.first and self.last <= last

    def perhaps(self, first: int, last: int) -> bool:
        """Whether it may lie between two days, and may not."""
        meets = self.first <= last and self.last >= first
        return meets and not (first <= self.first and self.last <= last)


class Counts:
    """How many acts and signals of a country lie within some days. Days are ordinals.

    `bounds` are the days on which the numbers of single days change, and perhaps open ends.
    """

    def __init__(self, replay: Replay, dates: DateReading) -> None:
        self._events = sorted(_events(replay, dates), key=lambda event: event.first)
        bounds: set[int] = set()
        for event in self._events:
            days = {event.first, event.last, event.first if event.read is None else event.read}
            bounds.update(day + after for day in days for after in (0, 1))
        self.bounds = sorted(bounds)
        self._none = (0,) * (len(_COUNTED) + len(_PERHAPS))

    def within(self, first: int, last: int) -> Row:
        """Give the counts of the days from `first` to `last`, in the order of `count_fields`."""
        near = [e for e in self._events if e.first <= last and first <= max(e.last, e.read or 0)]
        if not near:
            return self._none
        counts = dict.fromkeys((*_COUNTED, *_PERHAPS), 0)
        for event in near:
            if event.surely(first, last):
                for column in event.columns:
                    counts[column] += 1
            if event.perhaps(first, last) and event.columns[0] != _DENIED:
                counts[_PERHAPS[event.columns[0] != _ACTS]] += 1
        return tuple(counts.values())


def _events(replay: Replay, dates: DateReading) -> Iterator[_Event]:
    history = replay.history
    acts = list(history.bounds[1:])
    days = None if dates == "all" else history.begin_days(dates)[1:]
    until = history.documented_until.toordinal()
    act = 0
    for entry in recorded_entries(replay):
        if isinstance(entry.outcome, Change):
            yield _Event(*acts[act], days[act] if days else None, (_ACTS,))
            act += 1
        elif isinstance(entry.outcome, SignalStep) and entry.earliest <= history.documented_until:
            first = entry.earliest.toordinal()
            last = min(entry.latest.toordinal(), until)
            read = None if dates == "all" else _read(first, last, dates)
            yield _Event(first, last, read, _columns(entry.outcome))


def _read(first: int, last: int, dates: DateReading) -> int:
    wanted, other = (first, last) if dates == "earliest" else (last, first)
    return other if is_open(wanted) else wanted


def _columns(signal: SignalStep) -> tuple[str, ...]:
    if signal.denied:
        return (_DENIED,)
    return (_SIGNALS, f"{_SIGNALS}_{signal.family}") if signal.family else (_SIGNALS,)


# --- days at each stage --------------------------------------------------------------------------


def exposure_fields(unit: str, dates: DateReading) -> tuple[Field, ...]:
    """Make the columns for the cells of `Exposure.within`."""
    inside = f"of the {unit} within the record"
    where = "in any reading of the dates" if dates == "all" else f"read at the {dates} day"
    described = {
        "days": f"Days {inside}: the sum of `days_hostile` to `days_undetermined`.",
        **{f"days_{stage}": f"Days {inside} that end at the stage {stage}." for stage in Stage},
        "days_undetermined": f"Days {inside} for whose stage readings of uncertain dates differ,"
        " or on which the record may not have begun. Zero if one reading is chosen.",
    }
    counts = (
        Field(
            name=name,
            description=text,
            kind=Kind.COUNT,
            required=True,
            minimum=0,
            unit="days",
            rule="A day counts for the stage at its end.",
            example="31",
        )
        for name, text in described.items()
    )
    return (
        *counts,
        *bound_fields("lowest", f"The lowest stage at the end of a day {inside}, {where}."),
        *bound_fields("highest", f"The highest stage at the end of a day {inside}, {where}."),
    )


@frozen
class _Stretch:
    """Days with the same possible stages; `stage` is None if it is not determined."""

    first: int
    last: int
    stage: Stage | None
    lowest: Stage
    highest: Stage


class Exposure:
    """How long a country was at each stage. Days are ordinals."""

    def __init__(self, replay: Replay, dates: DateReading, first: int) -> None:
        self._stretches = list(_stretches(replay, dates, first))
        self._firsts = [stretch.first for stretch in self._stretches]

    def within(self, first: int, last: int) -> Row:
        """Give the cells of the days from `first` to `last`, in the order of `exposure_fields`."""
        days: dict[Stage | None, int] = dict.fromkeys((*Stage, None), 0)
        stretches = self._stretches[bisect_right(self._firsts, first) - 1 :]
        lowest, highest = stretches[0].lowest, stretches[0].highest
        for stretch in stretches:
            if stretch.first > last:
                break
            days[stretch.stage] += min(stretch.last, last) - max(stretch.first, first) + 1
            lowest, highest = min(lowest, stretch.lowest), max(highest, stretch.highest)
        return (last - first + 1, *days.values(), *bound_cells(lowest), *bound_cells(highest))


def _stretches(replay: Replay, dates: DateReading, first: int) -> Iterable[_Stretch]:
    history = replay.history
    until = history.documented_until.toordinal()
    read = [] if dates == "all" else history.begin_days(dates)
    begins = read or [day for pair in history.bounds for day in pair if not is_open(day)]
    firsts = sorted({first, *(day for day in begins if first < day <= until)})
    for begin, end in zip(firsts, [*(day - 1 for day in firsts[1:]), until], strict=True):
        if read:
            stage = spell_read_on(history, read, begin).stage
            yield _Stretch(begin, end, stage, stage, stage)
        else:
            position = history.on(date.fromordinal(begin))
            stages = [state.stage for state in position.states]
            yield _Stretch(begin, end, position.stage, min(stages), max(stages))

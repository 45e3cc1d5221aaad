"""Which events of a chronology stand in a row with a label, and which are ticks in a lane."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from attrs import frozen

from recognition_model.core.signals import Family
from recognition_model.core.wording import humanize
from recognition_model.plots.happened import Event
from recognition_model.plots.layout import Sizes
from recognition_model.plots.spans import is_open
from recognition_model.plots.text import broken, line_height, width
from recognition_model.plots.timeline import Timeline

# Lengths in mm on the layout `page`.
LANE = 3.7
"""The height of a lane."""
GAP = 3.0
"""Between the rows and the lanes."""
OPEN = 3.0
"""The bar of a date that is open on one side, from its mark."""
_SIZES = Sizes()
_LINE = line_height(_SIZES.small)
_PAD = 1.2  # between rows
_MARK = 2.4  # from a mark to its label
_MOST_ROWS, _FILLED = 32, 14  # with a label: changes and claims at most, signals up to so many
_LANES = 8
_NEARLY = 1e-6
_OF_NOTE = (Family.ACCREDITATION, Family.LISTING, Family.MISSION)
_NAMES = {
    Family.CONTACT: "talks",
    Family.VISIT: "visits",
    Family.MISSION: "missions",
    Family.ACCREDITATION: "diplomats",
    Family.PREDECESSOR_MISSION: "earlier missions",
    Family.STATEMENT: "statements",
    Family.LISTING: "bans and lists",
    Family.ECONOMIC: "economy",
    Family.HUMANITARIAN: "aid",
    Family.CONSULAR: "visas, papers",
    Family.MULTILATERAL: "among states",
    Family.DOCTRINE: "policy",
}
"""The families of signals in plain words, where their own are less plain."""
_OTHER, _ALL = "other", "signals"


@frozen
class Row:
    """An event with its label: in lines, right or left of its mark, `near` mm from the left."""

    event: Event
    lines: tuple[str, ...]
    right: bool
    near: float

    @property
    def high(self) -> float:
        return len(self.lines) * _LINE + _PAD


@frozen
class Lane:
    """Events without a label, with their number in the name."""

    name: str
    events: tuple[Event, ...]

    @property
    def label(self) -> str:
        return f"{self.name} {len(self.events)}"


@frozen
class Chronicle:
    """The rows from top to bottom, and the lanes below them."""

    rows: tuple[Row, ...]
    lanes: tuple[Lane, ...]

    @property
    def high(self) -> float:
        """The height in mm on the layout `page`."""
        return self.rows_high + self.lanes_high

    @property
    def rows_high(self) -> float:
        return sum(row.high for row in self.rows)

    @property
    def lanes_high(self) -> float:
        return len(self.lanes) * LANE + (GAP if self.lanes and self.rows else 0)

    @classmethod
    def of(
        cls, events: Sequence[Event], axis: Timeline, wide: float, high: float | None = None
    ) -> Chronicle:
        """Lay out events on axes of a size in mm; without a height, as high as they need.

        Changes come first, then claims not counted, then signals of note while there are few rows.
        Where there is little room, signals lose their labels, then their lanes are joined, and then
        acts lose their labels.
        """
        acts = min(sum(event.kind != "signal" for event in events), _MOST_ROWS)
        plans = [(acts, _FILLED, _LANES), (acts, _FILLED, 5), (acts, 0, 5), (acts, 0, 3)]
        plans += [(most, 0, 1) for most in range(acts, -1, -1)]
        for most, filled, lanes in plans:
            chosen = _chosen(events, most, filled)
            rows = tuple(_row(event, axis, wide) for event in events if event in chosen)
            others = [event for event in events if event not in chosen]
            told = cls(rows, _lanes(others, lanes))
            if high is None or told.high <= high + _NEARLY:
                break
        return told


def _chosen(events: Sequence[Event], most: int, filled: int) -> set[Event]:
    """Return the events with a label: acts first, then signals of note up to so many labels.

    A family of signals has labels for all or for none.
    """
    acts = sorted((event for event in events if event.kind != "signal"), key=_weight)
    chosen = set(acts[:most])
    for family in _OF_NOTE:
        here = [event for event in events if event.family is family]
        if len(chosen) + len(here) <= filled:
            chosen |= set(here)
    return chosen


def _weight(event: Event) -> tuple[bool, int, float]:
    """Changes before claims not counted, higher stages before lower ones, later days first."""
    return event.kind == "refused", -(event.stage.rank if event.stage else 0), -event.moment.at


def _lanes(events: Sequence[Event], most: int) -> tuple[Lane, ...]:
    """Return the lanes in which there is something: acts, then families, the smallest together."""
    named = [
        Lane(name, tuple(event for event in events if event.kind == kind))
        for kind, name in (("change", "changes"), ("refused", "not counted"))
    ]
    signals = [event for event in events if event.kind == "signal"]
    counts = Counter(event.family for event in signals)
    ranked = sorted(counts, key=lambda f: (f is None, -counts[f], f.rank if f else 0))
    apart = ranked if len(ranked) <= most else ranked[: most - 1]
    families = [family for family in apart if family is not None]
    named += [
        Lane(_NAMES.get(family, humanize(family)), tuple(e for e in signals if e.family is family))
        for family in sorted(families, key=lambda family: family.rank)
    ]
    rest = _OTHER if families else _ALL
    named.append(Lane(rest, tuple(e for e in signals if e.family not in families)))
    return tuple(lane for lane in named if lane.events)


def _row(event: Event, axis: Timeline, wide: float) -> Row:
    """Put the label where it fits on one line, else in lines on the wider side."""
    moment = event.moment
    day = wide / max(axis.last - axis.first, 1)  # mm
    first = moment.at - OPEN / day if is_open(moment.earliest) else moment.earliest
    last = moment.at + OPEN / day if is_open(moment.latest) else moment.latest
    first, last = ((axis.inside(end) - axis.first) * day for end in (first, last))
    rooms = {True: wide - last - _MARK, False: first - _MARK}
    long = width(event.label, _SIZES.small) * (1.12 if event.kind == "change" else 1.02)
    right = rooms[True] >= min(long, rooms[False])
    near = last + _MARK if right else first - _MARK
    lines = [event.label]
    if long > rooms[right]:
        room = max(rooms[right], 10.0)
        lines = broken(event.label, _SIZES.small, room, bold=event.kind == "change")
    return Row(event, tuple(lines), right, near)

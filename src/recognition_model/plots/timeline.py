"""A time axis that can be folded: years before 2021 take less room than later ones.

Many scenarios begin in 1996 but have most of their changes after 2021. A dotted line marks the
fold, and the caption states the factor. An axis without a fold is linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from attrs import frozen
from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.patches import Patch

from recognition_model.plots.palette import FAINT, INK, QUIET, UNDOCUMENTED
from recognition_model.plots.spans import DayRange, day_of, number
from recognition_model.plots.text import SMALL, width

FOLD = date(2021, 1, 1)
_LEAST_SHARE, _MOST_SHARE = 0.24, 0.6
_LEAST_EARLY, _LEAST_LATE = 6 * 365, 365
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MONTHS = (1, 3, 6)


@frozen
class Timeline:
    """The days of a picture, `first` to `last` as date numbers, folded at `fold` unless None.

    `early` is the share of the width left of the fold.
    """

    first: float
    last: float
    fold: float | None = None
    early: float = _LEAST_SHARE

    @classmethod
    def over(
        cls, first: float, last: float, moves: Sequence[float] = (), *, even: bool = False
    ) -> Timeline:
        """Make an axis over some days, folded if its early part is long and `even` is false.

        The early part gets a share of the width, within bounds, equal to the share of `moves` (days
        with changes) in it.
        """
        first, last = max(first, number(date.min)), min(last, number(date.max))
        fold = number(FOLD)
        among = [day for day in moves if first <= day <= last]
        share = sum(day < fold for day in among) / max(len(among), 1)
        share = min(max(share, _LEAST_SHARE), _MOST_SHARE)
        long = fold - first >= _LEAST_EARLY and last - fold >= _LEAST_LATE
        narrows = (fold - first) / max(last - first, 1) > share
        folded = long and narrows and not even
        return cls(min(first, last - 1), last, fold if folded else None, share)

    def shows(self, moment: DayRange) -> bool:
        """Whether any possible day of a date is on this axis."""
        return moment.earliest <= self.last and moment.latest >= self.first

    def has(self, day: float) -> bool:
        """Whether a day is on this axis."""
        return self.first <= day <= self.last

    def inside(self, day: float) -> float:
        """Return the day, or the nearest end of the axis if the day is outside."""
        return min(max(day, self.first), self.last)

    @property
    def squeeze(self) -> float:
        """The width of a day before the fold divided by that of a day after it."""
        if self.fold is None:
            return 1.0
        late = self.last - self.fold
        return self.early / (1 - self.early) * late / (self.fold - self.first)

    def put_on(self, ax: Axes, room: float) -> None:
        """Set the scale, limits and ticks of an axes; labels fit into `room` mm."""
        if self.fold is not None:
            fold, squeeze = self.fold, self.squeeze

            def narrow(days: Any) -> Any:
                return np.where(days < fold, (days - fold) * squeeze, days - fold)

            def widen(places: Any) -> Any:
                return np.where(places < 0, places / squeeze, places) + fold

            ax.set_xscale("function", functions=(narrow, widen))
        ax.set_xlim(self.first, self.last)
        major, minor = self._ticks(room)
        ax.set_xticks([day for day, _ in major], [text for _, text in major])
        # One artist for all minor ticks: matplotlib creates five for each tick.
        ax.plot(
            minor,
            [0] * len(minor),
            transform=ax.get_xaxis_transform(),
            linestyle="none",
            marker=TICKDOWN,
            markersize=1.5,
            markeredgewidth=0.4,
            color=QUIET,
            clip_on=False,
        )
        ax.tick_params(axis="x", labelsize=SMALL, colors=INK, length=2.5, width=0.5, pad=2)
        if self.fold is not None:
            ax.axvline(self.fold, color=QUIET, linewidth=0.6, linestyle=(0, (1, 2)), zorder=0.9)

    def mark_years(self, ax: Axes, room: float) -> None:
        """Draw faint lines at the labelled days."""
        for day, _ in self._ticks(room)[0]:
            if day != self.fold:
                ax.axvline(day, color=FAINT, linewidth=0.4, zorder=0.5)

    def labels_reach(self, ax: Axes, room: float) -> float:
        """Where the rightmost label ends, in mm from the left of an axes `room` mm wide."""
        across = ax.transData - ax.transAxes
        return max(
            (
                float(across.transform((day, 0))[0]) * room + width(text, SMALL) / 2
                for day, text in self._ticks(room)[0]
            ),
            default=0.0,
        )

    def note(self) -> str:
        """Return the note on the fold for the caption; empty without a fold."""
        if self.fold is None:
            return ""
        times = 1 / self.squeeze
        year = FOLD.year
        return f"Left of the dotted line, years before {year} are drawn {times:.1f} times narrower."

    def _ticks(self, room: float) -> tuple[list[tuple[float, str]], list[float]]:
        if self.fold is None:
            return _ticks(self.first, self.last, room)
        major, minor = _ticks(self.first, self.fold, room * self.early)
        late = _ticks(self.fold, self.last, room * (1 - self.early))
        # A label close to the fold would overlap the first one after it.
        near = self.fold - width("2021", SMALL) * 1.15 * (self.last - self.fold) / self.squeeze / (
            room * (1 - self.early)
        )
        minor = [*minor, *(day for day, _ in major if day > near)]
        major = [(day, text) for day, text in major if day <= near]
        return major + late[0], [*minor, *late[1]]


def _ticks(first: float, last: float, room: float) -> tuple[list[tuple[float, str]], list[float]]:
    """Return labelled days and days between them, so that the labels fit into `room` mm."""
    start, end = day_of(first), day_of(last)
    fits = room / (width("2021", SMALL) * 1.9)
    if (end - start).days < 730:
        months = [
            date(year, month, 1)
            for year in range(start.year, end.year + 1)
            for month in range(1, 13)
            if start <= date(year, month, 1) <= end
        ]
        fits = room / (width("2021-12", SMALL) * 1.5)
        for step in _MONTHS:
            chosen = [day for day in months if (day.month - 1) % step == 0]
            if len(chosen) <= fits:
                labelled = [(float(number(day)), day.isoformat()[:7]) for day in chosen]
                return labelled, [float(number(day)) for day in months if day not in chosen]
    years = [
        year
        for year in range(start.year, min(end.year, 9998) + 2)
        if start <= date(year, 1, 1) <= end
    ]
    step = next((s for s in _STEPS if len(years) / s <= fits), 1000)
    labelled = [(float(number(date(y, 1, 1))), f"{y:04}") for y in years if y % step == 0]
    if step == 1:
        between = [
            float(number(date(y, month, 1)))
            for y in (start.year, *years)
            for month in (4, 7, 10)
            if first < number(date(y, month, 1)) < last
        ]
        return labelled, sorted(set(between))
    return labelled, [float(number(date(y, 1, 1))) for y in years if y % step]


_BLANK: dict[str, Any] = {
    "facecolor": UNDOCUMENTED,
    "edgecolor": "#c9c9c9",
    "hatch": "\\\\\\\\",
    "linewidth": 0,
}


def shade_undocumented(ax: Axes, first: float, last: float) -> None:
    """Shade undocumented days: grey and hatched, unlike any stage."""
    if last > first:
        ax.axvspan(first, last, zorder=0.3, **_BLANK)


def blank_look() -> dict[str, Any]:
    """Return the look of undocumented time for a matplotlib collection."""
    return {
        "facecolors": UNDOCUMENTED,
        "edgecolors": _BLANK["edgecolor"],
        "hatch": _BLANK["hatch"],
        "linewidths": 0,
    }


def undocumented_patch() -> Patch:
    """Return the legend mark for undocumented time."""
    return Patch(**_BLANK)

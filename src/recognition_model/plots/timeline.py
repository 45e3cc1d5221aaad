"""The time axis of a picture: even, or folded so that years before 2021 take less room.

Many scenarios begin in 1996 but have most of their changes after 2021. A fold makes room for these,
where a reader asks for it: a gap cuts the picture there, and both scales stand above it. The day on
which the Taliban took Kabul is marked on every axis that has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import numpy as np
from attrs import evolve, frozen
from matplotlib.axes import Axes
from matplotlib.markers import TICKDOWN
from matplotlib.patches import Patch
from matplotlib.transforms import ScaledTranslation

from recognition_model.core.day_words import MONTHS
from recognition_model.core.wording import plural
from recognition_model.plots.layout import Sizes
from recognition_model.plots.page import TAKEOVER
from recognition_model.plots.palette import FAINT, INK, PAPER, QUIET, UNDOCUMENTED
from recognition_model.plots.spans import DayRange, Piece, day_of, number
from recognition_model.plots.text import MM, line_height, width

FOLD = date(2021, 1, 1)
_LEAST_SHARE, _MOST_SHARE = 0.24, 0.6
_LEAST_EARLY, _LEAST_LATE = 6 * 365, 365
_STEPS = (1, 2, 5, 10, 20, 50, 100)
_MONTHS = (1, 3, 6)
TAKEOVER_WORDS = "Taliban take Kabul, 15 Aug 2021"
"""The words at the line of that day."""
_BAR = 9.0  # mm that the bar of a scale takes at least, where years are narrow


@frozen
class Timeline:
    """The days of a picture, `first` to `last` as date numbers, folded at `fold` unless None.

    `early` is the share of the width left of the fold. `sizes` are those of its letters. `worded`
    is false where there is no room above for words.
    """

    first: float
    last: float
    fold: float | None = None
    early: float = _LEAST_SHARE
    sizes: Sizes = Sizes()
    worded: bool = True

    @classmethod
    def over(
        cls,
        first: float,
        last: float,
        moves: Sequence[float] = (),
        *,
        even: bool = True,
        sizes: Sizes = Sizes(),  # noqa: B008 - frozen
    ) -> Timeline:
        """Make an axis over some days, folded if `even` is false and its early part is long.

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
        return cls(min(first, last - 1), last, fold if folded else None, share, sizes)

    def shows(self, moment: DayRange) -> bool:
        """Whether any possible day of a date is on this axis."""
        return moment.earliest <= self.last and moment.latest >= self.first

    def has(self, day: float) -> bool:
        """Whether a day is on this axis."""
        return self.first <= day <= self.last

    def inside(self, day: float) -> float:
        """Return the day, or the nearest end of the axis if the day is outside."""
        return min(max(day, self.first), self.last)

    def overlapping(self, cut: Iterable[Piece]) -> list[Piece]:
        """Return the pieces of which a part is on this axis."""
        return [one for one in cut if one.begins < self.last and one.ends > self.first]

    @property
    def squeeze(self) -> float:
        """The width of a day before the fold divided by that of a day after it."""
        if self.fold is None:
            return 1.0
        late = self.last - self.fold
        return self.early / (1 - self.early) * late / (self.fold - self.first)

    def across(self, day: float, room: float) -> float:
        """Return where a day is on an axis of `room` mm, in mm from the left."""
        if self.fold is None:
            return (day - self.first) / (self.last - self.first) * room
        if day < self.fold:
            return (day - self.first) / (self.fold - self.first) * room * self.early
        late = (day - self.fold) / (self.last - self.fold)
        return room * (self.early + late * (1 - self.early))

    def day_at(self, mm: float, room: float) -> float:
        """Return the day that is some mm from the left of an axis of `room` mm."""
        share = mm / room
        if self.fold is None:
            return self.first + share * (self.last - self.first)
        if share < self.early:
            return self.first + share / self.early * (self.fold - self.first)
        late = (share - self.early) / (1 - self.early)
        return self.fold + late * (self.last - self.fold)

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
        ax.tick_params(
            axis="x", labelsize=self.sizes.small, colors=INK, length=2.5, width=0.5, pad=2
        )
        if self.fold is not None:
            _break(ax, self.fold)

    def mark_years(self, ax: Axes, room: float) -> None:
        """Draw faint lines at the labelled days."""
        for day, _ in self._ticks(room)[0]:
            if day != self.fold:
                ax.axvline(day, color=FAINT, linewidth=0.4, zorder=0.5)

    @property
    def head(self) -> float:
        """The height in mm that `mark_days` needs above the axes."""
        lines = self.has(number(TAKEOVER)) + (self.fold is not None)
        return self._strip * lines if self.worded else 0.0

    @property
    def _strip(self) -> float:
        """The height in mm of a line of words above the axes."""
        return line_height(self.sizes.smallest) + 0.5

    def mark_days(
        self,
        ax: Axes,
        room: float,
        *,
        named: bool = True,
        clear: Sequence[tuple[float, float]] = (),
        lift: float = 0.0,
    ) -> None:
        """Mark the day on which Kabul fell, and at a fold how wide a year is on either side.

        Unless it is `named` there are no words. The line leaves out the heights in `clear`, which
        are parts of the height of the axes. The words stand `lift` mm above it.
        """
        high = ax.get_window_extent().height / ax.get_figure(root=True).dpi * MM  # type: ignore[union-attr]
        across = ax.transData - ax.transAxes

        def place(day: float) -> float:
            """Return where a day is, in mm from the left of the axes."""
            return float(across.transform((day, 0))[0]) * room

        words: dict[str, Any] = {
            "transform": ax.transAxes,
            "fontsize": self.sizes.smallest,
            "color": INK,
            "va": "center",
        }
        middle = lift + self._strip / 2
        if self.has(day := number(TAKEOVER)):
            xs, ys = [], []
            for low, top in _between(clear):
                xs += [day, day, float("nan")]
                ys += [low, top, float("nan")]
            look: dict[str, Any] = {"color": INK, "linewidth": 0.6, "zorder": 1.2}
            line = ax.plot(xs[:-1], ys[:-1], transform=ax.get_xaxis_transform(), **look)
            line[0].set_gid("takeover")
        if not (named and self.worded):
            return
        if self.has(day):
            half = width(TAKEOVER_WORDS, self.sizes.smallest) / 2 + 0.3
            at = min(max(place(day), half), max(room - half, half))
            ax.text(at / room, 1 + middle / high, TAKEOVER_WORDS, ha="center", **words)
            middle += self._strip
        if self.fold is None:
            return
        late = room * (1 - self.early) / (self.last - self.fold) * 365.25
        for side, year in ((-1, late * self.squeeze), (1, late)):
            years = next((n for n in _STEPS if n * year >= _BAR), _STEPS[-1])
            wide = years * year
            text = f"{plural(years, 'year', 'years')}"
            begin = place(self.fold) + side * 1.2
            end = begin + side * wide
            y = 1 + middle / high
            bar = ax.plot(
                [begin / room, end / room],
                [y, y],
                transform=ax.transAxes,
                color=INK,
                linewidth=0.8,
                marker="|",
                markersize=3.5,
                markeredgewidth=0.6,
                clip_on=False,
            )
            bar[0].set_gid("scale")
            align = "right" if side < 0 else "left"
            ax.text((end + side * 0.9) / room, y, text, ha=align, **words)

    def unworded(self) -> Timeline:
        """Return the same axis without words above it."""
        return evolve(self, worded=False)

    def why_no_fold(self, *, asked: bool) -> str:
        """Say why a fold that was asked for would change nothing; empty if there is one."""
        if not asked or self.fold is not None:
            return ""
        return (
            "a fold changes nothing here: of the days shown, those before 2021 are too few, or"
            " those after it"
        )

    def note(self) -> str:
        """Return the note on the fold for the caption; empty without a fold."""
        narrower = self.narrower()
        return f"Left of the gap, {narrower}." if narrower else ""

    def narrower(self) -> str:
        """Say how much narrower the years before the fold are; empty without a fold."""
        if self.fold is None:
            return ""
        return f"years before {FOLD.year} are drawn {1 / self.squeeze:.1f} times narrower"

    def _ticks(self, room: float) -> tuple[list[tuple[float, str]], list[float]]:
        if self.fold is None:
            return _ticks(self.first, self.last, room, self.sizes.small)
        major, minor = _ticks(self.first, self.fold, room * self.early, self.sizes.small)
        late = _ticks(self.fold, self.last, room * (1 - self.early), self.sizes.small)
        # The fold is labelled; a label close to it would overlap.
        apart = (
            width(str(FOLD.year), self.sizes.small)
            * 1.15
            * (self.last - self.fold)
            / (room * (1 - self.early))
        )
        before, after = self.fold - apart / self.squeeze, self.fold + apart
        both = [*major, *late[0]]
        kept = [(day, text) for day, text in both if not before < day < after]
        between = {day for day, _ in both} - {day for day, _ in kept} - {self.fold}
        return [*kept, (self.fold, str(FOLD.year))], [*minor, *late[1], *sorted(between)]


def _between(clear: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the parts of 0 to 1 that lie outside some others."""
    parts, at = [], 0.0
    for low, top in sorted(clear):
        if low > at:
            parts.append((at, low))
        at = max(at, top)
    return [*parts, (at, 1.0)] if at < 1 else parts


def _break(ax: Axes, fold: float) -> None:
    """Cut the picture at the fold: a white gap with two edges, and two strokes on the axis."""
    ax.axvline(fold, color=PAPER, linewidth=2.6, zorder=3.8)
    for side in (-1, 1):
        edge = ScaledTranslation(side * 1.5 / 72, 0, ax.figure.dpi_scale_trans)
        moved = ax.get_xaxis_transform() + edge
        line: dict[str, Any] = {"color": QUIET, "transform": moved, "zorder": 3.9}
        ax.plot([fold, fold], [0, 1], linewidth=0.5, linestyle=(0, (1, 2)), **line)
        stroke: dict[str, Any] = {"marker": [(-1, -2), (1, 2)], "markersize": 6, "clip_on": False}
        ax.plot([fold], [0], markeredgewidth=0.7, linestyle="none", **stroke, **line)


def _ticks(
    first: float, last: float, room: float, size: float
) -> tuple[list[tuple[float, str]], list[float]]:
    """Return labelled days and days between them, so that the labels fit into `room` mm."""
    start, end = day_of(first), day_of(last)
    fits = room / (width("2021", size) * 1.7)
    if (end - start).days < 730:
        months = [
            date(year, month, 1)
            for year in range(start.year, end.year + 1)
            for month in range(1, 13)
            if start <= date(year, month, 1) <= end
        ]
        fits = room / (width("Mar 2021", size) * 1.4)
        for step in _MONTHS:
            chosen = [day for day in months if (day.month - 1) % step == 0]
            if len(chosen) <= fits:
                labelled = [(float(number(day)), _month(day)) for day in chosen]
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


def _month(day: date) -> str:
    """Write a month for a label: `Mar 2021`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year:04}"


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

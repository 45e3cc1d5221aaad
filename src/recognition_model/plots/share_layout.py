"""Where the parts of a share stand: one or two panels, and the labels at the right, in mm."""

from __future__ import annotations

from collections.abc import Sequence

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen

from recognition_model.core.day_words import day_in_words
from recognition_model.core.stages import Stage
from recognition_model.core.wording import humanize, percent, plural
from recognition_model.plots.counts import Panel
from recognition_model.plots.page import TAKEOVER, Options
from recognition_model.plots.spans import NO_DEALINGS, day_of, lowest_in_words, number
from recognition_model.plots.text import broken, line_height, width
from recognition_model.plots.timeline import TAKEOVER_WORDS, Timeline

TEXT = 5.2
"""From the areas to the labels, in mm."""
_FIRST = 0.4  # of the width of two panels
_LEAST_PART = 0.25  # of the height of the second panel: a lower first one has its own scale
_GAP = 8.0  # mm between two panels
_TICKS = 8.0  # mm below the first of two panels that stand one above the other
_NARROW = 120.0  # mm: on a narrower page two panels stand one above the other
_WORDS = 40.0, 25.0  # mm that a label takes at most, on a narrow page too


@frozen
class Place:
    """The place of a panel, from the lower left corner of all, with its title and its axis."""

    left: float
    bottom: float
    width: float
    tall: float
    words: tuple[str, ...]
    title: float
    axis: Timeline

    @property
    def top(self) -> float:
        """The top of the words above its areas."""
        return self.bottom + self.tall + self.axis.head

    def fractions(self, size: tuple[float, float]) -> tuple[float, float, float, float]:
        """Return left, bottom, width and height as parts of an axes of a size."""
        wide, high = size
        return self.left / wide, self.bottom / high, self.width / wide, self.tall / high


def narrow(options: Options) -> bool:
    """Whether the page is narrow for its letters."""
    return options.layout.width < _NARROW * options.scale


def stacked(shown: Sequence[Panel], options: Options) -> bool:
    """Whether two panels stand one above the other."""
    return len(shown) > 1 and narrow(options)


def alike(shown: Sequence[Panel]) -> bool:
    """Whether a country is as high in one panel as in the other."""
    return len(shown) < 2 or shown[0].of >= _LEAST_PART * shown[1].of


def part_of(shown: Sequence[Panel]) -> float:
    """Return the height of the first of two panels, as a part of that of the second."""
    return shown[0].of / shown[1].of if alike(shown) else _LEAST_PART


def layout_of(shown: Sequence[Panel], options: Options, size: tuple[float, float]) -> list[Place]:
    """Place panels in an area of a size in mm."""
    wide, high = size
    if len(shown) == 1:
        axis = _worded(shown[0].axis, wide, options, wanted=True)
        return [Place(0.0, 0.0, wide, high, (), 0.0, axis)]
    one_above = stacked(shown, options)
    gap = _GAP * options.scale
    first = _FIRST * (wide - gap)
    widths = (wide, wide) if one_above else (first, wide - gap - first)
    day = number(TAKEOVER)
    named = next((panel for panel in reversed(shown) if panel.axis.has(day)), None)
    axes = [
        _worded(panel.axis, width, options, wanted=panel is named)
        for panel, width in zip(shown, widths, strict=True)
    ]
    words = [
        _title(panel, more, options.sizes.small, width)
        for panel, more, width in zip(shown, (0, shown[1].of - shown[0].of), widths, strict=True)
    ]
    titles = [line_height(options.sizes.small, len(lines)) + 0.8 for lines in words]
    part = part_of(shown)
    if not one_above:
        tall = high - max(title + axis.head for title, axis in zip(titles, axes, strict=True))
        lefts, talls = (0.0, widths[0] + gap), (part * tall, tall)
        return [
            Place(left, 0.0, width, height, lines, title, axis)
            for left, width, height, lines, title, axis in zip(
                lefts, widths, talls, words, titles, axes, strict=True
            )
        ]
    ticks = _TICKS * options.scale
    both = high - sum(titles) - sum(axis.head for axis in axes) - ticks
    second = both / (1 + part)
    above = second + axes[1].head + titles[1] + ticks
    return [
        Place(0.0, above, wide, both - second, words[0], titles[0], axes[0]),
        Place(0.0, 0.0, wide, second, words[1], titles[1], axes[1]),
    ]


def _worded(axis: Timeline, wide: float, options: Options, *, wanted: bool) -> Timeline:
    """Leave out the words at the fall of Kabul where they are not wanted or do not fit."""
    fits = width(TAKEOVER_WORDS, options.sizes.smallest) + 1 <= wide
    return axis if wanted and fits else axis.unworded()


def unnamed(places: Sequence[Place]) -> bool:
    """Whether a panel begins before the fall of Kabul and goes on after it, and none names it."""
    day = number(TAKEOVER)
    crossed = any(place.axis.first < day < place.axis.last for place in places)
    return crossed and not any(place.axis.worded and place.axis.has(day) for place in places)


def _title(panel: Panel, more: int, size: float, wide: float) -> tuple[str, ...]:
    """Return the title of a panel: which countries it counts, and how many it has more.

    Where only the year leaves it on one line, the year is enough.
    """
    day = day_of(panel.first)
    count = plural(panel.of, "country", "countries")
    added = f", with {plural(more, 'more record', 'more records')}" if more else ""
    full, short = (
        broken(f"{count} from {when}{added}", size, wide)
        for when in (day_in_words(day, short=True), str(day.year))
    )
    return tuple(short if len(short) == 1 else full)


@frozen
class Label:
    """What stands at the right about one area: its stage, its count, and some lines of text."""

    stage: Stage
    assumed: bool
    count: int
    name: str
    words: tuple[str, ...]
    detail: str
    tall: float


def label_width(options: Options) -> float:
    """Return how wide a label is at most, in mm."""
    return _WORDS[narrow(options)] * options.scale


def lines_of(panel: Panel, options: Options) -> list[Label]:
    """Return the labels on the last day shown, from the bottom up; stages of no country are lowest.

    Assumed starts in the lowest stage have a label of their own.
    """
    shown, lowest = panel.counted.parts[-1], options.rungs[0]
    labels = []
    names = (NO_DEALINGS, lowest_in_words(panel.endings))
    if options.measure:
        names = (f"{lowest} (assumed)", str(lowest))
    for name, assumed in zip(names, (True, False), strict=True):
        within, carried = (int(count) for count in shown[lowest.rank, :, int(assumed)])
        labels.append(_label(panel, options, lowest, name, (within, carried), assumed=assumed))
    for stage in options.rungs:
        if stage is not lowest:
            within, carried = (int(count) for count in shown[stage.rank].sum(axis=1))
            assumptions = int(shown[stage.rank][:, 1].sum())
            counts = within, carried
            labels.append(_label(panel, options, stage, humanize(stage), counts, assumptions))
    return sorted(labels, key=lambda label: label.count > 0)


def _label(
    panel: Panel,
    options: Options,
    stage: Stage,
    name: str,
    counts: tuple[int, int],
    assumptions: int = 0,
    *,
    assumed: bool = False,
) -> Label:
    count, sizes = sum(counts), options.sizes
    words = tuple(broken(f"{count} {name}", sizes.small, label_width(options)))
    details = [percent(count, panel.of)]
    details += [f"{counts[1]} carried forward"] if counts[1] else []
    details += [f"{assumptions} assumed"] if assumptions else []
    detail = ", ".join(details) if count else ""
    tall = line_height(sizes.small, len(words))
    tall += line_height(sizes.smallest) if detail else 0.0
    return Label(stage, assumed, count, name, words, detail, tall)


def reaching(panel: Panel, between: str = " ") -> str:
    """Say how many records reach the last day shown, and how many are carried forward to it."""
    carried = int(panel.counted.carried[-1].sum())
    reach = plural(panel.of - carried, "record reaches", "records reach")
    return f"{reach} it,{between}{carried} carried forward"


def heading_of(panel: Panel, options: Options) -> list[str]:
    """Return the lines above the labels: the day of the counts, and what they rest on."""
    day = day_in_words(day_of(panel.last), short=True)
    wide = label_width(options) + (TEXT - 2.4) * options.scale
    texts = [f"{day}, the last day shown:", *reaching(panel, "\n").split("\n")]
    return [line for text in texts for line in broken(text, options.sizes.smallest, wide)]


def head_height(lines: Sequence[str], options: Options) -> float:
    """Return the height of these lines in mm."""
    return line_height(options.sizes.smallest, len(lines)) + 1.0 * options.scale

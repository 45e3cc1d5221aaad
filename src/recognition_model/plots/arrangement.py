"""Arrange the rows of a swimmer on its page: in one column, or in several side by side.

Rows are counted from the top of a column; a heading and a name of two lines take more than one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import evolve, frozen

from recognition_model.core.wording import plural
from recognition_model.plots.kinds import PictureError
from recognition_model.plots.layout import Layout
from recognition_model.plots.page import EDGE, Options
from recognition_model.plots.paths import Group, Paths, Row, time_axis
from recognition_model.plots.text import broken, line_height, widest, width

NAMED = 1000
"""A picture of more rows has no names."""
ROW = 4.0
"""From row to row on a page, in mm."""
REACHED = "last stage, since"
"""The heading of the squares and days beside rows."""
SQUARE = 4.2
"""From the indent beside the bars to the days, in mm: room for a square in the stage's colour."""
_LEAST, _MOST = 1.18, 2.6  # of the size of letters, from row to row
_HEADINGS = 1.25, 1.1  # rows that the heading of a group takes, alone or in one of several columns
_TWO_LINES = 0.9  # rows for each line of a long name
_INDENT = 1.8  # mm from bars to names and dates
_GAP = 5.0  # mm between two columns
_BARS = 16.0  # mm that bars need in a column of several
_COLUMNS = 4
_YEARS = 730  # days; a shorter axis may name months
_DATES = 0.4  # of the room right of the names; longer intervals name only their months
_CROWD = 180.0  # mm that very many rows take
_NAMES = 0.4, 0.52  # of the width of a page, or of one of several columns


@frozen
class Line:
    """A line of a column: a row, or without one the heading of a group."""

    at: float
    tall: float
    group: Group
    row: Row | None = None
    names: tuple[str, ...] = ()
    continued: bool = False

    @property
    def middle(self) -> float:
        return self.at + self.tall / 2

    @property
    def heading(self) -> str:
        return f"{self.group.label} (continued)" if self.continued else self.group.text


@frozen(kw_only=True)
class Sheet:
    """The columns of a page, and the widths of their parts in mm. `pitch` is that of a row.

    `dated` says whether days stand beside the rows, `short` whether those of long intervals name
    only months.
    """

    columns: tuple[tuple[Line, ...], ...]
    names: float
    bars: float
    dates: float
    gap: float
    indent: float
    pitch: float
    letters: float
    headings: float
    dated: bool
    short: bool

    @cached_property
    def rows(self) -> float:
        """The height of the highest column, in rows."""
        return max(column[-1].at + column[-1].tall for column in self.columns)

    @property
    def height(self) -> float:
        """The same in mm."""
        return self.rows * self.pitch

    @property
    def named(self) -> bool:
        """Whether rows have names."""
        return self.names > 0

    def start(self, column: int) -> float:
        """Where the names of a column begin, in mm from those of the first."""
        return column * (self.names + self.bars + self.dates + self.gap)


def sheet(paths: Paths, options: Options, others: Callable[[int, float], float]) -> Sheet:
    """Arrange rows in one column, or on a page of given height in as few columns as fit.

    `others` returns the height of all else around the bars, by the number of columns and the width
    of their bars. Raises `PictureError` where the rows do not fit, and says how many do.
    """
    if options.room is None:
        return _of(paths, options, 1, options.sizes.normal)
    found = _fitting(paths, options, others)
    if found is None:
        raise PictureError(_too_many(paths, options, others))
    return found


def in_one_column(paths: Paths, options: Options, others: Callable[[int, float], float]) -> bool:
    """Whether all rows fit in one column of a page of given height."""
    return _fitting(paths, options, others, most=1) is not None


def chunks(paths: Paths, options: Options, others: Callable[[int, float], float]) -> list[Paths]:
    """Split the rows among pages of a given height; countries listed by name go on the last."""
    size = len(paths.rows) if _fitting(paths, options, others) else _fits(paths, options, others)
    if not size:
        return [paths]
    parts = [paths.rows[at : at + size] for at in range(0, len(paths.rows), size)]
    pages = [_some(paths, part) for part in parts]
    return [*(Paths(page.drawn, ()) for page in pages[:-1]), pages[-1]]


def _some(paths: Paths, rows: Sequence[Row]) -> Paths:
    """Return some of the rows drawn, with all that are listed: they take room on every page."""
    some = paths.among([row.replay for row in rows])
    return Paths(some.drawn, paths.listed)


def _fits(paths: Paths, options: Options, others: Callable[[int, float], float]) -> int:
    """Return how many rows fit on each page at least."""
    rows = paths.rows

    def fit(size: int) -> bool:
        return all(
            _fitting(_some(paths, rows[at : at + size]), options, others)
            for at in range(0, len(rows), size)
        )

    low, high = 0, len(rows)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fit(middle) else (low, middle - 1)
    return low


def _fitting(
    paths: Paths, options: Options, others: Callable[[int, float], float], most: int = _COLUMNS
) -> Sheet | None:
    """Return the arrangement with the fewest columns, `most` at most, that fits, if any does."""
    for count in range(1, most + 1):
        for letters in (options.sizes.normal, options.sizes.smallest):
            found = _of(paths, options, count, letters)
            given = (options.room or 0.0) - others(len(found.columns), found.bars)
            if found.bars >= _BARS * options.scale and given >= found.rows * _least(letters):
                pitch = min(given / found.rows, _MOST * letters * 25.4 / 72)
                return evolve(found, pitch=pitch)
    return None


def _least(letters: float) -> float:
    return _LEAST * letters * 25.4 / 72


def _too_many(paths: Paths, options: Options, others: Callable[[int, float], float]) -> str:
    layout, rows = options.layout, plural(len(paths.rows), "row does", "rows do")
    few = _fits(paths, options, others)
    page = f"a page of {_mm(layout)} with letters of {layout.font_size:g} points"
    if not few:
        return f"{rows} not fit on {page}: take a larger page, or smaller letters"
    fit = plural(few, "row fits", "rows fit")
    return (
        f"{rows} not fit on {page}: {fit}. Name fewer countries, or write a .pdf with several pages"
    )


def _mm(layout: Layout) -> str:
    return f"{layout.width:g} x {layout.height:g} mm"


def _of(paths: Paths, options: Options, count: int, letters: float) -> Sheet:
    """Arrange rows in a number of columns, as wide as the page allows."""
    scale, sizes = options.scale, options.sizes
    named = len(paths.rows) <= NAMED
    indent = _INDENT * scale
    gap = _GAP * scale
    whole = options.layout.width - 2 * EDGE
    column = (whole - (count - 1) * gap) / count
    most = _NAMES[count > 1] * column
    names = [broken(row.name, letters, most) for row in paths.documented]
    left = widest((line for lines in names for line in lines), letters) + indent if named else 0.0
    dates, short = 0.0, False
    for short in (False, True):
        told = [since for row in paths.documented if (since := row.since(short=short))]
        dates = widest(told, sizes.smallest)
        dates = max(dates + SQUARE * scale, width(REACHED, sizes.smallest)) if told else 0.0
        if dates < _DATES * (column - left):
            break
    right = dates + indent if named and dates else 0.0
    if count > 1 and column - left - right < 1.4 * _BARS * scale:
        right = 0.0
    dated = right > 0
    right = max(right, SQUARE * scale if named else 0.0)
    axis = time_axis(paths, options)
    label = "Mar 2021" if axis.last - axis.first < _YEARS else "2021"
    right = max(right, width(label, sizes.small) / 2 - EDGE)  # the last label may stand at the end
    lines = _columns(paths, count, letters, most if named else 0.0)
    return Sheet(
        columns=tuple(lines),
        names=left,
        bars=column - left - right,
        dates=right,
        gap=gap,
        indent=indent,
        pitch=_pitch(paths, options),
        letters=letters,
        headings=sizes.small if count == 1 else sizes.smallest,
        dated=dated,
        short=short,
    )


def _pitch(paths: Paths, options: Options) -> float:
    if len(paths.rows) <= NAMED:
        return ROW * options.scale
    return _CROWD / (len(paths.rows) + 1)


def _columns(paths: Paths, count: int, letters: float, most: float) -> list[tuple[Line, ...]]:
    """Fill columns evenly, in order; a group that goes on in the next has a second heading."""
    heading = _HEADINGS[count > 1]
    if len(paths.rows) > NAMED:
        heading *= ROW * len(paths.rows) / _CROWD
    names = [tuple(broken(row.name, letters, most)) if most else () for row in paths.rows]
    talls = [max(1.0, _TWO_LINES * len(lines)) if len(lines) > 1 else 1.0 for lines in names]
    total = sum(talls) + heading * len(paths.drawn)
    limit = total / count
    while True:
        columns = list(_filled(paths, names, talls, heading, limit))
        if len(columns) <= count:
            return columns
        limit += 0.25


def _filled(
    paths: Paths,
    names: Sequence[tuple[str, ...]],
    talls: Sequence[float],
    heading: float,
    limit: float,
) -> Iterator[tuple[Line, ...]]:
    """Yield columns that are at most `limit` rows high."""
    column: list[Line] = []
    at, index = 0.0, 0
    for group in paths.drawn:
        for place, row in enumerate(group.rows):
            tall = talls[index]
            above = heading if not place else 0.0
            if column and at + above + tall > limit + 1e-9:
                yield tuple(column)
                column, at, above = [], 0.0, heading
            if above:
                column.append(Line(at, heading, group, continued=bool(place) or group.begun))
                at += heading
            column.append(Line(at, tall, group, row, names[index]))
            at += tall
            index += 1
    if column:
        yield tuple(column)


@frozen
class Word:
    """A piece of a text: where it stands in mm from the left, and its line.

    It is the name of the country of a row, or without one that of a group.
    """

    left: float
    line: int
    text: str
    group: Group
    row: Row | None = None


def listing(groups: Sequence[Group], size: float, room: float, indent: float) -> list[Word]:
    """Set groups and the names of their countries in lines of `room` mm.

    There are `indent` mm before the name of a group, for its mark, and before every line.
    """
    words: list[Word] = []
    at, line, space = indent, 0, width(" ", size)
    for group in groups:
        head = f"{group.text}:"
        rows = sorted(group.rows, key=lambda row: row.name)
        parts = [row.name + ("" if row is rows[-1] else ",") for row in rows]
        at += indent if words else 0.0
        wide = width(head, size, bold=True) + space
        if words and at + wide + width(parts[0], size) > room:
            at, line = indent, line + 1
        words.append(Word(at, line, head, group))
        at += wide
        for text, row in zip(parts, rows, strict=True):
            wide = width(text, size)
            if at + wide > room and at > indent:
                at, line = indent, line + 1
            words.append(Word(at, line, text, group, row))
            at += wide + space
    return words


def listing_height(words: Sequence[Word], size: float) -> float:
    """Return the height of such a text in mm."""
    return line_height(size, words[-1].line + 1) if words else 0.0

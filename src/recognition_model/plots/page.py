"""The page of a picture: title, topic, drawing, numbered sources, caption; written as a file.

The same input gives the same bytes: pages use no clock, no random ids and no matplotlib settings of
the user.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property, wraps
from html import escape
from importlib import import_module
from math import ceil
from typing import Any, Protocol

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import matplotlib as mpl
from attrs import Factory, evolve, field, fields, frozen
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.stamp import STAMP, Stamp
from recognition_model.core.authority import PERIODS_OF_RULE
from recognition_model.core.base import Readable
from recognition_model.core.citations import Citations
from recognition_model.core.citing import LICENCE
from recognition_model.core.dates import DateReading
from recognition_model.core.stages import Stage
from recognition_model.core.wording import plural, read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.engine.rules import RULES
from recognition_model.io.provenance import digest_of
from recognition_model.plots.kinds import KINDS, PictureError
from recognition_model.plots.layout import LAYOUTS, Layout, Links, Sizes
from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.text import FAMILY, MM, SMALL, broken, line_height

WIDTH = LAYOUTS["page"].width
EDGE = 2.0
DPI = LAYOUTS["page"].dpi
ENDINGS = ("svg", "pdf", "png")
TAKEOVER = PERIODS_OF_RULE[-1].first  # Kabul falls to the Taliban for the second time
Table = list[tuple[str | int | float, ...]]

_STYLE: dict[str, Any] = {
    "axes.unicode_minus": True,
    "figure.dpi": 72,
    "font.family": [FAMILY],
    "font.size": SMALL,
    "hatch.linewidth": 0.6,
    "pdf.compression": 6,
    "pdf.fonttype": 42,
    "savefig.dpi": DPI,
    "svg.fonttype": "none",
    "svg.hashsalt": "recognition-model",
    "text.hinting": "none",  # draws letters as wide as measured
    "text.parse_math": False,
}
_NOT_OURS = {"backend", "backend_fallback", "interactive", "toolbar", "timezone", "webagg.port"}


@frozen(kw_only=True)
class Options:
    """The options of a picture. Each kind uses only those it needs.

    `since` and `until` limit the days shown; `fold` makes the years before 2021 narrower, `even`
    is how it is otherwise. `origin`, `stage` and `without_assumed` are for time-to-stage. `on` is
    the day of a map, `days` are those of several small maps, and `region` shows only Afghanistan's
    neighbourhood. With `citations` a history uses these source numbers and does not list its
    sources. `among` are all replays of a picture that has several pages. `title` replaces the
    title. `layout` gives the size of the page and of its letters. Without `legend` a drawing has no
    legend. `links` are addresses for its marks. `room` is what a page of a given height leaves for
    the drawing and its margins, in mm.
    """

    since: date | None = None
    until: date | None = None
    fold: bool = False
    even: bool = field(default=Factory(lambda self: not self.fold, takes_self=True))
    origin: date = TAKEOVER
    stage: Stage = Stage.AMBASSADOR_ACCEPTED
    without_assumed: bool = False
    on: date | None = None
    days: tuple[date, ...] = ()
    region: bool = False
    citations: Citations | None = None
    among: tuple[Replay, ...] = ()
    title: str = ""
    layout: Layout = LAYOUTS["page"]
    legend: bool = True
    links: Links = Links()
    room: float | None = None

    @property
    def last_day(self) -> date | None:
        """The last day shown, if the options set one."""
        return max(self.days, default=self.on or self.until)

    @property
    def sizes(self) -> Sizes:
        """The sizes of letters in points."""
        return self.layout.sizes

    @property
    def scale(self) -> float:
        """How large things drawn in mm are, against those of the layout `page`."""
        return self.layout.scale

    def drawn_with(
        self, view: tuple[date, date] | None, *, legend: bool | None, scale: float | None
    ) -> Options:
        """Return the options for a drawing of some days, with or without legend, at a scale."""
        changes: dict[str, Any] = {}
        if view is not None:
            changes |= {"since": view[0], "until": view[1]}
        if legend is not None:
            changes["legend"] = legend
        if scale is not None:
            changes["layout"] = evolve(self.layout, font_size=Sizes().smallest * scale)
        return evolve(self, **changes) if changes else self


@frozen(kw_only=True)
class Margins:
    """The margins around the axes in mm, for everything drawn outside the axes."""

    left: float = 10.0
    right: float = 4.0
    above: float = 2.0
    below: float = 6.0


class Drawing(Protocol):
    """Draws replays into an axes, and returns it.

    `view` is the first and the last day shown, so that several drawings share an axis. `scale`
    makes letters and marks larger or smaller than those of a page. `legend=False` leaves the
    legend out. All three go before the fields of `options`.
    """

    def __call__(
        self,
        replays: Sequence[Replay],
        ax: Axes,
        options: Options = ...,
        *,
        view: tuple[date, date] | None = None,
        legend: bool | None = None,
        scale: float | None = None,
    ) -> Axes: ...


def drawing(draw: Callable[[Sequence[Replay], Axes, Options], Axes]) -> Drawing:
    """Give the function that draws a kind of picture the arguments of `Drawing`."""

    @wraps(draw)
    def drawn(
        replays: Sequence[Replay],
        ax: Axes,
        options: Options = Options(),
        *,
        view: tuple[date, date] | None = None,
        legend: bool | None = None,
        scale: float | None = None,
    ) -> Axes:
        return draw(replays, ax, options.drawn_with(view, legend=legend, scale=scale))

    return drawn


@frozen(kw_only=True)
class Plot:
    """One kind of picture: functions that draw it, describe it in words and list its data.

    `draw(replays, ax, options)` draws into any axes and returns it. `title` is the finding, `topic`
    says what is shown. `brief` are sentences of every caption, `notes` those on how to read the
    picture. `height` (of the axes, in mm), `margins` and `keys` (the list below) lay out the page;
    `least` is the height that the axes need on a page of a given height, `narrowest` the width in
    mm that they need at the scale of the layout `page`. `pages` splits the replays if they need
    several pages. `table` returns a heading and a row for each thing drawn;
    `side_tables` returns further tables by name. `why_not` returns why some replays cannot be
    drawn, or nothing.
    `one` is true for a picture of a single country.
    """

    name: str
    summary: str
    draw: Drawing
    height: Callable[[Sequence[Replay], Options], float]
    margins: Callable[[Sequence[Replay], Options], Margins]
    title: Callable[[Sequence[Replay], Options], str]
    topic: Callable[[Sequence[Replay], Options], str] = lambda _, __: ""
    describe: Callable[[Sequence[Replay], Options], str]
    table: Callable[[Sequence[Replay], Options], Table]
    side_tables: Callable[[Sequence[Replay], Options], dict[str, Table]] = lambda _, __: {}
    brief: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
    notes: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
    least: Callable[[Sequence[Replay], Options], float] | None = None
    narrowest: float = 30.0
    keys: Callable[[Sequence[Replay], Options], list[tuple[str, str]]] = lambda _, __: []
    pages: Callable[[Sequence[Replay], Options], list[Sequence[Replay]]] = lambda replays, _: [
        replays
    ]
    why_not: Callable[[Sequence[Replay], Options], str] = lambda _, __: ""
    one: bool = False

    @classmethod
    def of(cls, name: str) -> Plot:
        """The kind of picture of a name, from the functions of its module.

        Raises `KeyError` for a name that is not in `KINDS`.
        """
        kind = KINDS[name]
        module = vars(import_module(f"{__package__}.{kind.module}"))
        parts = {part.name: module[part.name] for part in fields(cls) if part.name in module}
        return cls(**{**parts, "name": name, "summary": kind.summary, "one": kind.one})


@frozen(kw_only=True)
class _Texts:
    """The texts of a page in lines, and the room that they take, in mm."""

    sizes: Sizes
    heading: list[str]
    topic: list[str]
    keys: list[list[tuple[str, str]]]
    caption: list[str]

    @property
    def topics(self) -> float:
        """Where the topic begins, from the top."""
        return EDGE + line_height(self.sizes.heading, len(self.heading))

    @property
    def top(self) -> float:
        """What title and topic take at the top."""
        gap = 1.5 * self.sizes.smallest / Sizes().smallest
        return self.topics + line_height(self.sizes.topic, len(self.topic)) + gap

    @property
    def rows(self) -> int:
        """The lines of the list of sources."""
        return max(map(len, self.keys), default=0)

    @property
    def below(self) -> float:
        """What sources and caption take below the drawing."""
        small = self.sizes.smallest
        listed = line_height(small, self.rows) + 2 if self.rows else 0.0
        return listed + (line_height(small, len(self.caption)) + 1 if self.caption else 0.0)


@frozen(kw_only=True, repr=False)
class Picture(Readable):
    """A picture of some replays, ready to be saved or put into a page.

    `dates` says how the dates of `replays` were read. `left_out` names the files that could not be
    used because of errors.
    """

    plot: Plot
    replays: tuple[Replay, ...]
    options: Options = field(factory=Options)
    dates: DateReading = "all"
    left_out: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The heading: the finding, or the title that the user chose."""
        return self.options.title or self.plot.title(self.replays, self.options)

    @property
    def topic(self) -> str:
        """The line below the title: what is shown."""
        return self.plot.topic(self.replays, self.options)

    @property
    def description(self) -> str:
        """What the picture shows, in words, for readers who cannot see it. The finding is first."""
        finding = self.plot.title(self.replays, self.options)
        shown = self.plot.describe(self.replays, self.options)
        return " ".join([f"{finding}.", shown, *self._reading])

    @property
    def caption(self) -> str:
        """The text below the drawing, as the layout asks for it.

        It says how dates are read, where the data end, how many sources there are and what it was
        made from. A full one says how to read the picture too.
        """
        asked = self.options.layout.caption
        return "" if asked == "none" else self._caption(full=asked == "full")

    @property
    def full_caption(self) -> str:
        """The caption with the sentences on how to read the picture."""
        return self._caption(full=True)

    @property
    def credit(self) -> str:
        """The line below a picture that has no caption: what it was made from, until when.

        A slide full of rows has no room for it.
        """
        layout = self.options.layout
        if not layout.credit or layout.caption != "none" or self.plot.name in _FULL:
            return ""
        edition = self.edition
        if self._of_rules:
            return f"recognition_model {edition.program}, rules {edition.rules}"
        last = self.options.last_day or date.max
        ends = {min(replay.history.documented_until, last) for replay in self.replays}
        reach = f"data until {max(ends)}{' at the latest' if len(ends) > 1 else ''}"
        made = f"recognition_model {edition.program}, {edition.record_in_words}, {reach}"
        return " ".join([*self._reading, made])

    def _caption(self, *, full: bool) -> str:
        edition = self.edition
        if self._of_rules:
            origin = f"recognition_model {edition.program}, rules {edition.rules}."
        else:
            origin = provenance(self.replays, edition, self.options.last_day)
        brief = self.plot.brief(self.replays, self.options)
        return " ".join([*self._reading, *brief, *(self.notes if full else []), origin])

    @property
    def notes(self) -> list[str]:
        """The sentences on how to read the picture."""
        return self.plot.notes(self.replays, self.options)

    @cached_property
    def edition(self) -> Edition:
        """What the picture was made from."""
        if self._of_rules:
            rules = self.replays[0].rules if self.replays else RULES
            return edition_of([], rules=rules, options={"picture": "rules"})
        of_kind = sorted(KINDS[self.plot.name].options - {"even"})
        chosen = {name: value for name in of_kind if (value := getattr(self.options, name))}
        if self.options.days:
            chosen["days"] = ",".join(map(str, self.options.days))
        return edition_of(
            self.replays,
            dates=self.dates,
            left_out=self.left_out,
            options={"picture": self.plot.name, **chosen},
        )

    @cached_property
    def stamp(self) -> Stamp:
        """What the picture shows, and what it was made from, for the metadata of its file."""
        return Stamp(
            kind="picture",
            name=self.plot.name,
            title=self.title,
            edition=self.edition,
            data=digest_of(json.dumps(self.tables, default=str)),
        )

    @property
    def _of_rules(self) -> bool:
        """Whether it shows the rule table, and nothing of the record."""
        return KINDS[self.plot.name].rules

    @property
    def _reading(self) -> list[str]:
        return [] if self.dates == "all" or self._of_rules else [read_in_words(self.dates)]

    @property
    def table(self) -> Table:
        """The data of the picture as rows; the first row is the heading."""
        return self.plot.table(self.replays, self.options)

    @property
    def tables(self) -> dict[str, Table]:
        """All data of the picture by name: `table`, and further tables of some kinds."""
        return {"table": self.table, **self.plot.side_tables(self.replays, self.options)}

    def figures(self) -> list[Figure]:
        """Return a matplotlib figure for each page."""
        parts = self.plot.pages(self.replays, self._with_room(" (1 of 9)"))
        with style():
            return [self._page(part, i, len(parts)) for i, part in enumerate(parts, start=1)]

    def data(self, ending: str) -> bytes:
        """Return the bytes of a `svg`, `pdf` or `png` file. Only a PDF is split into pages.

        Raises `ValueError` for any other ending; a dot in front and capitals are taken too.
        """
        wanted, ending = ending, ending.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise ValueError(f"a picture is one of {', '.join(ENDINGS)}, not {wanted!r}")
        dpi = self.options.layout.dpi
        figures = self.figures() if ending == "pdf" else [self._whole()]
        with style():
            if ending == "svg":
                return self._svg(figures[0])
            if ending == "png":
                stream = io.BytesIO()
                metadata = {"Software": None, "Title": self.title, "Description": self.description}
                metadata[STAMP] = self.stamp.as_json()
                quick = {"compress_level": 3}  # and no larger
                figures[0].savefig(
                    stream, format="png", dpi=dpi, metadata=metadata, pil_kwargs=quick
                )
                return stream.getvalue()
            return self._pdf(figures)

    def svg(self) -> str:
        """Return the picture as a standalone SVG document."""
        return self.data("svg").decode()

    def _whole(self) -> Figure:
        with style():
            return self._page(self.replays, 1, 1)

    def _page(self, replays: Sequence[Replay], page: int, pages: int) -> Figure:
        """Lay out one page from top to bottom, in mm, then draw."""
        mark = f" ({page} of {pages})" if pages > 1 else ""
        plot, texts, options = self.plot, self._texts(mark), self._with_room(mark)
        layout, sizes = options.layout, options.sizes
        width, small = layout.width, sizes.smallest
        margins = plot.margins(replays, options)
        top, below, rows = texts.top, texts.below, texts.rows
        tall = self._tall(replays, options, top + margins.above + margins.below + below + EDGE)
        base = top + margins.above + tall + margins.below
        keyed = base + (line_height(small, rows) + 2 if rows else 0)
        height = layout.height or base + below + EDGE
        beside, needed = margins.left + margins.right, plot.narrowest * options.scale
        if width - beside < needed:
            raise PictureError(
                f"a page {width:g} mm wide is too narrow for this picture, which needs"
                f" {ceil(needed + beside)} mm: take a wider one, or smaller letters"
            )
        figure = Figure(figsize=(width / MM, height / MM))

        def write(x: float, y: float, lines: Sequence[str], size: float, **look: Any) -> None:
            for index, text in enumerate(lines):
                down = y + line_height(size, index) + size / 72 * MM
                figure.text(x / width, 1 - down / height, text, fontsize=size, **look)

        write(EDGE, EDGE, texts.heading, sizes.heading, fontweight="bold", color=INK)
        write(EDGE, texts.topics, texts.topic, sizes.topic, color=QUIET)
        for column, lines in enumerate(texts.keys):
            for index, (number, text) in enumerate(lines):
                y = base + line_height(small, index)
                x = EDGE + column * (_wide(width) + _GUTTER) / len(texts.keys)
                write(x + _mark(sizes) - 1, y, [number], small, color=INK, ha="right")
                write(x + _mark(sizes), y, [text], small, color=INK)
        write(EDGE, keyed + 1, texts.caption, small, color=QUIET)
        box = (
            margins.left / width,
            1 - (top + margins.above + tall) / height,
            (width - margins.left - margins.right) / width,
            tall / height,
        )
        plot.draw(replays, figure.add_axes(box), options)
        return figure

    def _texts(self, mark: str) -> _Texts:
        """Break the texts of a page into lines; `mark` stands behind the title."""
        options, sizes, wide = self.options, self.options.sizes, _wide(self.options.layout.width)
        keys = self.plot.keys(self.replays, options) if options.layout.sources else []
        return _Texts(
            sizes=sizes,
            heading=broken(self.title + mark, sizes.heading, wide, bold=True),
            topic=broken(self.topic, sizes.topic, wide),
            keys=_columns(keys, wide, sizes),
            caption=broken(self.caption or self.credit, sizes.smallest, wide),
        )

    def _with_room(self, mark: str) -> Options:
        """Return the options of a page: all replays, and the room that a given height leaves."""
        height = self.options.layout.height
        texts = self._texts(mark) if height else None
        room = height - texts.top - texts.below - EDGE if height and texts else None
        return evolve(self.options, among=self.replays, room=room)

    def _tall(self, replays: Sequence[Replay], options: Options, others: float) -> float:
        """Return the height of the axes in mm: what they need, or what a given page leaves."""
        needed = self.plot.height(replays, options)
        given = options.layout.height
        if given is None:
            return needed
        least = self.plot.least(replays, options) if self.plot.least else needed * _LOWEST
        if given - others < least:
            raise PictureError(
                f"a page {given:g} mm high is too low for this picture, which needs"
                f" {ceil(least + others)} mm: take a higher page, smaller letters, no caption or"
                " no sources"
            )
        return given - others

    def _svg(self, figure: Figure) -> bytes:
        """Return an SVG with a role, a title and a description for screen readers."""
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        text = _rounded(stream.getvalue().decode())
        head = (
            f'<title id="picture-title">{escape(self.title)}</title>'
            f'<desc id="picture-desc">{escape(self.description)}</desc>\n '
            f'<metadata id="{STAMP}">{escape(self.stamp.as_json(), quote=False)}</metadata>\n '
        )
        marks = ' role="img" lang="en" aria-labelledby="picture-title picture-desc"'
        # For systems without DejaVu Sans: Verdana has the same width.
        text = text.replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif")
        if self.options.layout.fluid:
            text = re.sub(r'(<svg\b[^>]*?) width="[^"]*" height="[^"]*"', r'\1 width="100%"', text)
        text = re.sub(r"<title>.*?</title>\s*", "", text, flags=re.DOTALL)
        text = re.sub(r"(<svg\b[^>]*?)>\s*", rf"\1{marks}>\n ", text, count=1)
        at = text.index(">", text.index("<svg")) + 1
        return f"{text[:at]}\n {head}{text[at:].lstrip()}".encode()

    def _pdf(self, figures: Sequence[Figure]) -> bytes:
        from matplotlib.backends.backend_pdf import PdfPages

        stream = io.BytesIO()
        metadata = {
            "CreationDate": None,
            "Title": self.title,
            "Subject": self.description,
            "Keywords": f"{STAMP} {self.stamp.as_json()}",
        }
        with PdfPages(stream, metadata=metadata) as pages:
            for figure in figures:
                pages.savefig(figure)
        return stream.getvalue()

    def __str__(self) -> str:
        return f"{self.plot.name} of {len(self.replays)}"


def _rounded(svg: str) -> str:
    """Round the lengths of an SVG to hundredths of a point: it becomes smaller, and looks alike.

    These are the data of paths, and where texts and marks stand. Scales and texts stay as they are.
    """

    def places(found: re.Match[str]) -> str:
        kept = re.split(r"(scale\([^)]*\)|matrix\([^)]*\))", found[2])
        kept[::2] = [_DECIMALS.sub(_hundredths, part) for part in kept[::2]]
        return f'{found[1]}{"".join(kept)}"'

    return _TAG.sub(lambda tag: _LENGTHS.sub(places, tag[0]), svg)


_TAG = re.compile(r"<[a-z][^<>]*>")
_LENGTHS = re.compile(r'(\s(?:d|transform|x|y)=")([^"]*)"')
_DECIMALS = re.compile(r"-?\d+\.\d{3,}")


def _hundredths(found: re.Match[str]) -> str:
    short = f"{float(found[0]):.2f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def provenance(replays: Sequence[Replay], edition: Edition, until: date | None = None) -> str:
    """Return the end of every caption: last documented day, sources, what it was made from.

    Data that go on after `until`, the last day shown, end there for the reader. The sources are
    those of the whole record.
    """
    last = until or date.max
    ends = sorted({min(replay.history.documented_until, last) for replay in replays})
    reach = ""
    if ends:
        among = f"{ends[0]} and {ends[-1]}, by country"
        reach = f"Data until {ends[0]}." if len(ends) == 1 else f"Data end between {among}."
    known = {replay.known_by for replay in replays if replay.known_by is not None}
    cut = f" As known by {max(known)}." if known else ""
    without = f" {edition.without}" if edition.left_out else ""
    cited = len(Citations.of_scenarios(r.scenario for r in replays).sources)
    reach += f" The record cites {plural(cited, 'source', 'sources')}." if cited else ""
    licence = "" if edition.own else f"; {LICENCE.name}"
    return f"{reach}{cut}{without} {edition.in_words}{licence}.".strip()


_FULL = ("histories", "share", "swimmer")  # their rows and labels fill a slide
_GUTTER = 4.0
_MARK = 6.0
_NARROW = 120.0  # mm: below this the list of sources has one column
_LOWEST = 0.6  # of the height that a drawing takes where it may choose


def _wide(width: float) -> float:
    """The room for a line of text: letters may be a little wider in a browser."""
    return (width - 2 * EDGE) * 0.985


def _mark(sizes: Sizes) -> float:
    """The room for the number of a source, in mm."""
    return _MARK * sizes.smallest / Sizes().smallest


def _columns(
    keys: Sequence[tuple[str, str]], wide: float, sizes: Sizes
) -> list[list[tuple[str, str]]]:
    """Set a list in two columns of similar height, without splitting an entry."""
    if not keys:
        return []
    one = wide < _NARROW * sizes.smallest / Sizes().smallest
    room = (wide if one else (wide - _GUTTER) / 2) - _mark(sizes)
    blocks = [
        [
            (mark if at == 0 else "", line)
            for at, line in enumerate(broken(text, sizes.smallest, room))
        ]
        for mark, text in keys
    ]
    if one:
        return [[line for block in blocks for line in block]]
    half = sum(map(len, blocks)) / 2
    columns: list[list[tuple[str, str]]] = [[], []]
    for block in blocks:
        left = not columns[1] and len(columns[0]) + len(block) / 2 <= half
        columns[0 if left or not columns[0] else 1].extend(block)
    return columns


@contextmanager
def style() -> Iterator[None]:
    """Use matplotlib's defaults with our changes, instead of the settings of the session.

    For your own figures: `with style(): draw(replays, figure.subplots())`; save inside the block.
    """
    defaults: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if k not in _NOT_OURS}
    with mpl.rc_context(defaults | _STYLE):
        yield

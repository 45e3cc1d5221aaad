"""The page of a picture: heading, drawing, numbered sources, caption; written as a file.

Pages are 160 mm wide. The same input gives the same bytes: pages use no clock, no random ids and no
matplotlib settings of the user.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from html import escape
from importlib import import_module
from typing import Any

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
from recognition_model.core.dates import DateReading
from recognition_model.core.stages import Stage
from recognition_model.core.wording import read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.io.provenance import digest_of
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.text import FAMILY, HEADING, MM, SMALL, SMALLEST, broken, line_height

WIDTH = 160.0
EDGE = 2.0
DPI = 150
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
    is how it is otherwise. `origin`, `stage` and `without_assumed` are for time-to-stage, `rules`
    is for the network. With `citations` a history uses these source numbers and does not list its
    sources. `among` are all replays of a picture that has several pages.
    """

    since: date | None = None
    until: date | None = None
    fold: bool = False
    even: bool = field(default=Factory(lambda self: not self.fold, takes_self=True))
    origin: date = TAKEOVER
    stage: Stage = Stage.AMBASSADOR_ACCEPTED
    without_assumed: bool = False
    rules: bool = False
    citations: Citations | None = None
    among: tuple[Replay, ...] = ()


@frozen(kw_only=True)
class Margins:
    """The margins around the axes in mm, for everything drawn outside the axes."""

    left: float = 10.0
    right: float = 4.0
    above: float = 2.0
    below: float = 6.0


Drawing = Callable[[Sequence[Replay], Axes, Options], Axes]


@frozen(kw_only=True)
class Plot:
    """One kind of picture: functions that draw it, describe it in words and list its data.

    `draw(replays, ax, options)` draws into any axes and returns it. `height` (of the axes, in mm),
    `margins`, `notes` (the caption) and `keys` (the list below) lay out the page; `pages` splits
    the replays if they need several. `table` returns a heading and a row for each thing drawn;
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
    describe: Callable[[Sequence[Replay], Options], str]
    table: Callable[[Sequence[Replay], Options], Table]
    side_tables: Callable[[Sequence[Replay], Options], dict[str, Table]] = lambda _, __: {}
    notes: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
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
        """The heading."""
        return self.plot.title(self.replays, self.options)

    @property
    def description(self) -> str:
        """What the picture shows, in words, for readers who cannot see it."""
        return " ".join([self.plot.describe(self.replays, self.options), *self._reading])

    @property
    def caption(self) -> str:
        """The text below: how dates are read, how to read the picture, and where data end."""
        edition = self.edition
        if self.options.rules:
            origin = f"recognition_model {edition.program}, rules {edition.rules}."
        else:
            origin = provenance(self.replays, edition)
        return " ".join([*self._reading, *self.plot.notes(self.replays, self.options), origin])

    @cached_property
    def edition(self) -> Edition:
        """What the picture was made from."""
        if self.options.rules:
            return edition_of([], rules=self.replays[0].rules, options={"picture": "rules"})
        of_kind = sorted(KINDS[self.plot.name].options - {"even"})
        chosen = {name: value for name in of_kind if (value := getattr(self.options, name))}
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
    def _reading(self) -> list[str]:
        return [] if self.dates == "all" or self.options.rules else [read_in_words(self.dates)]

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
        parts = self.plot.pages(self.replays, self.options)
        with style():
            return [self._page(part, i, len(parts)) for i, part in enumerate(parts, start=1)]

    def data(self, ending: str) -> bytes:
        """Return the bytes of a `svg`, `pdf` or `png` file. Only a PDF is split into pages.

        Raises `ValueError` for any other ending; a dot in front and capitals are taken too.
        """
        wanted, ending = ending, ending.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise ValueError(f"a picture is one of {', '.join(ENDINGS)}, not {wanted!r}")
        figures = self.figures() if ending == "pdf" else [self._whole()]
        with style():
            if ending == "svg":
                return self._svg(figures[0])
            if ending == "png":
                stream = io.BytesIO()
                metadata = {"Software": None, "Title": self.title, "Description": self.description}
                metadata[STAMP] = self.stamp.as_json()
                figures[0].savefig(stream, format="png", metadata=metadata)
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
        plot, options = self.plot, evolve(self.options, among=self.replays)
        wide = (WIDTH - 2 * EDGE) * 0.985  # letters may be a little wider in a browser
        title = self.title + (f" ({page} of {pages})" if pages > 1 else "")
        heading = broken(title, HEADING, wide, bold=True)
        caption = broken(self.caption, SMALLEST, wide)
        keys = _columns(plot.keys(self.replays, options), wide)
        margins = plot.margins(replays, options)
        tall = plot.height(replays, options)
        rows = max(map(len, keys), default=0)
        top = EDGE + line_height(HEADING, len(heading)) + 1.5
        base = top + margins.above + tall + margins.below
        keyed = base + (line_height(SMALLEST, rows) + 2 if rows else 0)
        height = keyed + line_height(SMALLEST, len(caption)) + 1 + EDGE
        figure = Figure(figsize=(WIDTH / MM, height / MM))

        def write(x: float, y: float, lines: Sequence[str], size: float, **look: Any) -> None:
            for index, text in enumerate(lines):
                down = y + line_height(size, index) + size / 72 * MM
                figure.text(x / WIDTH, 1 - down / height, text, fontsize=size, **look)

        write(EDGE, EDGE, heading, HEADING, fontweight="bold", color=INK)
        for column, lines in enumerate(keys):
            for index, (mark, text) in enumerate(lines):
                y = base + line_height(SMALLEST, index)
                x = EDGE + column * (wide + _GUTTER) / len(keys)
                write(x + _MARK - 1, y, [mark], SMALLEST, color=INK, ha="right")
                write(x + _MARK, y, [text], SMALLEST, color=INK)
        write(EDGE, keyed + 1, caption, SMALLEST, color=QUIET)
        box = (
            margins.left / WIDTH,
            1 - (top + margins.above + tall) / height,
            (WIDTH - margins.left - margins.right) / WIDTH,
            tall / height,
        )
        plot.draw(replays, figure.add_axes(box), options)
        return figure

    def _svg(self, figure: Figure) -> bytes:
        """Return an SVG with a role, a title and a description for screen readers."""
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        text = stream.getvalue().decode()
        head = (
            f'<title id="picture-title">{escape(self.title)}</title>'
            f'<desc id="picture-desc">{escape(self.description)}</desc>\n '
            f'<metadata id="{STAMP}">{escape(self.stamp.as_json(), quote=False)}</metadata>\n '
        )
        marks = ' role="img" lang="en" aria-labelledby="picture-title picture-desc"'
        # For systems without DejaVu Sans: Verdana has the same width.
        text = text.replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif")
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


def provenance(replays: Sequence[Replay], edition: Edition) -> str:
    """Return the end of every caption: last documented day, sources, what it was made from."""
    ends = sorted({replay.history.documented_until for replay in replays})
    reach = ""
    if ends:
        among = f"{ends[0]} and {ends[-1]}, depending on the country"
        reach = f"Data until {ends[0]}." if len(ends) == 1 else f"Data end between {among}."
    known = {replay.known_by for replay in replays if replay.known_by is not None}
    cut = f" As known by {max(known)}." if known else ""
    without = f" {edition.without}" if edition.left_out else ""
    cited = len(Citations.of_scenarios(r.scenario for r in replays).sources)
    sources = f" Sources: {cited}, listed in the scenarios." if len(replays) > 1 and cited else ""
    reach += sources
    return f"{reach}{cut}{without} {edition.in_words}.".strip()


_GUTTER = 4.0
_MARK = 6.0


def _columns(keys: Sequence[tuple[str, str]], wide: float) -> list[list[tuple[str, str]]]:
    """Set a list in two columns of similar height, without splitting an entry."""
    if not keys:
        return []
    room = (wide - _GUTTER) / 2 - _MARK
    blocks = [
        [(mark if at == 0 else "", line) for at, line in enumerate(broken(text, SMALLEST, room))]
        for mark, text in keys
    ]
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

"""A picture on its page: heading, drawing, what keys it to its sources, caption, and files.

Pages are 160 mm wide. The same input gives the same bytes: no clock, no random ids, and none of the
user's own matplotlib settings.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from html import escape
from importlib import import_module
from typing import Any

import matplotlib as mpl
from attrs import evolve, field, fields, frozen
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from recognition_model.core.base import Readable
from recognition_model.core.citations import Citations
from recognition_model.core.dates import DateReading
from recognition_model.core.stages import Stage
from recognition_model.core.wording import read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.io.provenance import digest, version
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.text import FAMILY, HEADING, MM, SMALL, SMALLEST, broken, line_height

WIDTH = 160.0
EDGE = 2.0
DPI = 150
ENDINGS = ("svg", "pdf", "png")
TAKEOVER = date(2021, 8, 15)  # Kabul falls to the Taliban for the second time
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
    "text.hinting": "none",  # letters as wide as they were measured
    "text.parse_math": False,
}
_NOT_OURS = {"backend", "backend_fallback", "interactive", "toolbar", "timezone", "webagg.port"}


@frozen(kw_only=True)
class Options:
    """What may be asked of a picture. Each kind looks at what concerns it.

    `since` and `until` cut the time shown; `even` never folds the time axis. `origin` and `stage`
    are for time-to-stage, `rules` is for the network. With `citations` a history uses these numbers
    for its sources and leaves the list of them to the page it stands on. `among` are all countries
    of a picture of which only some stand on this page.
    """

    since: date | None = None
    until: date | None = None
    even: bool = False
    origin: date = TAKEOVER
    stage: Stage = Stage.AMBASSADOR_ACCEPTED
    rules: bool = False
    citations: Citations | None = None
    among: tuple[Replay, ...] = ()


@frozen(kw_only=True)
class Margins:
    """Room around the axes in mm, for what stands beside it."""

    left: float = 10.0
    right: float = 4.0
    above: float = 2.0
    below: float = 6.0


Drawing = Callable[[Sequence[Replay], Axes, Options], Axes]


@frozen(kw_only=True)
class Plot:
    """One kind of picture: how it is drawn, and the same in words and as a table.

    `draw(replays, ax, options)` draws into any axes and gives it back. `height` (of the axes, in
    mm), `margins`, `notes` and `keys` lay out the page around it; `pages` splits what is too long
    for one. `table` has a heading and a row for each thing drawn.
    """

    name: str
    summary: str
    draw: Drawing
    height: Callable[[Sequence[Replay], Options], float]
    margins: Callable[[Sequence[Replay], Options], Margins]
    title: Callable[[Sequence[Replay], Options], str]
    describe: Callable[[Sequence[Replay], Options], str]
    table: Callable[[Sequence[Replay], Options], Table]
    notes: Callable[[Sequence[Replay], Options], list[str]] = lambda _, __: []
    keys: Callable[[Sequence[Replay], Options], list[tuple[str, str]]] = lambda _, __: []
    pages: Callable[[Sequence[Replay], Options], list[Sequence[Replay]]] = lambda replays, _: [
        replays
    ]
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
    """A kind of picture of some replays, ready to be saved or put into a page.

    `dates` tells how their dates have been read.
    """

    plot: Plot
    replays: tuple[Replay, ...]
    options: Options = field(factory=Options)
    dates: DateReading = "all"

    @property
    def title(self) -> str:
        """The heading, which names what is shown."""
        return self.plot.title(self.replays, self.options)

    @property
    def description(self) -> str:
        """What the picture shows, in words: for those who do not see it."""
        return " ".join([self.plot.describe(self.replays, self.options), *self._reading])

    @property
    def caption(self) -> str:
        """Where it comes from: how dates were resolved, how far the data reach, which input."""
        made = f"recognition_model {version()}."
        origin = made if self.options.rules else provenance(self.replays)
        return " ".join([*self._reading, *self.plot.notes(self.replays, self.options), origin])

    @property
    def _reading(self) -> list[str]:
        return [] if self.dates == "all" or self.options.rules else [read_in_words(self.dates)]

    @property
    def table(self) -> Table:
        """The same as rows, the first of them the heading."""
        return self.plot.table(self.replays, self.options)

    def figures(self) -> list[Figure]:
        """A matplotlib figure per page; a page has all that fits one."""
        parts = self.plot.pages(self.replays, self.options)
        with style():
            return [self._page(part, i, len(parts)) for i, part in enumerate(parts, start=1)]

    def data(self, ending: str) -> bytes:
        """The file's bytes: `svg`, `pdf` or `png`. PDF has pages; the others are one long page."""
        figures = self.figures() if ending == "pdf" else [self._whole()]
        with style():
            if ending == "svg":
                return self._svg(figures[0])
            if ending == "png":
                stream = io.BytesIO()
                metadata = {"Software": None, "Title": self.title, "Description": self.description}
                figures[0].savefig(stream, format="png", metadata=metadata)
                return stream.getvalue()
            return self._pdf(figures)

    def svg(self) -> str:
        """The picture as a standalone SVG document."""
        return self.data("svg").decode()

    def _whole(self) -> Figure:
        with style():
            return self._page(self.replays, 1, 1)

    def _page(self, replays: Sequence[Replay], page: int, pages: int) -> Figure:
        """Lay out one page from top to bottom, in mm, then draw."""
        plot, options = self.plot, evolve(self.options, among=self.replays)
        wide = (WIDTH - 2 * EDGE) * 0.985  # a browser's letters may be a little wider
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
        """SVG with a role, a title and a description, so that it says what it shows."""
        stream = io.BytesIO()
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
        text = stream.getvalue().decode()
        head = (
            f'<title id="picture-title">{escape(self.title)}</title>'
            f'<desc id="picture-desc">{escape(self.description)}</desc>\n '
        )
        marks = ' role="img" lang="en" aria-labelledby="picture-title picture-desc"'
        # Verdana is as wide as DejaVu Sans, for those who do not have it.
        text = text.replace(f"'{FAMILY}'", f"'{FAMILY}', Verdana, sans-serif")
        text = re.sub(r"<title>.*?</title>\s*", "", text, flags=re.DOTALL)
        text = re.sub(r"(<svg\b[^>]*?)>\s*", rf"\1{marks}>\n ", text, count=1)
        at = text.index(">", text.index("<svg")) + 1
        return f"{text[:at]}\n {head}{text[at:].lstrip()}".encode()

    def _pdf(self, figures: Sequence[Figure]) -> bytes:
        from matplotlib.backends.backend_pdf import PdfPages

        stream = io.BytesIO()
        metadata = {"CreationDate": None, "Title": self.title, "Subject": self.description}
        with PdfPages(stream, metadata=metadata) as pages:
            for figure in figures:
                pages.savefig(figure)
        return stream.getvalue()

    def __str__(self) -> str:
        return f"{self.plot.name} of {len(self.replays)}"


def provenance(replays: Sequence[Replay]) -> str:
    """The last words of every caption: how far the data reach, which input, which version."""
    ends = sorted({replay.history.documented_until for replay in replays})
    reach = ""
    if ends:
        among = f"{ends[0]} (the first record to end) and {ends[-1]} (the last)"
        reach = f"Data until {ends[0]}." if len(ends) == 1 else f"Data until between {among}."
    known = {replay.known_by for replay in replays if replay.known_by is not None}
    cut = f" As known by {max(known)}." if known else ""
    cited = len(Citations.of_scenarios(r.scenario for r in replays).sources)
    sources = f" Sources: {cited}, in the record." if len(replays) > 1 and cited else ""
    reach += sources
    made = f"recognition_model {version()}, record {digest(r.scenario for r in replays)}."
    return f"{reach}{cut} {made}".strip()


_GUTTER = 4.0
_MARK = 6.0


def _columns(keys: Sequence[tuple[str, str]], wide: float) -> list[list[tuple[str, str]]]:
    """A keyed list in two columns of about the same height, an entry never broken over them."""
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
    """Matplotlib's own defaults and ours on top, whatever the session has set.

    For figures of one's own: `with style(): draw(replays, figure.subplots())`, and save inside.
    """
    defaults: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if k not in _NOT_OURS}
    with mpl.rc_context(defaults | _STYLE):
        yield

"""The page of a picture: title, topic, drawing, numbered sources, caption.

The same input gives the same bytes: pages use no clock, no random ids and no matplotlib settings of
the user.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cached_property
from math import ceil
from typing import Any

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

import matplotlib as mpl
from attrs import evolve, field, frozen
from matplotlib.figure import Figure

from recognition_model.analysis.edition import Edition, edition_of
from recognition_model.analysis.stamp import Stamp
from recognition_model.core.base import Readable
from recognition_model.core.dates import DateReading
from recognition_model.core.wording import read_in_words
from recognition_model.engine.outcomes import Replay
from recognition_model.io.provenance import digest_of
from recognition_model.plots.interface import EDGE as EDGE
from recognition_model.plots.interface import TAKEOVER as TAKEOVER
from recognition_model.plots.interface import Margins as Margins
from recognition_model.plots.interface import Options as Options
from recognition_model.plots.interface import Plot as Plot
from recognition_model.plots.interface import Table as Table
from recognition_model.plots.interface import drawing as drawing
from recognition_model.plots.kinds import KINDS, PictureError
from recognition_model.plots.layout import LAYOUTS
from recognition_model.plots.page_texts import (
    GUTTER,
    PageTexts,
    coding_digest,
    in_columns,
    mark_width,
    provenance,
    text_width,
)
from recognition_model.plots.palette import INK, QUIET
from recognition_model.plots.picture_files import About, as_pdf, as_png, as_svg
from recognition_model.plots.text import FAMILY, MM, SMALL, broken, line_height

DPI = LAYOUTS["page"].dpi
ENDINGS = ("svg", "pdf", "png")

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

    @cached_property
    def title(self) -> str:
        """The heading: the finding, or the title that the user chose."""
        return self.options.title or self.plot.title(self.replays, self.options)

    @property
    def topic(self) -> str:
        """The line below the title: what is shown."""
        return self.plot.topic(self.replays, self.options)

    @cached_property
    def description(self) -> str:
        """What the picture shows, in words, for readers who cannot see it. The finding is first."""
        finding = self.plot.title(self.replays, self.options)
        shown = self.plot.describe(self.replays, self.options)
        return " ".join([f"{finding}.", shown, *self._reading])

    @cached_property
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
        layout, kind = self.options.layout, KINDS[self.plot.name]
        if not layout.credit or layout.caption != "none" or kind.full:
            return ""
        edition = self.edition
        if self._of_rules:
            return edition.in_words
        last = self.options.last_day or date.max
        ends = {min(replay.history.documented_until, last) for replay in self.replays}
        reach = f"data until {max(ends)}{' at the latest' if len(ends) > 1 else ''}"
        made = f"recognition_model {edition.program}, {edition.record_in_words}, {reach}"
        made += f", {edition.rules_in_words}" if edition.rules_title else ""
        return " ".join([*self._reading, made])

    def _caption(self, *, full: bool) -> str:
        edition = self.edition
        if self._of_rules:
            origin = f"{edition.in_words}."
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
            return edition_of([], rules=self.options.rules, options={"picture": "rules"})
        of_kind = sorted(KINDS[self.plot.name].options - {"even"})
        chosen = {name: value for name in of_kind if (value := getattr(self.options, name, None))}
        if self.options.measure:
            chosen["scale"] = self.options.measure.mark
        if found := self.options.found:
            chosen["question"] = found.question
            chosen |= {"choices": found.chosen.digest} if found.chosen else {}
        if self.options.against:
            chosen["against"] = coding_digest(self.options.against)
            chosen["within"] = self.options.within
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
        parts = self.plot.pages(self.replays, self._with_room(self._texts(" (1 of 9)")))
        with style():
            return [self._page(part, i, len(parts)) for i, part in enumerate(parts, start=1)]

    def data(self, ending: str) -> bytes:
        """Return the bytes of a `svg`, `pdf` or `png` file. Only a PDF is split into pages.

        Raises `ValueError` for any other ending; a dot in front and capitals are taken too.
        """
        wanted, ending = ending, ending.lower().removeprefix(".")
        if ending not in ENDINGS:
            raise ValueError(f"a picture is one of {', '.join(ENDINGS)}, not {wanted!r}")
        layout = self.options.layout
        with style():
            figures = self.figures() if ending == "pdf" else [self._whole()]
            about = About(
                title=self.title, description=self.description, stamp=self.stamp.as_json()
            )
            if ending == "svg":
                return as_svg(figures[0], about, fluid=layout.fluid)
            if ending == "png":
                return as_png(figures[0], about, dpi=layout.dpi)
            return as_pdf(figures, about)

    def svg(self) -> str:
        """Return the picture as a standalone SVG document."""
        return self.data("svg").decode()

    def _whole(self) -> Figure:
        with style():
            return self._page(self.replays, 1, 1)

    def _page(self, replays: Sequence[Replay], page: int, pages: int) -> Figure:
        """Lay out one page from top to bottom, in mm, then draw."""
        mark = f" ({page} of {pages})" if pages > 1 else ""
        plot, texts = self.plot, self._texts(mark)
        options = self._with_room(texts)
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
                x = EDGE + column * (text_width(width) + GUTTER) / len(texts.keys)
                write(x + mark_width(sizes) - 1, y, [number], small, color=INK, ha="right")
                write(x + mark_width(sizes), y, [text], small, color=INK)
        write(EDGE, keyed + 1, texts.caption, small, color=QUIET)
        box = (
            margins.left / width,
            1 - (top + margins.above + tall) / height,
            (width - margins.left - margins.right) / width,
            tall / height,
        )
        plot.draw(replays, figure.add_axes(box), options)
        return figure

    def _texts(self, mark: str) -> PageTexts:
        """Break the texts of a page into lines; `mark` stands behind the title."""
        options, sizes = self.options, self.options.sizes
        wide = text_width(options.layout.width)
        keys = self.plot.keys(self.replays, options) if options.layout.sources else []
        return PageTexts(
            sizes=sizes,
            heading=broken(self.title + mark, sizes.heading, wide, bold=True),
            topic=broken(self.topic, sizes.topic, wide),
            keys=in_columns(keys, wide, sizes),
            caption=broken(self.caption or self.credit, sizes.smallest, wide),
        )

    def _with_room(self, texts: PageTexts) -> Options:
        """Return the options of a page: all replays, and the room that a given height leaves."""
        height = self.options.layout.height
        room = height - texts.top - texts.below - EDGE if height else None
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

    def __str__(self) -> str:
        return f"{self.plot.name} of {len(self.replays)}"


_LOWEST = 0.6  # of the height that a drawing takes where it may choose


@contextmanager
def style() -> Iterator[None]:
    """Use matplotlib's defaults with our changes, instead of the settings of the session.

    For your own figures: `with style(): draw(replays, figure.subplots())`; save inside the block.
    """
    defaults: dict[Any, Any] = {k: v for k, v in mpl.rcParamsDefault.items() if k not in _NOT_OURS}
    with mpl.rc_context(defaults | _STYLE):
        yield

"""Figures of a page: the drawing with its links, its words, and what a reader may take away."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from attrs import frozen

from recognition_model.core.citations import Citations
from recognition_model.core.evidence import Source
from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.exports.citation import citation_of_file
from recognition_model.exports.csv_lines import csv_text
from recognition_model.report.grounds import anchors_of
from recognition_model.report.view import Country, Entry, FigureView

if TYPE_CHECKING:
    from recognition_model.plots.layout import Links

OF_ALL = ("swimmer", "share")
NOT_DRAWN = FigureView(
    name="",
    title="",
    description="",
    caption="",
    notes=(),
    svg="",
    csv="",
    citation="",
    bibtex="",
    stamp="",
)
_NO_WORDS: Mapping[str, str] = MappingProxyType({})


def figure_view(
    kind: str,
    replays: Sequence[Replay],
    *,
    links: Links | None = None,
    words: Mapping[str, str] = _NO_WORDS,
    **options: Any,
) -> FigureView:
    """Draw a figure for a page, or for a file of its own if `links` is None.

    `links` are the addresses of marks and names, `words` say what is behind each address. Raises
    `PictureError` if the figure would show nothing or mislead.
    """
    from recognition_model.plots import picture
    from recognition_model.plots.inline import inline_svg
    from recognition_model.plots.layout import layout_for

    name = f"{kind}-{replays[0].country}" if kind == "history" else kind
    if links is not None:
        options = {"links": links, "layout": layout_for("web", sources=False), **options}
    drawn = picture(kind, replays, **options)
    svg = drawn.svg()
    if links is not None:
        prefix = name.removeprefix("history-")
        svg = inline_svg(svg, prefix=prefix, words=words, described_by=f"words-{name}")
    cited = citation_of_file(drawn.stamp)
    return FigureView(
        name=name,
        title=without_marks(drawn.title),
        description=without_marks(drawn.description),
        caption=without_marks(drawn.caption),
        notes=tuple(map(without_marks, drawn.notes)),
        svg=svg,
        csv=csv_text(drawn.table),
        citation=without_marks(cited.text),
        bibtex=cited.bibtex,
        stamp=drawn.stamp.as_json(),
    )


def histories(
    replays: Sequence[Replay],
    entries: Sequence[Sequence[Entry]],
    citations: Citations,
    *,
    inline: bool,
    workers: int = 1,
) -> Iterator[FigureView]:
    """Draw the history of each country, by several processes if there are many.

    `entries` are those of each country, whose rows the marks lead to if the figures are `inline`.
    """
    tasks = [
        _History(
            replay=replay,
            links={number: f"#{anchor}" for number, anchor in anchors_of(replay).items()},
            words=words_of_entries(told),
            inline=inline,
        )
        for replay, told in zip(replays, entries, strict=True)
    ]
    if workers == 1 or len(tasks) < _MANY:
        yield from (task.drawn(citations) for task in tasks)
        return
    from recognition_model.io.processes import in_processes

    numbered = list(enumerate(tasks))
    parts = min(workers * _PARTS, len(tasks))
    jobs = [(numbered[at::parts], citations.sources) for at in range(parts)]
    drawn: dict[int, FigureView] = {}
    ahead = 0
    for some in in_processes(_drawn_here, jobs, workers):
        drawn.update(some)
        while ahead in drawn:
            yield drawn.pop(ahead)
            ahead += 1


_MANY = 8
"""With fewer histories another process would take longer to begin than they take to draw."""
_PARTS = 4
"""How many lists of histories each process is given: few, for each comes with all sources."""
_RARELY = (50_000, 50, 50)


@frozen(kw_only=True)
class _History:
    """A history to draw: its country, and where its marks lead in which words."""

    replay: Replay
    links: Mapping[int, str]
    words: Mapping[str, str]
    inline: bool

    def drawn(self, citations: Citations) -> FigureView:
        from recognition_model.plots.layout import Links

        links = Links(entries={self.replay.country: self.links}) if self.inline else None
        return figure_view(
            "history", [self.replay], links=links, words=self.words, citations=citations
        )


def _drawn_here(
    tasks: Sequence[tuple[int, _History]], sources: tuple[Source, ...]
) -> list[tuple[int, FigureView]]:
    """Draw some histories of a report with these sources, which all its histories number alike."""
    citations = Citations(sources, {source.id: n for n, source in enumerate(sources, start=1)})
    with collecting_rarely():
        return [(number, task.drawn(citations)) for number, task in tasks]


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Look for unused cycles less often: drawing makes many objects, and a fifth of its time."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def figures_of_all(
    replays: Sequence[Replay], *, links: Links | None, words: Mapping[str, str], **options: Any
) -> tuple[tuple[FigureView, ...], tuple[str, ...]]:
    """Draw the figures of all countries; say in a sentence which cannot be drawn.

    An organisation alone has none.
    """
    from recognition_model.plots import PictureError

    drawn, left_out = [], []
    for kind in OF_ALL if of_countries(replays) else ():
        try:
            drawn.append(figure_view(kind, replays, links=links, words=words, **options))
        except PictureError as error:
            left_out.append(f"The picture “{kind}” is left out: {error}.")
    return tuple(drawn), tuple(left_out)


def words_of_entries(entries: Sequence[Entry]) -> dict[str, str]:
    """Name each entry in a few words, with who says so and how it is graded, by its address."""
    return {f"#{entry.anchor}": _words_of(entry) for entry in entries}


def _words_of(entry: Entry) -> str:
    said = f"{entry.date}, {entry.deed}"
    best = next((proof for proof in entry.proofs if not proof.disputes), None)
    return f"{said}; {best.voice}, {best.grade}" if best else said


def words_of_countries(countries: Sequence[Country]) -> dict[str, str]:
    """Say where each country stands, by the address of its section."""
    return {f"#{one.code}": f"{one.name}: {one.row.words}" for one in countries}

"""Figures of a page: the drawing with its links, its words, and what a reader may take away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from recognition_model.core.wording import without_marks
from recognition_model.engine.outcomes import Replay, of_countries
from recognition_model.exports.citation import citation_of_file
from recognition_model.exports.csv_lines import csv_text
from recognition_model.report.view import Country, Entry, FigureView

if TYPE_CHECKING:
    from recognition_model.plots.layout import Links

OF_ALL = ("swimmer", "share")
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

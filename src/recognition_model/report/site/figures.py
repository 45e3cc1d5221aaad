"""The figures of a site, as files with names that stay: three layouts, several formats.

`figures/page/history-RUS.svg` is the history of Russia for a page of a report; `column` is for a
narrow column and `slide` for a slide. `figures/history-RUS.csv` has its data, and
`figures/history-RUS.txt` says it in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import frozen

from recognition_model.engine.outcomes import Replay
from recognition_model.exports.csv_lines import csv_text
from recognition_model.plots.kinds import KINDS, PictureError
from recognition_model.plots.layout import LAYOUTS
from recognition_model.report.site.figure_choices import Figures, endings

PRESETS = ("page", "column", "slide")
_DEPTH = 3
_ORDER = endings("all")
OF_ALL = (
    *("map", "swimmer", "share", "histories", "timeline"),
    *("time-to-stage", "network", "rules"),
)
"""The kinds of figures of all countries, as far as they are there."""


def figure_files(
    kind: str, replays: Sequence[Replay], figures: Figures, left_out: Iterable[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of one figure by their paths.

    A layout in which it has no room is left out, and the figure if it would show nothing or
    mislead.
    """
    from recognition_model.plots import picture

    name, told = figure_name(kind, replays), False
    for layout in PRESETS if endings(figures) else ():
        try:
            drawn = picture(kind, replays, left_out=left_out, layout=LAYOUTS[layout])
            files = [(ending, drawn.data(ending)) for ending in endings(figures)]
        except PictureError:
            continue
        for ending, data in files:
            yield f"figures/{layout}/{name}.{ending}", data
        if not told:
            yield f"figures/{name}.csv", csv_text(drawn.table).encode()
            words = [drawn.title, drawn.description, drawn.full_caption]
            yield f"figures/{name}.txt", ("\n\n".join(words) + "\n").encode()
            told = True


@frozen(kw_only=True)
class Drawn:
    """The files of one figure: those of each layout, by their endings, and those of its data."""

    name: str
    layouts: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def data(self) -> str:
        return f"figures/{self.name}.csv"

    @property
    def words(self) -> str:
        return f"figures/{self.name}.txt"

    def file(self, layout: str, ending: str) -> str:
        """The address of the file of a layout."""
        return f"figures/{layout}/{self.name}.{ending}"


def drawn_in(paths: Iterable[str]) -> dict[str, Drawn]:
    """Say which figures there are, by name, from the paths of their files."""
    found: dict[str, dict[str, list[str]]] = {}
    for path in paths:
        parts = path.split("/")
        if len(parts) == _DEPTH and parts[0] == "figures":
            name, _, ending = parts[2].rpartition(".")
            found.setdefault(name, {}).setdefault(parts[1], []).append(ending)
    return {
        name: Drawn(
            name=name,
            layouts=tuple(
                (layout, tuple(one for one in _ORDER if one in layouts.get(layout, ())))
                for layout in PRESETS
            ),
        )
        for name, layouts in found.items()
    }


def figure_name(kind: str, replays: Sequence[Replay]) -> str:
    """The name of a figure's files: `history-RUS`, `map`."""
    return f"{kind}-{replays[0].country}" if KINDS[kind].one else kind


def kinds_of_all(replays: Sequence[Replay]) -> tuple[str, ...]:
    """The kinds of figures of all countries that there are; none without countries."""
    return tuple(kind for kind in OF_ALL if kind in KINDS) if replays else ()

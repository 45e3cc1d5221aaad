"""The texts of a page in lines, with the room that they take, and the end of every caption."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import recognition_model.plots.backend  # noqa: F401 - before matplotlib

from attrs import frozen

from recognition_model.analysis.edition import Edition
from recognition_model.core.citations import Citations
from recognition_model.core.citing import LICENCE
from recognition_model.core.wording import plural
from recognition_model.engine.outcomes import Replay
from recognition_model.io.provenance import joined_digest, scenario_digest
from recognition_model.plots.interface import EDGE
from recognition_model.plots.layout import Sizes
from recognition_model.plots.text import broken, line_height

GUTTER = 4.0
"""Between the columns of the list of sources, in mm."""
_MARK = 6.0  # mm: the number of a source
_NARROW = 120.0  # mm: below this the list of sources has one column


@frozen(kw_only=True)
class PageTexts:
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


def coding_digest(replay: Replay) -> str:
    """The digest of the record of one country, as an edition gives it."""
    return joined_digest([(replay.country, scenario_digest(replay.scenario))])


def text_width(width: float) -> float:
    """The room for a line of text: letters may be a little wider in a browser."""
    return (width - 2 * EDGE) * 0.985


def mark_width(sizes: Sizes) -> float:
    """The room for the number of a source, in mm."""
    return _MARK * sizes.smallest / Sizes().smallest


def in_columns(
    keys: Sequence[tuple[str, str]], wide: float, sizes: Sizes
) -> list[list[tuple[str, str]]]:
    """Set a list in two columns of similar height, without splitting an entry."""
    if not keys:
        return []
    one = wide < _NARROW * sizes.smallest / Sizes().smallest
    room = (wide if one else (wide - GUTTER) / 2) - mark_width(sizes)
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

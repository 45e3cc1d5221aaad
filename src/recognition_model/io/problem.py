"""What a parser says is wrong with a text, and where."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """A line and a column, both from 1."""

    line: int
    column: int


class Problem(NamedTuple):
    """Where the parser noticed, its words, what it was about, and where that begins."""

    at: Spot
    words: str
    about: str = ""
    opened: Spot | None = None

    @property
    def reached(self) -> Spot:
        """How far the text is surely right: an unclosed quote runs to the end of the file."""
        if self.opened and "quoted scalar" in self.about:
            return self.opened
        return self.at

"""The lines of a file as an editor shows them, from which places are made."""

from __future__ import annotations

from attrs import field, frozen

from recognition_model.core.diagnostics import Place


@frozen(repr=False)
class Page:
    """A file's name and its lines."""

    file: str
    lines: list[str] = field(repr=False)

    @classmethod
    def of(cls, text: str, file: str) -> Page:
        """Split a text into lines where an editor does: at `\\n`, `\\r\\n` and `\\r` alone."""
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        return cls(file, text.split("\n"))

    def place(self, line: int, column: int, width: int = 1) -> Place:
        """Make a place with the text of its line. A line past the end is the end of the last."""
        if line > len(self.lines):
            line, column = len(self.lines), len(self.lines[-1]) + 1
        text = self.lines[line - 1] if line > 0 else ""
        return Place(self.file, line, column, text, width)

"""Characters that do not show in a file: which are errors, which are warnings, and their names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recognition_model.core.diagnostics import Finding, finding
from recognition_model.core.wording import marks_without_glyph, name_of_character
from recognition_model.io.page import Page

# C0 and C1 controls except tab and line ends, what other programs take for a line end, the marks
# that reorder text (Trojan Source), letters without a glyph, surrogates and noncharacters.
_HIDDEN = (
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u115f\u1160\u2028-\u202e\u2061-\u2064\u2066-\u206f\u3164"
    "\ud800-\udfff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0001\U000e0020-\U000e007f"
)
_HIDDEN_CHAR = re.compile(f"[{_HIDDEN}]")
_FLAG = re.compile("\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f")  # of Scotland and others
_LINE_ENDS = "\x85\u2028\u2029"


def invisible_characters(page: Page) -> list[Finding]:
    """Report what hides, reorders or breaks text, each; or the lines with harmless marks."""
    return list(_each_hidden(page)) or list(_lines_with_marks(page))


def hides(text: str) -> bool:
    """Whether a text has a character that hides, reorders or breaks it."""
    return _HIDDEN_CHAR.search(_FLAG.sub("", text)) is not None


def _each_hidden(page: Page) -> Iterator[Finding]:
    for number, line in enumerate(page.lines, 1):
        if not _HIDDEN_CHAR.search(line):
            continue
        flags = {at for match in _FLAG.finditer(line) for at in range(*match.span())}
        for match in _HIDDEN_CHAR.finditer(line):
            if match.start() in flags:
                continue
            char = match.group()
            hint = "remove it"
            if char in _LINE_ENDS:
                hint = "some programs end a line here: write an ordinary line end, or a space"
            message = f"the hidden character {name_of_character(char)}"
            yield finding("RM118", message, page.place(number, match.start() + 1), hint)


def _lines_with_marks(page: Page) -> Iterator[Finding]:
    for number, line in enumerate(page.lines, 1):
        matches = list(marks_without_glyph().finditer(line))
        if not matches:
            continue
        first, more = matches[0], len(matches) - 1
        message = f"the invisible character {name_of_character(first.group())}"
        message += f" and {more} more in this line" if more else ""
        hint = "remove it; reports, pictures and bibliographies leave it out"
        yield finding("RM120", message, page.place(number, first.start() + 1), hint)

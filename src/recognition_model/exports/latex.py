"""Plain text for LaTeX: characters with a meaning of their own, and pairs that TeX joins."""

from __future__ import annotations

import re
from itertools import pairwise

_COMMANDS = {
    "\\": r"\textbackslash{}",
    "%": r"\%",
    "&": r"\&",
    "#": r"\#",
    "$": r"\$",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    '"': '"{}',  # babel reads it together with the next letter, in German and Russian among others
}
_BRACES = {"{": r"\{", "}": r"\}"}
_LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
_JOINED = frozenset({"--", "''", "``", ",,", "<<", ">>", "!`", "?`"})  # into a dash, a quote, ...
_UNSAFE = re.compile(r"[\\{}]")


def escape_latex(text: str) -> str:
    """Escape a text so that LaTeX prints it as it is. Letters of every script stay.

    Braces become `\\{` and `\\}`. If they do not match, they become commands: BibTeX counts braces,
    escaped or not.
    """
    commands = _COMMANDS | (_BRACES if _balanced(text) else _LONE_BRACES)
    return "".join(
        commands.get(char, char) + ("{}" if char + after in _JOINED else "")
        for char, after in pairwise(f"{text} ")
    )


def _balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0


def escape_address(url: str | None) -> str:
    """Quote braces and backslashes in a URL, which biblatex reads verbatim."""
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url or "")

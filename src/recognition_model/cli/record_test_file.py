"""A pytest file that holds a small record, and asserts the finding that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from recognition_model.core.codes import CODES

if TYPE_CHECKING:
    from recognition_model.analysis.smallest import SmallestRecord

_WIDTH = 86
_HEAD = '''"""{about}"""

from pathlib import Path

import recognition_model as rm

FILES = {{
{files}}}
{own}

def test_record_shows_{name}(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
{rules}    found = rm.findings_in({arguments})
    assert "{code}" in {{one.code for one in found}}
'''
_OWN_RULES = """    rules = tmp_path / "rules" / "rules.yaml"
    rules.parent.mkdir()
    rules.write_text(RULES, encoding="utf-8")
"""


def record_test(found: SmallestRecord, rules: str | None, *, strict: bool) -> str:
    """Write the test. `rules` is the name of a table that ships, or a rules file."""
    code = found.finding.code
    about = f"The smallest record that shows {code}"
    about += f" ({CODES[code].name})." if code in CODES else "."
    where = f'tmp_path / "{_escaped(found.asked)}"' if found.asked else "tmp_path"
    arguments = [where]
    own = ""
    made = ""
    if rules is not None:
        from recognition_model.io.rules_files import shipped_rules

        if rules in shipped_rules():
            arguments.append(f'rm.load_rules("{rules}")')
        else:
            own = f"\nRULES = {_literal(Path(rules).read_text(encoding='utf-8'))}\n"
            made = _OWN_RULES
            arguments.append("rm.load_rules(rules)")
    arguments += ["strict=True"] if strict else []
    files = "".join(
        f'    "{_escaped(name)}": {_literal(text)},\n' for name, text in found.files.items()
    )
    return _HEAD.format(
        about=about,
        files=files,
        own=own,
        name=code.lower(),
        rules=made,
        arguments=", ".join(arguments),
        code=code,
    )


def _literal(text: str) -> str:
    """Write a text as a string literal over several lines, none of which is long."""
    if "\n" not in text:
        return f'"{_escaped(text)}"'
    return f'"""\\\n{"".join(_wrapped(text))}"""'


def _wrapped(text: str) -> Iterator[str]:
    lines = text.split("\n")
    for at, line in enumerate(lines):
        room = _WIDTH
        for char in _characters(line):
            if len(char) > room:
                yield "\\\n"
                room = _WIDTH
            yield char
            room -= len(char)
        yield "\n" if at < len(lines) - 1 else ""


def _characters(line: str) -> Iterator[str]:
    """Yield the characters of a line, escaped where needed; a space at its end is."""
    for char in line.rstrip(" "):
        yield _escaped(char)
    yield from ["\\x20"] * (len(line) - len(line.rstrip(" ")))


def _escaped(text: str) -> str:
    return "".join(
        f"\\{char}"
        if char in '"\\'
        else char
        if char.isprintable()
        else char.encode("unicode_escape", "surrogatepass").decode()
        for char in text
    )

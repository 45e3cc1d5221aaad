"""Add lines to a list of checked entries without a change to what is there.

Comments, order and layout stay. The new text is read again before anybody writes it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from recognition_model.core.checks import Check, CheckFile, Sample
from recognition_model.core.diagnostics import RecordError, in_order
from recognition_model.core.scenario import Format
from recognition_model.io.reader import Reader
from recognition_model.io.strict_yaml import parse
from recognition_model.io.writer import flow_text

_NEW = f"""\
# Entries that were checked against their sources. `recognition-model checked` adds the lines.
format: {Format.CHECKED.value}
checked: []
"""
_SAMPLES = r"(?m)^samples:[ \t]*(?:#.*)?$"
_CHECKED = r"(?m)^checked:[ \t]*(?:#.*)?$"
_NONE = r"(?m)^checked:[ \t]*\[[ \t]*\][ \t]*(#.*)?$"
_EITHER = r"(?m)^checked:"
_ITEM = r"(?m)^([ ]*)- "


class NotAddedError(ValueError):
    """Lines cannot be added to a file because of how it is laid out."""


def with_lines(
    text: str, checks: Sequence[Check], samples: Sequence[Sample] = (), name: str = "checked.yaml"
) -> str:
    """Add checked entries at the end of a file's text, and samples to those it describes.

    An empty text becomes a new file. Raises `RecordError` if the text has errors, before or after,
    and `NotAddedError` if `checked:` does not stand last, or has its entries in brackets.
    """
    before = _read(text, name) if text.strip() else None
    made = text if before else text + _NEW
    made = made if made.endswith("\n") else f"{made}\n"
    made = _with_samples(made, samples)
    if checks:
        made = re.sub(_NONE, lambda m: f"checked:{f'  {m[1]}' if m[1] else ''}", made)
        below = made[_end_of(_CHECKED, made) :]
        indent = next((m[1] for m in re.finditer(_ITEM, below)), "  ")
        made += "".join(f"{indent}- {flow_text(one)}\n" for one in checks)
    after = _read(made, name)
    old = before.checked if before else ()
    kept: dict[str, Sample] = dict(before.samples) if before else {}
    kept |= {one.name: one for one in samples}
    if after.checked != (*old, *checks) or after.samples != kept:
        raise NotAddedError(f"{name}: `checked:` must stand last, with each entry below it after -")
    return made


def _with_samples(text: str, samples: Sequence[Sample]) -> str:
    lines = "".join(f'  "{one.name}": {flow_text(one)}\n' for one in samples)
    if not lines:
        return text
    if re.search(_SAMPLES, text):
        at = _end_of(_SAMPLES, text)
        return f"{text[:at]}{lines}{text[at:]}"
    at = next(m.start() for m in re.finditer(_EITHER, text))
    return f"{text[:at]}samples:\n{lines}{text[at:]}"


def _end_of(key: str, text: str) -> int:
    """Where the line below a key begins."""
    found = re.search(key, text)
    if found is None:
        raise NotAddedError("`checked:` must stand alone on its line")
    return text.find("\n", found.end()) + 1


def _read(text: str, name: str) -> CheckFile:
    reader = Reader({})
    read = reader.checks(parse(text, name))
    if read is None:
        raise RecordError(in_order(reader.findings))
    return read

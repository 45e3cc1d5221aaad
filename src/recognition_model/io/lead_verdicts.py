"""Read verdicts on leads: a CSV with the columns `lead` and `verdict`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from recognition_model.core.wording import shown
from recognition_model.io.files import read_text

_NEEDED = ("lead", "verdict")
_MOST = 1 << 28  # a table of leads has 200 bytes a row, and there may be a million


class VerdictsError(ValueError):
    """A file of verdicts that cannot be used; the message names the file and the line."""


def is_of_leads(path: Path) -> bool:
    """Whether a file has the columns of a table of leads, in which a person may write verdicts."""
    try:
        return set(_NEEDED) <= set(_reader(path).fieldnames or ())
    except csv.Error:
        return False


def verdict_rows(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield lead, verdict and place of each row that has a verdict.

    A table of leads with the column `verdict` filled in will do; other columns do not count. Raises
    `VerdictsError`, and `RecordError` or `OSError` for a file that cannot be read.
    """
    reader = _reader(path)
    try:
        lacking = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if lacking:
            raise VerdictsError(f"{path}:1: the column {lacking[0]!r} is missing")
        for row in reader:
            where = f"{path}:{reader.line_num}"
            if None in row or None in row.values():
                raise VerdictsError(f"{where}: the row has more or fewer cells than the heading")
            if verdict := row["verdict"].strip():
                if not row["lead"].strip():
                    raise VerdictsError(f"{where}: the verdict {shown(verdict)} names no lead")
                yield row["lead"].strip(), verdict, where
    except csv.Error as error:
        raise VerdictsError(f"{path}:{reader.line_num}: {error}") from None


def _reader(path: Path) -> csv.DictReader[str]:
    lines = read_text(path, _MOST).lstrip("\ufeff").splitlines(keepends=True)
    head = lines[0] if lines else ""
    return csv.DictReader(lines, strict=True, delimiter=";" if ";" in head else ",")

"""Read many verdicts at once: a sheet in CSV, or a list of mappings in YAML.

`checked --draw` writes such a sheet; whoever checks the entries fills in the verdicts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import PurePath

from recognition_model.core.wording import did_you_mean, near_words, shown
from recognition_model.io.nodes import ListNode, MapNode, Node, Text
from recognition_model.io.strict_yaml import parse

VERDICT_COLUMNS = (
    *("country", "entry", "date", "word", "digest", "result", "on", "by", "against", "found"),
    "sample",
)
"""The columns that count."""
_IGNORED = ("sources", "file", "line")  # of a drawn sheet
_LISTS = ("against",)
_BETWEEN = re.compile(r"\s*[;,]\s*|\s+")


class SheetError(ValueError):
    """A sheet that cannot be used; the message names it and the line."""


class Row(dict[str, str]):
    """The values of a row that are not empty, by column. `where` names its line."""

    def __init__(self, values: dict[str, str], where: str) -> None:
        super().__init__({key: value for key, value in values.items() if value})
        self.where = where

    def listed(self, column: str) -> list[str]:
        """The items of a column that holds several, with semicolons or commas between."""
        return [item for item in _BETWEEN.split(self.get(column, "")) if item]


def sheet_rows(text: str, name: str) -> list[Row]:
    """List the rows of a sheet in CSV, or in YAML if it is named or looks like that.

    Raises `SheetError` for an unknown column and for a text that is neither.
    """
    in_yaml = PurePath(name).suffix.lower() in (".yaml", ".yml") or text.lstrip().startswith("- ")
    rows = list(_of_yaml(text, name) if in_yaml else _of_csv(text, name))
    for row in rows:
        for column in row:
            if column not in (*VERDICT_COLUMNS, *_IGNORED):
                hint = did_you_mean(near_words(column, VERDICT_COLUMNS))
                hint = hint or f"known are {', '.join(VERDICT_COLUMNS)}"
                raise SheetError(f"{row.where}: unknown column {shown(column)}: {hint}")
    return rows


def _of_csv(text: str, name: str) -> Iterator[Row]:
    lines = text.splitlines(keepends=True)
    head = lines[0] if lines else ""
    # Spreadsheets write semicolons where a comma marks decimals.
    between = ";" if ";" in head and "," not in head else ","
    reader = csv.DictReader(lines, strict=True, delimiter=between)
    try:
        for values in reader:
            where = f"{name}:{reader.line_num}"
            if None in values or None in values.values():
                raise SheetError(f"{where}: the row has more or fewer cells than the heading")
            yield Row({key.strip(): value.strip() for key, value in values.items()}, where)
    except csv.Error as error:
        raise SheetError(f"{name}:{reader.line_num}: {error}") from None


def _of_yaml(text: str, name: str) -> Iterator[Row]:
    document = parse(text, name)
    errors = [found for found in document.findings if found.is_error]
    if errors or not isinstance(document.root, ListNode):
        raise SheetError(str(errors[0]) if errors else f"{name}: not a list of mappings")
    for node in document.root:
        where = f"{name}:{node.line}"
        if not isinstance(node, MapNode):
            raise SheetError(f"{where}: not a mapping")
        yield Row({str(key): _cell(key, value, where) for key, value in node.items()}, where)


def _cell(key: Text, node: Node, where: str) -> str:
    if isinstance(node, Text):
        return node.strip()
    if isinstance(node, ListNode) and key in _LISTS and all(isinstance(n, Text) for n in node):
        return "; ".join(map(str, node))
    raise SheetError(f"{where}: {shown(key)} is not a text")

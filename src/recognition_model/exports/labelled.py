"""Tables as labelled variables, for statistics programs: names, labels, codes. Needs no library.

A column with permitted words becomes a number with value labels: from 0 in the order of a scale
(stages, attestation), from 1 in any other list. A flag becomes 0 or 1. Days stay days, and an empty
cell is a missing value; an empty text is "".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from attrs import field, frozen

from recognition_model.exports.formats import DoesNotFit
from recognition_model.exports.table_schema import Cell, Field, Kind, Row, Table

MONTH = r"\d{4}-\d{2}"
"""The pattern of a column that names months."""
_NO, _YES = "no", "yes"


def letters(text: str) -> int:
    """The length of a text in characters."""
    return len(text)


def octets(text: str) -> int:
    """The length of a text in bytes of UTF-8."""
    return len(text.encode())


@frozen(kw_only=True)
class Limits:
    """What a file format can hold. `length` measures labels and texts.

    `coded_name` is the length of the name of a variable with value labels. `text` is None where
    texts may have any length. `reserved` are the names that no variable may have, in small letters
    and with spaces between them. `month` gives the number of a month such as `2024-05`, and is None
    where months stay texts.
    """

    program: str
    name: int
    coded_name: int
    label: int
    value_label: int
    text: int | None
    length: Callable[[str], int]
    first_day: date
    reserved: str
    month: Callable[[str], int] | None = None


@frozen(kw_only=True)
class Variable:
    """One variable: its name and label in the file, the column it is made of, its codes.

    `codes` are the number of each word, `labels` the label of each number.
    """

    name: str
    label: str
    column: Field
    codes: Mapping[str, int] = field(factory=dict)
    labels: Mapping[int, str] = field(factory=dict)
    month: Callable[[str], int] | None = None

    @property
    def is_text(self) -> bool:
        """Whether its values are texts."""
        return self.column.kind is Kind.TEXT and not self.codes and self.month is None

    @property
    def measure(self) -> str:
        """Its level of measurement: nominal, ordinal or scale."""
        if self.column.categories:
            return "ordinal" if self.column.categories.ordered else "nominal"
        return "scale" if self.column.kind in (Kind.COUNT, Kind.DAY) else "nominal"

    def value(self, cell: Cell) -> Cell:
        """The value for a cell: the number of a word, a month or a flag, else the cell."""
        if self.is_text:
            return "" if cell is None else cell
        if isinstance(cell, str):
            return self.month(cell) if self.month else self.codes[cell]
        return int(cell) if isinstance(cell, bool) else cell


def variables(table: Table, limits: Limits) -> tuple[Variable, ...]:
    """Make a variable of each column of a table."""
    taken = set(limits.reserved.split())
    made = []
    for column in table.fields:
        codes, labels = _coded(column, limits)
        longest = limits.coded_name if labels else limits.name
        name = legal_name(column.name, longest, taken)
        taken.add(name.lower())
        label = cut(column.description, limits.label, limits.length)
        made.append(
            Variable(
                name=name,
                label=label,
                column=column,
                codes=codes,
                labels=labels,
                month=limits.month if column.pattern == MONTH else None,
            )
        )
    return tuple(made)


def _coded(column: Field, limits: Limits) -> tuple[dict[str, int], dict[int, str]]:
    """Give the codes of a column's words and the labels of its numbers."""
    if column.kind is Kind.FLAG:
        return {}, {0: _NO, 1: _YES}
    if column.categories is None:
        return {}, {}
    meanings = column.categories.meanings
    if column.kind is Kind.COUNT:
        return {}, {
            int(word): cut(meaning, limits.value_label, limits.length)
            for word, meaning in meanings.items()
        }
    codes = {
        word: code for code, word in enumerate(meanings, 0 if column.categories.ordered else 1)
    }
    return codes, {
        code: cut(word, limits.value_label, limits.length) for word, code in codes.items()
    }


def legal_name(name: str, longest: int, taken: Collection[str]) -> str:
    """Make a name legal: letters, digits and underscores, not taken or reserved, not too long.

    `taken` is in small letters; case makes no difference.
    """
    plain = re.sub(r"[^A-Za-z0-9_]", "_", name)
    if not plain[:1].isalpha():
        plain = f"v{plain}" if plain.startswith("_") else f"v_{plain}"
    plain = plain[:longest]
    number, found = 1, plain
    while found.lower() in taken:
        ending = "_" if number == 1 else f"_{number}"
        found = f"{plain[: longest - len(ending)]}{ending}"
        number += 1
    return found


def cut(text: str, limit: int, length: Callable[[str], int] = letters) -> str:
    """Cut a label behind a word where it is too long, and end it with three dots."""
    if length(text) <= limit:
        return text
    words = text.split(" ")
    while len(words) > 1 and length(f"{' '.join(words)}...") > limit:
        words.pop()
    shorter = " ".join(words)
    while length(f"{shorter}...") > limit:
        shorter = shorter[:-1]
    return f"{shorter.rstrip(' ,;:.')}..."


def misfit(cell: Cell, limits: Limits) -> str:
    """Say why a format cannot hold a cell: a text is too long, or a day too early. Else nothing."""
    if isinstance(cell, date) and cell < limits.first_day:
        return f"{limits.program} has no days before {limits.first_day}"
    if limits.text and isinstance(cell, str) and limits.length(cell) > limits.text:
        return f"{limits.program} holds texts of at most {limits.text:,} bytes"
    return ""


def require_fit(table: Table, row: Row, made: Sequence[Variable], limits: Limits) -> None:
    """Raise `DoesNotFit` if a format cannot hold a cell of a row."""
    for variable, cell in zip(made, row, strict=True):
        if problem := misfit(cell, limits):
            raise DoesNotFit(f"{problem}: see {cell_in_words(table, row, variable.column)}")


def cell_in_words(table: Table, row: Row, column: Field) -> str:
    """Say where a cell is: its column, the key of its row, its table."""
    names = [one.name for one in table.fields]
    key = ", ".join(str(row[names.index(name)]) for name in table.key)
    return f"{column.name} of {key} in {table.name}"

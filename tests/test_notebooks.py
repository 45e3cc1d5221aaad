"""The notebooks ask our tables for columns that exist."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from support.paths import ROOT

import recognition_model as rm
from recognition_model.exports import table
from recognition_model.exports.catalogue import TABLES
from recognition_model.plots.kinds import KINDS
from recognition_model.plots.page import Options

NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))
# Calls whose text arguments are names of columns. Keywords: `pivot(on=..., index=...)`.
BY_NAME = {
    *("col", "select", "group_by", "sort", "sort_values", "drop_nulls", "over", "unique"),
    *("set_index", "groupby", "drop"),
}
KEYWORDS = {"on", "index", "values", "by"}
# Columns that polars and lifelines make.
OTHERS = {"len", *(f"NPMLE_estimate_{end}" for end in ("upper", "lower"))}
OTHERS |= {f"waiting_{end}_0.95" for end in ("upper", "lower")}
COUNTRIES = {path.stem for path in (ROOT / "scenarios").glob("[A-Z][A-Z][A-Z].yaml")}


def code(path: Path) -> ast.Module:
    """All code of a notebook as one program."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return ast.parse("\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code"))


def texts(node: ast.AST) -> Iterator[str]:
    """The text constants of a name or of a list of names."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.List(elts=items) | ast.Tuple(elts=items):
            for item in items:
                yield from texts(item)


def calls(program: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the last part of the name called."""
    for node in ast.walk(program):
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                yield name, node


def asked(program: ast.Module) -> set[str]:
    """The columns that a program names: in square brackets, or in a call that takes names."""
    names: set[str] = set()
    for node in ast.walk(program):
        if isinstance(node, ast.Subscript):
            names.update(texts(node.slice))
    for called, call in calls(program):
        if called in BY_NAME:
            for argument in call.args:
                names.update(texts(argument))
        if called in {"join", "merge", "pivot", *BY_NAME}:
            for keyword in call.keywords:
                if keyword.arg in KEYWORDS:
                    names.update(texts(keyword.value))
    return names


def made(program: ast.Module) -> set[str]:
    """The columns that a program makes itself: keys of a dictionary and new columns of polars."""
    names: set[str] = set()
    for node in ast.walk(program):
        if isinstance(node, ast.Dict):
            names.update(text for key in node.keys if key for text in texts(key))
    for called, call in calls(program):
        if called == "with_columns":
            names.update(keyword.arg for keyword in call.keywords if keyword.arg)
    return names


def of_our_tables(program: ast.Module) -> set[str]:
    """The columns of the tables and figures that a program names, and of no others."""
    names: set[str] = set()
    for called, call in calls(program):
        first = next(texts(call.args[0]), "") if call.args else ""
        if called == "figure":
            names.update(columns_of_figure(first))
        elif called == "waits" or (called == "frame" and first in TABLES):
            names.update(field.name for field in table(first or called, []).fields)
    return names


def columns_of_figure(kind: str) -> set[str]:
    """The columns of the table that `plot KIND --table` writes."""
    module = import_module(f"recognition_model.plots.{KINDS[kind].module}")
    replays = [rm.replay(scenario) for scenario in rm.load_folder().scenarios]
    return {*module.table(replays, Options())[0]}


def unknown(program: ast.Module) -> set[str]:
    """The columns that a program names, that no table of it has, and that it does not make."""
    return asked(program) - of_our_tables(program) - made(program) - OTHERS - COUNTRIES


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_names_columns_that_its_tables_have(path: Path) -> None:
    program = code(path)
    assert of_our_tables(program)
    assert len(asked(program)) > 10
    assert unknown(program) == set()


def test_renamed_column_in_a_notebook_is_found() -> None:
    program = ast.parse(
        'months = frame("country_month", dates="earliest")\n'
        'months.group_by("on", "stage").len().sort("day", "len")\n'
        'months["monat"].min(), months.pivot(on="month", index="land", values="stage")\n'
        'months.filter(pl.col("tag") == 1).with_columns(neu=1).select("neu")\n'
    )
    assert unknown(program) == {"on", "monat", "land", "tag"}

"""What holds for every command in every format that it prints."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import click
import pytest
from support.every_command import PRINTING, Example, lay_out, ready
from support.fixtures import Run, Story

from recognition_model.cli.app import load_command
from recognition_model.cli.explain import meanings_of

ESCAPES = re.compile(r"\x1b\]8;[^\x1b]*\x1b\\|\x1b\[[0-9;]*m")

MORE = [
    Example((*words.split(), "--scenarios", "record"))
    for words in (
        "coverage --checked",
        "coverage --due",
        "coverage Fiji",
        "sources --group-by publisher",
        "status --stage engaged --by 2023",
    )
]
"""Examples of options that print other tables."""


def formats_of(example: Example) -> tuple[str, ...]:
    """The formats that the command of an example prints."""
    options = {option.name: option for option in load_command(example.command).params}
    kind = options["fmt"].type if "fmt" in options else None
    return tuple(map(str, kind.choices)) if isinstance(kind, click.Choice) else ()


def in_format(example: Example, fmt: str) -> tuple[str, ...]:
    """The arguments of an example in another format."""
    args = list(example.args)
    if "--format" in args:
        at = args.index("--format")
        del args[at : at + 2]
    return (*args, "--format", fmt)


def printing(fmt: str) -> pytest.MarkDecorator:
    """Run a test for the examples of commands that print a format, each record by itself.

    `prove` takes long, and colours only its headings.
    """
    alone = [one for one in (*PRINTING, *MORE) if not {"--with", "prove"} & {*one.args}]
    chosen = [one for one in alone if fmt in formats_of(one)]
    assert len(chosen) > 15
    return pytest.mark.parametrize("example", chosen, ids=lambda one: str(one)[:60])


@pytest.fixture
def ran(run: Run, tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run an example in a folder with the files of the examples."""
    lay_out(tmp_path, story)
    monkeypatch.chdir(tmp_path)
    return run


@printing("csv")
def test_csv_has_a_head_of_words_that_explain_knows_and_a_cell_below_each(
    example: Example, ran: Run
) -> None:
    ready(example)
    ended = ran(*in_format(example, "csv"), stdin=example.stdin)
    assert ended.code in (0, 1), ended.err
    head, *rows = csv.reader(ended.out.splitlines())
    assert {len(row) for row in rows} <= {len(head)}
    assert len(set(head)) == len(head)
    assert [name for name in head if not meanings_of(name)] == []


@printing("json")
def test_json_names_its_format_and_has_plain_keys(example: Example, ran: Run) -> None:
    ready(example)
    ended = ran(*in_format(example, "json"), stdin=example.stdin)
    data = json.loads(ended.out)
    assert re.fullmatch(r"recognition-[a-z]+(-[a-z]+)*/1", data["format"])
    assert [key for key in data if not re.fullmatch(r"[a-z][a-z_0-9]*", key)] == []


@printing("text")
def test_text_in_colours_has_the_words_of_the_text_without(example: Example, ran: Run) -> None:
    ready(example)
    args = in_format(example, "text")
    plain = ran(*args, stdin=example.stdin)
    coloured = ran(*args, "--color", "always", stdin=example.stdin)
    assert coloured.code == plain.code
    assert plain.out
    # The head of a column stands above the last line of a taller one, in colours.
    assert sorted(ESCAPES.sub("", coloured.out).split()) == sorted(plain.out.split())

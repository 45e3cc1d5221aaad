"""What is done with the answer of a command: which goes through a pager, and how cells look."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import click
import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run

from recognition_model.cli.answer import csv_of
from recognition_model.cli.output import write


@pytest.mark.parametrize(
    ("command", "paged"),
    [
        ("events", True),
        ("show Fiji", True),
        ("why Fiji", True),
        ("sources", True),
        ("coverage", False),
        ("status", False),
        ("next Fiji", False),
        ("replay", False),
    ],
)
def test_only_a_text_to_read_goes_through_a_pager(
    command: str, run: Run, put: Put, monkeypatch: pytest.MonkeyPatch, *, paged: bool
) -> None:
    put(CLEAN)
    shown: list[str] = []
    monkeypatch.setattr("recognition_model.cli.output.is_terminal", lambda _: True)
    monkeypatch.setattr("shutil.get_terminal_size", lambda *_: os.terminal_size((80, 2)))
    monkeypatch.setattr(click, "echo_via_pager", lambda text, **_: shown.append(text))
    ran = run(*command.split(), "--scenarios", "record")
    assert (ran.out == "", len(shown)) == (paged, int(paged))
    assert "Fiji" in (shown[0] if paged else ran.out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full disk here")
def test_text_that_cannot_be_written_is_told_from_one_that_can() -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        assert write("text", full) is False
    assert write("", None) is True


def test_cells_of_csv_are_empty_for_none_and_joined_for_lists() -> None:
    row = {"none": None, "flag": True, "number": 0.5, "list": ["a", 2], "text": "=1", "empty": ()}
    made = csv_of([*row], [row])
    assert [*csv.reader(io.StringIO(made))][1] == ["", "true", "0.5", "a; 2", "'=1", ""]

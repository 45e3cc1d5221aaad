"""How wide standard output is taken to be."""

from __future__ import annotations

import os

import pytest

from recognition_model.cli import streams


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Standard output is a terminal that does not tell its size."""
    monkeypatch.setattr(streams, "is_terminal", lambda _: True)
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("LINES", raising=False)

    def refuse(_: int) -> os.terminal_size:
        raise OSError

    monkeypatch.setattr(os, "get_terminal_size", refuse)
    return monkeypatch


def test_terminal_that_tells_no_size_is_80_columns_wide(terminal: pytest.MonkeyPatch) -> None:
    assert streams.width() == 80


@pytest.mark.parametrize(("told", "wide"), [("120", 120), ("20", 20), ("19", 20), ("1", 20)])
def test_terminal_is_as_wide_as_it_says_but_never_under_20_columns(
    told: str, wide: int, terminal: pytest.MonkeyPatch
) -> None:
    terminal.setenv("COLUMNS", told)
    assert streams.width() == wide


def test_pipe_is_80_columns_wide_whatever_the_terminal(terminal: pytest.MonkeyPatch) -> None:
    terminal.setattr(streams, "is_terminal", lambda _: False)
    terminal.setenv("COLUMNS", "120")
    assert streams.width() == 80

"""The progress bar: it appears on a terminal when a task takes over a second, and goes again."""

import re
import time
from pathlib import Path

import pytest
from support.every_command import lay_out
from support.fixtures import Run, Story

from recognition_model.cli import progress, terminal


class FakeBar:
    """A bar that writes down what happens to it."""

    log: list[str]

    def __init__(self, label: str, total: int | None) -> None:
        self.log.append(f"{label} of {total}")

    def show(self, done: int) -> None:
        self.log.append(str(done))

    def stop(self) -> None:
        self.log.append("stop")


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What happens to bars on a terminal, for an impatient user."""
    lines: list[str] = []
    monkeypatch.setattr(FakeBar, "log", lines, raising=False)
    monkeypatch.setattr(terminal, "Bar", FakeBar)
    monkeypatch.setattr(progress, "in_colour", lambda _: True)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    return lines


def test_watched_counts_and_removes_its_bar(log: list[str]) -> None:
    assert list(progress.watched(["a", "b", "c"], "Drawing")) == ["a", "b", "c"]
    assert log == ["Drawing of 3", "0", "1", "2", "stop"]


def test_watched_shows_nothing_within_a_second(
    log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 60.0)
    assert list(progress.watched(["a", "b"], "Drawing")) == ["a", "b"]
    assert log == []


def test_waiting_removes_its_bar_even_after_an_error(log: list[str]) -> None:
    def fail_once_shown() -> None:
        with progress.waiting("Writing"):
            while not log:  # until the timer has shown it
                time.sleep(0.001)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_once_shown()
    assert log == ["Writing of None", "stop"]


def test_nothing_is_shown_where_no_terminal_is(
    log: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "in_colour", lambda _: False)
    assert list(progress.watched(["a"], "Drawing")) == ["a"]
    with progress.waiting("Writing"):
        time.sleep(0.01)
    assert log == []


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ("verify --texts texts --scenarios record", r"Searching a text of \d+"),
        ("site Fiji --scenarios record --figures none -o pages", r"Writing pages of \d+"),
    ],
)
def test_command_that_may_take_long_counts_what_is_done(
    words: str,
    begun: str,
    log: list[str],
    run: Run,
    tmp_path: Path,
    story: Story,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lay_out(tmp_path, story)
    monkeypatch.chdir(tmp_path)
    copy = Path("texts/yearbook-2026.txt")
    copy.write_text("Nobody came, and nothing was said.", encoding="utf-8")  # so it is gone over
    assert run(*words.split()).code in (0, 1)
    (at,) = (place for place, line in enumerate(log) if re.fullmatch(begun, line))
    total = int(log[at].rpartition(" ")[2])
    assert log[at + 1 : log.index("stop", at)] == [str(done) for done in range(total)]


def test_bar_starts_and_stops(capsys: pytest.CaptureFixture[str]) -> None:
    bar = terminal.Bar("Drawing", 2)
    bar.show(1)
    bar.stop()
    assert "Traceback" not in capsys.readouterr().err

"""What holds for every command when a standard stream is closed, full, or read by nobody."""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, TextIO

import pytest
from support.every_command import EVERY, Example, file_options, lay_out, one_each, ready
from support.fixtures import Story

from recognition_model.analysis import proof
from recognition_model.cli.app import SUMMARIES, main

each = pytest.mark.parametrize("example", one_each(EVERY), ids=lambda example: example.command)
posix_only = pytest.mark.skipif(os.name != "posix", reason="pipes as POSIX has them")


class Ended(NamedTuple):
    """The exit code of a command, and what went to its standard streams."""

    code: int
    out: str
    err: str


class Streams:
    """Runs examples in this process with streams of the test's choice."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.patch = folder, monkeypatch

    def run(self, example: Example, **given: TextIO | None) -> Ended:
        """Run an example; `stdin`, `stdout` and `stderr` may be given, None for a closed one."""
        data = io.TextIOWrapper(io.BytesIO(example.stdin.encode()))
        kept = {name: io.TextIOWrapper(io.BytesIO()) for name in ("stdout", "stderr")}
        for name, stream in {"stdin": data, **kept, **given}.items():
            self.patch.setattr(f"sys.{name}", stream)
        self.patch.setattr("sys.argv", ["recognition-model", *example.args])
        with pytest.raises(SystemExit) as ended:
            main()
        assert isinstance(ended.value.code, int)
        told = {}
        for name, stream in kept.items():
            if name not in given:
                stream.flush()
            told[name] = stream.buffer.getvalue().decode()  # type: ignore[attr-defined]
        for stream in given.values():
            if stream is not None:
                with suppress(OSError):  # nobody reads what it still holds
                    stream.close()
        return Ended(ended.value.code, told["stdout"], told["stderr"])


@pytest.fixture(scope="session")
def proved() -> Iterator[None]:
    """Prove a rule table once: it takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proof, "prove", functools.lru_cache(proof.prove))
        yield


@pytest.fixture
def streams(
    tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch, example: Example
) -> Streams:
    """The files of the examples in the current folder, and what runs one."""
    ready(example)
    lay_out(tmp_path, story)
    monkeypatch.chdir(tmp_path)
    return Streams(tmp_path, monkeypatch)


def broken_pipe() -> TextIO:
    """The end of a pipe whose reader has gone."""
    reading, writing = os.pipe()
    os.close(reading)
    return io.TextIOWrapper(os.fdopen(writing, "wb"))


def full() -> TextIO:
    """A disk without room."""
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    return io.TextIOWrapper(Path("/dev/full").open("wb"))


def test_every_command_has_an_example_with_each_option_that_names_a_file() -> None:
    assert {example.command for example in EVERY} == set(SUMMARIES)
    used = {name: set[str]() for name in SUMMARIES}
    for example in EVERY:
        used[example.command] |= set(example.args) | ({"--output"} if example.output else set())
    assert {name: options - used[name] for name, options in file_options().items()} == {
        name: set() for name in SUMMARIES
    }


@each
def test_answer_that_nobody_can_get_exits_2_and_says_so(
    streams: Streams, example: Example, proved: None
) -> None:
    closed = streams.run(example, stdout=None)
    assert (closed.code, closed.err.splitlines()[-1]) == (
        2,
        "cannot write: standard output is closed",
    )


@each
def test_answer_for_which_there_is_no_room_exits_2_and_says_so(
    streams: Streams, example: Example, proved: None
) -> None:
    ended = streams.run(example, stdout=full())
    assert (ended.code, ended.err.splitlines()[-1]) == (2, "cannot write: No space left on device")


@posix_only
@each
def test_reader_who_has_seen_enough_changes_neither_code_nor_messages(
    streams: Streams, example: Example, proved: None
) -> None:
    ended = streams.run(example, stdout=broken_pipe())
    assert ended.code in (0, 1), ended.err
    assert "cannot write" not in ended.err
    assert "Traceback" not in ended.err


@posix_only
@each
@pytest.mark.parametrize("stderr", [None, "broken pipe"], ids=str)
def test_answer_does_not_need_standard_error_nor_input(
    streams: Streams, example: Example, stderr: str | None, proved: None
) -> None:
    if example.command in ("site", "prove", "screen") and stderr:
        pytest.skip("tried with closed streams alone, for time")
    ended = streams.run(example, stderr=broken_pipe() if stderr else None, stdin=None)
    assert ended.code in (0, 1)
    assert ended.out

"""What holds for every command that reads a folder: it hides no file and waits for none."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest
from support.every_command import (
    PRINTING,
    WRITING,
    Example,
    lay_out,
    one_each,
    reads_record,
    ready,
)
from support.fixtures import Run, Story

READING = [example for example in (*PRINTING, *one_each(WRITING)) if reads_record(example)]
posix_only = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
reading = pytest.mark.parametrize("example", READING, ids=lambda one: str(one)[:60])


@pytest.fixture
def ran(run: Run, tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run an example in a folder with the files of the examples."""
    lay_out(tmp_path, story)
    monkeypatch.chdir(tmp_path)
    return run


@posix_only
@reading
def test_file_that_is_damaged_or_no_ordinary_one_is_named_and_not_waited_for(
    example: Example, ran: Run
) -> None:
    ready(example)
    record = Path("record")
    os.mkfifo(record / "KAZ.yaml")
    (record / "IRN.yaml").symlink_to("/dev/zero")
    (record / "CHN.yaml").symlink_to("nowhere")
    (record / "UZB.yaml").symlink_to("UZB.yaml")
    (record / "TKM.yaml").mkdir()
    (record / "VUT.yaml").write_text("fromat: recognition-scenario/1\ncountry: VUT\n", "utf-8")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("record/TJK.yaml")
        ended = ran(*example.args, stdin=example.stdin)
    assert ended.code == 2
    for country in ("KAZ", "IRN", "CHN", "UZB", "TKM", "TJK"):
        assert f"record/{country}.yaml: error RM101 cannot be read: " in ended.err
    assert "record/VUT.yaml:1:1: error RM201 unknown key 'fromat'" in ended.err
    assert "Traceback" not in ended.err


@posix_only
@reading
def test_register_that_cannot_be_read_is_named_by_whatever_misses_it(
    example: Example, ran: Run
) -> None:
    ready(example)
    Path("record/sources.yaml").unlink()
    os.mkfifo("record/sources.yaml")
    ended = ran(*example.args, stdin=example.stdin)
    assert ended.code == 2
    assert "record/sources.yaml: error RM101 cannot be read: it is not an ord" in ended.err


@reading
def test_folder_that_may_not_be_read_is_told_as_read_and_not_as_written(
    example: Example, ran: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready(example)
    look = Path.iterdir

    def refusing(path: Path) -> object:
        if path == Path("record"):
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", refusing)
        ended = ran(*example.args, stdin=example.stdin)
    assert ended.code == 2
    assert "record: error RM101 cannot be read: Permission denied" in ended.err
    assert "cannot write" not in ended.err


@posix_only
@pytest.mark.parametrize("name", ["texts/x.txt", "texts/yearbook-2026.txt"])
def test_texts_that_are_no_ordinary_files_hold_nothing_up(name: str, ran: Run) -> None:
    Path(name).unlink(missing_ok=True)
    os.mkfifo(name)
    ended = ran("verify", "--texts", "texts", "--scenarios", "record")
    assert ended.code == (0 if name == "texts/x.txt" else 1)
    assert "Traceback" not in ended.err


@posix_only
def test_register_to_add_to_is_not_waited_for_if_it_is_a_pipe_in_a_folder(ran: Run) -> None:
    Path("record/sources.yaml").unlink()
    os.mkfifo("record/sources.yaml")
    ended = ran("source", "add", "https://example.org/2025/07/03/talks", "-o", "record")
    assert ended.code == 2
    assert "record/sources.yaml: error RM101 cannot be read: it is not an ordin" in ended.err


def test_register_to_add_to_is_not_replaced_if_it_is_a_link_that_leads_nowhere(ran: Run) -> None:
    Path("record/sources.yaml").unlink()
    Path("record/sources.yaml").symlink_to("nowhere")
    ended = ran("source", "add", "https://example.org/2025/07/03/talks", "-o", "record")
    assert ended.code == 2
    assert ended.err == (
        "record/sources.yaml: error RM101 cannot be read: No such file or directory\n"
        "  hint: it is a link that leads nowhere: to nowhere\n"
    )


@posix_only
@pytest.mark.parametrize(
    "args",
    [
        ("checked", "--from", "sheet.csv", "--scenarios", "record"),
        ("checked", "Fiji", "--entry", "1", "--result", "agrees", "--on", "2026-01-20"),
        ("checked", "--draw", "2", "--seed", "7", "--scenarios", "record"),
        ("events", "Fiji", "--with", "record", "--rules", "strict", "--against", "trusting"),
    ],
    ids=lambda args: " ".join(args[:2]),
)
def test_error_that_comes_from_a_file_that_was_not_used_names_the_file(
    args: tuple[str, ...], ran: Run
) -> None:
    Path("record/sources.yaml").unlink()
    more = () if "record" in args else ("--scenarios", "record", "--against", "yearbook-2026")
    ended = ran(*args, *more)
    assert ended.code == 2
    assert "error RM303" in ended.err or "error RM301" in ended.err
    assert "Error: " in ended.err

"""`recognition-model site --preview`."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from support.commands import INTERRUPTIBLE
from support.fixtures import Run, Story
from support.previewed import WRONG, edit, reading_of, two_countries

from recognition_model.cli.preview import _say
from recognition_model.report.preview.server import PreviewServer


@pytest.fixture
def files(tmp_path: Path, story: Story) -> Path:
    """A folder with the records of Fiji and Chile, and a register."""
    return two_countries(tmp_path, story)


@contextmanager
def running(*args: str, cwd: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run `site --preview`: the process, and the first line that it says."""
    with subprocess.Popen(
        [sys.executable, *INTERRUPTIBLE, "site", "--preview", *args],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


@pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")
def test_preview_says_where_it_is_and_ends_with_ctrl_c(files: Path) -> None:
    with running("--scenarios", ".", cwd=files) as (process, line):
        found = re.fullmatch(
            r"preview of 2 countries at http://127\.0\.0\.1:(\d+)/ \(Ctrl-C ends it\)\n", line
        )
        assert found, process.stderr and process.stderr.read()
        with closing(http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=30)) as asked:
            asked.request("GET", "/FJI.html")
            assert b"Fiji" in asked.getresponse().read()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (130, "")
    assert sorted(path.name for path in files.iterdir()) == ["CHL.yaml", "FJI.yaml", "sources.yaml"]


def test_port_in_use_is_a_usage_error(files: Path, run: Run) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        code, _, err = run("site", "--preview", "--scenarios", str(files), "--port", str(port))
    assert code == 2
    assert f"--port {port} cannot be used" in err


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--preview", "-o", "x"], "-o cannot be used with --preview"),
        (["--preview", "--url", "https://example.org/"], "--url cannot be used with --preview"),
        (["--preview", "--figures", "none"], "--figures cannot be used with --preview"),
        (["-o", "x", "--port", "1"], "--port needs --preview"),
        ([], "give -o DIR, the folder to write, or --preview"),
        (["--preview", "--port", "65536"], "65536 is not in the range"),
    ],
)
def test_options_that_do_nothing_are_refused(
    args: list[str], said: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A preview that begins all the same ends here, and not with the tests.
    monkeypatch.setattr(PreviewServer, "serve_forever", lambda _: None)
    code, _, err = run("site", *args)
    assert code == 2
    assert said in err


def test_terminal_says_of_which_file_a_version_is_shown_and_of_which_none(
    files: Path, story: Story, capsys: pytest.CaptureFixture[str]
) -> None:
    (files / "NZL.yaml").write_text(story(WRONG, country="NZL"), encoding="utf-8")
    reading = reading_of(files)
    edit(files / "FJI.yaml", "act: engage", "act: engag")
    *_, last = reading.again(reading.changed())
    _say("", last)
    said = capsys.readouterr().out.splitlines()
    assert "the last version that could be read is shown of FJI.yaml" in said
    assert "no version could be read yet of NZL.yaml" in said

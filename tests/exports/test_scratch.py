"""Temporary files of libraries that write into files alone, on a full disk."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from recognition_model.exports.scratch import scratch_file
from recognition_model.io.atomic import NotWritten

LIMITED = """
import resource, signal, sys
import recognition_model.cli.app
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write fails, as on a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
sys.argv = ["recognition-model", *sys.argv[1:]]
from recognition_model.cli import main
main()
"""
NEEDS = {"stata": "pyreadstat", "spss": "pyreadstat", "excel": "xlsxwriter", "sqlite": "sqlite3"}
ENDINGS = {"stata": "zip", "spss": "zip", "excel": "xlsx", "sqlite": "sqlite"}


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="limits as POSIX has them")
@pytest.mark.parametrize("kind", NEEDS)
def test_export_that_does_not_fit_on_the_disk_says_so_and_writes_nothing(
    kind: str, tmp_path: Path
) -> None:
    if find_spec(NEEDS[kind]) is None:
        pytest.skip(f"{NEEDS[kind]} is not installed")
    output, scratch = tmp_path / f"out.{ENDINGS[kind]}", tmp_path / "scratch"
    scratch.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, "export", kind, "RUS", "-o", str(output)],
        capture_output=True,
        text=True,
        env=os.environ | {"TMPDIR": str(scratch)},
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert re.fullmatch(
        rf"cannot write {output}: .+, in the temporary folder {scratch}\S*\n", done.stderr
    )
    assert [path.name for path in tmp_path.iterdir()] == ["scratch"]


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="limits as POSIX has them")
def test_full_disk_that_a_library_hides_is_told(tmp_path: Path) -> None:
    script = """
import resource, signal
from contextlib import suppress
from recognition_model.exports.scratch import scratch_file
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
with scratch_file("x", lambda error: False) as path:
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while file.write(bytes(30)):
            pass
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert re.search("NotWritten: .*File too large, in the temporary folder", done.stderr)


def is_key_error(error: Exception) -> bool:
    return isinstance(error, KeyError)


def test_failure_of_a_library_that_is_no_full_disk_stays_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), scratch_file("x", is_key_error):
        raise ZeroDivisionError


def test_full_disk_names_the_temporary_folder_which_is_gone() -> None:
    with pytest.raises(NotWritten, match="disk is full") as caught, scratch_file("x", is_key_error):
        raise KeyError("disk is full")
    assert not Path(str(caught.value.filename)).exists()

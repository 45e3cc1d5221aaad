"""`new` on the command line: its files and messages, and no file overwritten."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import recognition_model as rm
from recognition_model.io.scaffold import new_register, new_scenario

Ran = Callable[..., "subprocess.CompletedProcess[str]"]

WROTE = """\
wrote FJI.yaml: Fiji (FJI), a scenario that claims nothing yet
wrote sources.yaml: a register for its sources
next: recognition-model replay FJI.yaml
"""


@pytest.fixture
def run(apart: Ran) -> Ran:
    """Run a command in a process of its own, in an empty folder."""
    return apart


def files_in(folder: Path) -> dict[str, str]:
    """Every file, hidden ones too, and what it holds."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("country", ["Fiji", "FJI", "fj"])
def test_new_writes_record_and_register_that_replay(run: Ran, tmp_path: Path, country: str) -> None:
    done = run("new", country)
    assert (done.returncode, done.stdout, done.stderr) == (0, WROTE, "")
    assert files_in(tmp_path) == {"FJI.yaml": new_scenario("FJI"), "sources.yaml": new_register()}
    replayed = run("replay", "FJI.yaml")
    assert (replayed.returncode, replayed.stderr) == (0, "")
    assert replayed.stdout.endswith("\n1 country, 0 changes, 0 refusals (0 expected), 0 findings\n")


@pytest.mark.parametrize(
    ("output", "written"), [("my records", "FJI.yaml"), ("my records/FJI.yml", "FJI.yml")]
)
def test_new_accepts_folder_or_file(run: Ran, tmp_path: Path, output: str, written: str) -> None:
    (tmp_path / "my records").mkdir()
    done = run("new", "Fiji", "-o", output)
    assert (done.returncode, done.stderr) == (0, "")
    assert set(files_in(tmp_path)) == {f"my records/{written}", "my records/sources.yaml"}
    assert done.stdout.endswith(f"next: recognition-model replay 'my records/{written}'\n")


def test_new_names_folder_like_option_as_path(run: Ran, tmp_path: Path) -> None:
    (tmp_path / "-d").mkdir()
    done = run("new", "Fiji", "-o", "./-d")
    assert done.returncode == 0
    assert done.stdout.endswith("next: recognition-model replay ./-d/FJI.yaml\n")


def test_new_to_stdout_prints_only_file_and_notes_on_stderr(run: Ran, tmp_path: Path) -> None:
    done = run("new", "Fiji", "-o", "-")
    assert (done.returncode, done.stdout) == (0, new_scenario("FJI"))
    assert done.stderr == (
        "note: save it as FJI.yaml, and put its sources into a sources.yaml beside it;"
        " `recognition-model new FJI` writes both\n"
    )
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("register", ["sources.yaml", "sources.yml"])
def test_new_keeps_existing_register(run: Ran, tmp_path: Path, register: str) -> None:
    (tmp_path / register).write_text("mine", encoding="utf-8")
    done = run("new", "Fiji")
    assert (done.returncode, done.stderr) == (0, "")
    assert "sources" not in done.stdout
    assert files_in(tmp_path) == {"FJI.yaml": new_scenario("FJI"), register: "mine"}


@pytest.mark.parametrize("there", ["FJI.yaml", "FJI.yml"])
@pytest.mark.parametrize("args", [(), ("-o", "FJI.yaml"), ("-o", "FJI.yml"), ("-o", ".")])
def test_new_does_not_overwrite_existing_record(
    run: Ran, tmp_path: Path, there: str, args: tuple[str, ...]
) -> None:
    (tmp_path / there).write_text("mine", encoding="utf-8")
    done = run("new", "Fiji", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"Error: {there} already exists; not overwritten\n")
    assert files_in(tmp_path) == {there: "mine"}


def test_new_does_not_overwrite_record_created_meanwhile(run: Ran, tmp_path: Path) -> None:
    meanwhile = (
        "import recognition_model.cli.new as c\n"
        "from pathlib import Path\n"
        "real = c.write_new\n"
        "c.write_new = lambda files: (Path('FJI.yaml').write_text('theirs'), real(files))"
    )
    done = run("new", "Fiji", before=meanwhile)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: FJI.yaml already exists; not overwritten" in done.stderr
    assert files_in(tmp_path) == {"FJI.yaml": "theirs"}


WRONG = {
    ("Fidji",): "no country is called 'Fidji': did you mean FJI (Fiji)?",
    ("Fiji", "-o", "fiji.yaml"): "Fiji (FJI) is named FJI.yaml, not 'fiji.yaml'; or name a folder",
    ("Fiji", "-o", "NOR.yaml"): "a scenario of Fiji (FJI) is named FJI.yaml, not 'NOR.yaml'",
    ("Fiji", "-o", "FJI.txt"): "a scenario of Fiji (FJI) is named FJI.yaml, not 'FJI.txt'",
    ("Fiji", "-o", "nowhere"): "there is no folder nowhere; make it first",
    ("Fiji", "-o", "no/such/FJI.yaml"): "cannot write no/such/FJI.yaml: No such file",
    (): "Missing argument 'COUNTRY'",
}


@pytest.mark.parametrize(("args", "said"), WRONG.items(), ids=[" ".join(key) for key in WRONG])
def test_new_with_wrong_argument_exits_2_without_file(
    args: tuple[str, ...], said: str, run: Ran, tmp_path: Path
) -> None:
    done = run("new", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr
    assert files_in(tmp_path) == {}


def test_new_for_shipped_country_writes_file_and_names_shipped_one(
    run: Ran, tmp_path: Path
) -> None:
    done = run("new", "Norway")
    assert done.returncode == 0
    assert (tmp_path / "NOR.yaml").read_text(encoding="utf-8") == new_scenario("NOR")
    note = r"note: the shipped record has Norway \(NOR\); to start from it, copy (.*)\n"
    named = re.fullmatch(note, done.stderr)
    assert named is not None
    shutil.copy(named[1], tmp_path / "NOR.yaml")
    assert len(rm.load(tmp_path / "NOR.yaml").timeline) > 0


def test_new_in_shipped_record_names_shipped_register(run: Ran, tmp_path: Path) -> None:
    (tmp_path / "scenarios").mkdir()
    clone = "import recognition_model.cli.new as c\nfrom pathlib import Path\nc.record_root = Path"
    done = run("new", "Fiji", "-o", "scenarios", before=clone)
    assert (done.returncode, done.stderr) == (0, "")
    assert "put its sources into seeds/sources.yaml\n" in done.stdout
    assert set(files_in(tmp_path)) == {"scenarios/FJI.yaml"}


def test_new_loads_no_heavy_library(run: Ran) -> None:
    check = (
        "import atexit, sys\n"
        "heavy = {'matplotlib', 'numpy', 'jinja2'}\n"
        "atexit.register(lambda: print(sorted(heavy & {*sys.modules})))"
    )
    done = run("new", "Fiji", before=check)
    assert done.stdout == f"{WROTE}[]\n"

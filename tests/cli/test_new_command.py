"""`new` on the command line: its files and messages, and no file overwritten."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.shell_completion import BashComplete

import recognition_model as rm
from recognition_model.cli.app import cli
from recognition_model.io.scaffold import new_register, new_scenario

Ran = Callable[..., "subprocess.CompletedProcess[str]"]

WROTE = """\
wrote FJI.yaml: Fiji (FJI), a scenario that claims nothing yet
wrote sources.yaml: a register for its sources
wrote schemas/scenario.json and schemas/sources.json: for your editor
next: recognition-model replay FJI.yaml
"""
SCENARIO, REGISTER = "schemas/scenario.json", "schemas/sources.json"


@pytest.fixture
def run(apart: Ran) -> Ran:
    """Run a command in a process of its own, in an empty folder."""
    return apart


def starter(country: str, *, bare: bool = False, schema: str = SCENARIO) -> str:
    """The file that `new` writes."""
    return new_scenario(country, bare=bare, schema=schema)


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
    written = files_in(tmp_path)
    assert written.keys() == {"FJI.yaml", "sources.yaml", SCENARIO, REGISTER}
    assert written["FJI.yaml"] == starter("FJI")
    assert written["sources.yaml"] == new_register(schema=REGISTER)
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
    names = {written, "sources.yaml", SCENARIO, REGISTER}
    assert set(files_in(tmp_path)) == {f"my records/{name}" for name in names}
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
        " `recognition-model new FJI` writes them\n"
    )
    assert files_in(tmp_path) == {}


@pytest.mark.parametrize("register", ["sources.yaml", "sources.yml"])
def test_new_keeps_existing_register(run: Ran, tmp_path: Path, register: str) -> None:
    (tmp_path / register).write_text("mine", encoding="utf-8")
    done = run("new", "Fiji")
    assert (done.returncode, done.stderr) == (0, "")
    assert "sources" not in done.stdout
    written = files_in(tmp_path)
    assert written.keys() == {"FJI.yaml", SCENARIO, register}
    assert (written["FJI.yaml"], written[register]) == (starter("FJI"), "mine")


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
        "c.write_new = lambda *given: (Path('FJI.yaml').write_text('theirs'), real(*given))"
    )
    done = run("new", "Fiji", before=meanwhile)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: FJI.yaml already exists; not overwritten" in done.stderr
    assert files_in(tmp_path) == {"FJI.yaml": "theirs"}
    assert not (tmp_path / "schemas").exists()


WRONG = {
    ("Fidji",): "no country is called 'Fidji': did you mean FJI (Fiji)?",
    ("Fiji", "-o", "fiji.yaml"): "Fiji (FJI) is named FJI.yaml, not 'fiji.yaml'; or name a folder",
    ("Fiji", "-o", "NOR.yaml"): "a scenario of Fiji (FJI) is named FJI.yaml, not 'NOR.yaml'",
    ("Fiji", "-o", "FJI.txt"): "a scenario of Fiji (FJI) is named FJI.yaml, not 'FJI.txt'",
    ("Fiji", "-o", "nowhere"): "there is no folder nowhere; make it first",
    ("Fiji", "-o", "no/such/FJI.yaml"): "cannot write no/such/FJI.yaml: No such file",
    ("Fiji", "Fidji"): "no country is called 'Fidji'",
    ("Fiji", "TUV", "-o", "FJI.yaml"): "FJI.yaml is no folder; several countries need one that",
    ("Fiji", "TUV", "-o", "-"): "standard output takes one country; name a folder for several",
    (): "Missing argument 'COUNTRY...'",
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
    assert (tmp_path / "NOR.yaml").read_text(encoding="utf-8") == starter("NOR")
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
    schema = "../schemas/scenario.json"  # of the package, which is here in the test
    assert files_in(tmp_path) == {"scenarios/FJI.yaml": starter("FJI", schema=schema)}


def test_new_bare_writes_short_files_that_replay(run: Ran, tmp_path: Path) -> None:
    done = run("new", "Fiji", "--bare")
    assert (done.returncode, done.stdout, done.stderr) == (0, WROTE, "")
    written = files_in(tmp_path)
    assert written["FJI.yaml"] == starter("FJI", bare=True)
    assert written["sources.yaml"] == new_register(bare=True, schema=REGISTER)
    assert run("replay", ".").returncode == 0
    printed = run("new", "Tuvalu", "--bare", "-o", "-")
    assert printed.stdout == new_scenario("TUV", bare=True)


def test_new_writes_several_countries_each_once(run: Ran, tmp_path: Path) -> None:
    done = run("new", "Fiji", "TUV", "fj")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "wrote FJI.yaml: Fiji (FJI), a scenario that claims nothing yet\n"
        "wrote TUV.yaml: Tuvalu (TUV), a scenario that claims nothing yet\n"
        "wrote sources.yaml: a register for its sources\n"
        "wrote schemas/scenario.json and schemas/sources.json: for your editor\n"
        "next: recognition-model replay FJI.yaml TUV.yaml\n"
    )
    written = files_in(tmp_path)
    assert (written["FJI.yaml"], written["TUV.yaml"]) == (starter("FJI"), starter("TUV"))


def test_new_writes_all_countries_or_none(run: Ran, tmp_path: Path) -> None:
    (tmp_path / "TUV.yml").write_text("mine", encoding="utf-8")
    done = run("new", "Fiji", "TUV")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Error: TUV.yml already exists; not overwritten" in done.stderr
    assert files_in(tmp_path) == {"TUV.yml": "mine"}


def test_new_names_a_schema_that_offers_the_shipped_words(run: Ran, tmp_path: Path) -> None:
    assert run("new", "Fiji").returncode == 0
    record = rm.load_folder()
    for name in ("FJI.yaml", "sources.yaml"):
        first, _, _ = (tmp_path / name).read_text(encoding="utf-8").partition("\n")
        schema = tmp_path / first.removeprefix("# yaml-language-server: $schema=")
        made = json.loads(schema.read_text(encoding="ascii"))
        assert made == rm.json_schema(schema.stem, record)


def test_new_keeps_existing_schemas(run: Ran, tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    (tmp_path / SCENARIO).write_text("mine", encoding="utf-8")
    done = run("new", "Fiji")
    assert (done.returncode, done.stderr) == (0, "")
    assert "wrote schemas/sources.json: for your editor\n" in done.stdout
    assert files_in(tmp_path)[SCENARIO] == "mine"
    again = run("new", "Tuvalu")
    assert again.stdout.splitlines()[1:] == ["next: recognition-model replay TUV.yaml"]


def test_new_loads_no_heavy_library(run: Ran) -> None:
    check = (
        "import atexit, sys\n"
        "heavy = {'matplotlib', 'numpy', 'jinja2'}\n"
        "atexit.register(lambda: print(sorted(heavy & {*sys.modules})))"
    )
    done = run("new", "Fiji", before=check)
    assert done.stdout == f"{WROTE}[]\n"


def test_completion_of_new_offers_countries_after_countries() -> None:
    complete = BashComplete(cli, {}, "recognition-model", "_RECOGNITION_MODEL_COMPLETE")
    offered = complete.get_completions(["new", "FJI", "--bare"], "tuv")
    assert [(item.value, item.help) for item in offered] == [("TUV", "Tuvalu")]

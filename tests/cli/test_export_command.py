"""`export` on the command line: files, refusals, and nothing lost."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from support.fixtures import Run

from recognition_model.exports import FORMATS

EXPORT = [sys.executable, "-m", "recognition_model", "export"]
Apart = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `export` in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return partial(run, "export")


@pytest.fixture
def run_apart(apart: Apart) -> Apart:
    """Run `export` in a process of its own, in an empty folder."""
    return partial(apart, "export")


@pytest.mark.parametrize(
    ("form", "name", "begins"),
    [
        ("csv", "all.zip", b"PK"),
        ("xes", "log.XES", b"<?xml"),
        ("csl", "sources.json", b"["),
        ("bibtex", "sources.bib", b"@"),
        ("jsonld", "prov.jsonld", b"{"),
        ("sqlite", "record.sqlite", b"SQLite format 3"),
    ],
)
def test_each_format_writes_its_file(
    run: Run, tmp_path: Path, form: str, name: str, begins: bytes
) -> None:
    done = run(form, "-o", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"wrote {name}: {form}, ")
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_bytes().startswith(begins)


def test_one_table_of_named_countries_is_written_as_csv(run: Run, tmp_path: Path) -> None:
    done = run("csv", "Kazakhstan", "--table", "country_year", "--dates", "latest", "-o", "y.csv")
    assert done.code == 0
    with (tmp_path / "y.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["year"]: row for row in csv.DictReader(stream)}
    assert {row["country"] for row in rows.values()} == {"KAZ"}
    assert done.out.splitlines()[1] == "wrote y_datapackage.json: describes y.csv, with its version"
    # Delisted on a day from 2023-12-29 to 2024-01-31.
    assert (rows["2023"]["stage"], rows["2023"]["certain"]) == ("engaged", "false")
    assert (rows["2024"]["stage"], rows["2024"]["certain"]) == ("delisted", "true")


def test_bibliography_without_country_is_register_public_by_day(run: Run, tmp_path: Path) -> None:
    counts = []
    for more in ((), ("--known-by", "2022-12-31"), ("China",)):
        assert run("csl", "-o", "a.json", *more).code in (0, 1)
        counts.append(len(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))))
    everything, early, chinese = counts
    assert everything > early > 0
    assert everything > chinese > 0


WRONG = {
    ("csv", "-o", "a.txt"): "csv ends in .zip or .csv, not as 'a.txt'",
    ("xes", "-o", "a.xml"): "xes ends in .xes, not as 'a.xml'",
    ("csv", "-o", "a.csv"): "a .zip holds all tables, a .csv the one that --table names: countries",
    ("csv", "--table", "spells", "-o", "a.zip"): "a .zip holds all tables",
    ("csv", "--table", "spels", "-o", "a.csv"): "no table is called 'spels': did you mean spells?",
    ("xes", "--table", "spells", "-o", "a.xes"): "--table cannot be used with `export xes`",
    ("csl", "--dates", "latest", "-o", "a.json"): "--dates cannot be used with `export csl`",
    (
        "xes",
        "--dates",
        "all",
        "-o",
        "a.xes",
    ): "`export xes` reads each date at one day: --dates earliest or latest",
    ("csv", "--excel", "-o", "a.zip"): "--excel goes with one table as .csv",
    ("stata", "--table", "spells", "-o", "a.zip"): "a .dta the one that --table names",
    ("sqlite", "--table", "spells", "-o", "a.db"): "--table cannot be used with `export sqlite`",
    ("xls", "-o", "a.xls"): "'xls' is not one of 'csv', 'parquet'",
    ("csv", "Fiji", "-o", "a.zip"): "not in the record: Fiji (FJI)",
    ("csv",): "Missing option '-o'",
    ("csv", "Oman", "-o", "no/such/folder.zip"): "cannot write no/such/folder.zip: No such file",
}


@pytest.mark.parametrize(("args", "said"), WRONG.items(), ids=[" ".join(key) for key in WRONG])
def test_wrong_export_arguments_exit_2_without_file(
    args: tuple[str, ...], said: str, run: Run, tmp_path: Path
) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("form", "name", "library", "extra"),
    [
        ("parquet", "a.zip", "pyarrow", "parquet"),
        ("stata", "a.zip", "pyreadstat", "labelled"),
        ("spss", "a.zip", "polars", "labelled"),
        ("excel", "a.xlsx", "xlsxwriter", "excel"),
    ],
)
def test_format_without_its_library_says_what_to_install(
    run_apart: Apart, tmp_path: Path, form: str, name: str, library: str, extra: str
) -> None:
    assert FORMATS[form].extra == extra
    absent = f"import sys; sys.modules['{library}'] = None"
    done = run_apart(form, "Oman", "-o", name, before=absent)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"pip install 'recognition-model[{extra}]'" in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("args", "begins"),
    [
        (("csv", "--table", "changes"), "country,kind,change,entry,"),
        (("csl",), "[\n"),
        (("xes",), "<?xml"),
        (("bibtex",), "@"),
    ],
)
def test_text_on_standard_output_is_the_file_alone(
    run: Run, tmp_path: Path, args: tuple[str, ...], begins: str
) -> None:
    done = run(*args, "Oman", "-o", "-")
    assert done.code == 0
    assert done.err.startswith("note: version ") or not done.err
    assert done.out.startswith(begins)
    assert not list(tmp_path.iterdir())
    ending = "csv" if args[0] == "csv" else FORMATS[args[0]].endings[0]
    run(*args, "Oman", "-o", f"a.{ending}")
    assert done.out.encode() == (tmp_path / f"a.{ending}").read_bytes()


def test_package_goes_into_a_pipe_but_not_onto_a_terminal(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    piped = subprocess.run([*EXPORT, "csv", "Oman", "-o", "-"], capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")
    with zipfile.ZipFile(io.BytesIO(piped.stdout)) as package:
        assert package.testzip() is None
    monkeypatch.setattr("recognition_model.cli.export.is_terminal", lambda _: True)
    done = run("csv", "Oman", "-o", "-")
    assert (done.code, done.out) == (2, "")
    assert "a .zip file is no text: write it to a file or into a pipe" in done.err
    assert run("csv", "Oman", "--table", "changes", "-o", "-").code == 0


def test_reader_that_closes_the_pipe_ends_the_export_quietly(tmp_path: Path) -> None:
    command = [*EXPORT, "csv", "--table", "country_year", "-o", "-"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()  # long before the first byte is written
        (note,) = running.stderr.read().splitlines()
        assert note.startswith(b"note: version ")
    assert running.returncode == 0


def test_full_disk_behind_standard_output_is_an_error(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    command = [*EXPORT, "csv", "--table", "changes", "-o", "-"]
    with full.open("wb") as stream:
        done = subprocess.run(
            command, cwd=tmp_path, stdout=stream, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1].startswith("cannot write: ")
    assert b"Traceback" not in done.stderr


def test_csv_for_excel_begins_with_a_byte_order_mark(run: Run, tmp_path: Path) -> None:
    for more in ((), ("--excel",)):
        assert run("csv", "--table", "sources", *more, "-o", f"a{len(more)}.csv").code == 0
    plain, marked = ((tmp_path / name).read_bytes() for name in ("a0.csv", "a1.csv"))
    assert marked == b"\xef\xbb\xbf" + plain


def test_export_of_one_table_loads_no_heavy_library(run_apart: Apart) -> None:
    check = (
        "import atexit, sys\n"
        "heavy = {'matplotlib', 'numpy', 'pyarrow'}\n"
        "atexit.register(lambda: print(sorted(heavy & {*sys.modules})))"
    )
    done = run_apart("csv", "--table", "spells", "-o", "a.csv", before=check)
    assert done.stdout.endswith("[]\n")


def test_descriptor_beside_a_table_replaces_only_its_own_earlier_one(
    run: Run, tmp_path: Path
) -> None:
    spells = ("csv", "Oman", "--table", "spells", "-o", "s.csv")
    assert (run(*spells).code, run(*spells).code) == (0, 0)
    beside = tmp_path / "s_datapackage.json"
    assert json.loads(beside.read_bytes())["resources"][0]["path"] == "s.csv"
    beside.write_text('{"resources": [{"path": "s.csv"}]}', "utf-8")  # a user's own
    refused = run(*spells)
    assert (refused.code, refused.out) == (2, "")
    assert "s_datapackage.json already exists; nothing was written (--force" in refused.err
    assert run(*spells, "--force").code == 0
    assert "edition" in json.loads(beside.read_bytes())


@pytest.mark.parametrize(
    ("args", "heading"),
    [
        (("--unit", "year", "-o", "a.csv"), "country,cow,gw,ccode1,"),
        (("--unit", "month", "-o", "a.csv"), "country,cow,gw,month,day,"),
        (("--unit", "day", "--table", "country_day", "-o", "a.csv"), "country,cow,gw,day,stage,"),
    ],
)
def test_unit_names_the_panel_of_one_file(
    args: tuple[str, ...], heading: str, run: Run, tmp_path: Path
) -> None:
    done = run("csv", "NOR", *args)
    assert done.code == 0, done.err
    assert (tmp_path / "a.csv").read_text().startswith(heading)


def test_frame_adds_states_without_a_record(run: Run, tmp_path: Path) -> None:
    done = run("csv", "NOR", "--unit", "year", "--frame", "gw", "-o", "a.csv")
    assert done.code == 0, done.err
    with (tmp_path / "a.csv").open(newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["year"] == "2020"]
    assert len(rows) == 195
    assert [row["country"] for row in rows if row["in_record"] == "true"] == ["NOR"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("csv", "--unit", "year", "--table", "spells", "-o", "a.csv"), "--table names spells"),
        (("xes", "--unit", "year", "-o", "a.xes"), "--unit cannot be used with `export xes`"),
        (("csl", "--frame", "cow", "-o", "a.json"), "--frame cannot be used with `export csl`"),
        (("csv", "--frame", "cow", "--table", "spells", "-o", "a.csv"), "spells is not a panel"),
    ],
)
def test_unit_and_frame_that_fit_nothing_are_refused(
    args: tuple[str, ...], said: str, run: Run, tmp_path: Path
) -> None:
    done = run(*args)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert not list(tmp_path.iterdir())

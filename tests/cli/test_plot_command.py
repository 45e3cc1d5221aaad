"""`plot` and `report` on the command line: files, refusals, findings, and nothing lost."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.fixtures import Run
from support.paths import REGISTER

from recognition_model.cli.plot import SIDE_TABLES


@pytest.fixture
def run(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in this process, in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return run


@pytest.mark.parametrize(
    ("ending", "begins"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")]
)
def test_file_ending_chooses_format(run: Run, tmp_path: Path, ending: str, begins: bytes) -> None:
    done = run("plot", "history", "China", "-o", f"picture.{ending}")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"wrote picture.{ending}: China accepted a Taliban ambassador")
    assert (tmp_path / f"picture.{ending}").read_bytes().startswith(begins)


def test_table_is_written_beside_picture(run: Run, tmp_path: Path) -> None:
    done = run("plot", "share", "-o", "share.svg", "--table")
    names = [line.partition(": ")[0] for line in done.out.splitlines()]
    assert (done.code, names) == (0, ["wrote share.svg", "wrote share_table.csv"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["share.svg", "share_table.csv"]
    with (tmp_path / "share_table.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert (rows[0]["from"], rows[0]["of"]) == ("1996-09-27", "28")
    assert {row["panel"] for row in rows if row["from"] < "2021-08-15"} == {"1"}
    first = next(row for row in rows if row["panel"] == "2")
    assert (first["from"], first["of"]) == ("2021-08-15", "60")


def test_table_of_an_earlier_picture_is_named_and_left_as_it_is(run: Run, tmp_path: Path) -> None:
    assert run("plot", "time-to-stage", "-o", "a.svg", "--table").err == ""
    tables = {path.name: path.read_bytes() for path in tmp_path.glob("*.csv")}
    assert tables.keys() == {f"a_{name}.csv" for name in SIDE_TABLES}
    ended = run("plot", "share", "-o", "a.svg", "--table", "--force")
    assert (ended.code, ended.err) == (
        0,
        "note: not written with this picture: a_waits.csv; left as is\n",
    )
    ended = run("plot", "rules", "-o", "a.svg")
    assert (ended.code, ended.err) == (
        0,
        "note: not written with this picture: a_table.csv, a_waits.csv; left as is\n",
    )
    assert (tmp_path / "a_waits.csv").read_bytes() == tables["a_waits.csv"]


def test_existing_table_is_replaced_only_with_force(run: Run, tmp_path: Path) -> None:
    for name in ("share.svg", "share.csv", "share_table.csv"):
        (tmp_path / name).write_text("my own", encoding="utf-8")
    done = run("plot", "share", "-o", "share.svg", "--table")
    assert (done.code, done.out) == (2, "")
    assert "share_table.csv already exists; nothing was written (--force replaces it)" in done.err
    assert {path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {"my own"}
    assert run("plot", "share", "-o", "share.svg").code == 0  # no table, nothing to refuse
    done = run("plot", "share", "-o", "share.svg", "--table", "--force")
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "share_table.csv").read_text(encoding="utf-8") != "my own"
    assert (tmp_path / "share.csv").read_text(encoding="utf-8") == "my own"


WRONG = {
    ("swimmer", "-o", "a.jpg"): "a picture ends in .svg, .pdf or .png, not as 'a.jpg'",
    ("swimmer", "-o", "a"): "a picture ends in .svg, .pdf or .png, not as 'a'",
    ("swimmer",): "Missing option '-o'",
    ("pie", "-o", "a.svg"): "'pie' is not one of 'history', 'histories', 'compare'",
    ("history", "-o", "a.svg"): "`plot history` draws one country: plot history RUS -o russia.svg",
    ("history", "RU", "CN", "-o", "a.svg"): "`plot history` draws one country",
    ("history", "Rusia", "-o", "a.svg"): "did you mean RUS (Russia)?",
    ("history", "Fiji", "-o", "a.svg"): "not in the record: Fiji (FJI)",
    ("history", "RUS", "--rules", "stric", "-o", "a.svg"): "did you mean strict?",
    ("rules", "RUS", "-o", "a.svg"): "`plot rules` shows the rule table: it takes no country",
    ("rules", "--dates", "latest", "-o", "a.svg"): (
        "--dates cannot be used with `plot rules`: it shows nothing of the record"
    ),
    ("rules", "--known-by", "2024", "-o", "a.svg"): (
        "--known-by cannot be used with `plot rules`: it shows nothing of the record"
    ),
    ("rules", "--scenarios", ".", "-o", "a.svg"): (
        "--scenarios cannot be used with `plot rules`: it shows nothing of the record"
    ),
    ("rules", "--with", ".", "-o", "a.svg"): "--with cannot be used with `plot rules`",
    ("rules", "--since", "2024", "-o", "a.svg"): "--since cannot be used with `plot rules`",
    ("timeline", "--since", "2099", "-o", "a.svg"): "before 2099-01-01",
    ("timeline", "--since", "1990", "--until", "1990", "-o", "a.svg"): (
        "no change of stage, claim or signal is documented in 1990"
    ),
    ("timeline", "--fold", "-o", "a.svg"): "--fold cannot be used with `plot timeline`",
    (
        "network",
        "--since",
        "2021-01-01",
        "-o",
        "a.svg",
    ): "--since cannot be used with `plot network` (only with: history, ",
    ("share", "--without-assumed", "-o", "a.svg"): (
        "--without-assumed cannot be used with `plot share` (only with: time-to-stage)"
    ),
    ("share", "Russia", "China", "-o", "a.svg"): (
        "a share needs at least 5 countries with a record, and there are 2:"
        " percentages of so few mislead"
    ),
    ("share", "--since", "2099-01-01", "-o", "a.svg"): "no record reaches 2099-01-01: the last",
    ("share", "--until", "1990-01-01", "-o", "a.svg"): (
        "no record begins by 1990-01-01: the first begins on 1996-09-27"
    ),
    ("share", "--since", "2022-01-02", "--until", "2022-01-01", "-o", "a.svg"): (
        "--since is later than --until"
    ),
    ("swimmer", "--fold", "--even", "-o", "a.svg"): "--fold cannot be used with --even",
    ("share", "--dates", "middle", "-o", "a.svg"): "'middle' is not one of 'earliest', 'latest'",
    ("share", "--since", "2022~", "-o", "a.svg"): "2022~ is not a single day",
    ("swimmer", "-o", "no/such/folder.svg"): "cannot write no/such/folder.svg: No such file",
}


@pytest.mark.parametrize(("args", "said"), WRONG.items(), ids=[" ".join(key) for key in WRONG])
def test_wrong_arguments_exit_2_without_file(
    args: tuple[str, ...], said: str, run: Run, tmp_path: Path
) -> None:
    done = run("plot", *args)
    assert (done.code, done.out) == (2, "")
    assert said in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert not list(tmp_path.iterdir())


def test_scenario_with_findings_is_drawn_and_findings_are_printed(
    run: Run, tmp_path: Path, story: Callable[..., str]
) -> None:
    text = story("- {act: recognise, date: 2022-01-01, evidence: [$host]}", country="FJI")
    register = REGISTER
    (tmp_path / "sources.yaml").write_bytes(register.read_bytes())
    (tmp_path / "FJI.yaml").write_text(text, encoding="utf-8")
    done = run("plot", "history", "FJI", "--scenarios", "FJI.yaml", "-o", "fiji.svg")
    assert done.code == 1
    assert "RM501" in done.err
    assert (tmp_path / "fiji.svg").exists()


def test_even_is_the_default_and_fold_another_picture(run: Run, tmp_path: Path) -> None:
    for flags in ((), ("--even",), ("--fold",)):
        name = "".join(flags) or "--plain"
        assert run("plot", "history", "IND", *flags, "-o", f"{name[2:]}.svg").code == 0
    plain, even, fold = (
        (tmp_path / f"{name}.svg").read_bytes() for name in ("plain", "even", "fold")
    )
    assert plain == even != fold


def test_read_only_file_stays_unchanged(run: Run, tmp_path: Path) -> None:
    (tmp_path / "share_table.csv").mkdir()
    (tmp_path / "share.svg").write_text("old", encoding="utf-8")
    done = run("plot", "share", "-o", "share.svg", "--table", "--force")
    assert done.code == 2
    assert "share_table.csv: it is a directory" in done.err
    assert (tmp_path / "share.svg").read_text(encoding="utf-8") == "old"


def test_time_to_stage_accepts_stage_and_origin(run: Run) -> None:
    done = run(
        "plot", "time-to-stage", "--stage", "engaged", "--origin", "2021-09-01", "-o", "t.svg"
    )
    assert re.fullmatch(
        r"wrote t.svg: \d+ of \d+ countries began official dealings after 1 September 2021,"
        r" by the end of their data\n",
        done.out,
    )


def test_rule_table_and_timeline_are_drawn_with_their_tables(run: Run, tmp_path: Path) -> None:
    assert run("plot", "rules", "--table", "-o", "r.svg").code == 0
    assert (tmp_path / "r_table.csv").read_text("utf-8").startswith("rule,act,before,after")
    asked = ("RUS", "CHN", "--since", "2023-12", "--until", "2023-12")
    assert run("plot", "timeline", *asked, "--table", "-o", "t.svg").out.startswith(
        "wrote t.svg: Between 1 and 31 December 2023, one stage changed: China accepted an"
        " ambassador\n"
    )
    with (tmp_path / "t_table.csv").open(encoding="utf-8", newline="") as stream:
        changes = [row for row in csv.DictReader(stream) if row["kind"] == "change"]
    assert [(row["country"], row["date"]) for row in changes] == [("CHN", "2023-12-01")]


def test_time_to_stage_writes_estimate_and_waits_beside_picture(run: Run, tmp_path: Path) -> None:
    asked = ("plot", "time-to-stage", "AZE", "RUS", "--stage", "de_jure_recognition", "--table")
    done = run(*asked, "-o", "two.svg")
    names = [line.partition(": ")[0] for line in done.out.splitlines()]
    assert names == ["wrote two.svg", "wrote two_table.csv", "wrote two_waits.csv"]
    with (tmp_path / "two_table.csv").open(encoding="utf-8", newline="") as stream:
        rows = {row["days"]: row for row in csv.DictReader(stream)}
    # Azerbaijan's data end on 2 July 2025; Russia recognises on the 3rd, 1418 days on.
    assert (rows["1418"]["at_risk"], rows["1418"]["share"]) == ("1", "1.0")
    with (tmp_path / "two_waits.csv").open(encoding="utf-8", newline="") as stream:
        ended = [(row["country"], row["right"], row["ended"]) for row in csv.DictReader(stream)]
    assert ended == [("AZE", "", "record_ended"), ("RUS", "1418", "reached")]
    again = run(*asked, "-o", "two.svg")
    assert (again.code, again.out) == (2, "")
    assert "two_table.csv, two_waits.csv already exist; nothing was written" in again.err


def test_time_to_stage_leaves_out_assumed_stages_on_request(run: Run, tmp_path: Path) -> None:
    run("plot", "time-to-stage", "--without-assumed", "--table", "-o", "t.svg")
    with (tmp_path / "t_waits.csv").open(encoding="utf-8", newline="") as stream:
        bases = {row["basis"] for row in csv.DictReader(stream)}
    assert bases == {"evidenced", "silent"}


def test_replay_status_and_next_load_no_drawing_library() -> None:
    code = (
        "import sys; sys.argv = ['x', 'status', 'Russia']\n"
        "from recognition_model.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "assert not {'matplotlib', 'numpy', 'jinja2'} & set(sys.modules), sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)

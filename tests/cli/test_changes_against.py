"""`recognition-model changes --against`: what an edit means."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from attrs import evolve
from support.commands import TWO
from support.fixtures import Put, Run
from support.paths import ROOT
from support.pictured import OFFICIAL, act, record
from support.repository import Repository, needs_git

import recognition_model as rm
from recognition_model.cli.edits import MOST_LETTERS, edits_in_markdown

ENGAGED = f"""
    - act: engage
      date: 2022-05-11
      evidence: {TWO}
"""
TEN_EARLIER = ENGAGED.replace("05-11", "05-01")
TURNED = """\
20 country-days turn in 1 country (stage 10, ban 0, basis 20) against before. No
finding is new or gone.

Fiji (FJI): 20 days turn
"""
ROWS = [
    {
        "country": "FJI",
        "name": "Fiji",
        "part": "stage",
        "from": "2022-05-01",
        "to": "2022-05-10",
        "days": "10",
        "before": "hostile",
        "after": "engaged",
    },
    {
        "country": "FJI",
        "name": "Fiji",
        "part": "basis",
        "from": "2022-05-01",
        "to": "2022-05-10",
        "days": "10",
        "before": "assumed",
        "after": "evidenced",
    },
    {
        "country": "FJI",
        "name": "Fiji",
        "part": "basis",
        "from": "2024-05-01",  # 731 days after the act, silence begins
        "to": "2024-05-10",
        "days": "10",
        "before": "evidenced",
        "after": "silent",
    },
]
NO_DAYS = {"from": "", "to": "", "days": ""}
IN_WORDS = [
    {
        "country": "FJI",
        "name": "Fiji",
        "part": "arrival",
        **NO_DAYS,
        "before": "first engaged since Taliban rule ended on 2001-12-07: 2022-05-11",
        "after": "first engaged since Taliban rule ended on 2001-12-07: 2022-05-01",
    },
    {
        "country": "FJI",
        "name": "Fiji",
        "part": "entry",
        **NO_DAYS,
        "before": "act engage 2022-05-11",
        "after": "act engage 2022-05-01: date changed",
    },
]


@pytest.fixture
def edited(put: Put) -> Path:
    """A user's record, edited; `before` is a copy of it as it was."""
    put(ENGAGED)
    shutil.copytree("record", "before")
    put(TEN_EARLIER)
    return Path("record")


def test_folder_is_compared_with_another(run: Run, edited: Path) -> None:
    code, out, err = run("changes", "--scenarios", edited, "--against", "before")
    assert (code, err) == (0, "")
    assert out.startswith(TURNED)
    for line in (
        "stage  2022-05-01  2022-05-10  10",
        "basis  2024-05-01  2024-05-10  10",
        "act engage 2022-05-01, was act engage 2022-05-11: date changed (line 7)",
    ):
        assert line in out
    assert "0 countries" not in out


def test_spans_of_days_and_entries_are_rows_of_csv(run: Run, edited: Path) -> None:
    ran = run("changes", "--scenarios", edited, "--against", "before", "--format", "csv")
    assert ran.code == 0
    assert list(csv.DictReader(io.StringIO(ran.out))) == ROWS + IN_WORDS


def test_edits_are_json(run: Run, edited: Path) -> None:
    ran = run("changes", "--scenarios", edited, "--against", "before", "--format", "json")
    data = json.loads(ran.out)
    assert (data["format"], data["against"], data["commit"]) == (
        "recognition-edits/1",
        "before",
        None,
    )
    assert data["days"] == {"any": 20, "stage": 10, "ban": 0, "basis": 20}
    assert [entry["keys"] for entry in data["countries"][0]["entries"]] == [["date"]]


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_nothing_changed_is_one_line(run: Run, edited: Path, fmt: str) -> None:
    code, out, err = run("changes", "--scenarios", edited, "--against", edited, "--format", fmt)
    assert (code, err) == (0, "")
    assert " ".join(out.split()) == (
        "Nothing changed against record: 1 country, no day turns, no finding is new."
    )


def test_entry_that_turns_no_day_is_named(run: Run, put: Put) -> None:
    put(ENGAGED)
    shutil.copytree("record", "before")
    put(ENGAGED.replace("claim: An example.}]", "claim: Another example.}]"))
    code, out, err = run("changes", "--scenarios", "record", "--against", "before")
    assert (code, err) == (0, "")
    assert out.startswith("No day turns against before. No finding is new or gone.\n")
    assert "1 entry differs and turns no day\n  Fiji: act engage 2022-05-11: evidence" in out
    assert out.endswith("1 country: no day turns.\n")


@pytest.mark.parametrize("named", [[], ["--scenarios", str(ROOT / "tests" / ".." / "scenarios")]])
def test_shipped_record_is_compared_with_a_copy_and_its_register(
    run: Run, tmp_path: Path, named: list[str]
) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "seeds").mkdir()
    for name in ("sources.yaml", "authority.yaml"):
        text = (ROOT / "seeds" / name).read_text(encoding="utf-8")
        renamed = text.replace("bakhtar-2024-10:", "bakhtar-renamed:")
        (tmp_path / "seeds" / name).write_text(renamed, encoding="utf-8")
    path = tmp_path / "scenarios" / "UZB.yaml"
    text = path.read_text(encoding="utf-8").replace("bakhtar-2024-10\n", "bakhtar-renamed\n")
    assert "bakhtar-renamed" in text
    path.write_text(text.replace("date: 2024-10-09", "date: 2024-09-29", 1), encoding="utf-8")
    ran = run("changes", *named, "--against", tmp_path / "scenarios", "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["unusable"]) == (0, [])
    assert data["days"] == {"any": 10, "stage": 10, "ban": 0, "basis": 0}
    assert [found["code"] for found in data["findings_gone"]] == ["RM709"]
    assert data["sources"]["added"] == ["bakhtar-2024-10"]
    assert data["sources"]["removed"] == ["bakhtar-renamed"]


def test_own_files_beside_the_shipped_record_are_compared(run: Run, edited: Path) -> None:
    ran = run("changes", "--with", edited, "--against", "before", "--format", "json")
    data = json.loads(ran.out)
    assert (ran.code, data["days"]["stage"]) == (0, 10)
    assert len(data["untouched"]) == len(rm.load_folder().scenarios)


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_error_of_the_new_side_is_shown_and_fails(run: Run, put: Put, fmt: str) -> None:
    put(ENGAGED)
    shutil.copytree("record", "before")
    put("""
        - act: delist
          date: 2024-05-27
          evidence: [$press]
    """)
    code, out, err = run("changes", "--scenarios", "record", "--against", "before", "--format", fmt)
    assert code == 1
    assert "record/FJI.yaml:7:5: error RM501" in err
    assert "1 new finding" in out
    assert "RM501" in out
    code, out, err = run("changes", "--scenarios", "before", "--against", "record", "--format", fmt)
    assert (code, err) == (0, "")
    assert "finding is gone" in out


def test_file_with_errors_on_the_old_side_is_not_compared(run: Run, edited: Path) -> None:
    Path("before/WSM.yaml").write_text("timeline: [", encoding="utf-8")
    code, out, err = run("changes", "--scenarios", edited, "--against", "before")
    assert (code, err) == (0, "")
    assert "Not compared, because of errors: before/WSM.yaml." in " ".join(out.split())


@pytest.mark.parametrize("fmt", ["text", "md"])
def test_headline_counts_countries_added_and_removed(run: Run, put: Put, fmt: str) -> None:
    put(ENGAGED)
    put(ENGAGED, country="TON")
    shutil.copytree("record", "before")
    for name in ("FJI", "TON"):
        Path(f"record/{name}.yaml").unlink()
    put(ENGAGED, country="WSM")
    out = run("changes", "--scenarios", "record", "--against", "before", "--format", fmt).out
    told = "No day turns against before; 1 country added, 2 removed. No finding is new or gone."
    assert " ".join(out.split()).removeprefix("**").startswith(told)


@pytest.mark.parametrize("name", ["FJI.yaml", "fiji.yaml"])
@pytest.mark.parametrize("broken", ["before", "record"])
def test_country_of_a_file_with_errors_is_only_not_compared(
    run: Run, edited: Path, broken: str, name: str
) -> None:
    Path(broken, "FJI.yaml").unlink()
    Path(broken, name).write_text("timeline: [", encoding="utf-8")
    put_beside = Path(broken, "WSM.yaml")
    put_beside.write_text(
        Path("before" if broken == "record" else "record", "FJI.yaml")
        .read_text(encoding="utf-8")
        .replace("FJI", "WSM"),
        encoding="utf-8",
    )
    ran = run("changes", "--scenarios", edited, "--against", "before", "--format", "json")
    data = json.loads(ran.out)
    assert data["unusable"] == [f"{broken}/{name}"]
    on_one_side = {"before": "removed", "record": "added"}[broken]
    assert data[on_one_side] == ["WSM"]
    assert data[{"added": "removed", "removed": "added"}[on_one_side]] == []


def test_country_of_a_folder_that_is_empty_now_is_removed(run: Run, edited: Path) -> None:
    Path("empty").mkdir()
    ran = run("changes", "--scenarios", "empty", "--against", edited, "--format", "json")
    assert json.loads(ran.out)["removed"] == ["FJI"]


def test_file_with_errors_on_both_sides_is_not_said_to_be_unchanged(run: Run, put: Put) -> None:
    put(ENGAGED)
    Path("record/WSM.yaml").write_text("timeline: [", encoding="utf-8")
    out = run("changes", "--scenarios", "record", "--against", "record").out
    assert " ".join(out.split()) == (
        "Nothing changed against record: 1 country, no day turns, no finding is new. Not compared,"
        " because of errors: record/WSM.yaml."
    )


def test_title_is_named_with_its_line(run: Run, put: Put) -> None:
    path = put(ENGAGED)
    shutil.copytree("record", "before")
    lines = path.read_text(encoding="utf-8").splitlines()
    (number,) = (n for n, line in enumerate(lines) if line.startswith("title:"))
    lines[number] = "title: Another title"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert number > 0
    out = run("changes", "--scenarios", "record", "--against", "before").out
    assert f"title changed (line {number + 1})" in out


def test_link_to_itself_is_a_path_that_cannot_be_read(run: Run, edited: Path) -> None:
    Path("loop").symlink_to("loop")
    code, out, err = run("changes", "--against", "before", "--with", "loop")
    assert code == 2
    assert "loop: error RM101" in err
    assert "loop: RM101" in out
    assert "No longer in the record" not in out  # the folder could hold any country


# --- against a revision --------------------------------------------------------------------------


@pytest.fixture
def committed(put: Put, tmp_path: Path) -> Repository:
    """The same edit in a git repository, not committed."""
    put(ENGAGED)
    repository = Repository(tmp_path)
    repository.commit({})
    repository.git("tag", "v1")
    put(TEN_EARLIER)
    return repository


@needs_git
@pytest.mark.parametrize("option", ["--scenarios", "--with"])
@pytest.mark.parametrize("name", ["HEAD", "main", "v1"])
def test_record_is_compared_with_a_revision(
    run: Run, committed: Repository, name: str, option: str
) -> None:
    commit = committed.git("rev-parse", "HEAD")
    code, out, err = run("changes", option, "record", "--against", name)
    assert (code, err) == (0, "")
    first = f"20 country-days turn in 1 country (stage 10, ban 0, basis 20) against {name}"
    assert " ".join(out.split()).startswith(f"{first} ({commit[:9]}). ")
    ran = run("changes", option, "record", "--against", name, "--format", "json")
    assert json.loads(ran.out)["commit"] == commit


@needs_git
def test_path_counts_before_a_revision_of_that_name(run: Run, committed: Repository) -> None:
    committed.git("branch", "record")
    ran = run("changes", "--scenarios", "record", "--against", "record")
    assert ran.out.startswith("Nothing changed")
    ran = run("changes", "--scenarios", "record", "--against", "refs/heads/record")
    assert ran.out.startswith("20 country-days")


@needs_git
def test_findings_of_a_revision_are_named_as_git_names_them(
    run: Run, committed: Repository, put: Put
) -> None:
    put("""
        - act: delist
          date: 2024-05-27
          evidence: [$press]
    """)
    committed.commit({})
    put(ENGAGED)
    ran = run("changes", "--scenarios", "record", "--against", "HEAD")
    assert ran.code == 0
    assert "  HEAD:record/FJI.yaml:7: RM501" in ran.out


@needs_git
@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--against", "nowhere"], "'nowhere' is no revision of"),
        (["--against", "--version"], "'--version' cannot be the name of a revision"),
        (["--against", "HEAD\0"], "'HEAD\\x00' cannot be the name of a revision"),
        (["--against", "x" * 5000], f"'{'x' * 5000}' is no revision of"),
        (["--against", ""], "'' cannot be the name of a revision"),
    ],
)
def test_what_is_neither_path_nor_revision_exits_2(
    run: Run, committed: Repository, args: list[str], message: str
) -> None:
    code, out, err = run("changes", "--scenarios", "record", *args)
    assert (code, out) == (2, "")
    assert f"--against: {message}" in err
    assert "Traceback" not in err


@needs_git
def test_folder_that_is_new_since_the_revision_exits_2(run: Run, committed: Repository) -> None:
    shutil.copytree("record", "later")
    code, out, err = run("changes", "--scenarios", "later", "--against", "HEAD")
    assert (code, out) == (2, "")
    assert "later does not exist in the revision 'HEAD'" in err


def test_folder_in_no_repository_exits_2(
    run: Run, edited: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(Path.cwd().parent))
    code, out, err = run("changes", "--scenarios", edited, "--against", "HEAD")
    assert (code, out) == (2, "")
    assert "record is in no git repository" in err or "git is not installed" in err


def test_folder_without_a_scenario_exits_2(run: Run, edited: Path) -> None:
    Path("empty").mkdir()
    code, out, err = run("changes", "--scenarios", edited, "--against", "empty")
    assert (code, out) == (2, "")
    assert "empty: error RM103" in err
    assert "--against: empty cannot be read; the findings above say why" in " ".join(err.split())


@pytest.mark.parametrize("option", ["--since", "--until"])
def test_edit_is_not_compared_within_days(run: Run, edited: Path, option: str) -> None:
    code, out, err = run("changes", "--against", "before", option, "2022")
    assert (code, out) == (2, "")
    assert "--against cannot be used with --since or --until" in err


def test_register_with_errors_on_the_old_side_exits_2(run: Run, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "sources.yaml").write_text("sources: [", encoding="utf-8")
    code, out, err = run("changes", "--against", tmp_path / "scenarios")
    assert (code, out) == (2, "")
    assert "sources.yaml:1:10: error RM110" in err


# --- a comment on a pull request -----------------------------------------------------------------


def test_comment_has_a_headline_a_line_a_country_and_folded_details(run: Run, edited: Path) -> None:
    ran = run("changes", "--scenarios", edited, "--against", "before", "--format", "md")
    assert ran.code == 0
    headline, table, *_ = ran.out.rstrip("\n").split("\n\n")
    details = ran.out.split("<details>")[1]
    assert headline.startswith("**20 country-days turn in 1 country")
    assert table.splitlines()[2] == "| **Fiji (FJI)** | 20 | 10 | 0 | 20 | 1 entry |"
    assert details.startswith("<summary>Fiji (FJI): 20 days turn</summary>\n\n| part |")
    assert details.count("</details>") == 1
    assert "0 countries" not in ran.out


def _meant(old: list[rm.Replay], new: list[rm.Replay]) -> rm.analysis.edits.Edits:
    sides = (rm.Folder(scenarios=tuple(r.scenario for r in side)) for side in (old, new))
    return rm.edits(*sides)


def test_comment_on_a_large_edit_fits_into_a_comment() -> None:
    codes = sorted(rm.core.countries.CODES)[:200]
    long = evolve(OFFICIAL, claim="A long claim. " * 20)
    steps = [act("engage", "2022-01-01", long)]
    signals = [
        rm.SignalStep(signal="visit", date=rm.When.parse(f"2023-{n:02}"), evidence=(long,))
        for n in range(1, 13)
    ]
    old = [record(*steps, country=code) for code in codes]
    new = [record(*signals, country=code) for code in codes]
    text = edits_in_markdown(_meant(old, new), "HEAD~1 (123456789)")
    assert len(text) < 65_536
    assert len(text) > MOST_LETTERS / 2
    assert text.count("<details>") == text.count("</details>")
    assert "`recognition-model changes --against HEAD~1` shows it." in text
    assert not text.endswith("no day turns.")


def test_comment_mentions_no_person_and_keeps_to_its_lines() -> None:
    """What a file says may not mention a person, open a tag or begin a table."""
    bad = "@somebody </details><script> | `x`\n# no heading"
    old = record(act("engage", "2022-01-01"))
    new = evolve(old.scenario, title=bad)
    place = rm.Place(f"record/{bad}.yaml", 7, 5)
    found = rm.Finding("RM709", bad, place, "", rm.Severity.WARNING)
    sides = (
        rm.Folder(scenarios=(old.scenario,)),
        rm.Folder(scenarios=(new,), findings=(found,)),
    )
    text = edits_in_markdown(rm.edits(*sides), "before")
    assert "@somebody" not in text
    assert "<script>" not in text
    assert text.count("</details>") == text.count("<details>") == 2
    assert "\n# " not in text


def test_known_by_compares_both_as_they_could_be_known(run: Run, put: Put) -> None:
    """The deal was told in 2026 only, so that before both say nothing of it."""
    put("- {act: engage, date: 2022-01-01, evidence: [$host]}\n")
    shutil.copytree("record", "old")
    put("- {act: engage, date: 2022-01-11, evidence: [$host]}\n")
    asked = ("changes", "--scenarios", "record", "--against", "old", "--format", "json")
    assert json.loads(run(*asked).out)["days"]["stage"] == 10
    known = json.loads(run(*asked, "--known-by", "2025").out)
    assert known["days"]["any"] == 0

"""`reviewed`: sets the line of a review in files, and logs the search."""

from __future__ import annotations

import os
from codecs import BOM_UTF8
from pathlib import Path

import pytest
from support.commands import CLEAN
from support.fixtures import Put, Run

from recognition_model.cli import reviewed

ON = ("--on", "2026-03-01")
WORDS = ("--searched", "Fiji and Kabul", "--seen", "2026-03-05")
LINE = "documented-until: 2026-01-15\n"
ADDED = """\
format: recognition-searches/1
searches:
  - countries: [FJI]
    reviewed: 2026-03-01
    seen: 2026-03-05
    where: "public web pages"
    searched: "Fiji and Kabul"
    found: []
"""


def log(folder: Path = Path("record")) -> str:
    return (folder / "searches.yaml").read_text(encoding="utf-8")


def test_line_and_search_are_written(run: Run, put: Put) -> None:
    path = put(CLEAN)
    before = path.read_bytes()
    ran = run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", "record")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        f"{path}: reviewed up to 2026-03-01",
        f"{path.parent / 'searches.yaml'}: search added",
    ]
    assert path.read_bytes() == before.replace(
        LINE.encode(), f"{LINE}reviewed: 2026-03-01\n".encode()
    )
    assert log() == ADDED
    assert run("replay", "record").err == ""


def test_files_of_the_current_folder_are_meant_without_a_folder(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(put(CLEAN).parent)
    assert run("reviewed", "Fiji", *ON, *WORDS).out == (
        "FJI.yaml: reviewed up to 2026-03-01\nsearches.yaml: search added\n"
    )
    assert log(Path()) == ADDED


def test_second_run_changes_nothing_and_says_so(run: Run, put: Put) -> None:
    path = put(CLEAN)
    words = (*WORDS, "--scenarios", "record")
    run("reviewed", "Fiji", *ON, *words)
    before = path.read_bytes(), log()
    ran = run("reviewed", "Fiji", *ON, *words)
    assert (ran.code, ran.out) == (0, "nothing to do: files and log say so already\n")
    assert (path.read_bytes(), log()) == before
    assert log() == ADDED
    run("reviewed", "Fiji", *ON, *WORDS[:2], "--seen", "2026-03-06", "--scenarios", "record")
    assert log().count("countries:") == 2  # another search


def test_search_was_made_on_the_day_up_to_which_it_looked_if_none_is_given(
    run: Run, put: Put
) -> None:
    put(CLEAN)
    run("reviewed", "Fiji", "--on", "2099-12-31", *WORDS[:2], "--scenarios", "record")
    assert "    reviewed: 2099-12-31\n    seen: 2099-12-31\n" in log()


def test_dry_run_shows_the_difference_and_writes_nothing(run: Run, put: Put) -> None:
    path = put(CLEAN)
    before = path.read_bytes()
    ran = run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", "record", "--dry-run")
    assert ran.code == 0
    assert "\n+reviewed: 2026-03-01\n" in ran.out
    assert "\n+  - countries: [FJI]\n" in ran.out
    assert (path.read_bytes(), Path("record/searches.yaml").exists()) == (before, False)


@pytest.mark.parametrize("mark", [b"", BOM_UTF8])
def test_line_ends_and_byte_order_mark_survive(mark: bytes, run: Run, put: Put) -> None:
    path = put(CLEAN)
    before = mark + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", "record")
    end = LINE.replace("\n", "\r\n").encode()
    assert path.read_bytes() == before.replace(end, end + b"reviewed: 2026-03-01\r\n")


def test_review_of_several_files_is_one_search(run: Run, put: Put) -> None:
    put(CLEAN)
    put(CLEAN, country="TUV")
    (Path("record") / "searches.yaml").write_text(ADDED, encoding="utf-8")
    ran = run("reviewed", "Tuvalu", "Fiji", "TUV", *ON, *WORDS, "--scenarios", "record")
    assert ran.code == 0
    assert "  - countries: [TUV, FJI]\n" in log()
    for code in ("FJI", "TUV"):
        assert f"{LINE}reviewed: 2026-03-01\n" in (Path("record") / f"{code}.yaml").read_text(
            "utf-8"
        )


def test_country_without_a_file_has_its_line_in_the_log_alone(run: Run, put: Put) -> None:
    path = put(CLEAN)
    before = path.read_bytes()
    ran = run("reviewed", "Tuvalu", *ON, *WORDS, "--scenarios", "record")
    assert (ran.code, path.read_bytes()) == (0, before)
    assert ran.err == "note: Tuvalu (TUV) has no file; only the log has the search\n"
    assert "  - countries: [TUV]\n" in log()


def test_sources_found_and_what_was_dropped_are_logged(run: Run, put: Put) -> None:
    put(CLEAN)
    told = ("--found", "yearbook-2026", "--dropped", "A blog: no date", "--where", "an archive")
    run("reviewed", "Fiji", *ON, *WORDS, *told, "--scenarios", "record")
    assert log().endswith(
        '    where: "an archive"\n    searched: "Fiji and Kabul"\n    found: [yearbook-2026]\n'
        '    dropped: "A blog: no date"\n'
    )
    assert run("searches", "--scenarios", "record").err == ""


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--on", "2026-01-14", *WORDS), "Fiji (FJI) is documented until 2026-01-15"),
        (("--on", "2026-01-31", *WORDS), "Fiji (FJI) was reviewed up to 2026-02-01 already"),
        (("--on", "2026-03-06", *WORDS), "a search of 2026-03-05 cannot have looked up to"),
        ((*ON, "--searched", " "), "--searched is empty"),
        ((*ON, *WORDS, "--found", "yearbok-2026"), "did you mean yearbook-2026"),
        (WORDS, "say up to which day you searched"),
        (ON, "Missing option '--searched'"),
    ],
)
def test_impossible_review_is_refused_and_nothing_is_written(
    options: tuple[str, ...], said: str, run: Run, put: Put
) -> None:
    path = put(CLEAN, until="2026-01-15\nreviewed: 2026-02-01")
    before = path.read_bytes()
    ran = run("reviewed", "Fiji", *options, "--scenarios", "record")
    assert ran.code == 2
    assert said in " ".join(ran.err.split())
    assert (path.read_bytes(), Path("record/searches.yaml").exists()) == (before, False)


def test_one_file_that_cannot_be_edited_leaves_all_as_they_are(run: Run, put: Put) -> None:
    first, second = put(CLEAN), put(CLEAN, country="TUV")
    second.write_text(
        second.read_text("utf-8").replace("documented-until", "? documented-until\n"), "utf-8"
    )
    before = first.read_bytes(), second.read_bytes()
    ran = run("reviewed", "Fiji", "Tuvalu", *ON, *WORDS, "--scenarios", "record")
    assert ran.code == 1
    assert (
        "TUV.yaml cannot be edited: `documented-until:` is not at the start of its line" in ran.err
    )
    assert (first.read_bytes(), second.read_bytes()) == before
    assert not Path("record/searches.yaml").exists()


@pytest.mark.parametrize("name", ["FJI.yaml", "searches.yaml"])
def test_file_with_errors_is_not_edited(name: str, run: Run, put: Put) -> None:
    path = put(CLEAN)
    (path.parent / name).write_text("format: recognition-searches/1\nsearches: [\n", "utf-8")
    before = path.read_bytes()
    ran = run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", "record")
    assert ran.code == 1
    assert "RM110" in ran.err
    assert path.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_file_that_may_not_be_written_leaves_all_as_they_are(
    run: Run, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(CLEAN)
    before = path.read_bytes()
    real = os.access
    monkeypatch.setattr(os, "access", lambda p, mode: Path(p).name != path.name and real(p, mode))
    ran = run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", "record")
    assert ran.code == 2
    assert f"cannot write {path}: Permission denied" in ran.err
    assert (path.read_bytes(), Path("record/searches.yaml").exists()) == (before, False)


def test_installed_record_is_not_changed(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    inside = tmp_path / "package" / "scenarios"
    inside.mkdir(parents=True)
    (inside.parent / "__init__.py").touch()
    monkeypatch.setattr(reviewed, "record_root", lambda _: inside)
    ran = run("reviewed", "Russia", *ON, *WORDS)
    assert ran.code == 2
    assert "cannot be changed: name your folder with --scenarios" in " ".join(ran.err.split())


def test_log_of_a_clone_is_in_its_seeds(run: Run, put: Put) -> None:
    path = put(CLEAN)
    for name in ("scenarios", "seeds"):
        Path(name).mkdir()
    Path("scenarios/FJI.yaml").write_bytes(path.read_bytes())
    Path("seeds/sources.yaml").write_bytes((path.parent / "sources.yaml").read_bytes())
    ran = run("reviewed", "Fiji", *ON, *WORDS)
    assert ran.out.splitlines() == [
        f"{Path('scenarios/FJI.yaml')}: reviewed up to 2026-03-01",
        f"{Path('seeds/searches.yaml')}: search added",
    ]
    assert log(Path("seeds")) == ADDED


def test_review_of_a_file_instead_of_a_folder_exits_2(run: Run, put: Put) -> None:
    ran = run("reviewed", "Fiji", *ON, *WORDS, "--scenarios", put(CLEAN))
    assert (ran.code, "is not a folder of scenario files" in ran.err) == (2, True)


def test_two_folders_are_refused(run: Run, put: Put, tmp_path: Path) -> None:
    put(CLEAN)
    (tmp_path / "other").mkdir()
    both = ("--scenarios", "record", "--scenarios", "other")
    ran = run("reviewed", "Fiji", *ON, *WORDS, *both)
    assert (ran.code, ran.out) == (2, "")
    assert "one folder at a time: each has its own log" in ran.err
    assert not Path("record/searches.yaml").exists()


def test_month_is_not_the_day_of_a_search_or_a_check(run: Run, put: Put) -> None:
    put(CLEAN)
    here = ("--scenarios", "record")
    month = ("--searched", "Kabul", "--seen", "2026-03")
    ran = run("reviewed", "Fiji", *ON, *month, *here)
    assert (ran.code, "2026-03 is not a single day (write YYYY-MM-DD)" in ran.err) == (2, True)
    verdict = ("--entry", "1", "--result", "not-found", "--on", "2026")
    ran = run("checked", "Fiji", *verdict, *here)
    assert (ran.code, "2026 is not a single day (write YYYY-MM-DD)" in ran.err) == (2, True)

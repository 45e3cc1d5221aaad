"""Scenario files at the current folder, where the package is installed apart from them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from support.commands import TWO
from support.fixtures import Put, Run
from support.paths import ROOT
from support.repository import Repository, needs_git

from recognition_model.cli import edits, here, selection
from recognition_model.io import loader, revision

READERS = (edits, here, selection, loader, revision)
ENGAGED = f"- {{act: engage, date: 2022-05-11, evidence: {TWO}}}\n"
NOTE = "note: scenarios/ here was not read: add `--scenarios scenarios`\n"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The record as a wheel installs it: inside the package, in no repository."""
    package = tmp_path / "site-packages" / "recognition_model"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    for name in ("scenarios", "seeds"):
        shutil.copytree(ROOT / name, package / name)
    for module in READERS:
        monkeypatch.setattr(module, "record_root", lambda name: package / name)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return package


@pytest.fixture
def clone(installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone of the project with the same record; it is the current folder."""
    made = Repository(tmp_path / "clone")
    for name in ("scenarios", "seeds"):
        shutil.copytree(ROOT / name, made.folder / name)
    (made.folder / "docs").mkdir()
    made.commit({})
    monkeypatch.chdir(made.folder)
    return made


def change(path: Path, before: str, after: str, most: int = -1) -> None:
    """Replace some words in a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, most), encoding="utf-8")


@pytest.fixture
def edited(clone: Repository) -> Path:
    """The clone with Uzbekistan's ambassador ten days earlier, not committed."""
    change(clone.folder / "scenarios/UZB.yaml", "date: 2024-10-09", "date: 2024-09-29", 1)
    return clone.folder


@pytest.fixture
def renamed(clone: Repository) -> Repository:
    """The clone with another name for a source, in its register and its files."""
    change(clone.folder / "seeds/sources.yaml", "  bakhtar-2024-10:", "  bakhtar-renamed:")
    path = clone.folder / "scenarios/UZB.yaml"
    change(path, "source: bakhtar-2024-10\n", "source: bakhtar-renamed\n")
    return clone


# --- changes --against ---------------------------------------------------------------------------


@needs_git
@pytest.mark.parametrize(
    ("folder", "told"),
    [
        (".", "note: scenarios/ here is compared, as with `--scenarios scenarios`\n"),
        ("docs", "note: ../scenarios/ is compared, as with `--scenarios ../scenarios`\n"),
        ("scenarios", "note: this folder is compared, as with `--scenarios .`\n"),
    ],
)
def test_edit_in_a_clone_is_compared_with_a_revision_of_it(
    run: Run, edited: Path, monkeypatch: pytest.MonkeyPatch, folder: str, told: str
) -> None:
    monkeypatch.chdir(edited / folder)
    code, out, err = run("changes", "--against", "HEAD", "--format", "json")
    assert (code, err) == (0, told)
    assert json.loads(out)["days"] == {"any": 10, "stage": 10, "ban": 0, "basis": 0}


@needs_git
def test_clone_is_compared_with_its_own_register(run: Run, renamed: Repository) -> None:
    ran = run("changes", "--against", "HEAD", "--format", "json")
    data = json.loads(ran.out)
    assert (data["unusable"], data["findings_new"]) == ([], [])
    assert data["sources"] == {
        "added": ["bakhtar-renamed"],
        "removed": ["bakhtar-2024-10"],
        "changed": [],
    }


@needs_git
def test_own_files_here_are_compared_beside_the_shipped_record(
    run: Run, installed: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(ENGAGED).parent.resolve()
    Repository(folder).commit({})
    put(ENGAGED.replace("05-11", "05-01"))
    monkeypatch.chdir(folder)
    code, out, err = run("changes", "--against", "HEAD", "--format", "json")
    assert (code, err.splitlines()[0]) == (
        0,
        "note: FJI.yaml here is compared beside the shipped record, as with `--with .`",
    )
    assert [one["country"] for one in json.loads(out)["countries"]] == ["FJI"]
    assert json.loads(out)["days"]["stage"] == 10


@needs_git
def test_nothing_to_compare_here_is_an_error_that_names_both_ways(
    run: Run, installed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Repository(tmp_path / "empty").commit({})
    monkeypatch.chdir(tmp_path / "empty")
    code, out, err = run("changes", "--against", "HEAD")
    assert (code, out) == (2, "")
    assert "`--with .`" in err
    assert "`--scenarios scenarios`" in err


@needs_git
def test_link_to_a_folder_beside_own_files_does_not_keep_a_revision_from_being_read(
    run: Run, installed: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(ENGAGED).parent.resolve()
    (folder / "notes").mkdir()
    (folder / "notes" / "a.txt").write_text("a note", encoding="utf-8")
    for name, target in {"n": "notes", "gone": "nowhere", "out": "/etc/passwd"}.items():
        (folder / name).symlink_to(target)
    Repository(folder).commit({})
    put(ENGAGED.replace("05-11", "05-01"))
    monkeypatch.chdir(folder)
    ran = run("changes", "--against", "HEAD", "--format", "json")
    assert json.loads(ran.out)["days"]["stage"] == 10


# --- the note of the other commands ---------------------------------------------------------------


@pytest.mark.parametrize(
    "args", [["status", "UZB"], ["replay", "UZB"], ["next", "UZB"], ["changes", "--since", "2025"]]
)
def test_command_says_that_an_edit_in_a_clone_was_not_read(
    run: Run, edited: Path, args: list[str]
) -> None:
    assert run(*args).err == NOTE
    assert NOTE not in run(*args, "--scenarios", "scenarios").err


def test_replay_of_everything_says_that_an_edit_in_a_clone_was_not_read(
    run: Run, edited: Path
) -> None:
    assert NOTE in run("replay").err
    assert NOTE not in run("replay", "scenarios").err


def test_edit_of_the_register_of_a_clone_is_an_edit_too(run: Run, clone: Repository) -> None:
    assert run("status", "UZB").err == ""
    change(clone.folder / "seeds/sources.yaml", "Bakhtar", "Bachtar")
    assert run("status", "UZB").err == NOTE


def test_nothing_is_said_in_a_clone_with_the_same_record(run: Run, clone: Repository) -> None:
    for args in (["status", "UZB"], ["replay", "UZB"], ["replay"]):
        assert "not read" not in run(*args).err


@pytest.mark.parametrize("folder", [".", "docs", "scenarios"])
def test_nothing_is_said_in_the_clone_from_which_the_package_runs(
    run: Run, edited: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    for module in READERS:
        monkeypatch.setattr(module, "record_root", lambda name: edited / name)
    monkeypatch.chdir(edited / folder)
    assert run("status", "UZB").err == ""


def test_subfolder_of_own_scenarios_is_named(
    run: Run, installed: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = put(ENGAGED).parent
    folder.rename("scenarios")
    assert run("status", "UZB").err == (
        "note: scenarios/ here was not read: add `--with scenarios` to have it beside the shipped"
        " record, or `--scenarios scenarios` to have only it\n"
    )


def test_files_of_a_clone_are_read_with_its_register(run: Run, renamed: Repository) -> None:
    assert run("status", "UZB", "--scenarios", "scenarios").code == 0
    assert run("replay", "scenarios/UZB.yaml").code == 0

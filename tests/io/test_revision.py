"""Reading a record as it was in a git revision: what is read, how it is named, what goes wrong."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import pytest
from support.fixtures import Story
from support.paths import REGISTER, ROOT
from support.repository import Repository, needs_git

import recognition_model as rm
from recognition_model.io import loader, revision
from recognition_model.io.revision import RevisionError, commit_of, load_revision

pytestmark = needs_git
ENGAGE = """
    - act: engage
      date: %s
      evidence: [$press]
"""
SOURCES = REGISTER.read_text(encoding="utf-8")


@pytest.fixture(autouse=True)
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have git look for a repository in the test's own folder only."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))


@pytest.fixture
def fiji(story: Story) -> str:
    """A scenario of Fiji, which cites a made-up source."""
    return story(ENGAGE % "2022-01-01", country="FJI")


@pytest.fixture
def repository(tmp_path: Path, fiji: str, story: Story) -> Repository:
    """A user's own record: two commits, and an edit that is not committed."""
    made = Repository(tmp_path / "own")
    made.commit({"FJI.yaml": fiji, "sources.yaml": SOURCES, "README.md": "Notes."})
    made.commit({"FJI.yaml": story(ENGAGE % "2022-01-11", country="FJI")})
    (made.folder / "FJI.yaml").write_text(story(ENGAGE % "2022-03-03", country="FJI"))
    return made


def date_of(folder: rm.Folder) -> str:
    """The date of the only act of the only scenario."""
    (scenario,) = folder.scenarios
    (step,) = scenario.timeline
    return step.date.text


def test_record_is_read_as_it_was_in_each_revision(repository: Repository) -> None:
    here = repository.folder
    assert date_of(load_revision("HEAD~1", here)) == "2022-01-01"
    assert date_of(load_revision("HEAD", here)) == "2022-01-11"
    assert date_of(rm.load_folder(here)) == "2022-03-03"


def test_checked_entries_are_held_against_the_scenarios_of_their_revision(
    repository: Repository, fiji: str, story: Story
) -> None:
    here = repository.folder
    repository.commit({"FJI.yaml": fiji})
    (step,) = load_revision("HEAD", here).scenarios[0].timeline
    line = (
        f"  - {{country: FJI, entry: engage 2022-01-01, digest: {rm.entry_digest('FJI', step)},"
        " on: 2026-05-01, by: other, result: not-found}\n"
    )
    repository.commit({"checked.yaml": f"format: recognition-checked/1\nchecked:\n{line}"})
    repository.commit({"FJI.yaml": story(ENGAGE % "2022-01-02", country="FJI")})
    found = {
        name: [one.place.file for one in rm.lint(folder, []) if one.code == "RM316"]
        for name in ("HEAD~1", "HEAD")
        for folder in [load_revision(name, here)]
    }
    assert found == {"HEAD~1": [], "HEAD": ["HEAD:checked.yaml"]}


@pytest.mark.parametrize("folder", ["", "mine/"])
def test_reviews_are_held_against_the_log_of_their_revision(
    folder: str, repository: Repository, story: Story
) -> None:
    until = "2026-01-15\nreviewed: 2026-03-01"
    made = story(ENGAGE % "2022-01-01", country="FJI", until=until)
    sources = (repository.folder / "sources.yaml").read_text("utf-8")
    repository.commit({f"{folder}FJI.yaml": made, f"{folder}sources.yaml": sources})
    search = (
        "  - {countries: [FJI], reviewed: %s, seen: 2026-03-02, where: a, searched: b, found: []}\n"
    )
    for day in ("2026-02-28", "2026-03-01"):
        log = f"format: recognition-searches/1\nsearches:\n{search % day}"
        repository.commit({f"{folder}searches.yaml": log})
    found = {
        name: [one.place.file for one in rm.lint(loaded, replays) if one.code == "RM423"]
        for name in ("HEAD~2", "HEAD~1", "HEAD")
        for loaded in [load_revision(name, repository.folder / folder)]
        for replays in [[rm.replay(one) for one in loaded.scenarios]]
    }
    assert found == {"HEAD~2": [], "HEAD~1": [f"HEAD~1:{folder}FJI.yaml"], "HEAD": []}


@pytest.mark.parametrize("name", ["main", "first", "v1.0", "HEAD@{0}", "origin/main"])
def test_revision_is_a_branch_a_tag_or_a_remote_branch(repository: Repository, name: str) -> None:
    repository.git("tag", "first")
    repository.git("tag", "--annotate", "--message", "A release", "v1.0")
    repository.git("update-ref", "refs/remotes/origin/main", "HEAD")
    assert date_of(load_revision(name, repository.folder)) == "2022-01-11"
    assert commit_of(name, repository.folder) == repository.git("rev-parse", "HEAD")


def test_revision_is_a_hash_in_full_or_short(repository: Repository) -> None:
    commit = repository.git("rev-parse", "HEAD~1")
    assert date_of(load_revision(commit, repository.folder)) == "2022-01-01"
    assert date_of(load_revision(commit[:9], repository.folder)) == "2022-01-01"
    assert commit_of(commit[:9], repository.folder) == commit


def test_files_are_named_as_git_names_them(repository: Repository) -> None:
    folder = load_revision("HEAD~1", repository.folder)
    (scenario,) = folder.scenarios
    assert scenario.file == "HEAD~1:FJI.yaml"
    assert scenario.timeline[0].place.file == "HEAD~1:FJI.yaml"
    assert scenario.start.place.line == 4
    assert scenario.day_places["documented-until"].file == "HEAD~1:FJI.yaml"
    assert {place.file for place in folder.registered.values()} == {"HEAD~1:sources.yaml"}


def test_names_in_findings_are_those_of_git(repository: Repository, fiji: str) -> None:
    repository.commit({"Fiji.yaml": fiji, "records/FJI.yaml": "timeline: [", "records/x.yaml": ""})
    folder = load_revision("main", [repository.folder, repository.folder / "records"])
    told = [str(found) for found in folder.findings]
    assert any(line.startswith("main:records/FJI.yaml:") for line in told)
    assert any("FJI has a file already: main:FJI.yaml" in line for line in told)
    assert not any("own" in line or tempfile.gettempdir() in line for line in told)


def test_sources_are_those_of_the_revision(repository: Repository, fiji: str) -> None:
    later = fiji.replace("yearbook-2026", "added-later")
    register = SOURCES.replace("  yearbook-2026:", "  added-later:")
    repository.commit({"FJI.yaml": later, "sources.yaml": register})
    old, new = (load_revision(name, repository.folder) for name in ("HEAD~1", "HEAD"))
    assert old.findings == new.findings == ()
    assert ("added-later" in old.sources, "added-later" in new.sources) == (False, True)
    assert ("yearbook-2026" in old.sources, "yearbook-2026" in new.sources) == (True, False)


def test_file_by_name_is_read_with_the_register_beside_it(repository: Repository) -> None:
    repository.commit({"WSM.yaml": "timeline: ["})
    folder = load_revision("HEAD", repository.folder / "FJI.yaml")
    assert folder.findings == ()
    assert date_of(folder) == "2022-03-03"  # the edit went into that commit


def test_file_that_is_new_is_left_out_beside_others(repository: Repository, story: Story) -> None:
    new = repository.folder / "WSM.yaml"
    new.write_text(story(ENGAGE % "2022-01-01", country="WSM"))
    folder = load_revision("HEAD", [repository.folder / "FJI.yaml", new])
    assert [scenario.country for scenario in folder.scenarios] == ["FJI"]
    assert folder.findings == ()


def test_folder_deep_in_the_repository_with_odd_names(
    repository: Repository, story: Story, fiji: str
) -> None:
    repository.commit({"-deep/Å b c/FJI.yaml": fiji, "-deep/Å b c/sources.yaml": SOURCES})
    (scenario,) = load_revision("HEAD", repository.folder / "-deep" / "Å b c").scenarios
    assert scenario.file == "HEAD:-deep/Å b c/FJI.yaml"


def test_paths_are_taken_from_the_current_folder(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, fiji: str
) -> None:
    repository.commit({"records/FJI.yaml": fiji, "records/sources.yaml": SOURCES})
    monkeypatch.chdir(repository.folder / "records")
    assert date_of(load_revision("HEAD", ".")) == "2022-01-01"
    assert date_of(load_revision("HEAD~1", "..")) == "2022-01-11"


def test_attributes_of_the_repository_change_no_file(repository: Repository) -> None:
    """`git archive` would leave the file out, and a checkout would write other line ends."""
    rules = "*.yaml export-ignore\n*.yaml text eol=crlf\n"
    repository.commit({".gitattributes": rules})
    assert date_of(load_revision("HEAD", repository.folder)) == "2022-03-03"


def test_link_within_the_repository_is_followed(repository: Repository, fiji: str) -> None:
    repository.commit({"FJI.yaml": None, "elsewhere/fiji.txt": fiji})
    (repository.folder / "FJI.yaml").symlink_to("elsewhere/fiji.txt")
    repository.commit({})
    assert date_of(load_revision("HEAD", repository.folder)) == "2022-01-01"


def test_link_out_of_the_repository_is_an_error(repository: Repository) -> None:
    (repository.folder / "WSM.yaml").symlink_to("../elsewhere.yaml")
    repository.commit({})
    with pytest.raises(RevisionError, match=r"WSM\.yaml is a link that leads to no file"):
        load_revision("HEAD", repository.folder)


def test_file_too_large_to_be_read_is_a_finding(repository: Repository) -> None:
    repository.commit({"WSM.yaml": b"#" * (2 * 1024 * 1024 + 1)})
    codes = [found.code for found in load_revision("HEAD", repository.folder).findings]
    assert codes == ["RM113"]


def test_nothing_is_written_into_the_repository_or_left_behind(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))

    def all_of(folder: Path) -> dict[str, int]:
        return {str(path): path.stat().st_mtime_ns for path in folder.rglob("*")}

    before = all_of(repository.folder)
    load_revision("HEAD~1", repository.folder)
    with pytest.raises(RevisionError):
        load_revision("HEAD", repository.folder / "README")
    assert all_of(repository.folder) == before
    assert all_of(scratch) == {}


def test_repository_is_that_of_the_record_even_in_a_hook_of_another(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git sets these in its hooks."""
    other = Repository(tmp_path / "other")
    other.commit({"FJI.yaml": "another"})
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git" / "index"))
    assert date_of(load_revision("HEAD~1", repository.folder)) == "2022-01-01"


# --- the shipped record --------------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path: Path, fiji: str, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A clone of a project that ships this record, from which the package runs."""
    made = Repository(tmp_path / "clone")
    authority = (ROOT / "seeds" / "authority.yaml").read_text(encoding="utf-8")
    cut = authority[: authority.index("\ndays:")] + "\ndays: []\n"
    made.commit(
        {"scenarios/FJI.yaml": fiji, "seeds/sources.yaml": SOURCES, "seeds/authority.yaml": cut}
    )
    for module in (loader, revision):
        monkeypatch.setattr(module, "record_root", lambda name: made.folder / name)
    return made


def test_shipped_record_is_read_with_its_own_register(clone: Repository, fiji: str) -> None:
    clone.commit(
        {
            "scenarios/FJI.yaml": fiji.replace("yearbook-2026", "added-later"),
            "seeds/sources.yaml": SOURCES.replace("  yearbook-2026:", "  added-later:"),
        }
    )
    old = load_revision("HEAD~1")
    assert old.findings == ()
    assert "yearbook-2026" in old.sources
    assert "added-later" not in old.sources
    assert {place.file for place in old.registered.values()} == {"HEAD~1:seeds/sources.yaml"}
    assert len(old.authorities) == 1


@pytest.mark.parametrize("path", ["scenarios", "scenarios/FJI.yaml"])
def test_shipped_record_named_by_its_path_is_read_with_its_own_register(
    clone: Repository, fiji: str, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    clone.commit(
        {
            "scenarios/FJI.yaml": fiji.replace("yearbook-2026", "added-later"),
            "seeds/sources.yaml": SOURCES.replace("  yearbook-2026:", "  added-later:"),
        }
    )
    monkeypatch.chdir(clone.folder)
    old = load_revision("HEAD~1", path)
    assert (old.findings, date_of(old)) == ((), "2022-01-01")
    assert ("yearbook-2026" in old.sources, "added-later" in old.sources) == (True, False)
    assert bool(old.registered) == (path == "scenarios")


def test_own_record_beside_the_shipped_one_is_read_as_it_was(
    clone: Repository, repository: Repository
) -> None:
    (repository.folder / "FJI.yaml").rename(repository.folder / "later.yaml")
    folder = load_revision("HEAD~1", beside=repository.folder)
    assert [scenario.file for scenario in folder.scenarios] == ["HEAD~1:FJI.yaml"]
    assert date_of(folder) == "2022-01-01"
    note = next(found for found in folder.findings if found.code == "RM213")
    assert str(clone.folder / "scenarios" / "FJI.yaml") in note.message


def test_installed_record_is_read_as_it_is_beside_own_files_of_that_repository(
    clone: Repository, tmp_path: Path, fiji: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lie in the user's repository, in a virtual environment that git ignores."""
    own = Repository(tmp_path / "project")
    clone.folder.rename(own.folder / "installed")
    (own.folder / "installed" / ".git").rename(tmp_path / "no-repository")
    for module in (loader, revision):
        monkeypatch.setattr(module, "record_root", lambda name: own.folder / "installed" / name)
    samoa = fiji.replace("country: FJI", "country: WSM")
    own.commit({".gitignore": "installed\n", "own/WSM.yaml": samoa})
    shipped = own.folder / "installed" / "scenarios"
    for folder in (
        load_revision("HEAD", beside=own.folder / "own"),
        load_revision("HEAD", [shipped, own.folder / "own"]),
    ):
        files = [scenario.file for scenario in folder.scenarios]
        assert files == [str(shipped / "FJI.yaml"), "HEAD:own/WSM.yaml"]
        assert folder.findings == ()


def test_register_that_cannot_be_read_is_named_as_git_names_it(clone: Repository) -> None:
    clone.commit({"seeds/sources.yaml": "sources: ["})
    with pytest.raises(rm.RecordError, match=r"HEAD:seeds/sources\.yaml:\d+") as told:
        load_revision("HEAD")
    assert tempfile.gettempdir() not in str(told.value)


def test_shipped_record_of_an_installed_package_has_no_history(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may lie in the user's repository, in a virtual environment that git ignores."""
    package = tmp_path / "site-packages" / "recognition_model"
    (package / "scenarios").mkdir(parents=True)
    (package / "__init__.py").touch()
    for module in (loader, revision):
        monkeypatch.setattr(module, "record_root", lambda name: package / name)
    with pytest.raises(RevisionError, match="is in no git repository: it ships with the installed"):
        load_revision("HEAD")
    Repository(tmp_path).commit({"README.md": "A project.", ".gitignore": "site-packages"})
    with pytest.raises(RevisionError, match=r"does not exist in .*'HEAD'.*it ships with"):
        load_revision("HEAD")


def test_last_commit_of_this_project_holds_its_record() -> None:
    try:
        commit_of("HEAD", ROOT)
    except RevisionError as error:
        pytest.skip(f"not in a clone that git reads: {error}")
    folder = load_revision("HEAD", ROOT / "scenarios")
    assert len(folder.scenarios) > 30
    assert folder.scenarios[0].file == "HEAD:scenarios/AUS.yaml"


def test_commit_without_a_path_is_that_of_the_shipped_record(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(revision, "record_root", {"scenarios": repository.folder}.__getitem__)
    assert commit_of("HEAD") == commit_of("HEAD", repository.folder)


# --- what goes wrong -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["nowhere", "HEAD~9", "0" * 40, "HEAD:FJI.yaml", "HEAD~1..HEAD", "^HEAD"]
)
def test_name_of_no_revision_is_an_error(repository: Repository, name: str) -> None:
    with pytest.raises(RevisionError, match=f"'{re.escape(name)}' is no revision of .*own$"):
        load_revision(name, repository.folder)


@pytest.mark.parametrize("name", ["--upload-pack=touch x", "-h", "", "a\0b", "a\nb"])
def test_name_that_could_be_an_option_is_refused(repository: Repository, name: str) -> None:
    with pytest.raises(RevisionError, match="cannot be the name of a revision"):
        load_revision(name, repository.folder)


def test_folder_that_the_revision_lacks_is_an_error(repository: Repository, fiji: str) -> None:
    repository.commit({"records/FJI.yaml": fiji})
    with pytest.raises(RevisionError, match=r"records does not exist in the revision 'HEAD~1' of"):
        load_revision("HEAD~1", repository.folder / "records")


def test_path_that_does_not_exist_is_an_error(repository: Repository) -> None:
    with pytest.raises(RevisionError, match="records does not exist"):
        load_revision("HEAD", repository.folder / "records")


def test_folder_in_no_repository_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RevisionError, match=r"is in no git repository$"):
        load_revision("HEAD", tmp_path)


def test_repository_without_a_commit_has_no_revision(tmp_path: Path) -> None:
    Repository(tmp_path)
    with pytest.raises(RevisionError, match="'HEAD' is no revision"):
        load_revision("HEAD", tmp_path)


def test_shallow_clone_is_told_to_fetch_more(repository: Repository, tmp_path: Path) -> None:
    shallow = Repository(tmp_path / "shallow")
    shallow.git("fetch", "--quiet", "--depth", "1", repository.folder.as_uri(), "main")
    shallow.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
    with pytest.raises(RevisionError, match="the clone is shallow: fetch more of its history"):
        load_revision("HEAD~1", shallow.folder)


def test_missing_git_is_an_error(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RevisionError, match="git is not installed"):
        load_revision("HEAD", repository.folder)


def test_git_that_does_not_answer_is_an_error(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waits(command: list[str], *, timeout: float, **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, timeout)

    monkeypatch.setattr(subprocess, "run", waits)
    with pytest.raises(RevisionError, match="git rev-parse did not answer within 60 seconds"):
        load_revision("HEAD", repository.folder)


def test_reason_that_git_gives_is_told(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = repository.folder / ".git" / "config"
    config.write_text(f"{config.read_text()}\n[core\n")
    with pytest.raises(RevisionError, match=r"git cannot read the repository of .*bad config"):
        load_revision("HEAD", repository.folder)


@pytest.mark.skipif(os.name != "posix", reason="a program with a shebang")
def test_git_runs_without_a_shell_and_without_the_terminal(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" $GIT_TERMINAL_PROMPT >>"{tmp_path}/seen"\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent))
    with pytest.raises(RevisionError, match="in no git repository"):
        load_revision("$(touch x); HEAD", repository.folder)
    seen = (tmp_path / "seen").read_text().splitlines()
    assert seen == ["-C", str(repository.folder), "rev-parse", "--show-toplevel", "0"]

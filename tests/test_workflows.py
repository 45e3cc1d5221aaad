"""The workflows: what they may do, what they run, and the script that writes the comment."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.paths import ROOT

from recognition_model.cli.app import load_command

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS = sorted(path.name for path in FOLDER.glob("*.yml"))
MARK = "<!-- recognition-model changes -->"
bash = pytest.mark.skipif(
    os.name != "posix" or shutil.which("bash") is None, reason="a script for bash"
)


def workflow(name: str) -> dict[str, Any]:
    read = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in read.items()}


def jobs(name: str) -> dict[str, Any]:
    return dict(workflow(name)["jobs"])


def steps(name: str) -> list[dict[str, Any]]:
    return [step for job in jobs(name).values() for step in job["steps"]]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_may_only_read_unless_a_job_says_otherwise(name: str) -> None:
    assert workflow(name)["permissions"] == {"contents": "read"}


@pytest.mark.parametrize("name", WORKFLOWS)
def test_workflow_never_runs_code_of_a_fork_with_the_rights_of_the_project(name: str) -> None:
    assert not {"pull_request_target", "workflow_run"} & set(workflow(name)["on"])


@pytest.mark.parametrize("name", WORKFLOWS)
def test_scripts_hold_no_text_that_an_event_may_choose(name: str) -> None:
    """A branch may be named `$(command)`: values reach a script through its environment."""
    assert not [step["run"] for step in steps(name) if "${{" in step.get("run", "")]


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_a_version(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[\w-]+@v\d+", one) for one in used)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_job_ends_by_itself(name: str) -> None:
    assert all(0 < job["timeout-minutes"] <= 60 for job in jobs(name).values())


def test_only_the_job_that_runs_no_code_may_write() -> None:
    compare, comment = jobs("edits.yml").values()
    assert "permissions" not in compare
    assert comment["permissions"] == {"pull-requests": "write"}
    used = [step.get("uses", "").partition("@")[0] for step in comment["steps"]]
    assert used == ["actions/download-artifact", ""]
    assert "recognition-model " not in comment["steps"][1]["run"].replace(MARK, "")


def test_comment_is_left_out_for_a_fork_and_the_summary_is_always_written() -> None:
    compare, comment = jobs("edits.yml").values()
    assert "github.event.pull_request.head.repo.full_name == github.repository" in comment["if"]
    (told,) = (step for step in compare["steps"] if "GITHUB_STEP_SUMMARY" in step.get("run", ""))
    assert told["if"] == "${{ !cancelled() }}"  # also if the findings are errors


def test_base_of_the_merge_is_fetched_and_no_token_kept() -> None:
    checkout = steps("edits.yml")[0]
    assert checkout["with"] == {"fetch-depth": 2, "persist-credentials": False}
    assert '"HEAD^1"' in "".join(step.get("run", "") for step in steps("edits.yml"))


def test_commands_of_the_workflow_are_commands_of_the_package() -> None:
    runs = "\n".join(step.get("run", "") for step in steps("edits.yml"))
    lines = re.findall(r"^recognition-model ([^>|\n]+)", runs, re.MULTILINE)
    assert [line.split()[0] for line in lines] == ["replay", "changes"]
    for line in lines:
        name, *args = shlex.split(line)
        load_command(name).make_context(name, args)  # raises for what it does not know


# --- the script ----------------------------------------------------------------------------------

GH = f"""#!{sys.executable}
import json, os, pathlib, sys
args = sys.argv[1:]
state = pathlib.Path(os.environ["STATE"])
held = json.loads(state.read_text())
if "--jq" in args:
    assert args[:3] == ["api", "--paginate", "repos/own/record/issues/7/comments"], args
    assert '"<!-- recognition-model changes -->"' in args[-1], args
    mine = [c for c in held if c["bot"] and c["body"].startswith("{MARK}")]
    print("\\n".join(str(c["id"]) for c in mine))
else:
    method, address = args[args.index("--method") + 1 :][:2]
    name, _, path = args[args.index("--field") + 1].partition("=@")
    assert name == "body", args
    body = pathlib.Path(path).read_text()
    if method == "POST":
        assert address == "repos/own/record/issues/7/comments", args
        held.append({{"id": 1 + len(held), "bot": True, "body": body}})
    else:
        assert method == "PATCH", args
        folder, _, number = address.rpartition("/")
        assert folder == "repos/own/record/issues/comments", args
        held[int(number) - 1]["body"] = body
    state.write_text(json.dumps(held))
"""
OTHERS = [
    {"id": 1, "bot": False, "body": f"{MARK}\nA person quotes it."},
    {"id": 2, "bot": True, "body": "Another robot."},
]


def commented(folder: Path, held: list[dict[str, Any]], edits: str) -> list[dict[str, Any]]:
    """Run the script of the last step where `held` are the comments; return those after it."""
    fake = folder / "bin" / "gh"
    fake.parent.mkdir(exist_ok=True)
    fake.write_text(GH, encoding="utf-8")
    fake.chmod(0o755)
    (folder / "edits.md").write_text(edits, encoding="utf-8")
    state = folder / "state.json"
    state.write_text(json.dumps(held), encoding="utf-8")
    step = steps("edits.yml")[-1]
    comments = "repos/own/record/issues/7/comments"
    given = {"COMMENTS": comments, "COMMENT": "repos/own/record/issues/comments"}
    assert {*given, "MARK", "GH_TOKEN"} == set(step["env"])
    path = f"{fake.parent}{os.pathsep}{os.environ['PATH']}"
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],  # noqa: S607
        cwd=folder,
        env={**os.environ, **given, "MARK": step["env"]["MARK"], "STATE": str(state), "PATH": path},
        check=True,
    )
    after = json.loads(state.read_text(encoding="utf-8"))
    return list(after)


@bash
def test_first_comment_is_written_and_later_ones_replace_it(tmp_path: Path) -> None:
    once = commented(tmp_path, OTHERS, "10 country-days turn.\n")
    assert once == [*OTHERS, {"id": 3, "bot": True, "body": f"{MARK}\n10 country-days turn.\n"}]
    twice = commented(tmp_path, once, "5 country-days turn.\n")
    assert twice == [*OTHERS, {"id": 3, "bot": True, "body": f"{MARK}\n5 country-days turn.\n"}]


@bash
def test_nothing_changed_is_no_comment_of_its_own_but_replaces_one(tmp_path: Path) -> None:
    nothing = "Nothing changed against HEAD^1: 60 countries, no day turns.\n"
    assert commented(tmp_path, OTHERS, nothing) == OTHERS
    before = [*OTHERS, {"id": 3, "bot": True, "body": f"{MARK}\n10 country-days turn.\n"}]
    assert commented(tmp_path, before, nothing)[2]["body"] == f"{MARK}\n{nothing}"

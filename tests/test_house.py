"""The project's own files agree with each other: versions, licences, forms, paths."""

from __future__ import annotations

import re
import runpy
import tomllib
from importlib import import_module
from typing import Any

import pytest
import yaml
from support.paths import ROOT

import recognition_model as rm
from recognition_model.io.releases import releases
from recognition_model_pytest.detect import is_ours

PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
PINNED = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
LOWEST = runpy.run_path(str(ROOT / "tools" / "lowest.py"))
MAKER = runpy.run_path(str(ROOT / "tools" / "make_constraints.py"))
PAGES = ["CONTRIBUTING.md", "scenarios/README.md", "seeds/README.md", "SECURITY.md"]
NAMED = re.compile(r"`((?:\.?[\w-]+/)+(?:[\w-]+\.\w+)?|[\w-]+\.(?:md|py|txt|yaml|toml|cff))`")
LINKED = re.compile(r"\]\(([^)#:]+)\)")
MADE_BY_USERS = {
    "scenarios/ISL.yaml",
    "scenarios/sources.yaml",
    "src/recognition_model/cli/NAME.py",
}
MADE_BY_USERS |= {"dist/", "tests/findings/RMxxx-name/"}


def plain(name: str) -> str:
    """A package's name in one spelling."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_yaml(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_constraints_pin_every_requirement_of_pyproject() -> None:
    wanted = {plain(re.split(r"[<>=~! ]", one)[0]) for one in MAKER["wanted"]()}
    assert "attrs" in wanted
    assert "pytest" in wanted
    assert "ruff" in wanted
    assert wanted <= {plain(line.partition("==")[0]) for line in PINNED}


@pytest.mark.parametrize("line", PINNED)
def test_constraint_is_a_name_and_a_version(line: str) -> None:
    assert re.fullmatch(r"[\w.-]+==[\w.+!]+( ; python_version == \"3\.\d+\")?", line)


def test_constraint_has_a_marker_where_pythons_differ() -> None:
    found = {"3.11": {"numpy": "2.4", "six": "1"}, "3.12": {"numpy": "2.5", "six": "1", "x": "3"}}
    assert MAKER["lines"](found) == [
        'numpy==2.4 ; python_version == "3.11"',
        'numpy==2.5 ; python_version == "3.12"',
        "six==1",
        'x==3 ; python_version == "3.12"',
    ]


def test_lowest_versions_are_the_floors_of_pyproject() -> None:
    floors = LOWEST["lowest"]()
    declared = PYPROJECT["project"]["dependencies"]
    assert [f"{name}>={floors[name]}" for name in list(floors)[: len(declared)]] == declared
    assert f"pytest>={floors['pytest']}" in PYPROJECT["project"]["optional-dependencies"]["test"]


def bounded_without_a_reason(text: str) -> list[str]:
    """The lines that keep a version out and have no comment behind them."""
    keeps_out = re.compile(r"""["'][\w.\[\]-]+ *[^"']*(<|~=|!=)""")
    return [line for line in text.splitlines() if keeps_out.search(line) and "#" not in line]


def test_upper_bound_has_its_reason_behind_it() -> None:
    assert bounded_without_a_reason('    "click>=8.2,<9",') == ['    "click>=8.2,<9",']
    assert not bounded_without_a_reason('    "click>=8.2,<9", # 9 ends `Group.resolve`')
    assert not bounded_without_a_reason((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_requirement_without_a_floor_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LOWEST["lowest"].__globals__, "declared", lambda *_: ["attrs"])
    with pytest.raises(ValueError, match="attrs"):
        LOWEST["lowest"]()


def test_citation_names_the_version_of_the_package() -> None:
    citation = read_yaml("CITATION.cff")
    assert str(citation["version"]) == PYPROJECT["project"]["version"]
    licences = [citation["license"], citation["preferred-citation"]["license"]]
    assert PYPROJECT["project"]["license"] == " AND ".join(licences)
    # The data have releases apart from the program; until the first, they have no version.
    last = max((one.number for one in releases()), default=None)
    data = citation["preferred-citation"].get("version")
    assert data == (None if last is None else str(last))


@pytest.mark.parametrize("folder", ["scenarios", "seeds"])
def test_readme_beside_records_is_not_read_as_record(folder: str) -> None:
    (readme,) = (ROOT / folder).glob("*.md")
    assert rm.load_folder(ROOT / "scenarios").findings == ()
    assert not is_ours(readme)


def test_readme_of_the_scenarios_names_every_kind_of_entry() -> None:
    text = (ROOT / "scenarios" / "README.md").read_text(encoding="utf-8")
    for kind in ("act", "status", "signal", "refuse"):
        assert f"| `{kind}` |" in text


def test_workflow_runs_the_script_that_contributors_run() -> None:
    (job,) = read_yaml(".github/workflows/ci.yml")["jobs"].values()
    assert [step["run"] for step in job["steps"] if "run" in step] == ["bash .ci/run"]


def test_form_for_a_wrong_date_asks_for_entry_shown_right_and_source() -> None:
    form = read_yaml(".github/ISSUE_TEMPLATE/date.yml")
    asked = {one["id"]: one["validations"]["required"] for one in form["body"] if "id" in one}
    assert asked == {"entry": True, "shown": True, "right": True, "source": True}


def test_form_for_a_bug_asks_for_command_output_expectation_and_version() -> None:
    form = read_yaml(".github/ISSUE_TEMPLATE/bug.yml")
    assert [one["id"] for one in form["body"]] == ["command", "came", "expected", "version"]


def test_hooks_replay_the_records_that_changed() -> None:
    (offered,) = read_yaml(".pre-commit-hooks.yaml")
    ruff, local = read_yaml(".pre-commit-config.yaml")["repos"]
    assert offered["entry"] == local["hooks"][0]["entry"] == "recognition-model replay"
    assert re.search(offered["files"], "records/RUS.yaml")
    assert not re.search(offered["files"], "records/sources.yaml")
    assert re.search(local["hooks"][0]["files"], "scenarios/RUS.yaml")
    assert f"ruff=={ruff['rev'].removeprefix('v')}" in PINNED


@pytest.mark.parametrize("page", PAGES)
def test_every_path_that_a_page_for_contributors_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {path for path in NAMED.findall(text) if "/" in path} - MADE_BY_USERS
    assert not [path for path in sorted(named) if not (ROOT / path).exists()]
    beside = (ROOT / page).parent
    assert not [path for path in LINKED.findall(text) if not (beside / path).exists()]


def test_contributing_names_every_package_and_every_session_it_speaks_of() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    packages = {path.parent for path in (ROOT / "src").glob("*/*/__init__.py")}
    assert len(packages) > 8
    for package in packages:
        assert f"`{package.relative_to(ROOT).as_posix()}/`" in text
    noxfile = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    for session in ("lint", "tests", "record", "docs"):
        assert f"(`{session}`)" in text
        assert f"\ndef {session}(session" in noxfile


def test_architecture_names_functions_where_they_are() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = re.findall(r"`([\w.]+)`\s+\(`([\w/]+)\.py`\)", text)
    assert ("load_folder", "io/loader") in named
    for name, module in named:
        value: Any = import_module(f"recognition_model.{module.replace('/', '.')}")
        for part in name.split("."):
            value = getattr(value, part)


def test_index_of_decisions_lists_every_record() -> None:
    folder = ROOT / "docs" / "decisions"
    records = sorted(path.name for path in folder.glob("0*.md"))
    index = (folder / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\((0\d+-[\w-]+\.md)\)", index) == records
    for name in records:
        text = (folder / name).read_text(encoding="utf-8")
        assert all(f"**{part}.**" in text for part in ("Context", "Decision", "Consequences"))
        assert len(text.splitlines()) <= 35

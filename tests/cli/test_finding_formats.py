"""Findings for a pull request: commands of GitHub's workflows, and SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support.commands import BANNED
from support.fixtures import Put, Run

from recognition_model.cli.finding_formats import github, sarif
from recognition_model.core.codes import CODES, Severity
from recognition_model.core.diagnostics import NOWHERE, Finding, Place, finding

REFUSED = """
    - act: delist
      date: 2024-05-27
      evidence: [$press]
"""
# What the two escapings mean, undone here as GitHub's runner does it.
IN_MESSAGE = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
IN_PROPERTY = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]


def undone(text: str, signs: list[tuple[str, str]]) -> str:
    for code, sign in signs:
        text = text.replace(code, sign)
    return text


def understood(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub reads it: its name, its properties and its message."""
    assert "\n" not in command
    head, _, message = command.removeprefix("::").partition("::")
    name, _, listed = head.partition(" ")
    pairs = (pair.partition("=") for pair in listed.split(","))
    properties = {key: undone(value, IN_PROPERTY) for key, _, value in pairs}
    return name, properties, undone(message, IN_MESSAGE)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def at(line: int, column: int = 5, file: str = "record/FJI.yaml", width: int = 1) -> Place:
    return Place(file, line, column, "  - act: delist", width)


def test_workflow_command_names_file_line_column_code_and_hint() -> None:
    found = finding("RM501", "delist is refused", at(7), "leave it out")
    assert github([found]) == (
        "::error file=record/FJI.yaml,line=7,col=5,title=RM501::delist is refused%0Aleave it out"
    )


def test_workflow_command_is_a_warning_or_a_notice_by_severity() -> None:
    warning = finding("RM709", "told late", at(7))
    note = Finding("RM501", "refused", at(8), "", Severity.NOTE)
    assert github([warning, note]).splitlines() == [
        "::warning file=record/FJI.yaml,line=7,col=5,title=RM709::told late",
        "::notice file=record/FJI.yaml,line=8,col=5,title=RM501::refused",
    ]


def test_errors_come_first_since_github_shows_only_ten_of_a_kind() -> None:
    warning, error = finding("RM709", "late", at(1)), finding("RM501", "refused", at(9))
    first, second = github([warning, error]).splitlines()
    assert (first[:7], second[:9]) == ("::error", "::warning")


@pytest.mark.parametrize(
    "message", ["100 % of it", "a: b, c", "%0A is no line", "two\nlines", "::error::no", "50%2C"]
)
def test_signs_that_github_reads_are_escaped(message: str) -> None:
    odd = "odd, name: 100%.yaml"
    (command,) = github([finding("RM501", message, at(7, file=odd))]).splitlines()
    name, properties, said = understood(command)
    assert name == "error"
    assert properties == {"file": odd, "line": "7", "col": "5", "title": "RM501"}
    assert said == message.replace("\n", " ")


def test_path_is_relative_to_the_current_folder(here: Path) -> None:
    inside = finding("RM501", "refused", at(7, file=str(here / "record" / "FJI.yaml")))
    assert "file=record/FJI.yaml," in github([inside])
    outside = here.parent / "elsewhere" / "FJI.yaml"
    (command,) = github([finding("RM501", "refused", at(7, file=str(outside)))]).splitlines()
    assert understood(command)[1]["file"] == outside.as_posix()


def test_path_is_relative_though_a_link_leads_to_it(here: Path, tmp_path: Path) -> None:
    link = tmp_path.with_name(f"{tmp_path.name}-link")
    link.symlink_to(tmp_path)
    found = finding("RM501", "refused", at(7, file=str(link / "FJI.yaml")))
    assert "file=FJI.yaml," in github([found])
    assert uri_of(found) == "FJI.yaml"


def test_finding_without_a_line_names_the_file_alone() -> None:
    assert github([finding("RM103", "empty", Place("record"))]) == (
        "::error file=record,title=RM103::empty"
    )


def test_finding_about_no_file_names_none() -> None:
    assert github([finding("RM501", "refused", NOWHERE)]) == "::error title=RM501::refused"
    assert result_of(finding("RM501", "refused", NOWHERE))["locations"] == []


def test_without_findings_github_is_shown_nothing() -> None:
    assert github([]) == ""


def result_of(found: Finding) -> dict[str, Any]:
    (result,) = sarif([found])["runs"][0]["results"]
    return dict(result)


def uri_of(found: Finding) -> str:
    (location,) = result_of(found)["locations"]
    return str(location["physicalLocation"]["artifactLocation"]["uri"])


def test_sarif_has_the_tool_the_rules_and_the_results() -> None:
    error = finding("RM501", "delist is refused", at(7, width=11), "leave it out")
    warning = finding("RM709", "told late", at(9))
    log = sarif([error, warning, error])
    assert (log["version"], log["$schema"].rpartition("/")[2]) == (
        "2.1.0",
        "sarif-schema-2.1.0.json",
    )
    (ran,) = log["runs"]
    assert ran["columnKind"] == "unicodeCodePoints"
    driver = ran["tool"]["driver"]
    assert driver["name"] == "recognition-model"
    assert driver["version"]
    assert [rule["id"] for rule in driver["rules"]] == ["RM501", "RM709"]
    assert driver["rules"][0] == {
        "id": "RM501",
        "name": CODES["RM501"].name,
        "shortDescription": {"text": CODES["RM501"].meaning},
        "help": {"text": CODES["RM501"].remedy},
        "defaultConfiguration": {"level": "error"},
    }
    assert [(r["ruleId"], r["ruleIndex"], r["level"]) for r in ran["results"]] == [
        ("RM501", 0, "error"),
        ("RM709", 1, "warning"),
        ("RM501", 0, "error"),
    ]
    assert ran["results"][0]["message"] == {"text": "delist is refused\nleave it out"}
    assert ran["results"][0]["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "record/FJI.yaml"},
                # `endColumn` is the column after the last letter
                "region": {"startLine": 7, "startColumn": 5, "endColumn": 16},
            }
        }
    ]


def test_sarif_address_is_escaped_and_absolute_outside_the_folder(here: Path) -> None:
    assert uri_of(finding("RM501", "no", at(7, file="a b/Å.yaml"))) == "a%20b/%C3%85.yaml"
    outside = here.parent / "elsewhere" / "FJI.yaml"
    assert uri_of(finding("RM501", "no", at(7, file=str(outside)))) == outside.as_uri()


def test_sarif_of_a_whole_file_has_no_region() -> None:
    (location,) = result_of(finding("RM103", "empty", Place("record")))["locations"]
    assert "region" not in location["physicalLocation"]


def test_sarif_knows_codes_of_a_users_own_invariant_by_name_only() -> None:
    (ran,) = sarif([Finding("MY001", "mine", at(7))])["runs"]
    assert ran["tool"]["driver"]["rules"] == [{"id": "MY001"}]


def test_sarif_without_findings_is_a_log_without_results() -> None:
    (ran,) = sarif([])["runs"]
    assert (ran["results"], ran["tool"]["driver"]["rules"]) == ([], [])


@pytest.mark.parametrize("fmt", ["github", "sarif"])
def test_replay_writes_its_findings_and_exits_as_ever(run: Run, put: Put, fmt: str) -> None:
    put(REFUSED, **BANNED)
    code, out, err = run("replay", "record", "--format", fmt)
    assert code == 1
    assert "record/FJI.yaml:7:5: error RM501" in err
    if fmt == "github":
        first = out.splitlines()[0]
        assert first.startswith("::error file=record/FJI.yaml,line=7,col=5,title=RM501::delist")
        assert "%0Ait needs an official voice" in first
    else:
        (ran,) = json.loads(out)["runs"]
        assert "RM501" in [result["ruleId"] for result in ran["results"]]

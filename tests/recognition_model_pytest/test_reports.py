"""What pytest reports of a check: where it stands, what it found, and what went wrong."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from support.fixtures import Story
from support.pytest_runs import CLAIMS, RUSSIA, Pytest, outcomes

import recognition_model_pytest.items as plugin


def lines(run: Pytest, folder: Path, name: str) -> Mapping[str, str | None]:
    """The line of each check of a file, by its first two words; pytest counts from 0."""
    file = f"record/{name}"
    run(file, "-o", "junit_family=xunit1", "--junitxml=found.xml")
    cases = list(ET.parse(folder / "found.xml").iter("testcase"))
    assert {case.get("file") for case in cases} == {file}
    return {" ".join(case.attrib["name"].split()[:2]): case.get("line") for case in cases}


def test_check_stands_at_the_line_of_its_entry(run: Pytest, folder: Path) -> None:
    """The first act begins on line 7 of the file, and the second on line 10."""
    found = lines(run, folder, "RUS.yaml")
    assert (found["2003-02-14 act"], found["2021-07-08 act"]) == ("6", "9")
    whole = ("replay", "RM602 a_ban_is_lifted_before_recognition")
    assert [found[check] for check in whole] == ["0", "0"]


def test_check_of_a_claim_stands_at_the_line_of_the_claim(run: Pytest, folder: Path) -> None:
    (folder / "record" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    assert lines(run, folder, "claims.yaml") == {"2022-01-31 none": "3", "2022 first": "7"}


def test_reading_stands_at_the_line_of_the_first_mistake(
    run: Pytest, folder: Path, story: Story
) -> None:
    wrong = story(RUSSIA.replace("2003-02-14", "2003-02-31"))
    (folder / "record" / "RUS.yaml").write_text(wrong, encoding="utf-8")
    assert lines(run, folder, "RUS.yaml") == {"read": "7"}


def test_reading_without_a_mistake_has_no_line(run: Pytest, folder: Path) -> None:
    assert lines(run, folder, "sources.yaml") == {"register": None}


def test_failure_is_headed_by_the_country_and_the_check(
    run: Pytest, folder: Path, story: Story
) -> None:
    broken = story(RUSSIA.replace("below: de_jure_recognition", "below: engaged"))
    (folder / "record" / "RUS.yaml").write_text(broken, encoding="utf-8")
    heading = "_ RUS: 2022-01-31 status ban in_force, below engaged _"
    assert heading in run("record/RUS.yaml").stdout


def test_each_finding_of_a_check_begins_on_a_line_of_its_own(
    run: Pytest, folder: Path, story: Story
) -> None:
    wrong = RUSSIA.replace("because", "becuase", 1).replace("2003-02-14", "2003-02-31")
    (folder / "record" / "RUS.yaml").write_text(story(wrong), encoding="utf-8")
    shown = run("record/RUS.yaml").stdout.splitlines()
    found = [line.split()[:3] for line in shown if line.startswith("record/RUS.yaml:")]
    assert [code for _, severity, code in found if severity == "error"] == ["RM402", "RM201"]


def test_findings_of_a_passing_check_have_their_own_heading(
    run: Pytest, folder: Path, story: Story
) -> None:
    unsure = story(RUSSIA.replace("2021-07-08", "2021-07-08..2022-02-01"))
    unsure = unsure.replace("{ban: in_force, below: de_jure_recognition}", "{stage: engaged}")
    (folder / "record" / "RUS.yaml").write_text(unsure, encoding="utf-8")
    shown = run("record/RUS.yaml", "-rP", "-k", "status").stdout.splitlines()
    (heading,) = (at for at, line in enumerate(shown) if "Captured findings call" in line)
    assert shown[heading + 1].startswith("record/RUS.yaml:16:5: note RM652 ")


def test_check_that_crashes_shows_the_exception(
    run: Pytest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise ZeroDivisionError("made up")

    monkeypatch.setattr(plugin, "replay", crash)
    ran = run("record/RUS.yaml", "-k", "RM602")
    assert outcomes(ran) == {"failed": 1, "deselected": 22}
    assert "ZeroDivisionError: made up" in ran.stdout


def test_claim_that_no_scenario_can_check_is_skipped_with_the_reason(
    run: Pytest, folder: Path
) -> None:
    (folder / "record" / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    ran = run("record/claims.yaml", "-rs")
    assert outcomes(ran) == {"passed": 1, "skipped": 1}
    assert ": no scenario beside this file can check it\n" in ran.stdout


@pytest.mark.skipif(not Path("/proc/self/mem").is_file(), reason="no file that fails when read")
def test_ordinary_file_that_cannot_be_read_fails_once(run: Pytest, folder: Path) -> None:
    (folder / "record" / "FJI.yaml").symlink_to("/proc/self/mem")
    ran = run("record")
    assert outcomes(ran) == {"failed": 1, "passed": 24}
    assert "record/FJI.yaml: error RM101 cannot be read: Input/output error" in ran.stdout

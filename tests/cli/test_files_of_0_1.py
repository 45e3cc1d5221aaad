"""Files that version 0.1 wrote: read as they are, with the findings that the how-to names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.fixtures import Run
from support.paths import ROOT

import recognition_model as rm

FILES = ROOT / "tests" / "support" / "files_of_0_1"
LAPSE = """
  - act: lapse
    date: 2001-12-07
    evidence:
      - {source: bbc-2001-12-07, voice: press, credibility: 1, claim: Kandahar passes to tribes.}
      - {source: guardian-2001-12-08, voice: press, credibility: 1, claim: Their rule ended there.}
"""


HEAD = """\
format: recognition-scenario/1
country: FJI
title: A made-up record
start: {{stage: {stage}, ban: none, date: {start}, {why}}}
documented-until: {until}
timeline:
"""
EVIDENCE = "evidence: [{source: tass-2022-01-31, voice: host, credibility: 1, claim: A talk.}]"
ENGAGED = f"  - {{act: engage, date: 2022-01-31, {EVIDENCE}}}\n"
VISITS = f"  - {{signal: visit_received, date: 2022-02, {EVIDENCE}}}\n"


def table_of_the_how_to(head: str) -> set[str]:
    text = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    section = text.split("## Bring your files from 0.1\n")[1].split("\n## ")[0]
    table = section.split(f"| {head} |")[1].split("\n\n")[0]
    return set(re.findall(r"^\| (RM\d+) \|", table, re.MULTILINE))


@pytest.mark.parametrize(("country", "errors"), [("AUS", {"RM617"}), ("OMN", set())])
def test_file_of_0_1_gives_no_finding_that_the_how_to_does_not_name(
    country: str, errors: set[str], run: Run
) -> None:
    told = run("replay", FILES / f"{country}.yaml", "--all").err
    found = set(re.findall(r"(error|warning) (RM\d+)", told))
    named = table_of_the_how_to("Error") | table_of_the_how_to("Warning")
    assert {code for _, code in found} <= named
    assert {code for severity, code in found if severity == "error"} == errors


def test_lapse_of_the_hint_mends_a_file_of_0_1(tmp_path: Path, run: Run) -> None:
    old = (FILES / "AUS.yaml").read_text(encoding="utf-8")
    before = old.index("  - signal: special_envoy_named\n    date: 2021-09-09")
    mended = tmp_path / "AUS.yaml"
    mended.write_text(old[:before] + LAPSE.lstrip("\n") + "\n" + old[before:], encoding="utf-8")
    assert run("replay", FILES / "AUS.yaml").code == 1
    assert run("replay", mended).code == 0


@pytest.mark.parametrize(
    ("head", "severity"), [("Error", rm.Severity.ERROR), ("Warning", rm.Severity.WARNING)]
)
def test_how_to_tells_errors_from_warnings(head: str, severity: rm.Severity) -> None:
    assert {rm.CODES[code].severity for code in table_of_the_how_to(head)} == {severity}


def test_file_of_too_many_entries_can_be_divided_by_its_days(tmp_path: Path, run: Run) -> None:
    assumed = "assumed: Made up"
    early = {"stage": "hostile", "start": "2021-08-15", "why": assumed}
    late = {"stage": "engaged", "start": "2022-02-15", "why": EVIDENCE}
    folders = {
        "whole": HEAD.format(**early, until="2022-03-31") + ENGAGED + VISITS * 1_000,
        "first": HEAD.format(**early, until="2022-02-14") + ENGAGED + VISITS * 3,
        "second": HEAD.format(**late, until="2022-03-31") + VISITS.replace("-02", "-03") * 3,
    }
    for name, text in folders.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "FJI.yaml").write_text(text, encoding="utf-8")
    refused = run("replay", tmp_path / "whole")
    assert refused.code == 1
    assert "error RM113 more than 1,000 entries" in refused.err
    for name, day in (("first", "2022-02-14"), ("second", "2022-02-15")):
        assert run("replay", tmp_path / name).code == 0
        asked = run("status", "FJI", "--on", day, "--scenarios", tmp_path / name)
        assert "Fiji (FJI): engaged" in asked.out

"""Files that version 0.1 wrote: read as they are, with the findings that the how-to names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from support.fixtures import Run
from support.paths import ROOT

FILES = ROOT / "tests" / "support" / "files_of_0_1"
LAPSE = """
  - act: lapse
    date: 2001-12-07
    evidence:
      - {source: bbc-2001-12-07, voice: press, credibility: 1, claim: Kandahar passes to tribes.}
      - {source: guardian-2001-12-08, voice: press, credibility: 1, claim: Their rule ended there.}
"""


def codes_of_the_how_to() -> set[str]:
    text = (ROOT / "docs" / "how-to.md").read_text(encoding="utf-8")
    section = text.split("## Bring your files from 0.1\n")[1].split("\n## ")[0]
    return set(re.findall(r"^\| (RM\d+) \|", section, re.MULTILINE))


@pytest.mark.parametrize(("country", "errors"), [("AUS", {"RM617"}), ("OMN", set())])
def test_file_of_0_1_gives_no_finding_that_the_how_to_does_not_name(
    country: str, errors: set[str], run: Run
) -> None:
    told = run("replay", FILES / f"{country}.yaml", "--all").err
    found = set(re.findall(r"(error|warning) (RM\d+)", told))
    assert {code for _, code in found} <= codes_of_the_how_to()
    assert {code for severity, code in found if severity == "error"} == errors


def test_lapse_of_the_hint_mends_a_file_of_0_1(tmp_path: Path, run: Run) -> None:
    old = (FILES / "AUS.yaml").read_text(encoding="utf-8")
    before = old.index("  - signal: special_envoy_named\n    date: 2021-09-09")
    mended = tmp_path / "AUS.yaml"
    mended.write_text(old[:before] + LAPSE.lstrip("\n") + "\n" + old[before:], encoding="utf-8")
    assert run("replay", FILES / "AUS.yaml").code == 1
    assert run("replay", mended).code == 0

"""The coverage of the record as a Markdown page."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from support.paths import ROOT

import recognition_model as rm
from recognition_model.analysis.coverage import coverage
from recognition_model.report.coverage import coverage_in_markdown
from recognition_model.report.sentences import answer

REFUSED = """
- refuse: recognise
  date: 2024-05-27
  because: not-attested
  note: A false report.
  evidence: [$press, $denial]
- act: accept_ambassador
  date: 2024-06
  rank: deprecated
  because: Nobody else has it.
  evidence: [$press]
- signal: visit
  date: 2024-07
  contradiction: One has May | another *June*.
  evidence: [$press]
"""


def test_coverage_page_lists_refused_and_contradicted_entries(
    replay_of: Callable[..., rm.Replay],
) -> None:
    told = replay_of("- {act: engage, date: 2022-02-01, evidence: [$press]}\n" + REFUSED)
    page = coverage_in_markdown(coverage([told]))
    assert (
        "- Russia, 2024-05-27: recognise; refused: not-attested. A false report."
        " Evidence against it: yearbook-2026.\n" in page
    )
    assert "- Russia, 2024-06: accept ambassador; deprecated: Nobody else has it.\n" in page
    assert "- Russia, 2024-07: signal: visit. One has May \\| another \\*June\\*.\n" in page
    assert "| Entries refused or deprecated | 2 |" in page


def test_coverage_page_shows_start_and_unknowns(
    replay_of: Callable[..., rm.Replay],
) -> None:
    told = replay_of("- {act: engage, date: 2022-02, evidence: [$press]}\n")
    page = coverage_in_markdown(coverage([told]))
    assert (
        "| Russia | 1996-09-27 start, assumed |  | 2022-02 B3 press, 1 source |  |  |  |"
        " 2026-01-15 |" in page
    )
    assert "| | 1 | 2 | 3 | 4 | 5 | 6 |\n|---|---:|---:|---:|---:|---:|---:|\n" in page
    assert "| B |  |  | 1 |  |  |  |\n" in page  # the press is B3
    for sentence in (
        "- Start assumed for Russia: Made up.\n",
        "The date of “engage” is known only as 2022-02.",
        "“engage” of 2022-02 is reported by the press; no confirmation by the country’s own"
        " authorities is documented.",
        "The longest gap between dated entries, the start included, is from 1996-09-27 to"
        " 2022-02-01;",
        "| Changes of stage | 1 |\n",
        "| — with one source | 1 |\n",
        "| — not confirmed by the country’s own authorities | 1 |\n",
        "| — without an exact day | 1 |\n",
        "| Starts assumed | 1 |\n",
        "| — with no stage attested since | 0 |\n",
        # 2022-02-28 lies more than 730 days before 2026-01-15.
        " Of 1 country: 0 evidenced within two years, 1 silent for longer, 0 assumed.\n",
        "No ban is documented for Russia. The absence of a ban is not documented either.",
    ):
        assert sentence in page


def test_shipped_coverage_page_is_up_to_date() -> None:
    folder = rm.load_folder()
    replays = [rm.replay(one) for one in folder.scenarios]
    page = coverage_in_markdown(coverage(replays, folder.collectives, folder.checks))
    assert (ROOT / "docs" / "coverage.md").read_text("utf-8") == page
    rows = re.findall(r"(?m)^\| [^|]+ \|.*\| \d{4}-\d\d-\d\d \|$", page)
    assert not re.search(r"(?m) $|\n\n\n", page)
    assert len(rows) == len(folder.scenarios)


@pytest.mark.parametrize(
    ("evidence", "words"),
    [
        ("$taliban", "the Taliban"),
        ("$other", "another state or an international body"),
        ("$press", "the press"),
    ],
)
def test_coverage_page_names_the_speaker_as_the_answer_does(
    evidence: str, words: str, replay_of: Callable[..., rm.Replay]
) -> None:
    told = replay_of(f"- {{act: engage, date: 2025-02-01, evidence: [{evidence}]}}\n")
    assert f"“engage” of 2025-02-01 is reported by {words};" in coverage_in_markdown(
        coverage([told])
    )
    assert f", according to {words}" in "".join(answer(told))

"""The answers of the shipped record change only with a commit that says so."""

from __future__ import annotations

import runpy
from difflib import unified_diff

from support.paths import ROOT

import recognition_model as rm

MAKER = runpy.run_path(str(ROOT / "tools" / "make_snapshot.py"))
KEPT = ROOT / "tests" / "snapshot" / "record.txt"


def test_answers_match_snapshot() -> None:
    kept, now = KEPT.read_text(encoding="utf-8"), MAKER["snapshot"]()
    lines = unified_diff(kept.splitlines(), now.splitlines(), "snapshot", "now", lineterm="", n=0)
    told = "\n".join(lines)
    assert kept == now, f"{told}\nif this is meant: python tools/make_snapshot.py"


def test_snapshot_shows_spells_last_state_and_refusals() -> None:
    (scenario,) = rm.load_folder(ROOT / "docs" / "examples" / "ATA.yaml").scenarios
    assert MAKER["answers"](rm.replay(scenario)) == [
        "ATA  2021-08-15 to 2024-02-02  hostile  none  start",
        "ATA  2024-02-02 to 2024-10-09  engaged  none  R02",
        "ATA  2024-10-09 to 2024-10-09  ambassador_accepted  none  R04",
        "ATA  last: ambassador_accepted, no ban documented; refused: 1",
    ]

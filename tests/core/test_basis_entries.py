"""Entries as the basis of a day needs them: what an entry is if nothing more is said."""

from __future__ import annotations

from recognition_model.core.basis import Entry
from recognition_model.core.dates import When
from recognition_model.core.evidence import Voice
from recognition_model.core.scenario import Start
from recognition_model.core.stages import Ban, Stage
from recognition_model.engine.counterexamples import an_item
from recognition_model.engine.outcomes import entries_of

YEAR = When.parse("2024")


def test_start_counts_by_its_evidence_and_attests_no_stage() -> None:
    start = Start(stage=Stage.HOSTILE, ban=Ban.NONE, date=YEAR, evidence=(an_item(Voice.HOST),))
    (entry,) = entries_of(start, ())
    assert (entry.counts, entry.attests_stage) == (True, False)


def test_entry_without_a_place_has_no_line() -> None:
    entry = Entry(date=YEAR, what="start hostile")
    assert entry.to_dict() == {"date": "2024", "what": "start hostile", "line": 0}
    assert str(entry) == "start hostile 2024"

"""The words of `agreement`, as `explain` tells them."""

from __future__ import annotations

from recognition_model.analysis.agreement.event_rows import COLUMNS
from recognition_model.cli.agreement_words import agreement_meanings


def test_columns_of_each_side_tell_whose_entry_they_are_of() -> None:
    told = {one.word: one.text for one in agreement_meanings()}
    of_a, of_b = ([name for name in COLUMNS if name.endswith(end)] for end in ("_a", "_b"))
    assert len(of_a) == len(of_b) == 8  # date, kind, what, voice, grade, rule, file and line
    assert {told[name].rpartition(", in ")[2] for name in of_a} == {"A; empty if none."}
    assert {told[name].rpartition(", in ")[2] for name in of_b} == {"B; empty if none."}
    assert told["grade_b"].startswith("The grade of the strongest item that supports the entry, ")

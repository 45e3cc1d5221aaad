"""`dossier`: one country's record to read, as it stands on a day."""

import pytest
from hypothesis import given
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.testing import scenarios

RECORD = """
    - {act: engage, date: 2018-11-09, note: A meeting., evidence: [$press, $denial]}
    - {act: recognise, date: 2022, rank: deprecated, because: Made up., evidence: [$press]}
    - {signal: visit, date: 2024-06, evidence: [$host]}
"""


def test_dossier_has_every_entry_with_its_outcome_and_evidence(replay_of: ReplayOf) -> None:
    told = rm.dossier(replay_of(RECORD)).to_dict()
    refused, deprecated, visit = told["entries"]
    # The host disputes the engagement: nothing attests it.
    assert (refused["outcome"], refused["note"], refused["counts"]) == (
        "refused",
        "A meeting.",
        False,
    )
    assert [unmet["found"] for unmet in refused["unmet"]] == ["none"]
    assert [
        (item["source"], item["publisher"], item["voice"], item["grade"], item["bearing"])
        for item in refused["evidence"]
    ] == [
        ("yearbook-2026", "The Example Yearbook", "press", "B3", "supports"),
        ("yearbook-2026", "The Example Yearbook", "host", "B3", "disputes"),
    ]
    assert (deprecated["deprecated"], deprecated["because"]) == (True, "Made up.")
    assert (visit["outcome"], visit["counts"], visit["line"]) == (None, True, 9)
    assert (told["words"], told["later"]) == ("no dealings documented (assumed)", 0)
    assert {act["act"] for act in told["acts"] if act["open"]} == {"ban", "engage"}


def test_dossier_on_a_day_leaves_out_later_entries_and_counts_them(replay_of: ReplayOf) -> None:
    told = rm.dossier(replay_of(RECORD), "2022-06-01")
    assert [entry.number for entry in told.entries] == [1, 2]
    assert (told.later, str(told.position.day)) == (1, "2022-06-01")


def test_dossier_refuses_anything_but_a_replay() -> None:
    with pytest.raises(TypeError, match="dossier takes a Replay"):
        rm.dossier("RUS")  # type: ignore[arg-type]


@given(scenarios())
def test_entry_counts_from_a_day_on_which_it_is_the_last_one_heard(scenario: rm.Scenario) -> None:
    replay = rm.replay(scenario)
    for entry in rm.dossier(replay).entries:
        if entry.counts_from is not None:
            position = replay.history.on(entry.counts_from)
            assert position.days_since == 0

"""Where a country stands on a day, as plain data."""

from __future__ import annotations

from support.fixtures import ReplayOf

TIMELINE = """
    - {act: engage, date: 2022-02, evidence: [$host]}
    - {act: accept_ambassador, date: 2024-03..2024-05, evidence: [$press, $host]}
"""


def test_plain_data_of_a_day_have_every_possible_state_with_what_led_to_it(
    replay_of: ReplayOf,
) -> None:
    replay = replay_of(TIMELINE)
    (first,), (second, third) = ([item.id for item in one.evidence] for one in replay.changes)
    data = replay.history.on("2024-02-28").to_dict()
    assert (data["certain"], data["dates_agree"], len(data["standings"])) == (True, True, 1)
    data = replay.history.on("2024-04-10").to_dict()
    del data["words"]
    assert data == {
        "day": "2024-04-10",
        "basis": "silent",
        "certain": False,
        "dates_agree": False,
        "within_record": True,
        "documented_until": "2026-01-15",
        "reviewed": None,
        "last_entry": {"date": "2022-02", "what": "act engage", "line": 7},
        "next_entry": {"date": "2024-03..2024-05", "what": "act accept_ambassador", "line": 8},
        "days_since": 772,  # from 2022-02-28: 730 to 2024-02-28, and 42
        "standings": [
            {
                "stage": "engaged",
                "ban": "none",
                "since": "2022-02",
                "act": "engage",
                "rule": "R02",
                "attestation": "official",
                "evidence": [first],
            },
            {
                "stage": "ambassador_accepted",
                "ban": "none",
                "since": "2024-03..2024-05",
                "act": "accept_ambassador",
                "rule": "R04",
                "attestation": "official",
                "evidence": [second, third],
            },
        ],
    }

"""Levels over time as plain data, and where the dates of a reading leave no order."""

from __future__ import annotations

from datetime import date

import pytest
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.core.level_history import LevelSpell

LISTING = rm.load_scale("listing")
REPRESENTATION = rm.load_scale("representation")
BANNED = """
    - {act: ban, date: 2003-02-14, evidence: [$host]}
    - {act: engage, date: 2022-02, evidence: [$press]}
    - {signal: ban_easing, date: 2024-04..2024-05, evidence: [$host]}
"""


def test_plain_data_of_levels_have_each_spell_with_its_entries(replay_of: ReplayOf) -> None:
    history = rm.levels_of(replay_of(BANNED), LISTING)
    data = history.to_dict()
    (host,) = {item.id for item in history.spells[1].entries[0].evidence}
    (press,) = {item.id for item in history.spells[1].entries[1].evidence}
    assert {key: data[key] for key in ("scale", "title", "digest")} == {
        "scale": "listing",
        "title": "Ban on the movement in the country's own law",
        "digest": LISTING.digest,
    }
    assert data["documented_until"] == "2026-01-15"
    assert [(one["level"], one["from"], one["to"], one["assumed"]) for one in data["spells"]] == [
        ("none", "1996-09-27", "2003-02-14", True),
        ("banned", "2003-02-14", "2024-04..2024-05", False),
        ("easing", "2024-04..2024-05", "2026-01-15", False),
    ]
    # The ban stands after the engagement too: the state alone gives the level.
    assert [one["entries"] for one in data["spells"]] == [
        [],
        [
            {
                "date": "2003-02-14",
                "what": "act ban",
                "line": 7,
                "attestation": "official",
                "evidence": [host],
            },
            {
                "date": "2022-02",
                "what": "act engage",
                "line": 8,
                "attestation": "reported",
                "evidence": [press],
            },
        ],
        [
            {
                "date": "2024-04..2024-05",
                "what": "signal ban_easing",
                "line": 9,
                "attestation": "official",
                "evidence": [host],
            }
        ],
    ]
    assert [*map(str, history.spells)] == [
        "no ban documented, 1996-09-27 to 2003-02-14",
        "banned, 2003-02-14 to 2024-04..2024-05",
        "ban being eased, 2024-04..2024-05 to 2026-01-15",
    ]


@pytest.mark.parametrize(
    ("day", "levels", "since"),
    [
        ("2023-01-01", ["banned"], "2003-02-14"),
        ("2024-04-15", ["banned", "easing"], None),
        ("2024-05-31", ["easing"], "2024-04..2024-05"),
    ],
)
def test_plain_data_of_a_day_tell_since_when_if_the_dates_leave_one_level(
    day: str, levels: list[str], since: str | None, replay_of: ReplayOf
) -> None:
    data = rm.levels_of(replay_of(BANNED), LISTING).on(day).to_dict()
    assert (data["levels"], data["since"]) == (levels, since)
    assert data["level"] == (levels[0] if since else None)
    assert data["dates_agree"] is (since is not None)


def test_spell_rests_on_no_entry_unless_one_is_named() -> None:
    day = rm.When.parse("2024")
    assert LevelSpell(level=LISTING.levels[0], begins=day, ends=day).entries == ()


def test_signal_read_before_the_act_above_it_comes_with_that_act(replay_of: ReplayOf) -> None:
    """At its latest the engagement falls after the diplomat, whom the file has behind it."""
    replay = replay_of(
        """
        - {act: engage, date: 2021-09..2021-11, evidence: [$host]}
        - {signal: diplomat_accepted, date: 2021-10-15, evidence: [$host]}
        """
    )
    history = rm.levels_of(replay.read("latest"), REPRESENTATION)
    day = date(2021, 11, 30).toordinal()
    assert [spell.level.level for spell in history.spells] == ["none", "contact", "mission"]
    assert history.bounds[1:] == ((day, day), (day, day))
    assert history.on("2021-11-29").level is REPRESENTATION.named("none")
    assert history.on("2021-11-30").level is REPRESENTATION.named("mission")


def test_signals_read_after_the_act_below_them_come_with_that_act(replay_of: ReplayOf) -> None:
    """The second signal would fit between the acts, but stands behind the first in the file."""
    replay = replay_of(
        """
        - {act: engage, date: 2021-01-01, evidence: [$host]}
        - {signal: diplomat_accepted, date: 2022-05..2022-07, evidence: [$host]}
        - {signal: charge_accepted, date: 2022-05-10..2022-05-30, evidence: [$host]}
        - {act: accept_ambassador, date: 2022-06-01, evidence: [$host]}
        """
    )
    history = rm.levels_of(replay.read("latest"), REPRESENTATION)
    engaged, accepted = date(2021, 1, 1).toordinal(), date(2022, 6, 1).toordinal()
    assert [spell.level.level for spell in history.spells] == [
        *("none", "contact", "mission", "charge", "ambassador"),
    ]
    assert history.bounds[1:] == (
        (engaged, engaged),
        (accepted, accepted),
        (accepted, accepted),
        (accepted, accepted),
    )

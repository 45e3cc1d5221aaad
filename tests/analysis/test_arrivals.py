"""When a country reached a stage within some days."""

from collections.abc import Callable
from datetime import date

import pytest
from support.fixtures import ReplayOf

import recognition_model as rm
from recognition_model.analysis.arrivals import Arrival, arrival
from recognition_model.core.stages import Stage

STORY = """
    - {act: engage, date: 1999..2000-02, evidence: [$host]}
    - {act: lapse, date: 2001-12-07, evidence: [$press]}
    - {act: engage, date: 2021-10-12, evidence: [$host]}
    - {act: accept_ambassador, date: 2023-05, evidence: [$host]}
    - {act: downgrade, date: 2024-01-01, evidence: [$host]}
"""

Asked = Callable[..., tuple[str, str, str | None] | None]


@pytest.fixture
def asked(replay_of: ReplayOf) -> Asked:
    """Ask when the country of the story reached a stage: date, how sure, and what was before."""

    def of(stage: Stage, since: str, until: str) -> tuple[str, str, str | None] | None:
        history = replay_of(STORY).history
        found = arrival(history, stage, date.fromisoformat(since), date.fromisoformat(until))
        if found is None:
            return None
        earlier = found.earlier.begins.text if found.earlier else None
        return found.spell.begins.text, found.how, earlier

    return of


def test_first_sure_arrival_counts(asked: Asked) -> None:
    assert asked(Stage.ENGAGED, "1996-01-01", "2025-01-01") == ("1999..2000-02", "surely", None)


def test_sure_arrival_comes_before_one_that_may_lie_outside(asked: Asked) -> None:
    found = asked(Stage.ENGAGED, "2000-01-01", "2025-01-01")
    assert found == ("2021-10-12", "surely", "1999..2000-02")


def test_arrival_across_an_end_of_the_days_is_perhaps(asked: Asked) -> None:
    assert asked(Stage.ENGAGED, "2000-01-01", "2010-01-01") == ("1999..2000-02", "perhaps", None)
    assert asked(Stage.AMBASSADOR_ACCEPTED, "2020-01-01", "2023-05-15") == (
        "2023-05",
        "perhaps",
        None,
    )


def test_coming_down_to_a_stage_is_no_arrival(asked: Asked) -> None:
    assert asked(Stage.ENGAGED, "2023-06-01", "2025-01-01") is None


def test_stage_reached_before_the_days_does_not_count(asked: Asked) -> None:
    assert asked(Stage.ENGAGED, "2021-10-13", "2025-01-01") is None
    assert asked(Stage.ENGAGED, "2021-10-12", "2025-01-01") == ("2021-10-12", "surely", None)


def test_higher_stage_counts_except_of_hostile_and_banned(asked: Asked) -> None:
    found = asked(Stage.DELISTED, "2020-01-01", "2025-01-01")
    assert found == ("2023-05", "surely", None)
    assert asked(Stage.BANNED, "1996-01-01", "2025-01-01") is None


def test_assumed_start_is_never_sure(asked: Asked) -> None:
    assert asked(Stage.HOSTILE, "1996-01-01", "2000-01-01") == ("1996-09-27", "assumed", None)
    assert asked(Stage.HOSTILE, "1996-01-01", "2010-01-01") == (
        "2001-12-07",
        "surely",
        "1996-09-27",
    )


def test_nothing_documented_is_no_arrival(replay_of: ReplayOf) -> None:
    history = replay_of(STORY, known_by="1990-01-01").history
    assert arrival(history, Stage.HOSTILE, date.min, date.max) is None


def test_arrival_names_the_spell_itself(replay_of: ReplayOf) -> None:
    history: rm.History = replay_of(STORY).history
    found = arrival(history, Stage.ENGAGED, date(2020, 1, 1), date(2025, 1, 1))
    assert isinstance(found, Arrival)
    assert found.spell in history.spells

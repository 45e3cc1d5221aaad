"""The state machine with which users test a table: what it checks, and what it says."""

from __future__ import annotations

import pytest
from attrs import evolve
from support.histories import DELISTED, ENGAGED, a_history

from recognition_model import INVARIANTS
from recognition_model.engine.machine import Relationship
from recognition_model.testing import RelationshipMachine


class Broken(RelationshipMachine):
    """A machine with an invariant that no history keeps."""

    monitored = (
        evolve(INVARIANTS[0], code="X05", check=lambda _: [(None, "made up")], monitor=None),
    )


def test_message_gives_the_invariant_and_each_change_on_a_line() -> None:
    machine = Broken()
    machine.history = a_history("1996-09-27", ("2021-07-08", ENGAGED), ("2025-04-17", DELISTED))
    with pytest.raises(AssertionError) as caught:
        machine.invariants_are_kept()
    invariant, *why, one, two = str(caught.value).splitlines()
    assert invariant == f"X05 {INVARIANTS[0].name}: made up"
    assert "\n".join(why) == INVARIANTS[0].why
    assert [one, two] == [f"  {change}" for change in machine.history.changes]
    assert "2021-07-08" in one
    assert "2025-04-17" in two


def test_method_that_walks_past_the_rules_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Relationship, "to_engaged", None, raising=False)
    with pytest.raises(AssertionError, match=r"unexpected attributes: \['to_engaged', '__class"):
        RelationshipMachine().no_way_around()

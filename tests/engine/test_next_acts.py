"""The acts that are open or closed from a state, in words."""

from __future__ import annotations

import pytest
from attrs import evolve

from recognition_model import (
    RULES,
    Act,
    Attestation,
    Ban,
    Bearing,
    Evidence,
    Stage,
    State,
    Voice,
)
from recognition_model.core.organisations import RecordKind
from recognition_model.core.types import SourceName
from recognition_model.engine.counterexamples import an_item
from recognition_model.engine.refusals import NextAct, next_acts, what_suffices

HOSTILE = State(Stage.HOSTILE, Ban.NONE)


def from_state(state: State, act: Act, kind: RecordKind = RecordKind.COUNTRY) -> NextAct:
    (found,) = [one for one in next_acts(state, kind=kind) if one.act is act]
    return found


@pytest.mark.parametrize(
    ("act", "says", "suffices"),
    [
        (Act.BAN, "ban: open", "needs an official voice of the country"),
        (Act.ENGAGE, "engage: open", "needs a report"),
        (
            Act.RECOGNISE,
            "recognise: closed",
            "the stage must be ambassador_accepted first (R04); or the stage must be engaged or"
            " delisted first (R02)",
        ),
        (Act.DOWNGRADE, "downgrade: closed", "the stage must be ambassador_accepted first (R04)"),
    ],
)
def test_act_from_no_dealings_says_whether_it_is_open_and_what_it_needs(
    act: Act, says: str, suffices: str
) -> None:
    found = from_state(HOSTILE, act)
    assert (str(found), found.suffices) == (says, suffices)


def test_act_that_says_what_is_the_case_needs_nothing() -> None:
    engaged = State(Stage.ENGAGED, Ban.IN_FORCE)
    assert from_state(engaged, Act.ENGAGE).suffices == "nothing: engaged already"
    assert from_state(engaged, Act.BAN).suffices == "nothing: ban in force already"


def test_unmet_conditions_are_in_words_rule_by_rule() -> None:
    assert from_state(HOSTILE, Act.RECOGNISE).in_words() == (
        "R05 stage must be ambassador_accepted (is hostile);"
        " R06 stage must be engaged or delisted (is hostile)"
    )
    assert from_state(HOSTILE, Act.BAN).in_words() == "no rule covers ban"


def test_lapse_alone_depends_on_the_world_besides() -> None:
    engaged = next_acts(State(Stage.ENGAGED, Ban.NONE))
    assert {one.act: one.only_if for one in engaged if one.only_if} == {
        Act.LAPSE: "the Taliban cease to govern"
    }
    assert from_state(HOSTILE, Act.BAN).to_dict()["only_if"] is None


def test_open_act_of_an_organisation_needs_a_voice_of_the_organisation() -> None:
    found = from_state(HOSTILE, Act.BAN, RecordKind.ORGANISATION)
    assert found.suffices == "needs an official voice of the organisation"


# --- what would suffice -----------------------------------------------------------------------


def proof(voice: Voice, bearing: Bearing, source: str) -> Evidence:
    made = an_item(voice, bearing)
    return evolve(made, source=evolve(made.source, id=SourceName(source)))


def suffices(evidence: tuple[Evidence, ...] | None) -> str:
    attempts = RULES.attempts(HOSTILE, Act.BAN, Attestation.NONE)
    return what_suffices(attempts, HOSTILE, RULES, evidence)


def test_without_evidence_in_question_the_voice_that_a_rule_needs_is_named() -> None:
    assert suffices(None) == "it needs an official voice of the country"


def test_denial_by_the_host_is_named_and_not_what_the_host_says_for_it() -> None:
    denied = proof(Voice.HOST, Bearing.DISPUTES, "denial")
    said = proof(Voice.HOST, Bearing.SUPPORTS, "statement")
    words = "the host disputes it (denial): while it does, no voice suffices"
    assert suffices((said, denied)) == words
    assert suffices((denied,)) == words


def test_best_of_the_evidence_given_is_named() -> None:
    given = (
        proof(Voice.PRESS, Bearing.SUPPORTS, "paper"),
        proof(Voice.TALIBAN, Bearing.SUPPORTS, "kabul"),
        proof(Voice.OTHER_STATE, Bearing.DISPUTES, "tehran"),
    )
    assert suffices(given) == (
        "it needs an official voice of the country; the best given is taliban, F6 (kabul)"
    )
    assert suffices(given[2:]) == ("it needs an official voice of the country; nothing supports it")

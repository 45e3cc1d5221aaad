"""Stages, bans and acts: words in order, each with its meaning."""

from __future__ import annotations

import copy
import pickle
import random
from itertools import product
from operator import ge, gt, le, lt

import pytest
from attrs.exceptions import FrozenInstanceError

from recognition_model.core.evidence import Voice
from recognition_model.core.stages import Act, Ban, Stage, State, ban_in_words

WORDS = {
    Stage: "hostile banned engaged delisted ambassador_accepted de_jure_recognition",
    Ban: "none in_force lifted",
    Act: "ban engage delist accept_ambassador recognise withdraw_recognition downgrade break_off"
    " lapse",
}


@pytest.mark.parametrize(("kind", "words"), WORDS.items(), ids=lambda value: str(value)[:20])
def test_words_are_in_design_order_and_lead_back_to_members(kind, words):
    assert [str(member) for member in kind] == words.split()
    assert [kind(word) for word in words.split()] == list(kind)
    shuffled = random.Random(7).sample(list(kind), len(kind))  # noqa: S311 - no secret here
    assert sorted(shuffled) == list(kind)


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_has_a_distinct_meaning_sentence(kind):
    meanings = [member.meaning for member in kind]
    assert all(meaning.endswith(".") and " " in meaning for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("compare", [lt, le, gt, ge])
@pytest.mark.parametrize("kind", WORDS)
def test_members_compare_by_rank_and_only_within_their_kind(kind, compare):
    places = list(enumerate(kind))
    for (i, one), (j, other) in product(places, places):
        assert compare(one, other) is compare(i, j)
    for stranger in (Voice.HOST, "banned", 1):
        with pytest.raises(TypeError):
            compare(next(iter(kind)), stranger)


def test_members_support_no_arithmetic():
    with pytest.raises(TypeError):
        Stage.BANNED - Stage.HOSTILE
    with pytest.raises(TypeError):
        sum(Stage)


@pytest.mark.parametrize("kind", WORDS)
def test_members_keep_their_identity_when_copied_or_pickled(kind):
    for member in kind:
        assert copy.deepcopy(member) is member
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - our own bytes
        assert {member: "found"}[kind(member.value)] == "found"


def test_unknown_word_is_refused():
    with pytest.raises(ValueError, match="recognised"):
        Stage("recognised")


def test_state_is_an_immutable_value_of_stage_and_ban():
    state = State(Stage.ENGAGED, Ban.IN_FORCE)
    assert state == State(Stage.ENGAGED, Ban.IN_FORCE)
    assert state != State(Stage.ENGAGED, Ban.LIFTED)
    assert len({state, State(Stage.ENGAGED, Ban.IN_FORCE)}) == 1
    with pytest.raises(FrozenInstanceError):
        state.stage = Stage.DE_JURE_RECOGNITION


def test_undocumented_ban_is_not_called_absent():
    assert ban_in_words(Ban.NONE) == "no ban documented"
    assert ban_in_words(Ban.IN_FORCE) == "ban in force"
    assert ban_in_words(Ban.LIFTED) == "ban lifted"
    assert str(State(Stage.ENGAGED, Ban.IN_FORCE)) == "engaged, ban in force"

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
    Act: "ban engage delist accept_ambassador recognise withdraw_recognition downgrade break_off",
}


@pytest.mark.parametrize(("kind", "words"), WORDS.items(), ids=lambda value: str(value)[:20])
def test_the_words_of_the_design_stand_in_its_order_and_lead_back_to_the_members(kind, words):
    assert [str(member) for member in kind] == words.split()
    assert [kind(word) for word in words.split()] == list(kind)
    shuffled = random.Random(7).sample(list(kind), len(kind))  # noqa: S311 - no secret here
    assert sorted(shuffled) == list(kind)


@pytest.mark.parametrize("kind", WORDS)
def test_every_word_says_what_it_means_in_a_sentence_of_its_own(kind):
    meanings = [member.meaning for member in kind]
    assert all(meaning.endswith(".") and " " in meaning for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("compare", [lt, le, gt, ge])
@pytest.mark.parametrize("kind", WORDS)
def test_members_compare_as_their_places_do_and_with_their_own_kind_only(kind, compare):
    places = list(enumerate(kind))
    for (i, one), (j, other) in product(places, places):
        assert compare(one, other) is compare(i, j)
    for stranger in (Voice.HOST, "banned", 1):
        with pytest.raises(TypeError):
            compare(next(iter(kind)), stranger)


def test_members_are_never_counted_with():
    with pytest.raises(TypeError):
        Stage.BANNED - Stage.HOSTILE
    with pytest.raises(TypeError):
        sum(Stage)


@pytest.mark.parametrize("kind", WORDS)
def test_a_member_copied_or_sent_to_another_process_stays_the_same_member(kind):
    for member in kind:
        assert copy.deepcopy(member) is member
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - our own bytes
        assert {member: "found"}[kind(member.value)] == "found"


def test_a_word_that_is_no_member_is_refused():
    with pytest.raises(ValueError, match="recognised"):
        Stage("recognised")


def test_a_state_is_a_value_of_stage_and_ban():
    state = State(Stage.ENGAGED, Ban.IN_FORCE)
    assert state == State(Stage.ENGAGED, Ban.IN_FORCE)
    assert state != State(Stage.ENGAGED, Ban.LIFTED)
    assert len({state, State(Stage.ENGAGED, Ban.IN_FORCE)}) == 1
    with pytest.raises(FrozenInstanceError):
        state.stage = Stage.DE_JURE_RECOGNITION


def test_a_ban_that_is_not_documented_is_not_called_absent():
    assert ban_in_words(Ban.NONE) == "no ban documented"
    assert ban_in_words(Ban.IN_FORCE) == "ban in force"
    assert ban_in_words(Ban.LIFTED) == "ban lifted"
    assert str(State(Stage.ENGAGED, Ban.IN_FORCE)) == "engaged, ban in force"

"""Deeds as verbs of sentences."""

from __future__ import annotations

import pytest

from recognition_model.core.deeds_in_words import did, done
from recognition_model.core.stages import Act


@pytest.mark.parametrize("act", Act)
def test_every_act_has_a_sentence_in_both_tenses(act: Act) -> None:
    for short in (False, True):
        past, participle = did(act, short=short), done(act, short=short)
        # Past and participle differ in the first word at most.
        assert past.split()[1:] == participle.split()[1:]


@pytest.mark.parametrize("act", Act)
def test_words_of_a_deed_are_small_but_for_the_name(act: Act) -> None:
    for deed in (did(act), done(act), did(act, short=True), done(act, short=True)):
        assert deed.replace("Taliban", "they").islower()


@pytest.mark.parametrize("act", Act)
def test_a_full_deed_names_the_taliban(act: Act) -> None:
    assert "Taliban" in did(act)


def test_the_words_of_each_tense_and_length() -> None:
    assert did(Act.BREAK_OFF) == "broke off relations with the Taliban"
    assert did(Act.WITHDRAW_RECOGNITION, short=True) == "withdrew recognition"
    assert done(Act.ENGAGE) == "begun official dealings with the Taliban"
    assert done(Act.LAPSE, short=True) == "seen dealings lapse"
    assert did(Act.DOWNGRADE, short=True) == "ceased to accept an ambassador"
    assert did(Act.DELIST) == "lifted or suspended a ban on the Taliban"

"""Signals: families and deeds with meanings, a vocabulary with aliases, and denials."""

from __future__ import annotations

import pickle

import pytest

from recognition_model.core.dates import When
from recognition_model.core.evidence import Bearing, Voice
from recognition_model.core.scenario import SignalStep
from recognition_model.core.signals import Deed, Family, Plover, SignalMeaning, Vocabulary
from recognition_model.engine.counterexamples import an_item

FAMILIES = (
    "contact visit mission accreditation predecessor_mission statement listing economic"
    " humanitarian consular security force multilateral doctrine"
)
SUPPORTS, DISPUTES = Bearing.SUPPORTS, Bearing.DISPUTES


def a_meaning(word: str, family: Family = Family.VISIT, *aliases: str) -> SignalMeaning:
    return SignalMeaning(
        word=word,
        family=family,
        meaning=f"What {word} means.",
        deed=Deed.EITHER,
        is_not="Something else.",
        aliases=aliases,
    )


def test_families_stand_in_design_order():
    assert [str(family) for family in Family] == FAMILIES.split()


@pytest.mark.parametrize("kind", [Family, Deed, Plover])
def test_every_word_has_a_distinct_meaning_sentence(kind):
    meanings = [member.meaning for member in kind]
    assert all(meaning.endswith(".") and " " in meaning for meaning in meanings)
    assert len(set(meanings)) == len(meanings)


def test_an_alias_leads_to_its_word_and_the_word_to_itself():
    known = Vocabulary.of([a_meaning("visit", Family.VISIT, "trip", "call")])
    assert [known.canonical(word) for word in ("visit", "trip", "call", "visits")] == [
        "visit",
        "visit",
        "visit",
        None,
    ]


def test_a_family_is_found_by_word_and_by_alias_and_lists_words_without_aliases():
    known = Vocabulary.of(
        [
            a_meaning("visit", Family.VISIT, "trip"),
            a_meaning("aid", Family.HUMANITARIAN),
            a_meaning("visit_planned"),
        ]
    )
    assert known.family_of("trip") is known.family_of("visit") is Family.VISIT
    assert known.family_of("aid") is Family.HUMANITARIAN
    assert known.family_of("nothing") is None
    assert known.in_family(Family.VISIT) == ("visit", "visit_planned")
    assert known.in_family(Family.FORCE) == ()


def test_own_words_come_after_and_change_no_meaning():
    shipped = Vocabulary.of([a_meaning("visit"), a_meaning("aid")])
    own = Vocabulary.of([a_meaning("picnic"), a_meaning("visit", Family.FORCE)])
    both = shipped.and_own(own)
    assert set(both.words) == {"visit", "aid", "picnic"}
    assert both.family_of("visit") is Family.VISIT
    assert shipped.and_own(Vocabulary()) == shipped


def test_a_vocabulary_survives_pickling():
    known = Vocabulary.of([a_meaning("visit", Family.VISIT, "trip")])
    again = pickle.loads(pickle.dumps(known))  # noqa: S301 - our own bytes
    assert again == known
    assert again.canonical("trip") == "visit"


@pytest.mark.parametrize(
    ("said", "denied"),
    [
        ([(Voice.PRESS, SUPPORTS)], False),
        ([(Voice.HOST, DISPUTES)], True),
        ([(Voice.TALIBAN, DISPUTES), (Voice.PRESS, SUPPORTS)], True),
        ([(Voice.TALIBAN, DISPUTES), (Voice.HOST, SUPPORTS)], True),
        ([(Voice.HOST, DISPUTES), (Voice.HOST, SUPPORTS)], False),
        ([(Voice.HOST, DISPUTES), (Voice.HOST, SUPPORTS), (Voice.TALIBAN, DISPUTES)], True),
        ([(Voice.PRESS, DISPUTES), (Voice.OTHER_STATE, DISPUTES)], False),
    ],
)
def test_a_signal_is_denied_by_a_party_that_nowhere_confirms_it(said, denied):
    evidence = tuple(an_item(voice, bearing) for voice, bearing in said)
    signal = SignalStep(signal="visit", date=When.parse("2023-08-03"), evidence=evidence)
    assert signal.denied is denied


def test_two_signals_of_one_word_are_equal_whatever_family_the_reader_knew():
    said = {"date": When.parse("2023-08-03"), "evidence": (an_item(Voice.HOST),)}
    known = SignalStep(signal="visit", family=Family.VISIT, **said)
    assert known == SignalStep(signal="visit", **said)

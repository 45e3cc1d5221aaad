"""Evidence: who speaks decides what a step's evidence amounts to."""

from __future__ import annotations

from datetime import date
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

from recognition_model.core.dates import When
from recognition_model.core.evidence import (
    Attestation,
    Bearing,
    Evidence,
    Reliability,
    Source,
    SourceType,
    Voice,
    attestation_of,
)
from recognition_model.core.locators import Locator

often = settings(max_examples=examples(200))


def a_source(reliability: Reliability = Reliability.USUALLY_RELIABLE, **more) -> Source:
    return Source(
        id="tass-2022-01-31",
        type=SourceType.ARTICLE_NEWSPAPER,
        publisher="TASS",
        title="A title",
        issued=When.parse("2022-01-31"),
        language="en",
        reliability=reliability,
        **more,
    )


def item(
    voice: Voice, bearing: Bearing = Bearing.SUPPORTS, credibility: int = 2, **more
) -> Evidence:
    source = more.pop("source", a_source())
    return Evidence(
        source=source,
        voice=voice,
        bearing=bearing,
        credibility=credibility,
        claim="Something.",
        **more,
    )


items = st.builds(
    item,
    st.sampled_from(Voice),
    st.sampled_from(Bearing),
    st.integers(1, 6),
    source=st.builds(a_source, st.sampled_from(Reliability)),
)


def disputed_by_host(evidence: list[Evidence]) -> bool:
    return any(e.voice is Voice.HOST and e.bearing is Bearing.DISPUTES for e in evidence)


@pytest.mark.parametrize(
    ("voices", "amounts_to"),
    [
        ([], Attestation.NONE),
        ([Voice.PRESS], Attestation.REPORTED),
        ([Voice.TALIBAN], Attestation.CLAIMED),
        ([Voice.OTHER_STATE], Attestation.CLAIMED),
        ([Voice.HOST], Attestation.OFFICIAL),
        ([Voice.PRESS, Voice.PRESS], Attestation.REPORTED),
        ([Voice.TALIBAN, Voice.OTHER_STATE], Attestation.CLAIMED),
        ([Voice.PRESS, Voice.TALIBAN], Attestation.CLAIMED),
        ([Voice.PRESS, Voice.HOST, Voice.TALIBAN], Attestation.OFFICIAL),
    ],
)
def test_attestation_is_that_of_the_strongest_supporting_voice(voices, amounts_to):
    assert attestation_of([item(voice) for voice in voices]) is amounts_to


def test_attestation_order_is_none_reported_claimed_official():
    assert sorted(Attestation) == [
        Attestation.NONE,
        Attestation.REPORTED,
        Attestation.CLAIMED,
        Attestation.OFFICIAL,
    ]


@often
@given(st.lists(items, max_size=4), st.integers(1, 6), st.data())
def test_host_dispute_in_any_position_gives_no_attestation(evidence, credibility, data):
    at = data.draw(st.integers(0, len(evidence)))
    evidence.insert(at, item(Voice.HOST, Bearing.DISPUTES, credibility))
    assert attestation_of(evidence) is Attestation.NONE


@often
@given(st.lists(items, max_size=5))
def test_dispute_by_others_does_not_change_attestation(evidence):
    undisputed = [e for e in evidence if e.supports or e.voice is Voice.HOST]
    assert attestation_of(evidence) is attestation_of(undisputed)


@often
@given(st.lists(items, max_size=5))
def test_removing_evidence_strengthens_only_if_it_was_a_host_dispute(evidence):
    indices = range(len(evidence))
    for kept in chain.from_iterable(combinations(indices, n) for n in indices):
        fewer = [evidence[n] for n in kept]
        if disputed_by_host(fewer) == disputed_by_host(evidence):
            assert attestation_of(fewer) <= attestation_of(evidence)


@often
@given(st.lists(items, max_size=4), st.randoms(use_true_random=False))
def test_attestation_ignores_order_and_repetition(evidence, random):
    shuffled = random.sample(evidence, len(evidence))
    assert attestation_of(shuffled) is attestation_of(evidence)
    assert attestation_of(evidence + shuffled) is attestation_of(evidence)


@often
@given(st.sampled_from(Voice), st.integers(1, 6), st.sampled_from(Reliability))
def test_attestation_ignores_grades(voice, credibility, reliability):
    graded = item(voice, credibility=credibility, source=a_source(reliability))
    assert attestation_of([graded]) is attestation_of([item(voice)])


def test_evidence_id_is_source_name_and_paragraph_if_known():
    with_paragraph = item(Voice.PRESS, at=Locator.of("outlawed in Russia", 9))
    assert with_paragraph.id == "tass-2022-01-31#9"
    assert item(Voice.PRESS, at=Locator.of("outlawed in Russia")).id == "tass-2022-01-31"
    assert item(Voice.PRESS).id == "tass-2022-01-31"


def test_grade_is_reliability_letter_and_credibility_number():
    doubted = item(
        Voice.TALIBAN,
        Bearing.DISPUTES,
        credibility=5,
        source=a_source(Reliability.FAIRLY_RELIABLE),
    )
    assert doubted.grade == "C5"
    assert str(doubted) == "tass-2022-01-31 (taliban, C5, disputes)"
    assert str(item(Voice.HOST, credibility=1)) == "tass-2022-01-31 (host, B1)"


def test_public_date_is_issued_date_unless_given():
    assert a_source().public == When.parse("2022-01-31")
    later = a_source(public=When.parse("2023-06"))
    assert later.public == When.parse("2023-06")
    assert later.issued.earliest == date(2022, 1, 31)
    assert str(later) == "TASS, A title, 2022-01-31"

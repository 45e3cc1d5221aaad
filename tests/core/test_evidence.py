"""Evidence: who speaks decides what a step's evidence amounts to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import chain, combinations
from typing import get_type_hints

import pytest
from attrs import NOTHING, evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.effort import examples

import recognition_model as rm
from recognition_model.core.base import keys_of
from recognition_model.core.dates import When
from recognition_model.core.evidence import (
    Attestation,
    Bearing,
    Evidence,
    Reliability,
    Source,
    SourceType,
    TextFile,
    Voice,
    attestation_of,
    known,
    parties_denying,
    strongest,
    strongest_first,
    sufficient_evidence,
    supporting_sources,
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


@pytest.mark.parametrize(
    ("record", "needed", "optional"),
    [
        (
            Source,
            "type publisher title issued language reliability",
            "public url author archive seen note file",
        ),
        (Evidence, "source voice credibility claim", "at bearing announcement recalled"),
        (TextFile, "name size sha256", ""),
    ],
)
def test_file_must_give_some_keys_of_a_record_and_may_leave_out_the_others(
    record, needed, optional
):
    keys = keys_of(record)
    must = [key for key, attribute in keys.items() if attribute.default is NOTHING]
    assert must == needed.split()
    assert [key for key in keys if key not in must] == optional.split()


def public(text: str, voice: Voice = Voice.HOST) -> Evidence:
    return item(voice, source=a_source(public=When.parse(text)))


def test_evidence_is_known_from_the_last_day_its_source_can_have_become_public():
    exact, month, never = public("2022-02-01"), public("2022-02"), public("2022-02-01..")
    everything = (exact, month, never)
    assert known(everything, date(2022, 1, 31)) == ()
    assert known(everything, date(2022, 2, 1)) == (exact,)
    assert known(everything, date(2022, 2, 27)) == (exact,)
    assert known(everything, date(2022, 2, 28)) == (exact, month)
    assert known(everything, date(9999, 12, 31)) == (exact, month)


def test_evidence_published_later_is_not_known_before():
    then, later = public("2022-01-31"), public("2022-02-01")
    assert known([later, then], date(2022, 1, 31)) == (then,)


def test_credibility_of_4_is_weak_and_of_3_is_not():
    best = a_source(Reliability.COMPLETELY_RELIABLE)
    assert item(Voice.HOST, credibility=4, source=best).weak
    assert not item(Voice.HOST, credibility=3, source=best).weak


@pytest.mark.parametrize("reliability", Reliability)
@pytest.mark.parametrize("credibility", [1, 2, 3, 4, 5, 6])
def test_evidence_is_weak_from_reliability_d_or_credibility_4_on(reliability, credibility):
    strong = {"A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"}
    graded = item(Voice.PRESS, credibility=credibility, source=a_source(reliability))
    assert graded.weak is (f"{reliability.value}{credibility}" not in strong)


@pytest.mark.parametrize(
    ("reliability", "credibility", "words"),
    [
        (Reliability.COMPLETELY_RELIABLE, 1, "A1: completely reliable, confirmed"),
        (Reliability.USUALLY_RELIABLE, 2, "B2: usually reliable, probably true"),
        (Reliability.FAIRLY_RELIABLE, 3, "C3: fairly reliable, possibly true"),
        (Reliability.NOT_USUALLY_RELIABLE, 4, "D4: not usually reliable, doubtful"),
        (Reliability.UNRELIABLE, 5, "E5: unreliable, improbable"),
        (Reliability.CANNOT_BE_JUDGED, 6, "F6: cannot be judged, cannot be judged"),
    ],
)
def test_grade_in_words_is_that_of_the_admiralty_code(reliability, credibility, words):
    graded = item(Voice.PRESS, credibility=credibility, source=a_source(reliability))
    assert graded.grade_in_words == words


def test_party_denies_if_it_disputes_and_nothing_of_its_own_supports():
    yes, no = Bearing.SUPPORTS, Bearing.DISPUTES
    host, taliban = Voice.HOST, Voice.TALIBAN
    assert parties_denying([]) == ()
    assert parties_denying([item(host, no)]) == (host,)
    assert parties_denying([item(taliban, no), item(host, no)]) == (host, taliban)
    assert parties_denying([item(host, no), item(host, yes)]) == ()
    assert parties_denying([item(host, no), item(taliban, yes)]) == (host,)
    assert parties_denying([item(host, yes)]) == ()
    assert parties_denying([item(Voice.PRESS, no), item(Voice.OTHER_STATE, no)]) == ()


def test_evidence_suffices_that_supports_with_a_voice_as_strong_as_needed():
    host, taliban, press = item(Voice.HOST), item(Voice.TALIBAN), item(Voice.PRESS)
    everything = (press, host, item(Voice.HOST, Bearing.DISPUTES), taliban)
    assert sufficient_evidence(everything, Attestation.OFFICIAL) == (host,)
    assert sufficient_evidence(everything, Attestation.CLAIMED) == (host, taliban)
    assert sufficient_evidence(everything, Attestation.REPORTED) == (press, host, taliban)


def test_strongest_evidence_supports_then_has_the_voice_then_is_no_announcement_then_the_grade():
    disputes = item(Voice.HOST, Bearing.DISPUTES, credibility=1)
    announced = item(Voice.HOST, credibility=1, announcement=True)
    graded_3, graded_2 = item(Voice.HOST, credibility=3), item(Voice.HOST, credibility=2)
    taliban, press = item(Voice.TALIBAN, credibility=1), item(Voice.PRESS, credibility=1)
    mixed = [press, disputes, announced, taliban, graded_3, graded_2]
    assert strongest_first(mixed) == (graded_2, graded_3, announced, taliban, press, disputes)
    assert strongest(mixed) is graded_2


def test_nothing_is_the_strongest_support_where_nothing_supports():
    assert strongest([item(Voice.PRESS, Bearing.DISPUTES)]) is None
    assert strongest([]) is None


def test_supporting_sources_are_named_once_and_in_order():
    def said(source: str, bearing: Bearing = Bearing.SUPPORTS) -> Evidence:
        return item(Voice.PRESS, bearing, source=evolve(a_source(), id=source))

    evidence = [said("b"), said("c", Bearing.DISPUTES), said("a"), said("b")]
    assert supporting_sources(evidence) == ("b", "a")


def test_register_that_is_read_is_typed_as_sources_by_name():
    assert get_type_hints(rm.read_sources)["return"] == Mapping[str, Source]


def test_text_file_reads_as_its_name():
    assert str(TextFile(name="tass.txt", size=3, sha256="0" * 64)) == "tass.txt"


def test_names_of_voices_bearings_and_attestations_are_those_of_the_files():
    assert [*map(str, Voice)] == ["host", "taliban", "other_state", "press"]
    assert [*map(str, Bearing)] == ["supports", "disputes"]
    assert [*map(str, Attestation)] == ["none", "reported", "claimed", "official"]


def test_source_types_are_those_of_the_citation_style_language():
    assert " ".join(kind.value for kind in SourceType) == (
        "article-newspaper article-journal article-magazine book broadcast bill document "
        "entry-encyclopedia hearing interview legal_case legislation post post-weblog report "
        "speech treaty webpage"
    )

"""Made-up sources, texts and acts."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from recognition_model import Act, ActStep, Attestation, Source
from recognition_model.core.evidence import attestation_of
from recognition_model.testing import acts, sources, texts


@given(texts())
def test_text_has_one_to_four_words(text: str) -> None:
    words = text.split(" ")
    assert 1 <= len(words) <= 4
    assert all(words)


@given(sources(), sources())
def test_made_up_sources_share_a_name_only_if_they_are_equal(one: Source, two: Source) -> None:
    assert (one.id == two.id) is (evolve(one, id=two.id) == two)


@given(st.data(), st.sampled_from(Act), st.sampled_from(Attestation))
def test_act_has_the_kind_and_the_attestation_asked_for(
    data: st.DataObject, act: Act, attestation: Attestation
) -> None:
    step = data.draw(acts(act, attestation))
    assert (step.act, attestation_of(step.evidence)) == (act, attestation)


@given(acts())
def test_act_of_any_kind_is_an_act(step: ActStep) -> None:
    assert step.act in Act
